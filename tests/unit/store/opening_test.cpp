// SPDX-License-Identifier: Apache-2.0
#include "failing_vfs.h"
#include "files.h"
#include "store/database.h"
#include "tests/support/fatal_log.h"

#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace glovebox;
using store::Database;
using store::StoreFault;
using Mode = store::Options::Mode;

class OpeningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void settings();
    void keepsWhatWasCommitted();
    void rollsBackWhatWasNot();
    void constraintLeavesTheRestUsable();
    void migratesStepByStep();
    void refusesAndTouchesNothing_data();
    void refusesAndTouchesNothing();
    void refusesNewerInTheLogAlone();
    void readsATornHeaderFromTheLog();
    void refusesOtherOwner();
    void refusesUnsafeMounts_data();
    void refusesUnsafeMounts();
    void inUse();
    void createRefusesExisting();
    void publishNeverOverwrites();

private:
    [[nodiscard]] store::Options options(Mode mode = Mode::existing) const
    {
        return {.path = m_path,
                .applicationId = 0x54455354,
                .migrations = {"CREATE TABLE a (x INTEGER PRIMARY KEY, y TEXT UNIQUE) STRICT"},
                .mode = mode,
                .privateFolder = true,
                .vfs = {}};
    }
    void make() { QVERIFY(Database::open(options(Mode::create))); }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

void OpeningTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("test.sqlite")).toStdString();
}

