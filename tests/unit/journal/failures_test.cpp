// SPDX-License-Identifier: Apache-2.0
#include "../store/failing_vfs.h"
#include "../store/files.h"
#include "bench.h"
#include "journal/log.h"
#include "tests/support/fatal_log.h"

#include <QTest>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace glovebox;
using namespace glovebox::testing;
using journal::JournalFault;
using journal::Log;

class FailuresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { disk() = {}; }
    void cleanup() { disk() = {}; }
    void failingDisk_data();
    void failingDisk();
    void killedAtEveryStep();
};

void FailuresTest::failingDisk_data()
{
    QTest::addColumn<bool>("sync");
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("fault");
    QTest::newRow("no room") << false << SQLITE_FULL << static_cast<int>(JournalFault::full);
    QTest::newRow("write fails") << false << SQLITE_IOERR_WRITE
                                 << static_cast<int>(JournalFault::unknownOutcome);
    QTest::newRow("sync fails") << true << SQLITE_IOERR_FSYNC
                                << static_cast<int>(JournalFault::unknownOutcome);
}

void FailuresTest::failingDisk()
{
    QFETCH(const bool, sync);
    QFETCH(const int, code);
    QFETCH(const int, fault);
    const bool stops = fault == static_cast<int>(JournalFault::unknownOutcome);
    useFailingVfs();
    const JournalBench bench;
    bench.create();
    {
        const auto log = Log::open(bench.options, bench.sealingKey, kFailingVfs);
        QVERIFY(log);
        QVERIFY((*log)->append(note("before")));
        disk() = {.failWriteAt = sync ? 0 : 2, .failSyncAt = sync ? 1 : 0, .failCode = code};
        const auto failed = (*log)->append(note("lost or not", "mia"));
        QCOMPARE(static_cast<int>(failed.error().code), fault);
        QCOMPARE((*log)->identity().size, std::uint64_t{2});
        disk() = {};
        const auto before = contentOf(bench.folder.path());
        const auto after = (*log)->append(note("after", "mia"));
        QCOMPARE(after.has_value(), !stops);
        if (stops) {
            QCOMPARE(after.error().code, JournalFault::unknownOutcome);
            QCOMPARE((*log)->entries(0, 1).error().code, JournalFault::unknownOutcome);
            QCOMPARE(contentOf(bench.folder.path()), before);
            QCOMPARE(disk().writes, 0);
        }
    }
    if (stops) {
        QCOMPARE(disk().writes, 0); // closing wrote nothing either
    }
    // Opened again, the log says what happened.
    const auto log = bench.open();
    QVERIFY(log);
    const auto entries = log->entries(0, 10);
    QVERIFY(entries);
    QCOMPARE(entries->size(), log->identity().size);
    QCOMPARE(entries->size(), std::size_t{sync || !stops ? 3U : 2U});
}

void FailuresTest::killedAtEveryStep()
{
    useFailingVfs();
    const JournalBench bench;
    bench.create();
    std::uint64_t known = 1;
    for (int at = 1; at < 60; ++at) {
        int reports[2];
        QVERIFY(pipe(reports) == 0);
        const pid_t child = fork();
        if (child == 0) {
            auto log = Log::open(bench.options, bench.sealingKey, kFailingVfs);
            disk() = {.killAt = at};
            bool ok = log.has_value();
            for (int i = 0; ok && i < 4; ++i) {
                ok = (*log)->append(note("entry", "mia")).has_value() && write(reports[1], "c", 1) == 1;
            }
            _exit(ok ? 0 : 1);
        }
        close(reports[1]);
        char byte = 0;
        while (read(reports[0], &byte, 1) == 1) {
            ++known;
        }
        close(reports[0]);
        int status = -1;
        QCOMPARE(waitpid(child, &status, 0), child);
        const auto log = bench.open();
        QVERIFY2(log != nullptr, qPrintable(QString::number(at)));
        const std::uint64_t size = log->identity().size;
        QVERIFY(size == known ||
                size == known + 1); // durable when append returned; perhaps one that it did not tell
        known = size;
        QCOMPARE(log->entries(0, 1000).value().size(), size);
        if (WIFEXITED(status)) {
            QCOMPARE(WEXITSTATUS(status), 0);
            QVERIFY(at > 8);
            return;
        }
    }
    QFAIL("the child never got to its end");
}

GLOVEBOX_TEST_MAIN(FailuresTest)
#include "failures_test.moc"
