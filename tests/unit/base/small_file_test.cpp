// SPDX-License-Identifier: Apache-2.0
#include "base/small_file.h"
#include "tests/support/fatal_log.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace glovebox::base;

class SmallFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheWhole();
    void refusesWhatIsNoFile();
    void refusesWhatMayNotBeRead();

private:
    std::string path(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    QTemporaryDir m_folder;
};

void SmallFileTest::readsTheWhole()
{
    const std::string text("a\0b\n", 4);
    const std::string large(200'000, 'x');
    std::ofstream(path("small")) << text;
    std::ofstream(path("empty")).flush();
    std::ofstream(path("large")) << large;
    QVERIFY(symlink(path("small").c_str(), path("link").c_str()) == 0);
    QCOMPARE(readSmallFile(path("small"), 4).value(), text);
    QCOMPARE(readSmallFile(path("link"), 100).value(), text);
    QCOMPARE(readSmallFile(path("empty"), 0).value(), std::string());
    QCOMPARE(readSmallFile(path("large"), large.size()).value(), large);
    QCOMPARE(readSmallFile(path("small"), 3).error().code, FileFault::tooLarge);
    QCOMPARE(readSmallFile(path("large"), large.size() - 1).error().code, FileFault::tooLarge);
}

void SmallFileTest::refusesWhatIsNoFile()
{
    QVERIFY(mkfifo(path("pipe").c_str(), 0600) == 0); // nobody ever writes into it
    const int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    path("socket").copy(address.sun_path, sizeof address.sun_path - 1);
    QVERIFY(bind(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0);
    QCOMPARE(readSmallFile(path("nothing"), 10).error().code, FileFault::missing);
    QCOMPARE(readSmallFile("", 10).error().code, FileFault::missing);
    QCOMPARE(readSmallFile(m_folder.path().toStdString(), 10).error().code, FileFault::notAFile);
    QCOMPARE(readSmallFile(path("pipe"), 10).error().code, FileFault::notAFile);
    QCOMPARE(readSmallFile(path("socket"), 10).error().code, FileFault::notAFile);
    QCOMPARE(readSmallFile("/dev/zero", 10).error().code, FileFault::notAFile);
    close(descriptor);
}

void SmallFileTest::refusesWhatMayNotBeRead()
{
    std::ofstream(path("secret")) << "x";
    QVERIFY(chmod(path("secret").c_str(), 0) == 0);
    const uid_t self = geteuid();
    // Root may read everything.
    QVERIFY(self != 0 || seteuid(65534) == 0);
    const auto read = readSmallFile(path("secret"), 10);
    QVERIFY(seteuid(self) == 0);
    QCOMPARE(read.error().code, FileFault::notPermitted);
}

GLOVEBOX_TEST_MAIN(SmallFileTest)
#include "small_file_test.moc"