void OpeningTest::settings()
{
    testing::useFailingVfs(); // refuses a shared-memory log: exclusive locking really came first
    store::Options all = options(Mode::create);
    all.vfs = testing::kFailingVfs;
    auto database = Database::open(all);
    QVERIFY2(database.has_value(), database ? "" : database.error().detail.c_str());
    const std::pair<const char *, const char *> expected[] = {
        {"locking_mode", "exclusive"}, {"journal_mode", "wal"},  {"synchronous", "2"},
        {"foreign_keys", "1"},         {"secure_delete", "1"},   {"trusted_schema", "0"},
        {"temp_store", "2"},           {"cell_size_check", "1"}, {"application_id", "1413829460"},
        {"user_version", "1"},
    };
    for (const auto &[name, value] : expected) {
        QCOMPARE(database->pragma(name).value(), std::string(value));
    }
    QVERIFY(!QFile::exists(QString::fromStdString(m_path + "-shm")));
    struct stat status{};
    QCOMPARE(stat(m_path.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0600U);
    QCOMPARE(stat((m_path + "-wal").c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0600U);
}

void OpeningTest::keepsWhatWasCommitted()
{
    const base::Bytes blob{0, 1, 255};
    {
        auto database = Database::open(options(Mode::create)).value();
        auto transaction = database.begin().value();
        QVERIFY(database.execute("CREATE TABLE b (i INTEGER, t TEXT, b BLOB, n BLOB, e BLOB)"));
        auto insert = database.prepare("INSERT INTO b VALUES (?1, ?2, ?3, ?4, ?5)").value();
        QVERIFY(insert.bind(1, std::int64_t{-7})
                    .bind(2, "Königstraße")
                    .bind(3, base::ByteView(blob))
                    .bind(4, std::nullopt)
                    .bind(5, base::ByteView())
                    .run());
        QVERIFY(transaction.commit());
    }
    auto database = Database::open(options()).value();
    auto rows = database.prepare("SELECT * FROM b").value();
    QVERIFY(rows.step().value());
    QCOMPARE(rows.integer(0), std::int64_t{-7});
    QCOMPARE(rows.text(1), std::string("Königstraße"));
    QCOMPARE(rows.blob(2), blob);
    QVERIFY(rows.isNull(3));
    QVERIFY(!rows.isNull(4));
    QVERIFY(rows.blob(4).empty());
    QVERIFY(!rows.step().value());
}

void OpeningTest::rollsBackWhatWasNot()
{
    auto database = Database::open(options(Mode::create)).value();
    {
        auto transaction = database.begin().value();
        QVERIFY(database.execute("INSERT INTO a VALUES (1, 'x')"));
    }
    auto count = database.prepare("SELECT count(*) FROM a").value();
    QVERIFY(count.step().value());
    QCOMPARE(count.integer(0), std::int64_t{0});
}

void OpeningTest::constraintLeavesTheRestUsable()
{
    auto database = Database::open(options(Mode::create)).value();
    auto insert = database.prepare("INSERT INTO a VALUES (?1, ?2)").value();
    auto transaction = database.begin().value();
    QVERIFY(insert.bind(1, std::int64_t{1}).bind(2, "same").run());
    QCOMPARE(insert.bind(1, std::int64_t{2}).bind(2, "same").run().error().code, StoreFault::constraint);
    QVERIFY(insert.bind(1, std::int64_t{3}).bind(2, "other").run());
    QVERIFY(transaction.commit());
    // A binding that does not exist is a fault of the step, and the statement can be used again.
    QVERIFY(!insert.bind(9, std::int64_t{1}).run());
}

void OpeningTest::migratesStepByStep()
{
    make();
    store::Options next = options();
    next.migrations.push_back("ALTER TABLE a ADD COLUMN z TEXT");
    next.migrations.push_back("CREATE TABLE a (x INTEGER)"); // fails: it is there
    QVERIFY(!Database::open(next));
    next.migrations.back() = "CREATE TABLE c (x INTEGER)";
    auto database = Database::open(next);
    QVERIFY2(database.has_value(), database ? "" : database.error().detail.c_str());
    QCOMPARE(database->pragma("user_version").value(), std::string("3"));
    QVERIFY(database->execute("INSERT INTO a (x, z) VALUES (1, 'z')"));
}

void OpeningTest::refusesAndTouchesNothing_data()
{
    QTest::addColumn<int>("fault");
    QTest::newRow("missing") << static_cast<int>(StoreFault::missing);
    QTest::newRow("empty") << static_cast<int>(StoreFault::notADatabase);
    QTest::newRow("text") << static_cast<int>(StoreFault::notADatabase);
    QTest::newRow("short") << static_cast<int>(StoreFault::notADatabase);
    QTest::newRow("folder") << static_cast<int>(StoreFault::notADatabase);
    QTest::newRow("other program") << static_cast<int>(StoreFault::notADatabase);
    QTest::newRow("newer") << static_cast<int>(StoreFault::newer);
    QTest::newRow("mode") << static_cast<int>(StoreFault::wrongMode);
    QTest::newRow("folder mode") << static_cast<int>(StoreFault::wrongMode);
    QTest::newRow("link") << static_cast<int>(StoreFault::isLink);
    QTest::newRow("second name") << static_cast<int>(StoreFault::isLink);
    QTest::newRow("log is a link") << static_cast<int>(StoreFault::isLink);
    QTest::newRow("log's mode") << static_cast<int>(StoreFault::wrongMode);
}

void OpeningTest::refusesAndTouchesNothing()
{
    QFETCH(const int, fault);
    const QString path = QString::fromStdString(m_path);
    const QByteArray tag = QTest::currentDataTag();
    make();
    if (tag == "missing") {
        QVERIFY(QFile::remove(path));
    } else if (tag == "empty") {
        QVERIFY(QFile::resize(path, 0));
    } else if (tag == "text") {
        testing::patch(path, 0, "not SQLite");
    } else if (tag == "short") {
        QVERIFY(QFile::resize(path, 99));
    } else if (tag == "folder") {
        QVERIFY(QFile::remove(path) && QDir().mkdir(path));
    } else if (tag == "other program") {
        testing::patch(path, 68, QByteArray("\0\0\0\1", 4));
    } else if (tag == "newer") {
        testing::patch(path, 60, QByteArray("\0\0\0\2", 4));
    } else if (tag == "mode") {
        QCOMPARE(chmod(m_path.c_str(), 0640), 0);
    } else if (tag == "folder mode") {
        QCOMPARE(chmod(m_folder->path().toStdString().c_str(), 0750), 0);
    } else if (tag == "link") {
        QVERIFY(QFile::rename(path, path + QStringLiteral(".real")));
        QCOMPARE(symlink((m_path + ".real").c_str(), m_path.c_str()), 0);
    } else if (tag == "second name") {
        QCOMPARE(::link(m_path.c_str(), (m_path + ".other").c_str()), 0);
    } else if (tag == "log is a link") {
        QCOMPARE(symlink("/dev/null", (m_path + "-wal").c_str()), 0);
    } else if (tag == "log's mode") {
        QFile log(path + QStringLiteral("-wal"));
        QVERIFY(log.open(QIODevice::WriteOnly));
        QCOMPARE(chmod((m_path + "-wal").c_str(), 0644), 0);
    }
    const auto before = testing::contentOf(m_folder->path());
    const auto opened = Database::open(options());
    QVERIFY(!opened);
    QCOMPARE(static_cast<int>(opened.error().code), fault);
    QVERIFY(!opened.error().detail.empty());
    QCOMPARE(testing::contentOf(m_folder->path()), before);
    // A refusal leaves no reservation behind: the next try says the same.
    QCOMPARE(static_cast<int>(Database::open(options()).error().code), fault);
}

void OpeningTest::refusesNewerInTheLogAlone()
{
    make();
    // A newer program that was killed before its log went into the file.
    const pid_t child = fork();
    if (child == 0) {
        sqlite3 *newer = nullptr;
        const bool ok =
            sqlite3_open(m_path.c_str(), &newer) == SQLITE_OK &&
            sqlite3_exec(newer,
                         "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA user_version=9",
                         nullptr, nullptr, nullptr) == SQLITE_OK;
        _exit(ok ? 0 : 1);
    }
    int status = -1;
    QCOMPARE(waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
    const auto before = testing::contentOf(m_folder->path());
    QVERIFY(before.contains(QStringLiteral("test.sqlite-wal")));
    QCOMPARE(Database::open(options()).error().code, StoreFault::newer);
    QCOMPARE(testing::contentOf(m_folder->path()), before);
}

void OpeningTest::readsATornHeaderFromTheLog()
{
    make();
    const pid_t child = fork();
    if (child == 0) {
        sqlite3 *killed = nullptr;
        const bool ok =
            sqlite3_open(m_path.c_str(), &killed) == SQLITE_OK &&
            sqlite3_exec(killed,
                         "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA user_version=1",
                         nullptr, nullptr, nullptr) == SQLITE_OK;
        _exit(ok ? 0 : 1);
    }
    int status = -1;
    QCOMPARE(waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
    // The power went while the log was copied into the file.
    testing::patch(QString::fromStdString(m_path), 0, QByteArray(512, 'Z'));
    QCOMPARE(Database::open(options()).value().pragma("integrity_check").value(), std::string("ok"));
    // Copied anew when it was closed. Without a log there is nothing to read it from.
    testing::patch(QString::fromStdString(m_path), 0, QByteArray(512, 'Z'));
    QCOMPARE(Database::open(options()).error().code, StoreFault::notADatabase);
}

void OpeningTest::refusesOtherOwner()
{
    if (geteuid() != 0) {
        QSKIP("only root can give a file to another user");
    }
    make();
    QCOMPARE(chown(m_path.c_str(), 65534, 65534), 0);
    const auto before = testing::contentOf(m_folder->path());
    QCOMPARE(Database::open(options()).error().code, StoreFault::wrongOwner);
    QCOMPARE(testing::contentOf(m_folder->path()), before);
}

void OpeningTest::refusesUnsafeMounts_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("fault"); // -1: opened
    const auto row = [](const char *name, const QByteArray &lines, int fault) {
        QTest::newRow(name) << lines << fault;
    };
    const auto none = static_cast<int>(StoreFault::noBarriers);
    const QByteArray root = "1 0 8:1 / / rw,relatime - ext4 /dev/a rw\n";
    row("ordinary", root, -1);
    row("no optional fields, or several", "1 0 8:1 / / rw shared:1 master:2 - ext4 /dev/a rw\n", -1);
    row("ext4 nobarrier", "1 0 8:1 / / rw - ext4 /dev/a rw,nobarrier,data=ordered\n", none);
    row("ext4 barrier=0", "1 0 8:1 / / rw - ext4 /dev/a rw,barrier=0\n", none);
    row("f2fs", "1 0 8:1 / / rw - f2fs /dev/a rw,fsync_mode=nobarrier\n", none);
    row("of another point", root + "2 1 8:2 / /elsewhere rw - ext4 /dev/b rw,nobarrier\n", -1);
    row("of a name that only begins alike", root + "2 1 8:2 / @-not rw - ext4 /dev/b rw,nobarrier\n", -1);
    row("of the folder itself", root + "2 1 8:2 / @ rw - ext4 /dev/b rw,nobarrier\n", none);
    row("mounted over", root + "2 1 8:2 / @ rw - ext4 /dev/b rw,nobarrier\n3 1 8:2 / @ rw - xfs /dev/c rw\n",
        -1);
    row("read-only", root + "2 1 8:2 / @ ro - ext4 /dev/b rw\n", static_cast<int>(StoreFault::readOnly));
    row("nothing to read", "", static_cast<int>(StoreFault::io));
    row("not understood", "? ? ?\n", static_cast<int>(StoreFault::io));
}

void OpeningTest::refusesUnsafeMounts()
{
    QFETCH(QByteArray, lines);
    QFETCH(const int, fault);
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("with a space")));
    const QString folder = m_folder->filePath(QStringLiteral("with a space"));
    QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    m_path = (folder + QStringLiteral("/test.sqlite")).toStdString();
    make();
    const QString mounts = m_folder->filePath(QStringLiteral("mountinfo"));
    QFile file(mounts);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(lines.replace('@', QDir(folder).canonicalPath().toUtf8().replace(' ', "\\040")));
    file.close();
    store::Options all = options();
    all.mountInfo = mounts.toStdString();
    const auto before = testing::contentOf(folder);
    const auto opened = Database::open(all);
    QCOMPARE(opened ? -1 : static_cast<int>(opened.error().code), fault);
    if (!opened) {
        QVERIFY(!opened.error().detail.empty());
        QCOMPARE(testing::contentOf(folder), before);
    }
}

void OpeningTest::inUse()
{
    make();
    auto first = Database::open(options());
    QVERIFY(first);
    QCOMPARE(Database::open(options()).error().code, StoreFault::inUse);
    // The second try has not taken the lock away: another process is still kept out.
    const pid_t child = fork();
    if (child == 0) {
        sqlite3 *other = nullptr;
        sqlite3_open(m_path.c_str(), &other);
        _exit(sqlite3_exec(other, "SELECT * FROM a", nullptr, nullptr, nullptr) == SQLITE_BUSY ? 0 : 1);
    }
    int status = -1;
    QCOMPARE(waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
    QVERIFY(first->execute("INSERT INTO a VALUES (1, 'still mine')"));
    first = Database::open(options()); // fails, and closes the first
    QVERIFY(!first);
    QVERIFY(Database::open(options()));
    // Held by another process.
    int ready[2];
    int done[2];
    QVERIFY(pipe(ready) == 0 && pipe(done) == 0);
    const pid_t holder = fork();
    if (holder == 0) {
        close(done[1]);
        sqlite3 *other = nullptr;
        sqlite3_open(m_path.c_str(), &other);
        sqlite3_exec(other, "PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
        char byte = 'r';
        const bool ok = write(ready[1], &byte, 1) == 1 && read(done[0], &byte, 1) == 0;
        _exit(ok ? 0 : 1);
    }
    char byte = 0;
    QCOMPARE(read(ready[0], &byte, 1), ssize_t{1});
    const auto fault = Database::open(options()).error().code;
    close(done[1]);
    QCOMPARE(waitpid(holder, &status, 0), holder);
    QCOMPARE(status, 0);
    QCOMPARE(fault, StoreFault::inUse);
    for (const int descriptor : {ready[0], ready[1], done[0]}) {
        close(descriptor);
    }
}

void OpeningTest::createRefusesExisting()
{
    make();
    const auto before = testing::contentOf(m_folder->path());
    QCOMPARE(Database::open(options(Mode::create)).error().code, StoreFault::exists);
    QCOMPARE(testing::contentOf(m_folder->path()), before);
}

void OpeningTest::publishNeverOverwrites()
{
    make();
    QVERIFY(store::publish(m_path, m_path + ".moved"));
    QVERIFY(!QFile::exists(QString::fromStdString(m_path)));
    make();
    QCOMPARE(store::publish(m_path, m_path + ".moved").error().code, StoreFault::exists);
    QVERIFY(QFile::exists(QString::fromStdString(m_path)));
    // The log of a lost database would be read as that of the new one.
    QVERIFY(
        QFile::rename(QString::fromStdString(m_path + ".moved"), QString::fromStdString(m_path + ".x-wal")));
    QCOMPARE(store::publish(m_path, m_path + ".x").error().code, StoreFault::exists);
    store::discard(m_path);
    QVERIFY(!QFile::exists(QString::fromStdString(m_path)));
}

GLOVEBOX_TEST_MAIN(OpeningTest)
#include "opening_test.moc"
