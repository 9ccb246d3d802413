// SPDX-License-Identifier: Apache-2.0
#include "../store/files.h"
#include "bench.h"
#include "tests/support/fatal_log.h"

#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace glovebox;
using namespace glovebox::testing;
using journal::Journal;
using journal::JournalFault;

/// Every reason not to open or make a journal; nothing is touched by any of them.
class RefusalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void createRefusesWhatIsThere();
    void createLeavesNothingBehind();
    void inUse();
};

void RefusalsTest::refuses_data()
{
    QTest::addColumn<int>("fault");
    const auto row = [](const char *name, JournalFault fault) {
        QTest::newRow(name) << static_cast<int>(fault);
    };
    row("missing", JournalFault::missing);
    row("not a journal", JournalFault::notAJournal);
    row("newer", JournalFault::newer);
    row("foreign", JournalFault::foreign);
    row("wrong owner", JournalFault::wrongOwner);
    row("wrong mode", JournalFault::wrongMode);
    row("open folder", JournalFault::wrongMode);
    row("link", JournalFault::isLink);
    row("other sealing key", JournalFault::sealed);
}

void RefusalsTest::refuses()
{
    QFETCH(const int, fault);
    const QByteArray tag = QTest::currentDataTag();
    JournalBench bench;
    bench.create();
    const QString path = QString::fromStdString(bench.options.path);
    if (tag == "missing") {
        QVERIFY(QFile::remove(path));
    } else if (tag == "not a journal") {
        patch(path, 68, QByteArray("\0\0\0\0", 4));
    } else if (tag == "newer") {
        patch(path, 60, QByteArray("\0\0\1\0", 4));
    } else if (tag == "foreign") {
        bench.options.keyThumbprint = "another-key";
    } else if (tag == "wrong owner") {
        if (geteuid() != 0) {
            QSKIP("only root can give a file to another user");
        }
        QCOMPARE(chown(bench.options.path.c_str(), 65534, 65534), 0);
    } else if (tag == "wrong mode") {
        QCOMPARE(chmod(bench.options.path.c_str(), 0644), 0);
    } else if (tag == "open folder") {
        QCOMPARE(chmod(bench.folder.path().toStdString().c_str(), 0755), 0);
    } else if (tag == "link") {
        QVERIFY(QFile::rename(path, path + QStringLiteral(".real")));
        QVERIFY(QFile::link(path + QStringLiteral(".real"), path));
    } else if (tag == "other sealing key") {
        bench.sealingKey = crypto::Secret::random(32);
    }
    const auto before = contentOf(bench.folder.path());
    QCOMPARE(static_cast<int>(bench.fault()), fault);
    QCOMPARE(contentOf(bench.folder.path()), before);
}

void RefusalsTest::createRefusesWhatIsThere()
{
    const JournalBench bench;
    bench.create();
    const auto before = contentOf(bench.folder.path());
    const auto again = Journal::create(bench.options, bench.sealingKey);
    QCOMPARE(again.error().code, JournalFault::journalWithoutKey);
    QCOMPARE(contentOf(bench.folder.path()), before);
}

void RefusalsTest::createLeavesNothingBehind()
{
    JournalBench bench;
    QCOMPARE(chmod(bench.folder.path().toStdString().c_str(), 0755), 0);
    QCOMPARE(Journal::create(bench.options, bench.sealingKey).error().code, JournalFault::wrongMode);
    QVERIFY(contentOf(bench.folder.path()).isEmpty());
    QCOMPARE(chmod(bench.folder.path().toStdString().c_str(), 0700), 0);
    // What an interrupted run left is no obstacle.
    QFile half(QString::fromStdString(bench.options.path + ".new"));
    QVERIFY(half.open(QIODevice::WriteOnly));
    half.write("half of it");
    half.close();
    QVERIFY(Journal::create(bench.options, bench.sealingKey));
}

void RefusalsTest::inUse()
{
    const JournalBench bench;
    const auto log = bench.create();
    QCOMPARE(bench.fault(), JournalFault::inUse);
    QVERIFY(log->append(note("still works")));
}

GLOVEBOX_TEST_MAIN(RefusalsTest)
#include "refusals_test.moc"
