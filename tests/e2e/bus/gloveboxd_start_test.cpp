// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "ipc/names.h"
#include "tests/support/fatal_log.h"
#include "tests/support/private_bus.h"
#include "tests/unit/daemon_edges/example_config.h"

#include <QCryptographicHash>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace glovebox;

namespace
{

constexpr int kWait_ms = 30'000;

struct Outcome
{
    int exitCode = -1;
    QString err;
};

} // namespace

/// gloveboxd as a service manager starts it: what it says, how it ends, and that it leaves every file alone.
class GloveboxdStartTest : public QObject
{
    Q_OBJECT
    testing::PrivateBus m_bus;
    std::unique_ptr<QTemporaryDir> m_folder;
    base::Json m_config;

    [[nodiscard]] QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    [[nodiscard]] QString journal() const { return path("state/journal.sqlite"); }

    void writeConfig()
    {
        QFile file(path("gloveboxd.json"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray::fromStdString(m_config.dump()));
    }
    void start(QProcess &process, const QStringList &options) const
    {
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(QStringLiteral(GLOVEBOX_BIN_DIR "/gloveboxd"),
                      QStringList{QStringLiteral("--config"), path("gloveboxd.json")} + options);
    }
    Outcome run(const QStringList &options = {QStringLiteral("--insecure-desk")}) const
    {
        QProcess process;
        start(process, options);
        if (!process.waitForFinished(kWait_ms)) {
            process.kill();
            process.waitForFinished(kWait_ms);
            return {};
        }
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
                QString::fromUtf8(process.readAllStandardError())};
    }
    /// Quiet: what it says goes nowhere.
    [[nodiscard]] static bool openssl(const QString &arguments)
    {
        QProcess process;
        process.start(QStringLiteral("openssl"), arguments.split(QLatin1Char(' ')));
        return process.waitForFinished(kWait_ms) && process.exitCode() == 0;
    }
    /// Name, mode and content of everything that the daemon could touch.
    [[nodiscard]] QStringList files() const
    {
        QStringList all;
        QDirIterator it(m_folder->path(), QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            const QByteArray content =
                it.fileInfo().isFile() && file.open(QIODevice::ReadOnly)
                    ? QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256)
                    : QByteArray();
            all << it.filePath() + QLatin1Char(' ') + QString::number(int(file.permissions()), 16) +
                       QLatin1Char(' ') + QString::fromLatin1(content.toHex());
        }
        all.sort();
        return all;
    }
    static void overwrite(const QString &name, qint64 offset, const QByteArray &bytes)
    {
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(offset));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    [[nodiscard]] bool isServing() const
    {
        return QDBusConnection(QStringLiteral("observer")).interface()->isServiceRegistered(ipc::kBusName);
    }

    void damageConfiguration(const QString &what)
    {
        const auto is = [&](const char *name) { return what == QLatin1String(name); };
        if (is("real gateway on a desk")) {
            m_config["gateway"]["sandbox"] = false;
        } else if (is("bad configuration")) {
            m_config["gateway"]["url"] = "http://127.0.0.1";
        } else if (is("no bus")) {
            m_config["bus"] = "unix:path=/nonexistent/bus";
        } else if (is("no kinds")) {
            m_config["kinds_dir"] = path("kinds").toStdString();
        }
        writeConfig();
        if (is("no configuration") || is("pipe for a configuration") || is("folder for a configuration")) {
            QVERIFY(QFile::remove(path("gloveboxd.json")));
        }
        const QByteArray name = path("gloveboxd.json").toUtf8();
        if (is("pipe for a configuration")) { // nobody ever writes into it
            QCOMPARE(mkfifo(name.constData(), 0600), 0);
        } else if (is("folder for a configuration")) {
            QCOMPARE(mkdir(name.constData(), 0700), 0);
        }
    }
    void damageFiles(const QString &what)
    {
        const auto is = [&](const char *name) { return what == QLatin1String(name); };
        const auto remove = [&](const char *name) { QVERIFY(QFile::remove(path(name))); };
        const auto open = [&](const char *name, mode_t mode) {
            QCOMPARE(chmod(path(name).toUtf8().constData(), mode), 0);
        };
        if (is("no signing key")) {
            remove("keys/signing.pem");
        } else if (is("no sealing key")) {
            remove("keys/sealing.key");
        } else if (is("no journal")) {
            remove("state/journal.sqlite");
        } else if (is("open signing key")) {
            open("keys/signing.pem", 0640);
        } else if (is("open sealing key")) {
            open("keys/sealing.key", 0604);
        } else if (is("open journal")) {
            open("state/journal.sqlite", 0644);
        } else if (is("short sealing key")) {
            QVERIFY(QFile::resize(path("keys/sealing.key"), 31));
        } else if (is("text for a signing key")) {
            QVERIFY(QFile::resize(path("keys/signing.pem"), 0));
            overwrite(path("keys/signing.pem"), 0, "no key");
        } else if (is("text for a journal")) {
            QVERIFY(QFile::resize(journal(), 0));
            overwrite(journal(), 0, QByteArray(4096, 'x'));
        } else if (is("newer journal")) {
            constexpr qint64 kUserVersionOffset = 60; // sqlite.org/fileformat.html, 1.3
            overwrite(journal(), kUserVersionOffset, QByteArray("\x7f\x00\x00\x00", 4));
        } else if (is("foreign journal")) {
            remove("keys/signing.pem");
            QVERIFY(openssl(QStringLiteral("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ") +
                            path("keys/signing.pem")));
            open("keys/signing.pem", 0600);
        } else if (is("other sealing key")) {
            overwrite(path("keys/sealing.key"), 0, QByteArray(32, 'k'));
        } else if (is("no gateway CA") || is("pipe for a gateway CA")) {
            remove("ca.pem");
            QVERIFY(is("no gateway CA") || mkfifo(path("ca.pem").toUtf8().constData(), 0600) == 0);
        } else if (is("open driver folder")) {
            open("driver", 0755);
        } else if (is("file for the driver's socket")) {
            QFile file(path("driver/driver.sock"));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
        } else if (is("folder for the driver's socket")) {
            QVERIFY(QDir().mkdir(path("driver/driver.sock")));
        }
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_bus.start(), qPrintable(m_bus.errorString())); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const std::string base = m_folder->path().toStdString();
        m_config = testing::exampleConfig();
        m_config["state_dir"] = base + "/state";
        m_config["driver_socket"] = base + "/driver/driver.sock";
        m_config["bus"] = m_bus.address().toStdString();
        m_config["uids"] = {{"cockpit", geteuid()}, {"agents", {geteuid()}}, {"admins", {geteuid()}}};
        m_config["signing_key"] = "file:" + base + "/keys/signing.pem";
        m_config["sealing_key"] = base + "/keys/sealing.key";
        m_config["gateway"]["ca_file"] = base + "/ca.pem";
        m_config["gateway"]["url"] = "https://127.0.0.1:1";
        m_config["viss"]["url"] = "ws://127.0.0.1:1";
        QCOMPARE(mkdir((base + "/driver").c_str(), 0700), 0);
        QVERIFY(openssl(QStringLiteral("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -batch "
                                       "-subj /CN=test -keyout %1 -out %2")
                            .arg(path("ca.key"), path("ca.pem"))));
        writeConfig();
        const Outcome outcome = run({QStringLiteral("--init")});
        QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.err));
    }

    void wrongUseIs64()
    {
        QCOMPARE(QProcess::execute(QStringLiteral(GLOVEBOX_BIN_DIR "/gloveboxd"), {}), 64);
        QCOMPARE(run({QStringLiteral("--insecure-bed")}).exitCode, 64);
        QCOMPARE(run({QStringLiteral("--init"), QStringLiteral("--enrol-pin")}).exitCode, 64);
    }

    void everyFailureIsASentenceACodeAndLeavesTheFiles_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *what, int exitCode, const char *named) {
            QTest::newRow(what) << QString::fromLatin1(what) << exitCode << QString::fromLatin1(named);
        };
        row("one user, no desk", 78, "--insecure-desk");
        row("real gateway on a desk", 78, "/gateway/sandbox");
        row("bad configuration", 78, "/gateway/url");
        row("no configuration", 66, "gloveboxd.json");
        row("pipe for a configuration", 78, "gloveboxd.json");
        row("folder for a configuration", 78, "gloveboxd.json");
        row("no bus", 69, "/nonexistent/bus");
        row("no signing key", 66, "signing.pem");
        row("no sealing key", 66, "sealing.key");
        row("no journal", 66, "journal.sqlite");
        row("open signing key", 77, "signing.pem");
        row("open sealing key", 77, "sealing.key");
        row("open journal", 77, "journal.sqlite");
        row("short sealing key", 65, "sealing.key");
        row("text for a signing key", 65, "signing.pem");
        row("text for a journal", 65, "journal.sqlite");
        row("newer journal", 65, "journal.sqlite");
        row("foreign journal", 65, "journal.sqlite");
        row("other sealing key", 65, "journal.sqlite");
        row("no gateway CA", 66, "ca.pem");
        row("pipe for a gateway CA", 65, "ca.pem");
        row("open driver folder", 77, "driver");
        row("file for the driver's socket", 73, "driver.sock");
        row("folder for the driver's socket", 73, "driver.sock");
        row("no kinds", 66, "kinds");
    }
    void everyFailureIsASentenceACodeAndLeavesTheFiles()
    {
        QFETCH(QString, what);
        QFETCH(int, exitCode);
        QFETCH(QString, named);
        damageConfiguration(what);
        damageFiles(what);
        const bool shared = what == QLatin1String("one user, no desk");
        const QStringList options = shared ? QStringList() : QStringList{QStringLiteral("--insecure-desk")};
        const QStringList before = files();
        const Outcome outcome = run(options);
        QVERIFY2(outcome.exitCode == exitCode, qPrintable(outcome.err));
        QVERIFY2(outcome.err.contains(named), qPrintable(outcome.err));
        QCOMPARE(outcome.err.count(QStringLiteral("gloveboxd: ")), 1);
        QCOMPARE(files(), before);
    }

    void itServesStopsOnRequestAndStartsAgain()
    {
        QDBusConnection::connectToBus(m_bus.address(), QStringLiteral("observer"));
        for (int i = 0; i < 2; ++i) {
            QProcess daemon;
            start(daemon, {QStringLiteral("--insecure-desk")});
            QTRY_VERIFY_WITH_TIMEOUT(isServing() || daemon.state() == QProcess::NotRunning, kWait_ms);
            QVERIFY2(daemon.state() == QProcess::Running, daemon.readAllStandardError().constData());
            QProcess status;
            status.start(QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox"),
                         {QStringLiteral("--bus"), m_bus.address(), QStringLiteral("status")});
            QVERIFY(status.waitForFinished(kWait_ms));
            QCOMPARE(status.exitCode(), 0);
            QVERIFY(status.readAllStandardOutput().contains("insecure desk"));
            daemon.terminate();
            QVERIFY(daemon.waitForFinished(kWait_ms));
            QCOMPARE(daemon.exitStatus(), QProcess::NormalExit);
            QCOMPARE(daemon.exitCode(), 0);
        }
        QDBusConnection::disconnectFromBus(QStringLiteral("observer"));
    }

    void aSecondDaemonIsRefused()
    {
        QDBusConnection::connectToBus(m_bus.address(), QStringLiteral("observer"));
        QProcess daemon;
        start(daemon, {QStringLiteral("--insecure-desk")});
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), kWait_ms);
        const Outcome second = run();
        QCOMPARE(second.exitCode, 75);
        QVERIFY(isServing());
        daemon.terminate();
        QVERIFY(daemon.waitForFinished(kWait_ms));
        QDBusConnection::disconnectFromBus(QStringLiteral("observer"));
    }

    void aLostBusEndsItWith69()
    {
        testing::PrivateBus bus;
        QVERIFY2(bus.start(), qPrintable(bus.errorString()));
        m_config["bus"] = bus.address().toStdString();
        writeConfig();
        QDBusConnection::connectToBus(bus.address(), QStringLiteral("observer"));
        QProcess daemon;
        start(daemon, {QStringLiteral("--insecure-desk")});
        QTRY_VERIFY_WITH_TIMEOUT(isServing(), kWait_ms);
        bus.stop();
        QVERIFY(daemon.waitForFinished(kWait_ms));
        QCOMPARE(daemon.exitStatus(), QProcess::NormalExit);
        QCOMPARE(daemon.exitCode(), 69);
        QDBusConnection::disconnectFromBus(QStringLiteral("observer"));
    }
};

GLOVEBOX_TEST_MAIN(GloveboxdStartTest)
#include "gloveboxd_start_test.moc"
