// SPDX-License-Identifier: Apache-2.0
#include "mcp/session.h"
#include "tests/agents/json_compare.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/mcp/refusals.h"

#include <QTest>

using namespace glovebox;
using base::Json;

namespace
{

/// "now" answers at once, "later" when the test says so, "wait" likewise and may be forgotten.
class ScriptedTools final : public mcp::ToolSet
{
public:
    std::vector<Done> open;
    std::vector<bool> told;

    [[nodiscard]] const Json &definitions() const override { return m_definitions; }
    [[nodiscard]] bool has(std::string_view name) const override
    {
        return name == "now" || name == "later" || name == "wait";
    }
    Pace call(const std::string &name, const Json &arguments, Done done) override
    {
        if (name == "now") {
            told.push_back(done({{"echo", arguments}}));
            return Pace::prompt;
        }
        open.push_back(std::move(done));
        return name == "wait" ? Pace::waits : Pace::prompt;
    }

private:
    Json m_definitions = Json::array({{{"name", "now"}}});
};

QString call(const char *id, const char *tool)
{
    return QStringLiteral(R"({"jsonrpc":"2.0","id":%1,"method":"tools/call","params":{"name":"%2"}})")
        .arg(QLatin1String(id), QLatin1String(tool));
}

} // namespace

class McpSessionTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ScriptedTools> m_tools;
    std::unique_ptr<mcp::Session> m_session;
    std::vector<Json> m_sent;

    void receive(const QString &text) { m_session->receive(text.toStdString()); }
    void receive(const QByteArray &text) { m_session->receive(text.toStdString()); }
    void receive(const char *text) { m_session->receive(text); }
    Json last() const { return m_sent.empty() ? Json(nullptr) : m_sent.back(); }
    void initialize(const char *revision)
    {
        receive(QStringLiteral(
                    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%1",)"
                    R"("capabilities":{},"clientInfo":{"name":"t","version":"0"}}})")
                    .arg(QLatin1String(revision)));
        receive(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
        QVERIFY(last().contains("result"));
        m_sent.clear();
    }

private Q_SLOTS:
    void init()
    {
        m_tools = std::make_unique<ScriptedTools>();
        m_sent.clear();
        m_session = std::make_unique<mcp::Session>(*m_tools, [this](const Json &m) { m_sent.push_back(m); });
    }

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
        COMPARE_JSON(last()["result"]["capabilities"], Json::parse(R"({"tools":{}})"));
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
        QCOMPARE(m_sent.size(), 1U);
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
        row("server/discover", "server/discover", "{}", -32601);
        row("logging", "logging/setLevel", R"({"level":"debug"})", -32601);
        row("completion", "completion/complete", "{}", -32601);
        row("templates", "resources/templates/list", "{}", -32601);
        row("tasks", "tasks/list", "{}", -32601);
    }
    void refusesInASession()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, code);
        initialize("2025-11-25");
        receive(text);
        QCOMPARE(m_sent.size(), 1U);
        COMPARE_JSON(last()["error"]["code"], code);
        COMPARE_JSON(last()["id"], 1);
        QVERIFY(m_tools->told.empty());
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
        QVERIFY(m_sent.empty());
        QVERIFY(m_tools->told.empty());
    }

    void aWaitDoesNotHoldUpOthers()
    {
        initialize("2025-11-25");
        receive(call("1", "wait"));
        receive(call("2", "now"));
        QCOMPARE(m_sent.size(), 1U);
        COMPARE_JSON(last()["id"], 2);
        QVERIFY(!m_session->idle());
        QVERIFY(m_tools->open[0]({{"x", 1}}));
        COMPARE_JSON(last(), Json::parse(R"({"jsonrpc":"2.0","id":1,"result":{"x":1}})"));
        QVERIFY(m_session->idle());
    }

    void cancellingEndsAWaitOnly()
    {
        initialize("2025-11-25");
        receive(call("1", "wait"));
        receive(call("\"two\"", "later"));
        receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
        receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"two"}})");
        QVERIFY(!m_tools->open[0](Json::object())); // nobody is told
        QVERIFY(m_sent.empty());
        QVERIFY(m_tools->open[1](Json::object()));
        COMPARE_JSON(last()["id"], "two");
    }

    void theEndForgetsWaitsOnly()
    {
        initialize("2025-11-25");
        receive(call("1", "wait"));
        receive(call("2", "later"));
        m_session->forgetWaits();
        QVERIFY(!m_session->idle());
        QVERIFY(!m_tools->open[0](Json::object()));
        QVERIFY(m_tools->open[1](Json::object()));
        QVERIFY(m_session->idle());
    }

    void refusesAnIdThatIsUnderWay()
    {
        initialize("2025-11-25");
        receive(call("1", "later"));
        receive(call("1", "now"));
        COMPARE_JSON(last()["error"]["code"], -32600);
        COMPARE_JSON(last()["id"], Json(nullptr));
        QVERIFY(m_tools->open[0](Json::object()));
        COMPARE_JSON(last()["id"], 1);
    }

    void boundsTheCallsUnderWay()
    {
        initialize("2025-11-25");
        for (std::size_t i = 0; i <= mcp::kPending_count_max; ++i) {
            receive(call(std::to_string(i).c_str(), "later"));
        }
        QCOMPARE(m_tools->open.size(), mcp::kPending_count_max);
        QCOMPARE(m_sent.size(), 1U);
        COMPARE_JSON(last()["error"]["code"], -32000);
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
        QVERIFY(m_sent.empty());
        m_tools->open[1](Json::object());
        QVERIFY(m_sent.empty());
        m_tools->open[0](Json::object());
        QCOMPARE(m_sent.size(), 1U);
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
        QVERIFY(m_sent.empty());
    }

    void aCancelledWaitCompletesItsBatch()
    {
        initialize("2025-03-26");
        receive(QStringLiteral(R"([{"jsonrpc":"2.0","id":2,"method":"ping"},%1])").arg(call("1", "wait")));
        receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
        QCOMPARE(m_sent.size(), 1U);
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
        QCOMPARE(m_sent.size(), 1U);
        COMPARE_JSON(last()["error"]["code"], -32600);
        COMPARE_JSON(last()["id"], Json(nullptr));
    }

    void saysThatATextWasTooLongToKeep()
    {
        m_session->receiveOverlong();
        COMPARE_JSON(last()["error"]["code"], -32600);
    }
};

GLOVEBOX_TEST_MAIN(McpSessionTest)
#include "mcp_session_test.moc"
