// SPDX-License-Identifier: Apache-2.0
#include "../store/files.h"
#include "bench.h"
#include "tests/support/fatal_log.h"

#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <functional>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace glovebox;
using namespace glovebox::testing;
using journal::JournalFault;

namespace
{

constexpr int kNotes = 5;

/// Runs `work` in a process of its own, which is killed with -9 while it still holds the file.
bool killAfter(const std::function<bool()> &work)
{
    int done[2];
    if (pipe2(done, O_CLOEXEC) != 0) {
        return false;
    }
    const pid_t child = fork();
    if (child == 0) {
        const char answer = work() ? 'y' : 'n';
        if (write(done[1], &answer, 1) != 1) {
            _exit(1);
        }
        while (true) {
            pause();
        }
    }
    close(done[1]);
    char answer = 0;
    const bool told = read(done[0], &answer, 1) == 1 && answer == 'y';
    close(done[0]);
    int status = 0;
    return kill(child, SIGKILL) == 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status) && told;
}

void writeText(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
}

} // namespace

/// A journal whose last entries stand in the write-ahead log alone, as a kill -9 leaves it. Whatever is
/// refused of it is left as it is: file, log, and nothing else beside them.
class KilledTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isUnderstoodByItsOwner();
    void isLeftAsItIs_data();
    void isLeftAsItIs();

private:
    static void leaveBehind(const JournalBench &bench);
};

void KilledTest::leaveBehind(const JournalBench &bench)
{
    bench.create();
    std::unique_ptr<journal::Journal> log; // filled in the child, and never closed there
    QVERIFY(killAfter([&bench, &log] {
        log = bench.open();
        bool all = log != nullptr;
        for (int i = 0; all && i < kNotes; ++i) {
            all = log->append(note("note " + std::to_string(i), i % 2 == 0 ? "" : "mia")).has_value();
        }
        return all;
    }));
    const QMap<QString, QByteArray> content = contentOf(bench.folder.path());
    QVERIFY(content.contains(QStringLiteral("journal.sqlite-wal")));
    QVERIFY(content[QStringLiteral("journal.sqlite-wal")].size() > 4096);
}

void KilledTest::isUnderstoodByItsOwner()
{
    const JournalBench bench;
    leaveBehind(bench);
    const auto log = bench.open();
    QVERIFY(log);
    QCOMPARE(log->identity().size, std::uint64_t{kNotes + 1});
}

void KilledTest::isLeftAsItIs_data()
{
    QTest::addColumn<int>("fault");
    const auto row = [](const char *name, JournalFault fault) {
        QTest::newRow(name) << static_cast<int>(fault);
    };
    row("another car's signing key", JournalFault::foreign);
    row("another car's sealing key", JournalFault::sealed);
    row("newer", JournalFault::newer);
    row("truncated", JournalFault::corrupt);
    row("cut to its header", JournalFault::corrupt);
    row("a damaged page", JournalFault::corrupt);
    row("empty", JournalFault::notAJournal);
    row("another program's unfinished change", JournalFault::notAJournal);
    row("no barriers", JournalFault::noBarriers);
    row("read-only", JournalFault::readOnly);
    row("mode", JournalFault::wrongMode);
    row("link", JournalFault::isLink);
    row("owner", JournalFault::wrongOwner);
}

void KilledTest::isLeftAsItIs()
{
    QFETCH(const int, fault);
    const QByteArray tag = QTest::currentDataTag();
    JournalBench bench;
    const QTemporaryDir elsewhere;
    leaveBehind(bench);
    const QString path = QString::fromStdString(bench.options.path);
    const QString mounts = elsewhere.filePath(QStringLiteral("mountinfo"));
    if (tag == "another car's signing key") {
        bench.options.keyThumbprint = "another-key";
    } else if (tag == "another car's sealing key") {
        bench.sealingKey = crypto::Secret::random(32);
    } else if (tag == "newer") {
        QVERIFY(killAfter([&bench] {
            sqlite3 *newer = nullptr;
            return sqlite3_open(bench.options.path.c_str(), &newer) == SQLITE_OK &&
                   sqlite3_exec(newer, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA user_version=1000", nullptr,
                                nullptr, nullptr) == SQLITE_OK;
        }));
    } else if (tag == "truncated" || tag == "cut to its header") {
        // With the log gone as well: the log alone would fill the gap.
        QVERIFY(QFile::resize(path, tag == "truncated" ? QFileInfo(path).size() - 8192 : 100));
        QVERIFY(QFile::remove(path + QStringLiteral("-wal")));
    } else if (tag == "a damaged page") {
        QVERIFY(QFile::remove(path + QStringLiteral("-wal")));
        patch(path, 4096, QByteArray(QFileInfo(path).size() - 4096, '\xa5'));
    } else if (tag == "empty") {
        QVERIFY(QFile::resize(path, 0));
    } else if (tag == "another program's unfinished change") {
        writeText(path + QStringLiteral("-journal"), QByteArray::fromHex("d9d505f920a163d7") + "something");
    } else if (tag == "no barriers") {
        writeText(mounts, "30 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,nobarrier\n");
        bench.options.mountInfo = mounts.toStdString();
    } else if (tag == "read-only") {
        writeText(mounts, "30 1 8:1 / / ro,relatime shared:1 - ext4 /dev/sda1 rw\n");
        bench.options.mountInfo = mounts.toStdString();
    } else if (tag == "mode") {
        QCOMPARE(chmod(bench.options.path.c_str(), 0400), 0);
    } else if (tag == "link") {
        QVERIFY(QFile::rename(path, path + QStringLiteral(".real")));
        QVERIFY(QFile::link(path + QStringLiteral(".real"), path));
    } else if (tag == "owner") {
        if (geteuid() != 0) {
            QSKIP("only root can give a file to another user");
        }
        QCOMPARE(chown(bench.options.path.c_str(), 65534, 65534), 0);
    }
    const auto before = contentOf(bench.folder.path());
    QCOMPARE(static_cast<int>(bench.fault()), fault);
    QCOMPARE(contentOf(bench.folder.path()), before);
}

GLOVEBOX_TEST_MAIN(KilledTest)
#include "killed_test.moc"
