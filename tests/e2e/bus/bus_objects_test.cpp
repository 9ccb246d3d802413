// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/bus/bus_bench.h"
#include "tests/support/fatal_log.h"

#include <QProcess>

#include <pwd.h>

using namespace glovebox;
using testing::answerOf;
using testing::errorOf;
using testing::kToken;

namespace
{

/// The user who is neither configured nor us; nothing where there is none to become.
std::optional<unsigned> foreignUid()
{
    for (const char *name : {"games", "news", "nobody"}) {
        if (const passwd *user = getpwnam(name)) {
            return user->pw_uid;
        }
    }
    return std::nullopt;
}

} // namespace

class BusObjectsTest : public QObject, protected testing::BusBench
{
    Q_OBJECT
    /// dbus-send as another user: its standard error.
    QByteArray asForeigner(const QString &path, const QString &method)
    {
        QProcess process;
        process.start(QStringLiteral("setpriv"),
                      {QStringLiteral("--reuid=%1").arg(*foreignUid()),
                       // Groups count as well: it must not keep ours.
                       QStringLiteral("--regid=%1").arg(*foreignUid()), QStringLiteral("--clear-groups"),
                       QStringLiteral("dbus-send"), QStringLiteral("--bus=") + m_bus.address(),
                       QStringLiteral("--print-reply"), QStringLiteral("--dest=") + ipc::kBusName, path,
                       method});
        if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 30'000)) {
            return "no end";
        }
        return process.readAllStandardError();
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void aSessionBelongsToOneConnection()
    {
        QObject owner;
        auto *agent = agentOn(client(), &owner);
        QCOMPARE(errorOf(agent->Permissions()), ipc::error::kNoSession);
        const auto session = base::parseJson(answerOf(agent->OpenSession(kToken)).toStdString());
        QVERIFY(session);
        QCOMPARE(session->at("agent_id").get<std::string>(), std::string("assistant"));
        QCOMPARE(session->at("agent_name").get<std::string>(), std::string("Assistant"));
        QVERIFY(session->at("expires_in_s") > 0);
        QCOMPARE(answerOf(agent->Permissions()), QStringLiteral(R"({"asks":"every_time"})"));
        auto *other = agentOn(client(), &owner);
        QCOMPARE(errorOf(other->Permissions()), ipc::error::kNoSession);
        QCOMPARE(m_services->calls, std::vector<std::string>{"assistant: permissions"});
    }

    void aSessionEndsAfterItsTime()
    {
        QObject owner;
        auto *agent = agentOn(client(), &owner);
        QCOMPARE(errorOf(agent->OpenSession(kToken)), QString());
        m_clock->advance(std::chrono::seconds(daemon::BusCallers::kSession_s_max));
        QCOMPARE(errorOf(agent->Permissions()), ipc::error::kNoSession);
        QCOMPARE(errorOf(agent->OpenSession(kToken)), QString());
        QCOMPARE(errorOf(agent->Permissions()), QString());
    }

