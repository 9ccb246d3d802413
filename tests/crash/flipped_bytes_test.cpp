// SPDX-License-Identifier: Apache-2.0
// A byte of a closed journal is changed, each in turn: opening it or checking it says so, or nothing that it
// holds has changed. Every run draws 600 bytes with the seed and changes each in one of three ways; a long
// run changes every byte in all of them.
#include "journal/check.h"
#include "tests/crash/recording_disk.h"
#include "tests/crash/workload.h"
#include "tests/support/effort.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QTemporaryDir>

#include <random>

using namespace glovebox;
using namespace glovebox::testing;

namespace
{

constexpr std::uint64_t kSeed = 20261124;

struct Content
{
    std::vector<std::string> entries;
    std::string state;
    friend bool operator==(const Content &, const Content &) = default;
};

struct Change
{
    qint64 at;
    char bits;
};

QString differenceOf(const Content &found, const Content &original)
{
    if (found.entries != original.entries) {
        return QStringLiteral("other entries");
    }
    const auto [at, in] = std::ranges::mismatch(found.state, original.state);
    return QString::fromStdString(found.state)
        .mid(std::max<qsizetype>(at - found.state.begin() - 60, 0), 120);
}

} // namespace

class FlippedBytesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neverAcceptedWrong();

private:
    /// Nothing where it is refused, or found to be damaged when it is checked.
    [[nodiscard]] std::optional<Content> read() const;
    Owner m_owner;
    QTemporaryDir m_folder;
};

std::optional<Content> FlippedBytesTest::read() const
{
    const auto log = journal::Journal::open(m_owner.options(m_folder.path()), m_owner.sealingKey);
    if (!log) {
        return std::nullopt;
    }
    auto entries = entriesOf(**log);
    auto state = stateOf(**log);
    const auto check = journal::checkProjections(**log);
    if (!entries || !state || !check || !check->differences.empty()) {
        return std::nullopt;
    }
    return Content{std::move(*entries), std::move(*state)};
}

void FlippedBytesTest::neverAcceptedWrong()
{
    useRecordingDisk(); // for its syncs, which cost nothing
    QVERIFY(Workload(m_owner, m_folder.path()).run());
    const auto original = read();
    QVERIFY(original);
    const QString path = m_folder.filePath(QStringLiteral("journal.sqlite"));
    QFile whole(path);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    whole.close();
    std::vector<Change> all;
    for (qint64 at = 0; at < bytes.size(); ++at) {
        for (const char bits : {'\x01', '\x80', '\xff'}) {
            all.push_back({at, bits});
        }
    }
    std::vector<Change> chosen;
    std::mt19937_64 random(seed(kSeed));
    std::ranges::sample(all, std::back_inserter(chosen), cases(600, 100'000'000), random);
    int noticed = 0;
    for (const Change &change : chosen) {
        QByteArray changed = bytes;
        changed[change.at] = static_cast<char>(changed[change.at] ^ change.bits);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(changed) == changed.size());
        file.close();
        QFile::remove(path + QStringLiteral("-wal"));
        recordingDisk() = {};
        const auto found = read();
        noticed += found ? 0 : 1;
        QVERIFY2(!found || *found == *original, qPrintable(QStringLiteral("byte %1 of %2, changed by %3: %4")
                                                               .arg(change.at)
                                                               .arg(bytes.size())
                                                               .arg(change.bits & 0xff)
                                                               .arg(differenceOf(*found, *original))));
    }
    qInfo("%d of %zu changes noticed, the others changed nothing", noticed, chosen.size());
    QVERIFY(noticed > 0);
}

GLOVEBOX_TEST_MAIN(FlippedBytesTest)
#include "flipped_bytes_test.moc"
