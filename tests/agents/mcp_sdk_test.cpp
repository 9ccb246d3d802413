// SPDX-License-Identifier: Apache-2.0
// glovebox-mcp as the official MCP client sees it, with a fake Agent1 on a private bus behind it.
#include "base/json.h"
#include "ipc/bus.h"
#include "tests/agents/fake_agent1.h"
#include "tests/agents/json_compare.h"
#include "tests/support/fatal_log.h"
#include "tests/support/private_bus.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace glovebox;
using base::Json;

namespace
{

const QByteArray kToken(43, 't');
const QString kAgents = QStringLiteral(GLOVEBOX_SOURCE_DIR "/tests/agents");

} // namespace

class McpSdkTest final : public QObject
{
    Q_OBJECT
private:
    testing::PrivateBus m_bus;
    QTemporaryDir m_folder;
    std::unique_ptr<testing::FakeAgent1> m_daemon;
    std::unique_ptr<QProcess> m_client;

    void send(const Json &command) { m_client->write(QByteArray::fromStdString(command.dump()) + '\n'); }

    /// The client's next line; a null JSON when it says nothing.
    Json next()
    {
        if (!QTest::qWaitFor([this] { return m_client->canReadLine(); }, 20000)) {
            return nullptr;
        }
        const auto value = base::parseJson(m_client->readLine().trimmed().toStdString());
        return value ? *value : Json(nullptr);
    }

    Json ask(const char *tool, const Json &arguments)
    {
        send({{"call", tool}, {"arguments", arguments}});
        return next();
    }

    static Json proposal(const char *requestId, const Json &value)
    {
        return {{"request_id", requestId},
                {"kind", "fuel"},
                {"merchant_id", "merchant-0"},
                {"amount", {{"type", "up_to"}, {"value", value}, {"currency", "EUR"}}},
                {"place", {{"type", "pump"}, {"label", "4"}}}};
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFile::exists(kAgents +
                           QStringLiteral("/node_modules/@modelcontextprotocol/sdk/package.json"))) {
            QVERIFY2(qEnvironmentVariableIsEmpty("GLOVEBOX_REQUIRE_NPM"),
                     "scripts/setup has not installed the npm packages");
            QSKIP("The npm packages of tests/agents are not installed: scripts/setup needs the npm registry");
        }
        QVERIFY2(m_bus.start(), qPrintable(m_bus.errorString()));
        QFile token(m_folder.filePath(QStringLiteral("token")));
        QVERIFY(token.open(QIODevice::WriteOnly));
        QVERIFY(token.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        token.write(kToken);
    }

    void init()
    {
        m_daemon = std::make_unique<testing::FakeAgent1>(
            ipc::connectToBus(m_bus.address(), QStringLiteral("fake")), kToken);
        QVERIFY(m_daemon->appear());
        m_client = std::make_unique<QProcess>();
        m_client->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_client->start(QStringLiteral("node"),
                        {kAgents + QStringLiteral("/propose.mjs"), QStringLiteral("--"),
                         QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox-mcp"), QStringLiteral("--bus"),
                         m_bus.address(), QStringLiteral("--token-file"),
                         m_folder.filePath(QStringLiteral("token"))});
        const Json ready = next();
        QVERIFY(ready.is_object());
        COMPARE_JSON(ready["ready"], true);
        COMPARE_JSON(ready["protocol"], "2025-11-25");
        COMPARE_JSON(ready["tools"], Json({"propose_purchase", "get_purchase", "withdraw_purchase",
                                           "get_payment_permissions", "find_merchants"}));
    }

    void cleanup()
    {
        if (!m_client) {
            return;
        }
        m_client->closeWriteChannel();
        QVERIFY(QTest::qWaitFor([this] { return m_client->state() == QProcess::NotRunning; }, 20000));
        QCOMPARE(m_client->exitCode(), 0);
        m_client.reset();
        m_daemon.reset();
        QDBusConnection::disconnectFromBus(QStringLiteral("fake"));
    }