    void everyCallArrivesWithItsArguments()
    {
        QObject owner;
        auto *agent = agentOn(client(), &owner);
        QCOMPARE(errorOf(agent->OpenSession(kToken)), QString());
        QCOMPARE(answerOf(agent->Propose(QStringLiteral("{}"))), QStringLiteral(R"({"state":"proposed"})"));
        QCOMPARE(errorOf(agent->GetPurchase(QStringLiteral("p1"), 3, 0)), ipc::error::kNotFound);
        QCOMPARE(errorOf(agent->Withdraw(QStringLiteral("p1"))), QString());
        QCOMPARE(errorOf(agent->FindMerchants(QStringLiteral("fuel"), 4'000'000'000U)), QString());
        const QDBusConnection bus = client();
        Admin1Interface admin(ipc::kBusName, ipc::kAdminPath, bus);
        QCOMPARE(errorOf(admin.Status()), QString());
        QCOMPARE(errorOf(admin.Purchases(5)), QString());
        QCOMPARE(errorOf(admin.Purchase(QStringLiteral("p1"))), QString());
        QCOMPARE(errorOf(admin.Purchase(QString(65, QLatin1Char('p')))), ipc::error::kNotFound);
        QCOMPARE(answerOf(admin.PublicKey()), QStringLiteral(R"({"kty":"EC"})"));
        const std::vector<std::string> expected = {"assistant: propose 2",   "assistant: purchase p1 3 0",
                                                   "assistant: withdraw p1", "assistant: merchants fuel 50",
                                                   "admin: status",          "admin: purchases 5",
                                                   "admin: purchase p1",     "admin: publicKey"};
        QCOMPARE(m_services->calls, expected);
    }

    void pairingIsByConfiguration()
    {
        QObject owner;
        QCOMPARE(errorOf(agentOn(client(), &owner)->RequestPairing(QStringLiteral("{}"))),
                 ipc::error::kPairingByConfiguration);
    }

    void aWrongTokenIsNothingAndSoonTooMany()
    {
        QObject owner;
        auto *agent = agentOn(client(), &owner);
        QCOMPARE(errorOf(agent->OpenSession(QByteArray(31, 't'))), ipc::error::kMalformed);
        QCOMPARE(errorOf(agent->OpenSession(QByteArray(65, 't'))), ipc::error::kMalformed);
        const QByteArray wrong(32, 'x');
        for (int i = 0; i < daemon::BusCallers::kWrongTokensBurst; ++i) {
            // A new connection is no new start.
            QCOMPARE(errorOf(agentOn(client(), &owner)->OpenSession(wrong)), ipc::error::kNotPermitted);
        }
        QCOMPARE(errorOf(agent->OpenSession(wrong)), ipc::error::kRateLimited);
        QCOMPARE(errorOf(agent->OpenSession(kToken)), ipc::error::kRateLimited);
        m_clock->advance(daemon::BusCallers::kWrongTokenPeriod);
        QCOMPARE(errorOf(agent->OpenSession(kToken)), QString());
    }

    void whatIsTooLongIsNeverParsed()
    {
        QObject owner;
        auto *agent = agentOn(client(), &owner);
        QCOMPARE(errorOf(agent->OpenSession(kToken)), QString());
        QCOMPARE(errorOf(agent->Propose(QString(65536, QLatin1Char(' ')))), QString());
        QCOMPARE(errorOf(agent->Propose(QString(65537, QLatin1Char(' ')))), ipc::error::kMalformed);
        QCOMPARE(errorOf(agent->Propose(QString(32769, QChar(0xe9)))),
                 ipc::error::kMalformed); // 2 bytes each
        QCOMPARE(m_services->calls, std::vector<std::string>{"assistant: propose 65536"});
    }

    void anObjectIsNotReachedByAnotherInterfacesName()
    {
        // Whatever interface a message names, the object decides who may call.
        m_config->uids.agents = {geteuid() + 1};
        const QDBusConnection bus = client();
        for (const QLatin1String interface : {ipc::kAgentInterface, ipc::kAdminInterface, QLatin1String()}) {
            const auto call = QDBusMessage::createMethodCall(ipc::kBusName, ipc::kAgentPath, interface,
                                                             QStringLiteral("Permissions"));
            QVERIFY(!errorOf(bus.asyncCall(call)).isEmpty());
        }
        QVERIFY(m_services->calls.empty());
    }

    void oneObjectsUsersAreNotTheOthers()
    {
        m_config->uids.agents = {geteuid() + 1};
        QObject owner;
        QCOMPARE(errorOf(agentOn(client(), &owner)->OpenSession(kToken)), ipc::error::kNotPermitted);
        const QDBusConnection bus = client();
        Admin1Interface admin(ipc::kBusName, ipc::kAdminPath, bus);
        QCOMPARE(errorOf(admin.Status()), QString());
        m_config->uids = {0, {geteuid()}, {geteuid() + 1}};
        QCOMPARE(errorOf(admin.Status()), ipc::error::kNotPermitted);
    }

    void anotherUserIsRefusedByTheDaemon()
    {
        if (geteuid() != 0 || !foreignUid()) {
            QSKIP("needs root to become another user");
        }
        for (const auto &[path, method] :
             {std::pair(ipc::kAgentPath, ipc::kAgentInterface + QStringLiteral(".Permissions")),
              std::pair(ipc::kAdminPath, ipc::kAdminInterface + QStringLiteral(".Status"))}) {
            const QByteArray error = asForeigner(path, method);
            QVERIFY2(error.contains("org.glovebox.Error.NotPermitted"), error.constData());
        }
        QVERIFY(m_services->calls.empty());
    }

    void anotherUserIsRefusedByThePolicy()
    {
        if (geteuid() != 0 || !foreignUid()) {
            QSKIP("needs root to become another user");
        }
        end();
        testing::PrivateBus::Policy policy;
        policy.files = {QStringLiteral(GLOVEBOX_SOURCE_DIR "/platform/systemd/org.glovebox.Daemon.conf")};
        policy.accounts = {{QStringLiteral("glovebox"), QStringLiteral("root")},
                           {QStringLiteral("glovebox-agents"), QStringLiteral("root")},
                           {QStringLiteral("glovebox-admins"), QStringLiteral("root")}};
        QVERIFY2(m_bus.start(policy), qPrintable(m_bus.errorString()));
        serve();
        QObject owner;
        QCOMPARE(errorOf(agentOn(client(), &owner)->OpenSession(kToken)), QString());
        for (const auto &[path, method] :
             {std::pair(ipc::kAgentPath, ipc::kAgentInterface + QStringLiteral(".Permissions")),
              std::pair(ipc::kAdminPath, ipc::kAdminInterface + QStringLiteral(".Status"))}) {
            const QByteArray error = asForeigner(path, method);
            QVERIFY2(error.contains("org.freedesktop.DBus.Error.AccessDenied"), error.constData());
        }
        QVERIFY(m_services->calls.empty());
    }

    void introspectionIsAnswered()
    {
        const QDBusConnection bus = client();
        const auto call = QDBusMessage::createMethodCall(
            ipc::kBusName, ipc::kAgentPath, QStringLiteral("org.freedesktop.DBus.Introspectable"),
            QStringLiteral("Introspect"));
        const QString xml = answerOf(bus.asyncCall(call));
        QVERIFY(xml.contains(ipc::kAgentInterface));
        QVERIFY(!xml.contains(QStringLiteral("approve"), Qt::CaseInsensitive));
        QVERIFY(!xml.contains(QStringLiteral("<property")));
    }
};

GLOVEBOX_TEST_MAIN(BusObjectsTest)
#include "bus_objects_test.moc"
