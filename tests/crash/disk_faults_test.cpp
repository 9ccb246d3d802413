// SPDX-License-Identifier: Apache-2.0
// The disk fails at a call: an input/output error or no room, once or from then on, a write whole or in part,
// a sync as well. What was acknowledged is there; what may or may not be there is not tried again, and
// nothing more is written until the journal is opened anew; and what is said not to be there is not.
//
// Every run fails 120 calls drawn with the seed out of all that the workload makes, each in one way drawn
// with it; a long run fails every call in every way.
#include "journal/check.h"
#include "tests/crash/power_cut.h"
#include "tests/crash/workload.h"
#include "tests/support/effort.h"
#include "tests/support/fatal_log.h"

#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace glovebox;
using namespace glovebox::testing;

namespace
{

constexpr std::uint64_t kSeed = 20261124;
using Fault = RecordingDisk::Fault;

std::vector<Fault> waysToFail(int at)
{
    std::vector<Fault> ways;
    for (const auto kind : {Fault::Kind::inputOutput, Fault::Kind::noRoom}) {
        for (const bool lasting : {false, true}) {
            for (const bool partial : {false, true}) {
                ways.push_back({.at = at, .kind = kind, .lasting = lasting, .partial = partial});
            }
        }
    }
    return ways;
}

QString textOf(const Fault &fault)
{
    return QStringLiteral("call %1, %2%3%4, seed %5")
        .arg(fault.at)
        .arg(fault.kind == Fault::Kind::noRoom ? QStringLiteral("no room") : QStringLiteral("error"),
             fault.lasting ? QStringLiteral(", lasting") : QString(),
             fault.partial ? QStringLiteral(", partial") : QString())
        .arg(seed(kSeed));
}

} // namespace

class DiskFaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void atEveryCall();

private:
    [[nodiscard]] QString fail(const Fault &fault);
    [[nodiscard]] QString reopen(const QString &folder, const Workload &workload, bool uncertain) const;
    Owner m_owner;
};

void DiskFaultsTest::initTestCase()
{
    useRecordingDisk();
    QLoggingCategory::setFilterRules(QStringLiteral("glovebox.book.warning=false"));
}

QString DiskFaultsTest::reopen(const QString &folder, const Workload &workload, bool uncertain) const
{
    const auto log = journal::Journal::open(m_owner.options(folder), m_owner.sealingKey);
    if (workload.acknowledged().empty()) {
        // Making it failed, with or without leaving one.
        return log || log.error().code == journal::JournalFault::missing
                   ? QString()
                   : QString::fromStdString("neither made nor not: " + log.error().detail);
    }
    if (!log) {
        return QString::fromStdString("refused: " + log.error().detail);
    }
    const Acknowledgement &last = workload.acknowledged().back();
    const journal::JournalIdentity found = (*log)->identity();
    const bool same = found.size == last.size && found.root == last.root;
    if (same && stateOf(**log).value_or("") != last.state) {
        return QStringLiteral("other purchases, outbox or settings");
    }
    // One step adds at most two entries: an approval and its place in the outbox.
    const bool more = found.size > last.size && found.size <= last.size + 2;
    if (!same && !(uncertain && more)) {
        return QStringLiteral("%1 entries, %2 acknowledged").arg(found.size).arg(last.size);
    }
    const auto entries = entriesOf(**log);
    const auto check = journal::checkProjections(**log);
    if (!entries || entries->size() != found.size || !check) {
        return QStringLiteral("it cannot be read");
    }
    return check->differences.empty() ? QString() : QString::fromStdString(check->differences.front());
}

QString DiskFaultsTest::fail(const Fault &fault)
{
    const QTemporaryDir folder;
    recordingDisk() = {};
    recordingDisk().fault = fault;
    Workload workload(m_owner, folder.path());
    const bool whole = workload.run();
    const RecordingDisk disk = std::exchange(recordingDisk(), {});
    const bool uncertain = !whole && workload.stopped();
    const QString call = QString::fromStdString(disk.failedCall);
    // What is being made beside its place may be cleared away; the journal may not be touched.
    const auto ofTheJournal = [](const std::string &change) { return !change.contains(".new"); };
    const auto change = std::ranges::find_if(disk.changesAfterIt, ofTheJournal);
    if (fault.kind == Fault::Kind::inputOutput && !whole && change != disk.changesAfterIt.end()) {
        return QStringLiteral("after the %1 a %2").arg(call, QString::fromStdString(*change));
    }
    const QString wrong = reopen(folder.path(), workload, uncertain);
    return wrong.isEmpty() ? QString() : call + QStringLiteral(": ") + wrong;
}

void DiskFaultsTest::atEveryCall()
{
    int calls = 0;
    {
        const QTemporaryDir folder;
        recordingDisk() = {};
        Workload workload(m_owner, folder.path());
        QVERIFY2(workload.run(), workload.refusal().c_str());
        calls = std::exchange(recordingDisk(), {}).calls;
    }
    std::vector<Fault> all;
    for (int at = 1; at <= calls; ++at) {
        const auto ways = waysToFail(at);
        all.insert(all.end(), ways.begin(), ways.end());
    }
    std::vector<Fault> chosen;
    std::mt19937_64 random(seed(kSeed));
    std::ranges::sample(all, std::back_inserter(chosen), cases(120, 1'000'000), random);
    for (const Fault &fault : chosen) {
        const QString wrong = fail(fault);
        QVERIFY2(wrong.isEmpty(), qPrintable(textOf(fault) + QStringLiteral(": ") + wrong));
    }
    qInfo("%zu of %zu faults", chosen.size(), all.size());
}

GLOVEBOX_TEST_MAIN(DiskFaultsTest)
#include "disk_faults_test.moc"
