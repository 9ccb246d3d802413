// SPDX-License-Identifier: Apache-2.0
// The power goes at every operation of the disk, from the making of the journal to its last entry: what was
// acknowledged is there, nothing is there by half, and the car goes on.
//
// Every run cuts at each operation of the workload, leaving nothing, leaving everything and once at random,
// and for 15 cuts drawn with the seed once more at each operation of opening what the cut left. A second
// workload, whose entries are so long that the write-ahead log is copied into the file and begun again, is
// cut at 40 operations drawn with the seed. A long run cuts at all of them, with ten random ones in place of
// one.
#include "journal/check.h"
#include "tests/crash/power_cut.h"
#include "tests/crash/workload.h"
#include "tests/support/effort.h"
#include "tests/support/fatal_log.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <set>

using namespace glovebox;
using namespace glovebox::testing;

namespace
{

constexpr std::uint64_t kSeed = 20261124;

/// A folder that is filled anew for each image.
class Folder
{
public:
    void fill(const DiskImage &image) const
    {
        QDir folder(m_folder.path());
        const QStringList present = folder.entryList(QDir::Files | QDir::Hidden);
        for (const QString &name : present) {
            folder.remove(name);
        }
        for (const auto &[name, bytes] : image) {
            QFile file(folder.filePath(QString::fromStdString(name)));
            const auto size = static_cast<qint64>(bytes.size());
            if (!file.open(QIODevice::WriteOnly) ||
                file.write(reinterpret_cast<const char *>(bytes.data()), size) != size ||
                !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)) {
                qFatal("cannot write %s", name.c_str());
            }
        }
    }
    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
};

/// What a whole run acknowledged, and what its log says in the end.
struct Reference
{
    std::vector<DiskOperation> operations;
    std::vector<Acknowledgement> acknowledged;
    std::vector<std::string> entries;
};

/// Sizes of the log that may be found where `operations` reached the disk's cache: the last one acknowledged,
/// or the one that was being written.
struct Allowed
{
    const Acknowledgement *last = nullptr; // null: not even the journal was
    const Acknowledgement *next = nullptr;
};

Allowed allowedAfter(const Reference &reference, std::size_t operations)
{
    Allowed allowed;
    for (const Acknowledgement &acknowledgement : reference.acknowledged) {
        if (acknowledgement.operations > operations) {
            allowed.next = &acknowledgement;
            break;
        }
        allowed.last = &acknowledgement;
    }
    return allowed;
}

class PowerCutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useRecordingDisk(); }
    void atEveryOperation();
    void whileTheLogIsCopied();

private:
    [[nodiscard]] Reference record(int longEntries) const;
    [[nodiscard]] QString examine(const DiskImage &image, const Allowed &allowed);
    [[nodiscard]] QString examineOpen(journal::Journal &journal, const Acknowledgement &expected);
    [[nodiscard]] QString cutAgain(const DiskImage &image, const Allowed &allowed);
    void cutEverywhere(const Reference &reference, const std::set<std::size_t> &at, int secondCuts);

    Owner m_owner;
    Folder m_folder;
    std::mt19937_64 m_random{seed(kSeed)};
};

Reference PowerCutTest::record(int longEntries) const
{
    m_folder.fill({});
    recordingDisk() = {};
    Workload workload(m_owner, m_folder.path(), longEntries);
    if (!workload.run()) {
        qFatal("the workload did not run to its end: %s", workload.refusal().c_str());
    }
    Reference reference{std::move(recordingDisk().operations), workload.acknowledged(), {}};
    const auto log = journal::Journal::open(m_owner.options(m_folder.path()), m_owner.sealingKey);
    reference.entries = entriesOf(**log).value();
    return reference;
}

QString PowerCutTest::examineOpen(journal::Journal &journal, const Acknowledgement &expected)
{
    if (journal.identity().root != expected.root) {
        return QStringLiteral("another tree");
    }
    const auto entries = entriesOf(journal);
    const auto state = stateOf(journal);
    const auto check = journal::checkProjections(journal);
    if (!entries || !state || !check) {
        return QStringLiteral("it cannot be read");
    }
    if (hashOf(*entries) != expected.entries) {
        return QStringLiteral("other entries");
    }
    if (*state != expected.state) {
        return QStringLiteral("other purchases, outbox or settings");
    }
    if (!check->differences.empty()) {
        return QString::fromStdString(check->differences.front());
    }
    return {};
}

