// SPDX-License-Identifier: Apache-2.0
// Requests that stand for themselves (revision 2026-07-28), cancelling and progress.
#include "tests/agents/json_compare.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/mcp/session_bench.h"

#include <QTest>

using namespace glovebox;
using base::Json;
using testing::call;
using testing::stateless;

class McpStatelessTest final : public QObject
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

    void cancellingEndsAWaitOnly()
    {
        initialize("2025-11-25");
        receive(call("1", "wait"));
        receive(call("\"two\"", "later"));
        receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
        receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"two"}})");
        QVERIFY(!m_bench->tools.open[0](Json::object())); // nobody is told
        QVERIFY(m_bench->sent.empty());
        QVERIFY(m_bench->tools.open[1](Json::object()));
        COMPARE_JSON(last()["id"], "two");
    }

    void theEndForgetsWaitsOnly()
    {
        initialize("2025-11-25");
        receive(call("1", "wait"));
        receive(call("2", "later"));
        m_bench->session.forgetWaits();
        QVERIFY(!m_bench->session.idle());
        QVERIFY(!m_bench->tools.open[0](Json::object()));
        QVERIFY(m_bench->tools.open[1](Json::object()));
        QVERIFY(m_bench->session.idle());
    }

    void aCancelledCallThatTakesBackStaysUntilItHas()
    {
        initialize("2025-11-25");
        receive(call("1", "undo"));
        QVERIFY(m_bench->tools.listeners[0].wanted());
        receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
        QVERIFY(!m_bench->answered);
        QVERIFY(!m_bench->tools.listeners[0].wanted());
        QVERIFY(!m_bench->session.idle()); // the server must not end before it is taken back
        QVERIFY(!m_bench->tools.open[0](Json::object()));
        QVERIFY(m_bench->session.idle());
        QVERIFY(m_bench->sent.empty());
    }

    void cancelsAllThatCanBe()
    {
        initialize("2025-11-25");
        receive(call("1", "undo"));
        receive(call("2", "wait"));
        receive(call("3", "later"));
        m_bench->session.cancelAll();
        QVERIFY(!m_bench->tools.open[0](Json::object()));
        QVERIFY(!m_bench->tools.open[1](Json::object()));
        QVERIFY(m_bench->tools.open[2](Json::object()));
    }

    void tellsProgressUnderTheClientsToken_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<bool>("told");
        QTest::newRow("a string") << QByteArray("\"p\"") << true;
        QTest::newRow("an integer") << QByteArray("7") << true;
        QTest::newRow("null") << QByteArray("null") << false;
        QTest::newRow("a fraction") << QByteArray("1.5") << false;
        QTest::newRow("an object") << QByteArray("{}") << false;
    }
    void tellsProgressUnderTheClientsToken()
    {
        QFETCH(QByteArray, token);
        QFETCH(bool, told);
        initialize("2025-11-25");
        receive(QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wait",)"
                           R"("_meta":{"progressToken":)") +
                token + "}}}");
        const auto &progress = m_bench->tools.listeners[0].progress;
        QCOMPARE(static_cast<bool>(progress), told);
        if (told) {
            QVERIFY(progress(5, 20, "asked"));
            COMPARE_JSON(last()["method"], "notifications/progress");
            COMPARE_JSON(last()["params"], Json({{"progressToken", Json::parse(token.toStdString())},
                                                 {"progress", 5},
                                                 {"total", 20},
                                                 {"message", "asked"}}));
            m_bench->session.forgetWaits();
            QVERIFY(!progress(10, 20, "asked")); // never after the end
            QCOMPARE(m_bench->sent.size(), 1U);
        }
    }

    void discovers()
    {
        receive(stateless("\"d\"", "server/discover"));
        const Json result = last()["result"];
        COMPARE_JSON(result["supportedVersions"],
                     Json::parse(R"(["2026-07-28","2025-11-25","2025-06-18","2025-03-26","2024-11-05"])"));
        COMPARE_JSON(result["capabilities"], Json::parse(R"({"tools":{},"resources":{}})"));
        COMPARE_JSON(result["instructions"], "how to");
        COMPARE_JSON(result["resultType"], "complete");
        COMPARE_JSON(result["cacheScope"], "public");
        QVERIFY(result["ttlMs"].is_number_integer());
        COMPARE_JSON(result["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "glovebox-mcp");
        QVERIFY(m_bench->session.revision().empty()); // it changes nothing for what comes next
    }

    void answersStatelessRequestsWithoutAndBesideAHandshake()
    {
        receive(stateless("1", "tools/call", R"(,"name":"now","arguments":{"a":1})"));
        COMPARE_JSON(last()["result"]["echo"], Json({{"a", 1}}));
        COMPARE_JSON(last()["result"]["resultType"], "complete");
        receive(R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})"); // not stateless, and no handshake
        COMPARE_JSON(last()["error"]["code"], -32600);
        initialize("2025-11-25");
        receive(R"({"jsonrpc":"2.0","id":3,"method":"tools/list"})");
        QVERIFY(!last()["result"].contains("resultType"));
        receive(stateless("4", "tools/list"));
        COMPARE_JSON(last()["result"]["resultType"], "complete");
        COMPARE_JSON(last()["result"]["cacheScope"], "public");
        receive(stateless("5", "resources/read", R"(,"uri":"test:text")"));
        COMPARE_JSON(last()["result"]["cacheScope"], "private");
        COMPARE_JSON(last()["result"]["ttlMs"], 0);
    }

    void refusesStatelessRequests_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const QString &text, int code) {
            QTest::newRow(name) << text << code;
        };
        row("ping is gone", stateless("1", "ping"), -32601);
        row("initialize is gone", stateless("1", "initialize"), -32601);
        row("subscriptions", stateless("1", "subscriptions/listen", R"(,"notifications":{})"), -32601);
        row("no such resource", stateless("1", "resources/read", R"(,"uri":"test:other")"), -32602);
        row("no such tool", stateless("1", "tools/call", R"(,"name":"approve_purchase")"), -32602);
        row("a capability that the client lacks", stateless("1", "tools/call", R"(,"name":"picky")"), -32021);
        row("another revision",
            stateless("1", "tools/list").replace(QLatin1String("2026-07-28"), QLatin1String("2099-01-01")),
            -32022);
        row("a revision with a handshake",
            stateless("1", "tools/list").replace(QLatin1String("2026-07-28"), QLatin1String("2025-11-25")),
            -32022);
        row("a number as revision",
            stateless("1", "tools/list").replace(QLatin1String("\"2026-07-28\""), QLatin1String("7")),
            -32602);
        row("no capabilities",
            stateless("1", "tools/list").replace(QLatin1String("clientCapabilities"), QLatin1String("other")),
            -32602);
        row("capabilities an array",
            stateless("1", "tools/list")
                .replace(QLatin1String("Capabilities\":{}"), QLatin1String("Capabilities\":[]")),
            -32602);
        row("a batch", QLatin1Char('[') + stateless("1", "tools/list") + QLatin1Char(']'), -32600);
    }
    void refusesStatelessRequests()
    {
        QFETCH(QString, text);
        QFETCH(int, code);
        receive(text);
        QCOMPARE(m_bench->sent.size(), 1U);
        COMPARE_JSON(last()["error"]["code"], code);
        QVERIFY(m_bench->tools.told.empty());
        if (code == -32021) {
            COMPARE_JSON(last()["error"]["data"], Json::parse(R"({"requiredCapabilities":{"sampling":{}}})"));
        }
        if (code == -32022) {
            COMPARE_JSON(last()["error"]["data"]["supported"][0], "2026-07-28");
        }
    }
};

GLOVEBOX_TEST_MAIN(McpStatelessTest)
#include "mcp_stateless_test.moc"
