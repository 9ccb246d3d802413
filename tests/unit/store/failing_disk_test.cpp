// SPDX-License-Identifier: Apache-2.0
#include "failing_vfs.h"
#include "files.h"
#include "store/database.h"
#include "tests/support/fatal_log.h"

#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace glovebox;
using store::Database;
using store::StoreFault;

class FailingDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { testing::disk() = {}; }
    void fullDiskRollsBack_data();
    void fullDiskRollsBack();
    void failedCommitIsUnknown_data();
    void failedCommitIsUnknown();
    void failedCheckpointRefusesTheNext();
    void killedAtEveryStep();

private:
    [[nodiscard]] store::Options options() const
    {
        return {.path = m_path,
                .applicationId = 1,
                .migrations = {"CREATE TABLE a (x INTEGER PRIMARY KEY, y BLOB) STRICT"},
                .mode = QFile::exists(QString::fromStdString(m_path)) ? store::Options::Mode::existing
                                                                      : store::Options::Mode::create,
                .privateFolder = true,
                .vfs = testing::kFailingVfs};
    }
    [[nodiscard]] static store::StoreResult<void> insert(Database &database, int bytes = 10)
    {
        auto transaction = database.begin();
        if (!transaction) {
            return std::unexpected(transaction.error());
        }
        const auto done =
            database.execute("INSERT INTO a (y) VALUES (zeroblob(" + std::to_string(bytes) + "))");
        return done ? transaction->commit() : done;
    }
    [[nodiscard]] static std::int64_t count(Database &database)
    {
        auto rows = database.prepare("SELECT count(*) FROM a").value();
        return rows.step().value() ? rows.integer(0) : -1;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

void FailingDiskTest::init()
{
    testing::useFailingVfs();
    testing::disk() = {};
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("test.sqlite")).toStdString();
    // Closed once, as whoever publishes one does: from then on its header says what it is.
    QVERIFY(Database::open(options()).has_value());
    testing::disk() = {};
}

void FailingDiskTest::fullDiskRollsBack_data()
{
    QTest::addColumn<int>("write");
    QTest::addColumn<bool>("partial");
    for (int write = 1; write <= 2; ++write) {
        QTest::addRow("write %d", write) << write << false;
        QTest::addRow("half of write %d", write) << write << true;
    }
}

void FailingDiskTest::fullDiskRollsBack()
{
    QFETCH(const int, write);
    QFETCH(const bool, partial);
    {
        auto database = Database::open(options()).value();
        QVERIFY(insert(database));
        testing::disk() = {.failWriteAt = write, .failCode = SQLITE_FULL, .partial = partial};
        QCOMPARE(insert(database).error().code, StoreFault::full);
        QCOMPARE(count(database), std::int64_t{1});
        // Room again: the database goes on.
        testing::disk() = {};
        QVERIFY(insert(database));
        QCOMPARE(count(database), std::int64_t{2});
    }
    auto database = Database::open(options()).value();
    QCOMPARE(count(database), std::int64_t{2});
}

void FailingDiskTest::failedCommitIsUnknown_data()
{
    QTest::addColumn<bool>("sync");
    QTest::addColumn<int>("code");
    QTest::newRow("write") << false << SQLITE_IOERR_WRITE;
    QTest::newRow("sync") << true << SQLITE_IOERR_FSYNC;
}

void FailingDiskTest::failedCommitIsUnknown()
{
    QFETCH(const bool, sync);
    QFETCH(const int, code);
    {
        auto database = Database::open(options()).value();
        auto select = database.prepare("SELECT count(*) FROM a").value();
        QVERIFY(insert(database));
        testing::disk() = {.failWriteAt = sync ? 0 : 2, .failSyncAt = sync ? 1 : 0, .failCode = code};
        QCOMPARE(insert(database).error().code, StoreFault::unknownOutcome);
        // The disk works again, and it makes no difference: no call is answered, nothing is written, not even
        // at the end.
        testing::disk() = {};
        const auto before = testing::contentOf(m_folder->path());
        QCOMPARE(database.begin().error().code, StoreFault::unknownOutcome);
        QCOMPARE(database.execute("INSERT INTO a (y) VALUES ('')").error().code, StoreFault::unknownOutcome);
        QCOMPARE(database.prepare("SELECT 1").error().code, StoreFault::unknownOutcome);
        QCOMPARE(select.step().error().code, StoreFault::unknownOutcome);
        QCOMPARE(database.pragma("user_version").error().code, StoreFault::unknownOutcome);
        QCOMPARE(testing::contentOf(m_folder->path()), before);
    }
    QCOMPARE(testing::disk().writes, 0);
    auto database = Database::open(options()).value();
    // The log says what happened: a commit whose sync failed was there after all.
    QCOMPARE(count(database), std::int64_t{sync ? 2 : 1});
}

void FailingDiskTest::failedCheckpointRefusesTheNext()
{
    {
        auto database = Database::open(options()).value();
        QVERIFY(insert(database));                                           // the log has its header now
        testing::disk() = {.failSyncAt = 2, .failCode = SQLITE_IOERR_FSYNC}; // 1: of the commit itself
        QVERIFY(insert(database, 5'000'000));
        QVERIFY(testing::disk().syncs >= 2);
        testing::disk() = {};
        QCOMPARE(insert(database).error().code, StoreFault::io);
    }
    QCOMPARE(testing::disk().writes, 0);
    auto database = Database::open(options()).value();
    QCOMPARE(count(database), std::int64_t{2});
}

void FailingDiskTest::killedAtEveryStep()
{
    // From the opening of the file to its third row, at every write and sync: what a committed transaction
    // kept is there.
    for (int at = 1; at < 60; ++at) {
        init();
        int reports[2];
        QVERIFY(pipe(reports) == 0);
        const pid_t child = fork();
        if (child == 0) {
            testing::disk() = {.killAt = at};
            auto database = Database::open(options());
            bool ok = database.has_value();
            for (int i = 0; ok && i < 3; ++i) {
                ok = insert(*database).has_value() && write(reports[1], "c", 1) == 1;
            }
            _exit(ok ? 0 : 1);
        }
        close(reports[1]);
        int committed = 0;
        char byte = 0;
        while (read(reports[0], &byte, 1) == 1) {
            ++committed;
        }
        close(reports[0]);
        int status = -1;
        QCOMPARE(waitpid(child, &status, 0), child);
        auto database = Database::open(options());
        QVERIFY2(database.has_value(), database ? "" : database.error().detail.c_str());
        const std::int64_t rows = count(*database);
        QVERIFY2(rows == committed || rows == committed + 1, qPrintable(QString::number(at)));
        QCOMPARE(database->pragma("integrity_check").value(), std::string("ok"));
        if (WIFEXITED(status)) {
            QCOMPARE(WEXITSTATUS(status), 0);
            QCOMPARE(committed, 3);
            QVERIFY(at > 5);
            return; // it got to the end: every step before it was tried
        }
    }
    QFAIL("the child never got to its end");
}

GLOVEBOX_TEST_MAIN(FailingDiskTest)
#include "failing_disk_test.moc"
