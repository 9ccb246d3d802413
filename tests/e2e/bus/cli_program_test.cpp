// SPDX-License-Identifier: Apache-2.0
#include "daemon/admin_object.h"
#include "ipc/bus.h"
#include "ipc/names.h"
#include "tests/e2e/bus/fake_services.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fatal_log.h"
#include "tests/support/private_bus.h"
#include "tests/unit/daemon_edges/example_config.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <unistd.h>

using namespace glovebox;

namespace
{

struct Outcome
{
    int exitCode = -1;
    QString out;
    QString err;
};

} // namespace

/// The program `glovebox` as people start it, against the daemon's own Admin1 object.
class CliProgramTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    testing::PrivateBus m_bus;
    testing::FakeClock m_clock;
    testing::FakeServices m_services;
    std::unique_ptr<daemon::Config> m_config;
    std::unique_ptr<daemon::BusCallers> m_callers;
    std::unique_ptr<daemon::AdminObject> m_adminObject;

    Outcome run(const QStringList &arguments)
    {
        QProcess process;
        process.start(QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox"), arguments);
        if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 30'000)) {
            return {};
        }
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    Outcome ask(const QStringList &arguments)
    {
        return run(QStringList{QStringLiteral("--bus"), m_bus.address()} + arguments);
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto config = daemon::parseConfig(testing::exampleConfig().dump());
        QVERIFY(config);
        m_config = std::make_unique<daemon::Config>(std::move(*config));
        QVERIFY2(m_bus.start(), qPrintable(m_bus.errorString()));
        QDBusConnection bus = ipc::connectToBus(m_bus.address(), QStringLiteral("server"));
        m_callers = std::make_unique<daemon::BusCallers>(bus, *m_config, m_clock);
        m_adminObject = std::make_unique<daemon::AdminObject>(*m_callers, m_services);
        QVERIFY(m_adminObject->registerOn(bus));
        QVERIFY(bus.registerService(ipc::kBusName));
    }
    void init()
    {
        m_config->uids.admins = {geteuid()};
        m_services.calls.clear();
    }
    void anAnswerThatDoesNotArriveIsNoSuccess_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("text") << QStringList{QStringLiteral("key"), QStringLiteral("show"),
                                             QStringLiteral("--jwk")};
        QTest::newRow("JSON") << QStringList{QStringLiteral("status"), QStringLiteral("--json")};
        QTest::newRow("help") << QStringList{QStringLiteral("--help")};
    }
    void anAnswerThatDoesNotArriveIsNoSuccess()
    {
        QFETCH(QStringList, arguments);
        QProcess process;
        process.setStandardOutputFile(QStringLiteral("/dev/full"));
        process.start(QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox"),
                      QStringList{QStringLiteral("--bus"), m_bus.address()} + arguments);
        QVERIFY(QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 30'000));
        QCOMPARE(process.exitCode(), 74);
        QCOMPARE(
            process.readAllStandardError(),
            QByteArray(
                "glovebox: the answer could not be written to standard output: No space left on device\n"));
    }
    void cleanupTestCase()
    {
        m_adminObject.reset();
        m_callers.reset();
        QDBusConnection::disconnectFromBus(QStringLiteral("server"));
    }

    void theKeyIsShownAsAJwk()
    {
        const Outcome outcome = ask({QStringLiteral("key"), QStringLiteral("show"), QStringLiteral("--jwk")});
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.out, QStringLiteral("{\"kty\":\"EC\"}\n"));
        QVERIFY(outcome.err.isEmpty());
    }

    void jsonIsHandedOn()
    {
        const Outcome outcome = ask({QStringLiteral("purchases"), QStringLiteral("--json")});
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.out, QStringLiteral("{}\n"));
        QCOMPARE(m_services.calls, std::vector<std::string>{"admin: purchases 100"});
    }

    void whatTakesAwayIsHandedOn()
    {
        const QString file = m_folder.filePath(QStringLiteral("narrowing.json"));
        QFile narrowing(file);
        QVERIFY(narrowing.open(QIODevice::WriteOnly) && narrowing.write("{}") == 2);
        narrowing.close();
        const QString json = QStringLiteral("--json");
        const QString permissions = QStringLiteral("permissions");
        QCOMPARE(ask({permissions, QStringLiteral("list"), json}).exitCode, 0);
        QCOMPARE(ask({permissions, QStringLiteral("revoke"), QStringLiteral("one"), json}).exitCode, 0);
        QCOMPARE(ask({permissions, QStringLiteral("narrow"), QStringLiteral("one"), file, json}).exitCode, 0);
        QCOMPARE(ask({permissions, QStringLiteral("stop-all"), json}).exitCode, 0);
        QCOMPARE(ask({QStringLiteral("simulate-verdict"), file, json}).out,
                 QStringLiteral("{\n  \"verdict\": \"confirm\"\n}\n"));
        const std::vector<std::string> expected = {"admin: permissions", "admin: revoke one",
                                                   "admin: narrow one {}", "admin: stop all",
                                                   "admin: simulate 38"};
        QCOMPARE(m_services.calls, expected);
        QCOMPARE(
            ask({QStringLiteral("simulate-verdict"), m_folder.filePath(QStringLiteral("none"))}).exitCode,
            66);
        const QString pipe = m_folder.filePath(QStringLiteral("pipe")); // nobody ever writes into it
        QCOMPARE(::mkfifo(pipe.toUtf8().constData(), 0600), 0);
        QCOMPARE(ask({QStringLiteral("simulate-verdict"), pipe}).exitCode, 65);
    }

    void wrongUseIs64_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList();
        QTest::newRow("unknown command") << QStringList{QStringLiteral("approve")};
        QTest::newRow("no id") << QStringList{QStringLiteral("show")};
        QTest::newRow("unknown option") << QStringList{QStringLiteral("status"), QStringLiteral("--force")};
        QTest::newRow("no command") << QStringList{QStringLiteral("permissions")};
        QTest::newRow("no agent") << QStringList{QStringLiteral("permissions"), QStringLiteral("revoke")};
        QTest::newRow("widen") << QStringList{QStringLiteral("permissions"), QStringLiteral("grant"),
                                              QStringLiteral("one")};
        QTest::newRow("nothing to explain") << QStringList{QStringLiteral("explain")};
        QTest::newRow("too many") << QStringList{QStringLiteral("status"), QStringLiteral("now")};
    }
    void wrongUseIs64()
    {
        QFETCH(QStringList, arguments);
        const Outcome outcome = ask(arguments);
        QCOMPARE(outcome.exitCode, 64);
        QVERIFY(outcome.err.contains(QStringLiteral("--help")));
        QVERIFY(outcome.out.isEmpty());
        QVERIFY(m_services.calls.empty());
    }

    void helpAndVersionNeedNoDaemon()
    {
        const Outcome help = run({QStringLiteral("--help")});
        QCOMPARE(help.exitCode, 0);
        QVERIFY(help.out.contains(QStringLiteral("key show --jwk")));
        QCOMPARE(run({QStringLiteral("--version")}).exitCode, 0);
    }

    void whoMayNotAskIsTold()
    {
        m_config->uids.admins = {geteuid() + 1};
        const Outcome outcome = ask({QStringLiteral("status")});
        QCOMPARE(outcome.exitCode, 77);
        QVERIFY(outcome.err.contains(QStringLiteral("uids.admins")));
    }

    void noBusAndNoDaemonAre69()
    {
        const Outcome noBus = run({QStringLiteral("--bus"), QStringLiteral("unix:path=/nonexistent/bus"),
                                   QStringLiteral("status")});
        QCOMPARE(noBus.exitCode, 69);
        QVERIFY(noBus.err.contains(QStringLiteral("/nonexistent/bus")));
        testing::PrivateBus empty;
        QVERIFY2(empty.start(), qPrintable(empty.errorString()));
        const Outcome noDaemon = run({QStringLiteral("--bus"), empty.address(), QStringLiteral("status")});
        QCOMPARE(noDaemon.exitCode, 69);
        QVERIFY(noDaemon.err.contains(QStringLiteral("Start gloveboxd")));
    }
};

GLOVEBOX_TEST_MAIN(CliProgramTest)
#include "cli_program_test.moc"