    void followsAPurchaseFromProposalToPaid()
    {
        const Json proposed = ask("propose_purchase", proposal("r1", 8000));
        COMPARE_JSON(proposed["is_error"], false);
        COMPARE_JSON(proposed["result"]["state"], "presented");
        COMPARE_JSON(proposed["result"]["paid"], false);
        COMPARE_JSON(Json::parse(proposed["text"].get<std::string>()), proposed["result"]);

        send({{"call", "get_purchase"}, {"arguments", {{"purchase_id", "pu-r1"}, {"wait_s", 20}}}});
        QTRY_COMPARE(m_daemon->waits(), 1);
        QCOMPARE(m_daemon->lastSince(), 2);
        m_daemon->move("pu-r1", "captured", true, true);
        const Json paid = next();
        COMPARE_JSON(paid["result"]["state"], "captured");
        COMPARE_JSON(paid["result"]["paid"], true);
    }

    void repeatingARequestIdMakesOnePurchase()
    {
        const Json first = ask("propose_purchase", proposal("r1", 8000));
        const Json second = ask("propose_purchase", proposal("r1", 8000));
        COMPARE_JSON(first["result"]["purchase_id"], second["result"]["purchase_id"]);
        QCOMPARE(m_daemon->purchases(), 1);
    }

    void aMalformedProposalNamesItsField()
    {
        const Json answer = ask("propose_purchase", proposal("r1", 80.5));
        COMPARE_JSON(answer["is_error"], true);
        COMPARE_JSON(answer["result"]["error"]["pointer"], "/amount/value");
        COMPARE_JSON(answer["result"]["error"]["reason"], "must be an integer from 1");
        QCOMPARE(m_daemon->purchases(), 0);
    }

    void whatTheReaderRefusesIsAnsweredUnderItsId_data()
    {
        QTest::addColumn<QByteArray>("reason"); // as JSON
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("pointer");
        const QString place = QStringLiteral("/params/arguments/reason");
        QTest::newRow("100 kB") << QByteArray(100000, 'x').prepend('"').append('"') << -32600 << QString();
        QTest::newRow("1.5 MB") << QByteArray(1500000, 'x').prepend('"').append('"') << -32600 << QString();
        QTest::newRow("lone surrogate") << QByteArray(R"("a\ud800b")") << -32700 << place;
        QTest::newRow("nested 20 deep") << QByteArray(20, '[').append(QByteArray(20, ']')) << -32700
                                        << place + QStringLiteral("/0").repeated(13);
    }
    void whatTheReaderRefusesIsAnsweredUnderItsId()
    {
        QFETCH(QByteArray, reason);
        QFETCH(int, code);
        QFETCH(QString, pointer);
        Json whole = proposal("r1", 8000);
        whole["reason"] = "REASON";
        const Json command = {{"call", "propose_purchase"}, {"arguments", whole}};
        m_client->write(QByteArray::fromStdString(command.dump()).replace("\"REASON\"", reason) + '\n');
        const Json answer = next();
        COMPARE_JSON(answer["error"]["code"], code);
        COMPARE_JSON(answer["error"]["data"]["pointer"], pointer.toStdString());
        QVERIFY(!answer["error"]["data"]["reason"].get<std::string>().empty());
        QCOMPARE(m_daemon->purchases(), 0);
    }

    void withdrawsAndLists()
    {
        COMPARE_JSON(ask("propose_purchase", proposal("r1", 8000))["is_error"], false);
        COMPARE_JSON(ask("withdraw_purchase", {{"purchase_id", "pu-r1"}})["result"]["state"], "withdrawn");
        COMPARE_JSON(ask("get_payment_permissions", Json::object())["result"]["per_purchase_minor_max"],
                     12000);
        QCOMPARE(ask("find_merchants", {{"kind", "fuel"}, {"count", 2}})["result"]["merchants"].size(), 2U);
    }

    void survivesTheDaemonsRestart()
    {
        m_daemon->vanish();
        const Json absent = ask("propose_purchase", proposal("r1", 8000));
        COMPARE_JSON(absent["is_error"], true);
        COMPARE_JSON(absent["result"]["error"]["code"], "unavailable");
        QVERIFY(m_daemon->appear());
        QTRY_VERIFY(m_daemon->calls().count(QStringLiteral("OpenSession")) >= 2);
        COMPARE_JSON(ask("propose_purchase", proposal("r1", 8000))["is_error"], false);
    }
};

GLOVEBOX_TEST_MAIN(McpSdkTest)
#include "mcp_sdk_test.moc"
