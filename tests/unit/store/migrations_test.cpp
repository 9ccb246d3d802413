// SPDX-License-Identifier: Apache-2.0
// A file of an older format meets a newer program, which is killed, or whose disk fails, at each write and
// each sync: what is found afterwards is one of the formats, whole, and the next start goes on from there.
#include "failing_vfs.h"
#include "files.h"
#include "store/database.h"
#include "tests/support/fatal_log.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace glovebox;
using store::Database;

namespace
{

constexpr int kRows = 300;

} // namespace

class MigrationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { testing::disk() = {}; }
    void killedAtEveryStep();
    void failingAtEveryStep_data();
    void failingAtEveryStep();

private:
    /// Each of them rewrites all rows, over many pages.
    [[nodiscard]] store::Options options(std::size_t formats, const char *vfs,
                                         store::Options::Mode mode = store::Options::Mode::existing) const
    {
        std::vector<std::string> migrations{
            "CREATE TABLE a (x INTEGER PRIMARY KEY, y BLOB) STRICT",
            "ALTER TABLE a ADD COLUMN z TEXT; UPDATE a SET z = 'row ' || x; CREATE INDEX a_z ON a (z)",
            "CREATE TABLE b (x INTEGER PRIMARY KEY, z TEXT NOT NULL) STRICT; INSERT INTO b SELECT x, z FROM "
            "a; DROP TABLE a"};
        migrations.resize(formats);
        return {.path = m_path,
                .applicationId = 1,
                .migrations = std::move(migrations),
                .mode = mode,
                .privateFolder = true,
                .vfs = vfs};
    }
    [[nodiscard]] static int number(Database &database, const std::string &select)
    {
        auto rows = database.prepare(select);
        return rows && rows->step().value_or(false) ? static_cast<int>(rows->integer(0)) : -1;
    }
    /// The format that is there; -1 where it is not whole.
    [[nodiscard]] int formatFound() const;
    void goesOn() const;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

void MigrationsTest::init()
{
    testing::useFailingVfs();
    testing::disk() = {};
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("test.sqlite")).toStdString();
    auto database = Database::open(options(1, "", store::Options::Mode::create));
    QVERIFY(database);
    QVERIFY(database->execute("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < " +
                              std::to_string(kRows) + ") INSERT INTO a SELECT x, zeroblob(200) FROM n"));
}

int MigrationsTest::formatFound() const
{
    auto database = Database::inspect(options(3, ""));
    if (!database) {
        return -1;
    }
    const int format = std::atoi(database->pragma("user_version").value_or("-1").c_str());
    const bool whole =
        format == 1 ? number(*database, "SELECT count(*) FROM a") == kRows &&
                          number(*database, "SELECT count(*) FROM pragma_table_info('a')") == 2
        : format == 2 ? number(*database, "SELECT count(*) FROM a WHERE z = 'row ' || x") == kRows &&
                            number(*database, "SELECT count(*) FROM sqlite_schema WHERE name = 'b'") == 0
                      : number(*database, "SELECT count(*) FROM b WHERE z = 'row ' || x") == kRows &&
                            number(*database, "SELECT count(*) FROM sqlite_schema WHERE name = 'a'") == 0;
    return whole ? format : -1;
}

void MigrationsTest::goesOn() const
{
    auto database = Database::open(options(3, ""));
    QVERIFY2(database.has_value(), database ? "" : database.error().detail.c_str());
    QCOMPARE(database->pragma("user_version").value(), std::string("3"));
    QCOMPARE(database->pragma("integrity_check").value(), std::string("ok"));
    QCOMPARE(number(*database, "SELECT count(*) FROM b WHERE z = 'row ' || x"), kRows);
}

void MigrationsTest::killedAtEveryStep()
{
    std::set<int> found;
    for (int at = 1; at < 1000; ++at) {
        init();
        const pid_t child = fork();
        if (child == 0) {
            testing::disk() = {.killAt = at};
            bool done = false;
            {
                done = Database::open(options(3, testing::kFailingVfs)).has_value();
            }
            _exit(done ? 0 : 1);
        }
        int status = -1;
        QCOMPARE(waitpid(child, &status, 0), child);
        const int format = formatFound();
        QVERIFY2(format >= 1 && format <= 3, qPrintable(QStringLiteral("killed at %1").arg(at)));
        found.insert(format);
        goesOn();
        if (WIFEXITED(status)) {
            QCOMPARE(WEXITSTATUS(status), 0);
            QVERIFY(found == std::set<int>({1, 2, 3}));
            return;
        }
    }
    QFAIL("the child never got to its end");
}

void MigrationsTest::failingAtEveryStep_data()
{
    QTest::addColumn<bool>("sync");
    QTest::addColumn<int>("code");
    QTest::newRow("no room") << false << SQLITE_FULL;
    QTest::newRow("write") << false << SQLITE_IOERR_WRITE;
    QTest::newRow("sync") << true << SQLITE_IOERR_FSYNC;
}

void MigrationsTest::failingAtEveryStep()
{
    QFETCH(const bool, sync);
    QFETCH(const int, code);
    int refused = 0;
    for (int at = 1; at < 1000; ++at) {
        init();
        testing::disk() = {.failWriteAt = sync ? 0 : at, .failSyncAt = sync ? at : 0, .failCode = code};
        const bool opened = Database::open(options(3, testing::kFailingVfs)).has_value();
        const bool failed = (sync ? testing::disk().syncs : testing::disk().writes) >= at;
        testing::disk() = {};
        const int format = formatFound();
        QVERIFY2(format >= 1 && format <= 3, qPrintable(QStringLiteral("failed at %1").arg(at)));
        QVERIFY(!opened || format == 3);
        goesOn();
        refused += opened ? 0 : 1;
        if (!failed) {
            QVERIFY(opened);
            QVERIFY(refused > (sync ? 2 : 10));
            return;
        }
    }
    QFAIL("the disk always failed");
}

GLOVEBOX_TEST_MAIN(MigrationsTest)
#include "migrations_test.moc"