QString PowerCutTest::examine(const DiskImage &image, const Allowed &allowed)
{
    m_folder.fill(image);
    const auto options = m_owner.options(m_folder.path());
    auto opened = journal::Journal::open(options, m_owner.sealingKey);
    if (!opened && !allowed.last) {
        // Nobody was told that there is a journal: what is left of it must not be in the way of making it.
        if (opened.error().code != journal::JournalFault::missing) {
            return QString::fromStdString("before it was made: " + opened.error().detail);
        }
        const auto made = journal::Journal::create(options, m_owner.sealingKey);
        return made ? QString() : QString::fromStdString("it cannot be made: " + made.error().detail);
    }
    if (!opened) {
        return QString::fromStdString("refused: " + opened.error().detail);
    }
    const std::uint64_t size = (*opened)->identity().size;
    for (const Acknowledgement *expected : {allowed.last, allowed.next}) {
        if (expected == nullptr || expected->size != size) {
            continue;
        }
        const QString wrong = examineOpen(**opened, *expected);
        if (!wrong.isEmpty()) {
            return wrong;
        }
        journal::Batch more;
        more.entries.push_back(
            {journal::EntryKind::boot, {}, [](std::uint64_t) { return base::Json("again"); }});
        const auto appended = (*opened)->append(more);
        return appended && appended->size == size + 1 ? QString() : QStringLiteral("nothing can be added");
    }
    return QStringLiteral("%1 entries").arg(size);
}

QString PowerCutTest::cutAgain(const DiskImage &image, const Allowed &allowed)
{
    m_folder.fill(image);
    recordingDisk().operations.clear();
    static_cast<void>(journal::Journal::open(m_owner.options(m_folder.path()), m_owner.sealingKey));
    const auto recovery = std::exchange(recordingDisk().operations, {});
    CachedDisk disk(image);
    for (const DiskOperation &operation : recovery) {
        disk.apply(operation);
        const QString wrong = examine(disk.cut(Leaves::any, m_random), allowed);
        if (!wrong.isEmpty()) {
            return QStringLiteral("cut again while it was opened: ") + wrong;
        }
    }
    return {};
}

void PowerCutTest::cutEverywhere(const Reference &reference, const std::set<std::size_t> &at, int secondCuts)
{
    std::vector<Leaves> ways{Leaves::nothing, Leaves::everything};
    ways.insert(ways.end(), static_cast<std::size_t>(cases(1, 10)), Leaves::any);
    if (longRun()) {
        ways.push_back(Leaves::newest);
    }
    std::set<std::size_t> twice;
    std::ranges::sample(at, std::inserter(twice, twice.end()), secondCuts, m_random);
    CachedDisk disk;
    int cuts = 0;
    for (std::size_t done = 0; done <= reference.operations.size(); ++done) {
        if (done > 0) {
            disk.apply(reference.operations[done - 1]);
        }
        if (!at.contains(done)) {
            continue;
        }
        const Allowed allowed = allowedAfter(reference, done);
        for (const Leaves leaves : ways) {
            const DiskImage image = disk.cut(leaves, m_random);
            QString wrong = examine(image, allowed);
            if (wrong.isEmpty() && leaves == Leaves::any && twice.contains(done) && allowed.last) {
                wrong = cutAgain(image, allowed);
            }
            ++cuts;
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("after operation %1, leaving %2, seed %3: %4")
                                                     .arg(done)
                                                     .arg(static_cast<int>(leaves))
                                                     .arg(seed(kSeed))
                                                     .arg(wrong)));
        }
    }
    qInfo("%d cuts at %zu of %zu operations", cuts, at.size(), reference.operations.size());
}

void PowerCutTest::atEveryOperation()
{
    const Reference reference = record(0);
    std::set<std::string> kinds;
    for (const std::string &entry : reference.entries) {
        kinds.insert(entry.substr(0, entry.find(' ')));
    }
    QCOMPARE(kinds.size(), std::size_t{13}); // every kind of journal.h is among them
    std::set<std::size_t> all;
    for (std::size_t at = 0; at <= reference.operations.size(); ++at) {
        all.insert(at);
    }
    cutEverywhere(reference, all, cases(15, 200));
}

void PowerCutTest::whileTheLogIsCopied()
{
    const Reference reference = record(9);
    std::set<std::size_t> all;
    for (std::size_t at = 0; at <= reference.operations.size(); ++at) {
        all.insert(at);
    }
    std::set<std::size_t> chosen;
    std::ranges::sample(all, std::inserter(chosen, chosen.end()), cases(40, 1'000'000), m_random);
    cutEverywhere(reference, chosen, 0);
}

} // namespace

GLOVEBOX_TEST_MAIN(PowerCutTest)
#include "power_cut_test.moc"
