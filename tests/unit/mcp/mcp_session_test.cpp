// SPDX-License-Identifier: Apache-2.0
#include "tests/agents/json_compare.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/mcp/refusals.h"
#include "tests/unit/mcp/session_bench.h"

#include <QTest>

using namespace glovebox;
using base::Json;
using testing::call;

class McpSessionTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<testing::SessionBench> m_bench;

    void receive(const QString &text) { m_bench->receive(text.toUtf8()); }
    void receive(const QByteArray &text) { m_bench->receive(text); }
    void receive(const char *text) { m_bench->receive(text); }
    void initialize(const char *revision) { QVERIFY(m_bench->initialize(revision)); }
    [[nodiscard]] Json last() const { return m_bench->last(); }

private Q_SLOTS:
    void init() { m_bench = std::make_unique<testing::SessionBench>(); }

    void negotiatesTheRevision_data()
    {
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("answered");
        for (const char *known : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"}) {
            QTest::newRow(known) << QString::fromLatin1(known) << QString::fromLatin1(known);
        }
        QTest::newRow("older") << QStringLiteral("2024-10-07") << QStringLiteral("2025-11-25");
        QTest::newRow("newer") << QStringLiteral("2026-07-28") << QStringLiteral("2025-11-25");
        QTest::newRow("empty") << QString() << QStringLiteral("2025-11-25");
    }
    void negotiatesTheRevision()
    {
        QFETCH(QString, asked);
        QFETCH(QString, answered);
        receive(QStringLiteral(
                    R"({"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"%1"}})")
                    .arg(asked));
        COMPARE_JSON(last()["id"], "a");
        COMPARE_JSON(last()["result"]["protocolVersion"], answered.toStdString());
        COMPARE_JSON(last()["result"]["capabilities"], Json::parse(R"({"tools":{},"resources":{}})"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("id");
        for (const Refusal &refusal : refusals()) {
            QTest::newRow(refusal.name) << refusal.text << refusal.code << refusal.id;
        }
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, code);
        QFETCH(QByteArray, id);
        receive(text);
        QCOMPARE(m_bench->sent.size(), 1U);
        COMPARE_JSON(last()["jsonrpc"], "2.0");
        COMPARE_JSON(last()["error"]["code"], code);
        COMPARE_JSON(last()["id"], Json::parse(id.toStdString()));
        QVERIFY(last()["error"]["message"].is_string());
    }

    void refusesInASession_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const char *method, const char *params, int code) {
            QTest::newRow(name) << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"") + method +
                                       "\",\"params\":" + params + "}"
                                << code;
        };
        row("initialize again", "initialize", R"({"protocolVersion":"2025-11-25"})", -32600);
        row("unknown cursor", "tools/list", R"({"cursor":"x"})", -32602);
        row("call without name", "tools/call", "{}", -32602);
        row("call with a number as name", "tools/call", R"({"name":1})", -32602);
        row("unknown tool", "tools/call", R"({"name":"approve_purchase"})", -32602);
        row("arguments an array", "tools/call", R"({"name":"now","arguments":[]})", -32602);
        row("arguments null", "tools/call", R"({"name":"now","arguments":null})", -32602);
        row("server/discover without _meta", "server/discover", "{}", -32602);
        row("no such resource", "resources/read", R"({"uri":"test:other"})", -32002);
        row("a resource that cannot be read", "resources/read", R"({"uri":"test:broken"})", -32603);
        row("a number as uri", "resources/read", R"({"uri":7})", -32602);
        row("logging", "logging/setLevel", R"({"level":"debug"})", -32601);
        row("completion", "completion/complete", "{}", -32601);
        row("prompts", "prompts/list", "{}", -32601);
        row("subscriptions", "subscriptions/listen", "{}", -32601);
        row("tasks", "tasks/list", "{}", -32601);
    }
    void refusesInASession()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, code);
        initialize("2025-11-25");
        receive(text);
        QCOMPARE(m_bench->sent.size(), 1U);
        COMPARE_JSON(last()["error"]["code"], code);
        COMPARE_JSON(last()["id"], 1);
        QVERIFY(m_bench->tools.told.empty());
    }

    void listsOnePageWithoutCursor()
    {
        initialize("2025-06-18");
        receive(R"({"jsonrpc":"2.0","id":"l","method":"tools/list"})");
        COMPARE_JSON(last(),
                     Json::parse(R"({"jsonrpc":"2.0","id":"l","result":{"tools":[{"name":"now"}]}})"));
        receive(R"({"jsonrpc":"2.0","id":"l","method":"tools/list","params":{"_meta":{}}})");
        QVERIFY(last().contains("result"));
    }

    void answersPingAtAnyTime()
    {
        receive(R"({"jsonrpc":"2.0","id":9007199254740993,"method":"ping"})");
        COMPARE_JSON(last(), Json::parse(R"({"jsonrpc":"2.0","id":9007199254740993,"result":{}})"));
    }

    void neverAnswersNotificationsAndResponses()
    {
        initialize("2025-11-25");
        receive(R"({"jsonrpc":"2.0","method":"notifications/unknown"})");
        receive(R"({"jsonrpc":"2.0","method":"tools/call","params":{"name":"now"}})");
        receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled"})");
        receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}})");
        receive(R"({"jsonrpc":"2.0","id":5,"result":{}})");
        receive(R"({"jsonrpc":"2.0","id":5,"error":{"code":-1,"message":"x"}})");
        QVERIFY(m_bench->sent.empty());
        QVERIFY(m_bench->tools.told.empty());
    }

    void aWaitDoesNotHoldUpOthers()
    {
        initialize("2025-11-25");
        receive(call("1", "wait"));
        receive(call("2", "now"));
        QCOMPARE(m_bench->sent.size(), 1U);
        COMPARE_JSON(last()["id"], 2);
        QVERIFY(!m_bench->session.idle());
        QVERIFY(m_bench->tools.open[0]({{"x", 1}}));
        COMPARE_JSON(last(), Json::parse(R"({"jsonrpc":"2.0","id":1,"result":{"x":1}})"));
        QVERIFY(m_bench->session.idle());
    }

    void refusesAnIdThatIsUnderWay()
    {
        initialize("2025-11-25");
        receive(call("1", "later"));
        receive(call("1", "now"));
        COMPARE_JSON(last()["error"]["code"], -32600);
        COMPARE_JSON(last()["id"], Json(nullptr));
        QVERIFY(m_bench->tools.open[0](Json::object()));
        COMPARE_JSON(last()["id"], 1);
    }

    void boundsTheCallsUnderWay()
    {
        initialize("2025-11-25");
        for (std::size_t i = 0; i <= mcp::kPending_count_max; ++i) {
            receive(call(std::to_string(i).c_str(), "later"));
        }
        QCOMPARE(m_bench->tools.open.size(), mcp::kPending_count_max);
        QCOMPARE(m_bench->sent.size(), 1U);
        COMPARE_JSON(last()["error"]["code"], -31000);
        COMPARE_JSON(last()["id"], mcp::kPending_count_max);
    }

    void answersABatchAtOnce()
    {
        initialize("2025-03-26");
        receive(
            QStringLiteral(
                R"([%1,{"jsonrpc":"2.0","id":2,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"},)"
                R"(7,{"jsonrpc":"2.0","id":3,"method":"no/such"},%2])")
                .arg(call("1", "later"), call("4", "wait")));
        QVERIFY(m_bench->sent.empty());
        m_bench->tools.open[1](Json::object());
        QVERIFY(m_bench->sent.empty());
        m_bench->tools.open[0](Json::object());
        QCOMPARE(m_bench->sent.size(), 1U);
        QCOMPARE(last().size(), 5U);
        COMPARE_JSON(last()[0]["id"], 2);
        COMPARE_JSON(last()[1]["error"]["code"], -32600);
        COMPARE_JSON(last()[2]["error"]["code"], -32601);
        COMPARE_JSON(last()[3]["id"], 4);
        COMPARE_JSON(last()[4]["id"], 1);
    }

    void aBatchOfNotificationsHasNoAnswer()
    {
        initialize("2025-03-26");
        receive(R"([{"jsonrpc":"2.0","method":"notifications/x"}])");
        QVERIFY(m_bench->sent.empty());
    }

    void aCancelledWaitCompletesItsBatch()
    {
        initialize("2025-03-26");
        receive(QStringLiteral(R"([{"jsonrpc":"2.0","id":2,"method":"ping"},%1])").arg(call("1", "wait")));
        receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
        QCOMPARE(m_bench->sent.size(), 1U);
        QCOMPARE(last().size(), 1U);
    }

    void refusesBatchesThatTheRevisionLacks_data()
    {
        QTest::addColumn<QByteArray>("revision");
        QTest::addColumn<QByteArray>("batch");
        const QByteArray ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
        QTest::newRow("2024-11-05") << QByteArray("2024-11-05") << QByteArray('[' + ping + ']');
        QTest::newRow("2025-06-18") << QByteArray("2025-06-18") << QByteArray('[' + ping + ']');
        QTest::newRow("2025-11-25") << QByteArray("2025-11-25") << QByteArray('[' + ping + ']');
        QTest::newRow("empty") << QByteArray("2025-03-26") << QByteArray("[]");
        QByteArray many = '[' + ping;
        for (std::size_t i = 0; i < mcp::kBatch_count_max; ++i) {
            many += ',' + ping;
        }
        QTest::newRow("too many") << QByteArray("2025-03-26") << QByteArray(many + ']');
    }
    void refusesBatchesThatTheRevisionLacks()
    {
        QFETCH(QByteArray, revision);
        QFETCH(QByteArray, batch);
        initialize(revision.constData());
        receive(batch);
        QCOMPARE(m_bench->sent.size(), 1U);
        COMPARE_JSON(last()["error"]["code"], -32600);
        COMPARE_JSON(last()["id"], Json(nullptr));
    }

    void readsResources()
    {
        initialize("2025-11-25");
        receive(R"({"jsonrpc":"2.0","id":1,"method":"resources/list"})");
        COMPARE_JSON(last()["result"], Json::parse(R"({"resources":[{"uri":"test:text"}]})"));
        receive(R"({"jsonrpc":"2.0","id":2,"method":"resources/read","params":{"uri":"test:text"}})");
        COMPARE_JSON(last()["result"], Json::parse(R"({"contents":[{"uri":"test:text","text":"x"}]})"));
        receive(R"({"jsonrpc":"2.0","id":3,"method":"resources/templates/list"})");
        COMPARE_JSON(last()["result"], Json::parse(R"({"resourceTemplates":[]})"));
    }
};

GLOVEBOX_TEST_MAIN(McpSessionTest)
#include "mcp_session_test.moc"
