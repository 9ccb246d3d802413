// SPDX-License-Identifier: Apache-2.0
// glovebox-mcp as a process: its descriptors, its ends, its exit codes.
#include "ipc/bus.h"
#include "tests/agents/fake_agent1.h"
#include "tests/agents/json_compare.h"
#include "tests/support/fatal_log.h"
#include "tests/support/private_bus.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace glovebox;
using base::Json;

namespace
{

const QByteArray kToken(43, 't');
const QByteArray kInitialize =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})"
    "\n";

QByteArray call(int id, const QByteArray &tool, const QByteArray &arguments)
{
    return R"({"jsonrpc":"2.0","id":)" + QByteArray::number(id) +
           R"(,"method":"tools/call","params":{"name":")" + tool + R"(","arguments":)" + arguments + "}}\n";
}

} // namespace

class McpProcessTest final : public QObject
{
    Q_OBJECT
private:
    testing::PrivateBus m_bus;
    QTemporaryDir m_folder;
    std::unique_ptr<testing::FakeAgent1> m_daemon;
    std::unique_ptr<QProcess> m_server;

    QString tokenFile(const char *name, const QByteArray &content, QFile::Permissions mode)
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        const bool made =
            file.open(QIODevice::WriteOnly) && file.setPermissions(mode) && file.write(content) >= 0;
        return made ? file.fileName() : QString();
    }
    QString goodToken() { return tokenFile("token", kToken + '\n', QFile::ReadOwner | QFile::WriteOwner); }

    void start(const QStringList &arguments)
    {
        m_server = std::make_unique<QProcess>();
        m_server->start(QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox-mcp"), arguments);
        QVERIFY(m_server->waitForStarted());
    }
    void start()
    {
        start({QStringLiteral("--bus"), m_bus.address(), QStringLiteral("--token-file"), goodToken()});
    }
    bool ended()
    {
        return QTest::qWaitFor([this] { return m_server->state() == QProcess::NotRunning; }, 20000);
    }
    Json next()
    {
        if (!QTest::qWaitFor([this] { return m_server->canReadLine(); }, 20000)) {
            return nullptr;
        }
        const auto value = base::parseJson(m_server->readLine().trimmed().toStdString());
        return value ? *value : Json(nullptr);
    }

private Q_SLOTS:
    void init()
    {
        QVERIFY2(m_bus.start(), qPrintable(m_bus.errorString()));
        m_daemon = std::make_unique<testing::FakeAgent1>(
            ipc::connectToBus(m_bus.address(), QStringLiteral("fake")), kToken);
        QVERIFY(m_daemon->appear());
    }
    void cleanup()
    {
        m_server.reset();
        m_daemon.reset();
        QDBusConnection::disconnectFromBus(QStringLiteral("fake"));
        m_bus.stop();
    }

    void answersWhatWasAskedBeforeTheEndOfItsInput()
    {
        start();
        m_server->write("garbage\n" + kInitialize + call(1, "get_payment_permissions", "{}") + "{}");
        m_server->closeWriteChannel();
        QVERIFY(ended());
        QCOMPARE(m_server->exitCode(), 0);
        QList<QByteArray> lines = m_server->readAllStandardOutput().split('\n');
        QCOMPARE(lines.takeLast(), QByteArray());
        QCOMPARE(lines.size(), 4);
        COMPARE_JSON(Json::parse(lines[0].toStdString())["error"]["code"], -32700);
        COMPARE_JSON(Json::parse(lines[1].toStdString())["id"], 0);
        COMPARE_JSON(Json::parse(lines[2].toStdString())["error"]["code"], -32600);
        COMPARE_JSON(Json::parse(lines[3].toStdString())["result"]["structuredContent"]["currency"], "EUR");
        QCOMPARE(m_server->readAllStandardError(), QByteArray());
    }

    void theEndOfTheInputEndsAWait()
    {
        start();
        m_server->write(kInitialize +
                        call(1, "propose_purchase", R"({"request_id":"r","amount":{"value":1}})"));
        COMPARE_JSON(next()["id"], 0);
        COMPARE_JSON(next()["id"], 1);
        m_server->write(call(2, "get_purchase", R"({"purchase_id":"pu-r","wait_s":20})"));
        QTRY_COMPARE(m_daemon->waits(), 1);
        m_server->closeWriteChannel();
        QVERIFY(ended());
        QCOMPARE(m_server->exitCode(), 0);
        QCOMPARE(m_server->readAllStandardOutput(), QByteArray());
    }

    void aProposalThatIsCancelledIsWithdrawnEvenAtTheEnd()
    {
        start();
        // All of it is there before the daemon can answer the first.
        m_server->write(kInitialize +
                        call(1, "propose_purchase", R"({"request_id":"r","amount":{"value":1}})") +
                        R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})"
                        "\n");
        m_server->closeWriteChannel();
        QVERIFY(ended());
        QCOMPARE(m_server->exitCode(), 0);
        QVERIFY(m_daemon->calls().endsWith(QStringLiteral("Withdraw")));
        COMPARE_JSON(next()["id"], 0);
        QVERIFY(!m_server->canReadLine());
    }

    void tellsAClientThatAskedHowItsWaitStands()
    {
        start();
        m_server->write(kInitialize +
                        call(1, "propose_purchase", R"({"request_id":"r","amount":{"value":1}})"));
        COMPARE_JSON(next()["id"], 0);
        COMPARE_JSON(next()["id"], 1);
        m_server->write(R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"get_purchase",)"
                        R"("arguments":{"purchase_id":"pu-r","wait_s":20},"_meta":{"progressToken":"t"}}})"
                        "\n");
        const Json told = next();
        COMPARE_JSON(told["method"], "notifications/progress");
        COMPARE_JSON(told["params"]["message"], "The driver is asked on the car's screen.");
        QTRY_COMPARE(m_daemon->waits(), 1);
        m_daemon->move("pu-r", "captured", true, true);
        const Json answer = next();
        COMPARE_JSON(answer["id"], 2);
        COMPARE_JSON(answer["result"]["structuredContent"]["paid"], true);
        m_server->closeWriteChannel();
        QVERIFY(ended());
    }

    void servesTheRevisionWithoutAHandshake()
    {
        start();
        const QByteArray meta = R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                                R"("io.modelcontextprotocol/clientCapabilities":{}})";
        m_server->write(
            R"({"jsonrpc":"2.0","id":1,"method":"server/discover","params":{)" + meta + "}}\n" +
            R"({"jsonrpc":"2.0","id":2,"method":"resources/read","params":{"uri":"glovebox://kinds/fuel",)" +
            meta + "}}\n" +
            R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"get_payment_permissions",)" +
            meta + "}}\n");
        COMPARE_JSON(next()["result"]["supportedVersions"][0], "2026-07-28");
        COMPARE_JSON(next()["result"]["contents"][0]["mimeType"], "application/json");
        const Json permissions = next();
        COMPARE_JSON(permissions["result"]["resultType"], "complete");
        COMPARE_JSON(permissions["result"]["structuredContent"]["currency"], "EUR");
        m_server->closeWriteChannel();
        QVERIFY(ended());
    }

    void theLossOfTheBusIsAnsweredAndEndsIt()
    {
        start();
        m_server->write(kInitialize + call(1, "get_payment_permissions", "{}"));
        COMPARE_JSON(next()["id"], 0);
        COMPARE_JSON(next()["id"], 1);
        m_daemon->swallowNext();
        m_server->write(call(2, "get_payment_permissions", "{}"));
        QTRY_COMPARE(m_daemon->calls().count(QStringLiteral("Permissions")), 2);
        m_bus.stop();
        QVERIFY(ended());
        QCOMPARE(m_server->exitCode(), 69);
        const Json answer = next();
        COMPARE_JSON(answer["id"], 2);
        COMPARE_JSON(answer["result"]["isError"], true);
    }

    void endsWhenNobodyReadsItsAnswers()
    {
        m_server = std::make_unique<QProcess>();
        m_server->start(QStringLiteral("/bin/sh"),
                        {QStringLiteral("-c"), QStringLiteral("\"$@\" | head -n 1"), QStringLiteral("sh"),
                         QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox-mcp"), QStringLiteral("--bus"),
                         m_bus.address(), QStringLiteral("--token-file"), goodToken()});
        m_server->write(kInitialize);
        COMPARE_JSON(next()["id"], 0);
        const auto stillRuns = [this] {
            m_server->write(R"({"jsonrpc":"2.0","id":1,"method":"ping"})"
                            "\n"); // until head is gone
            return m_server->state() != QProcess::NotRunning;
        };
        QTRY_VERIFY(!stillRuns());
        QCOMPARE(m_server->exitStatus(), QProcess::NormalExit);
    }

    void startFaultsHaveTheirCodes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        const QString bus = QStringLiteral("--bus");
        const QString token = QStringLiteral("--token-file");
        const auto owner = QFile::ReadOwner | QFile::WriteOwner;
        QTest::newRow("no token") << QStringList{bus, QStringLiteral("system")} << 64;
        QTest::newRow("unknown option") << QStringList{QStringLiteral("--approve")} << 64;
        QTest::newRow("missing file") << QStringList{token, QStringLiteral("/nonexistent/token")} << 66;
        QTest::newRow("short token") << QStringList{token, tokenFile("short", "abc", owner)} << 65;
        QTest::newRow("open file") << QStringList{token, tokenFile("open", kToken, owner | QFile::ReadOther)}
                                   << 77;
        QTest::newRow("no bus") << QStringList{token, goodToken(), bus,
                                               QStringLiteral("unix:path=/nonexistent/bus")}
                                << 69;
    }
    void startFaultsHaveTheirCodes()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        start(arguments);
        QVERIFY(ended());
        QCOMPARE(m_server->exitCode(), code);
        QCOMPARE(m_server->readAllStandardOutput(), QByteArray());
        const QByteArray said = m_server->readAllStandardError();
        QVERIFY2(said.startsWith("glovebox-mcp: "), said.constData());
        QVERIFY(!said.contains(kToken));
    }
};

GLOVEBOX_TEST_MAIN(McpProcessTest)
#include "mcp_process_test.moc"
