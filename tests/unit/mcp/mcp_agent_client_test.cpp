// SPDX-License-Identifier: Apache-2.0
#include "ipc/bus.h"
#include "ipc/names.h"
#include "mcp/agent_client.h"
#include "tests/agents/fake_agent1.h"
#include "tests/support/fatal_log.h"
#include "tests/support/private_bus.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace glovebox;
using mcp::AgentFault;

namespace
{

const QByteArray kToken(43, 't');
const char *const kProposal = R"({"request_id":"r1","amount":{"type":"exact","value":450,"currency":"EUR"}})";

} // namespace

class McpAgentClientTest final : public QObject
{
    Q_OBJECT
private:
    testing::PrivateBus m_bus;
    QTemporaryDir m_folder;
    std::optional<mcp::Token> m_token;
    std::unique_ptr<testing::FakeAgent1> m_daemon;
    std::unique_ptr<mcp::AgentClient> m_client;
    std::vector<mcp::AgentAnswer> m_answers;

    mcp::Agent::Reply reply()
    {
        return [this](const mcp::AgentAnswer &answer) { m_answers.push_back(answer); };
    }
    void startDaemon(const QByteArray &token = kToken)
    {
        m_daemon = std::make_unique<testing::FakeAgent1>(
            ipc::connectToBus(m_bus.address(), QStringLiteral("fake")), token);
        QVERIFY(m_daemon->appear());
    }
    void startClient()
    {
        m_client = std::make_unique<mcp::AgentClient>(
            ipc::connectToBus(m_bus.address(), QStringLiteral("client")), *m_token);
    }
    int openings() const { return static_cast<int>(m_daemon->calls().count(QStringLiteral("OpenSession"))); }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_bus.start(), qPrintable(m_bus.errorString()));
        QFile file(m_folder.filePath(QStringLiteral("token")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        file.write(kToken);
        file.close();
        auto token = mcp::Token::read(QFile::encodeName(file.fileName()));
        QVERIFY(token);
        m_token.emplace(std::move(*token));
    }
    void init() { m_answers.clear(); }
    void cleanup()
    {
        m_client.reset();
        m_daemon.reset();
        QDBusConnection::disconnectFromBus(QStringLiteral("client"));
        QDBusConnection::disconnectFromBus(QStringLiteral("fake"));
    }

    void opensItsSessionBeforeTheFirstCall()
    {
        startDaemon();
        startClient();
        m_client->propose(kProposal, reply());
        m_client->permissions(reply());
        QVERIFY(m_answers.empty()); // nothing blocks
        QTRY_COMPARE(m_answers.size(), 2U);
        QVERIFY(m_answers[0] && m_answers[1]);
        QCOMPARE(m_daemon->calls(), (QStringList{QStringLiteral("OpenSession"), QStringLiteral("Propose"),
                                                 QStringLiteral("Permissions")}));
        QCOMPARE(QString::fromStdString(m_daemon->lastProposal()), QLatin1String(kProposal));
    }

    void saysUnavailableAndConnectsWhenTheDaemonAppears()
    {
        startClient();
        m_client->propose(kProposal, reply());
        QTRY_COMPARE(m_answers.size(), 1U);
        QCOMPARE(m_answers[0].error().fault, AgentFault::unavailable);
        startDaemon();
        QTRY_COMPARE(openings(), 1); // without a call
        m_client->propose(kProposal, reply());
        QTRY_COMPARE(m_answers.size(), 2U);
        QVERIFY(m_answers[1]);
    }

    void opensAgainAfterARestart()
    {
        startDaemon();
        startClient();
        m_client->permissions(reply());
        QTRY_COMPARE(m_answers.size(), 1U);
        m_daemon->vanish();
        QVERIFY(m_daemon->appear());
        QTRY_COMPARE(openings(), 2);
        m_client->permissions(reply());
        QTRY_COMPARE(m_answers.size(), 2U);
        QVERIFY(m_answers[1]);
    }

    void opensAgainWhenTheSessionIsGone()
    {
        startDaemon();
        startClient();
        m_client->permissions(reply());
        QTRY_COMPARE(m_answers.size(), 1U);
        m_daemon->forgetSessions();
        m_client->propose(kProposal, reply());
        m_client->permissions(reply());
        QTRY_COMPARE(m_answers.size(), 3U);
        QVERIFY(m_answers[1] && m_answers[2]);
        QCOMPARE(openings(), 2);
        QCOMPARE(m_daemon->purchases(), 1);
    }

    void aTokenThatIsNotTakenIsNotPermitted()
    {
        QTest::ignoreMessage(QtWarningMsg,
                             "The daemon does not take the token: is it the one of its configuration?");
        startDaemon(QByteArray(43, 'u'));
        startClient();
        m_client->propose(kProposal, reply());
        QTRY_COMPARE(m_answers.size(), 1U);
        QCOMPARE(m_answers[0].error().fault, AgentFault::notPermitted);
    }

    void aDaemonThatDiesInTheMiddleLeavesTheOutcomeOpen()
    {
        // On a connection of its own, which dies as a process would.
        startDaemon();
        startClient();
        m_client->permissions(reply());
        QTRY_COMPARE(m_answers.size(), 1U);
        m_daemon->swallowNext();
        m_client->propose(kProposal, reply());
        QTRY_VERIFY(m_daemon->calls().contains(QStringLiteral("Propose")));
        m_daemon.reset();
        QDBusConnection::disconnectFromBus(QStringLiteral("fake"));
        QTRY_COMPARE(m_answers.size(), 2U);
        QCOMPARE(m_answers[1].error().fault, AgentFault::noAnswer);
    }

    void errorsKeepTheirKind_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("fault");
        const auto row = [](const QString &name, AgentFault fault) {
            QTest::newRow(qPrintable(name)) << name << static_cast<int>(fault);
        };
        row(ipc::error::kNotPermitted, AgentFault::notPermitted);
        row(ipc::error::kMalformed, AgentFault::malformed);
        row(ipc::error::kRefused, AgentFault::refused);
        row(ipc::error::kNotFound, AgentFault::notFound);
        row(ipc::error::kRateLimited, AgentFault::rateLimited);
        row(ipc::error::kUnavailable, AgentFault::unavailable);
        row(QStringLiteral("org.freedesktop.DBus.Error.NoReply"), AgentFault::noAnswer);
        row(QStringLiteral("org.freedesktop.DBus.Error.AccessDenied"), AgentFault::notPermitted);
    }
    void errorsKeepTheirKind()
    {
        QFETCH(QString, name);
        QFETCH(int, fault);
        startDaemon();
        startClient();
        m_daemon->failNext(name, QStringLiteral("because"));
        m_client->permissions(reply());
        QTRY_COMPARE(m_answers.size(), 1U);
        QCOMPARE(static_cast<int>(m_answers[0].error().fault), fault);
    }

    void waitsPassTheirArguments()
    {
        startDaemon();
        startClient();
        m_client->propose(kProposal, reply());
        QTRY_COMPARE(m_answers.size(), 1U);
        m_client->purchase("pu-r1", 2, 20, reply());
        QTRY_COMPARE(m_daemon->waits(), 1);
        m_client->findMerchants("fuel", 3, reply()); // not held up by the wait
        QTRY_COMPARE(m_answers.size(), 2U);
        m_daemon->move("pu-r1", "approved", false, false);
        QTRY_COMPARE(m_answers.size(), 3U);
        QVERIFY(m_answers[2]->find("approved") != std::string::npos);
        m_client->withdraw("pu-r1", reply());
        QTRY_COMPARE(m_answers.size(), 4U);
        QVERIFY(m_answers[3]->find("withdrawn") != std::string::npos);
    }
};

GLOVEBOX_TEST_MAIN(McpAgentClientTest)
#include "mcp_agent_client_test.moc"
