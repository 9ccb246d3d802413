// SPDX-License-Identifier: Apache-2.0
// glovebox-mcp --http: who is let in, the revisions, waits and streams.
#include "tests/agents/json_compare.h"
#include "tests/e2e/mcp/http_bench.h"
#include "tests/support/fatal_log.h"

#include <QTest>

using namespace glovebox;
using base::Json;
using testing::HttpClient;

class McpHttpTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<testing::HttpBench> m_bench;

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<testing::HttpBench>();
        QVERIFY2(m_bench->problem().isEmpty(), qPrintable(m_bench->problem()));
    }
    void cleanup()
    {
        QVERIFY(m_bench->serverRuns());
        m_bench.reset();
    }

    void servesWhoHasAToken()
    {
        const QByteArray list =
            R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{)" + testing::kStatelessMeta + "}}";
        HttpClient::Fields fields = {{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "tools/list"}};
        for (const QByteArray &token : {QByteArray(), QByteArray("Bearer"), QByteArray("Bearer short"),
                                        "Bearer " + QByteArray(43, 'x'), "Basic " + testing::kHttpToken}) {
            fields["Authorization"] = token;
            const auto refused = m_bench->ask(list, fields);
            QVERIFY(refused);
            QCOMPARE(refused->status, 401);
            QCOMPARE(refused->fields.value("www-authenticate"), QByteArray("Bearer"));
            QVERIFY(!refused->body.contains("propose_purchase"));
        }
        fields["Authorization"] = "Bearer " + testing::kHttpToken;
        const auto served = m_bench->ask(list, fields);
        QVERIFY(served);
        QCOMPARE(served->status, 200);
        QCOMPARE(served->json()["result"]["tools"].size(), 5U);
        QCOMPARE(m_bench->daemon().calls(),
                 QStringList(2, QStringLiteral("OpenSession"))); // what is too short costs none
    }

    void aTokenThatWasRevokedIsNotServed()
    {
        const QByteArray session = m_bench->openSession();
        QVERIFY(!session.isEmpty());
        m_bench->daemon().changeToken(QByteArray(43, 'n'));
        m_bench->daemon().forgetSessions();
        const auto last = m_bench->ask(testing::toolCall("get_payment_permissions", "{}"),
                                       testing::withToken({{"Mcp-Session-Id", session}}));
        QVERIFY(last);
        COMPARE_JSON(last->json()["result"]["structuredContent"]["error"]["code"], "not_permitted");
        const auto refused = m_bench->ask(testing::toolCall("get_payment_permissions", "{}"),
                                          testing::withToken({{"Mcp-Session-Id", session}}));
        QVERIFY(refused);
        QCOMPARE(refused->status, 401);
    }

    void aDaemonThatIsAwayIsSaid()
    {
        m_bench->daemon().vanish();
        const auto unknown =
            m_bench->ask(testing::toolCall("get_payment_permissions", "{}"), testing::withToken({}));
        QVERIFY(unknown);
        QCOMPARE(unknown->status, 503);
        QVERIFY(m_bench->daemon().appear());
        const QByteArray session = m_bench->openSession();
        QVERIFY(!session.isEmpty());
        m_bench->daemon().vanish();
        const auto known = m_bench->ask(testing::toolCall("get_payment_permissions", "{}"),
                                        testing::withToken({{"Mcp-Session-Id", session}}));
        QVERIFY(known);
        COMPARE_JSON(known->json()["result"]["structuredContent"]["error"]["code"], "unavailable");
    }

    void keepsSessionsOfTheOlderRevisions()
    {
        const QByteArray session = m_bench->openSession();
        QCOMPARE(session.size(), 32);
        const HttpClient::Fields in =
            testing::withToken({{"Mcp-Session-Id", session}, {"MCP-Protocol-Version", "2025-11-25"}});
        const auto noted = m_bench->ask(R"({"jsonrpc":"2.0","method":"notifications/initialized"})", in);
        QVERIFY(noted);
        QCOMPARE(noted->status, 202);
        const auto listed = m_bench->ask(R"({"jsonrpc":"2.0","id":"l","method":"tools/list"})", in);
        QVERIFY(listed);
        COMPARE_JSON(listed->json()["id"], "l");
        const auto unknown = m_bench->ask(R"({"jsonrpc":"2.0","id":2,"method":"no/such"})", in);
        QVERIFY(unknown);
        QCOMPARE(unknown->status, 200);
        COMPARE_JSON(unknown->json()["error"]["code"], -32601);
        QCOMPARE(
            m_bench->ask(R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})", testing::withToken({}))->status,
            400);
        QCOMPARE(m_bench
                     ->ask(R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})",
                           testing::withToken({{"Mcp-Session-Id", QByteArray(32, '0')}}))
                     ->status,
                 404);
        HttpClient end(m_bench->port());
        end.write("DELETE /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_bench->port()) +
                  "\r\nAuthorization: Bearer " + testing::kHttpToken + "\r\nMcp-Session-Id: " + session +
                  "\r\n\r\n");
        const auto ended = end.next();
        QVERIFY(ended);
        QCOMPARE(ended->status, 200);
        QCOMPARE(m_bench->ask(R"({"jsonrpc":"2.0","id":3,"method":"tools/list"})", in)->status, 404);
    }

    void answersAStatelessRequestWithTheStatusThatSaysIt()
    {
        const auto permissions =
            m_bench->ask(testing::toolCall("get_payment_permissions", "{}", ',' + testing::kStatelessMeta),
                         testing::callFields("get_payment_permissions"));
        QVERIFY(permissions);
        QCOMPARE(permissions->status, 200);
        QCOMPARE(permissions->fields.value("content-type"), QByteArray("application/json"));
        QVERIFY(!permissions->fields.contains("mcp-session-id"));
        COMPARE_JSON(permissions->json()["result"]["resultType"], "complete");
        QCOMPARE(m_bench
                     ->ask(testing::toolCall("get_payment_permissions", "{}", ',' + testing::kStatelessMeta),
                           testing::callFields("propose_purchase"))
                     ->status,
                 400);
        const auto gone = m_bench->ask(
            R"({"jsonrpc":"2.0","id":4,"method":"ping","params":{)" + testing::kStatelessMeta + "}}",
            testing::withToken({{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "ping"}}));
        QVERIFY(gone);
        QCOMPARE(gone->status, 404);
        COMPARE_JSON(gone->json()["id"], 4);
        const auto bare = m_bench->ask(
            R"({"jsonrpc":"2.0","id":5,"method":"tools/list"})",
            testing::withToken({{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "tools/list"}}));
        QVERIFY(bare);
        QCOMPARE(bare->status, 400);
        COMPARE_JSON(bare->json()["error"]["code"], -32602);
        const auto later = m_bench->ask(R"({"jsonrpc":"2.0","id":6,"method":"tools/list"})",
                                        testing::withToken({{"MCP-Protocol-Version", "2099-01-01"}}));
        QVERIFY(later);
        QCOMPARE(later->status, 400);
        COMPARE_JSON(later->json()["error"]["code"], -32022);
        COMPARE_JSON(later->json()["id"], 6);
    }

    void streamsTheProgressOfAWaitToWhoTakesEvents()
    {
        QVERIFY(
            m_bench->ask(testing::toolCall("propose_purchase", R"({"request_id":"r","amount":{"value":1}})",
                                           ',' + testing::kStatelessMeta),
                         testing::callFields("propose_purchase")));
        QByteArray meta = testing::kStatelessMeta;
        meta.insert(meta.size() - 1, R"(,"progressToken":"p")");
        HttpClient client(m_bench->port());
        client.post(testing::toolCall("get_purchase", R"({"purchase_id":"pu-r","wait_s":20})", ',' + meta),
                    testing::callFields("get_purchase"));
        QTRY_COMPARE(m_bench->daemon().waits(), 1);
        QTRY_VERIFY(client.hasBytes()); // the progress comes before the answer
        m_bench->daemon().move("pu-r", "captured", true, true);
        const auto answer = client.next();
        QVERIFY(answer);
        QCOMPARE(answer->fields.value("content-type"), QByteArray("text/event-stream"));
        const Json events = answer->events();
        QCOMPARE(events.size(), 2U);
        COMPARE_JSON(events[0]["params"]["progressToken"], "p");
        COMPARE_JSON(events[1]["result"]["structuredContent"]["paid"], true);
        client.post(testing::toolCall("get_payment_permissions", "{}", ',' + testing::kStatelessMeta),
                    testing::callFields("get_payment_permissions"));
        const auto next = client.next(); // on the same connection
        QVERIFY(next);
        QCOMPARE(next->status, 200);
        HttpClient::Fields events_only = testing::callFields("get_payment_permissions");
        events_only["Accept"] = "text/event-stream";
        const auto streamed = m_bench->ask(
            testing::toolCall("get_payment_permissions", "{}", ',' + testing::kStatelessMeta), events_only);
        QVERIFY(streamed);
        COMPARE_JSON(streamed->events()[0]["result"]["resultType"], "complete");
    }

    void waitsHoldUpNobody()
    {
        QVERIFY(
            m_bench->ask(testing::toolCall("propose_purchase", R"({"request_id":"r","amount":{"value":1}})",
                                           ',' + testing::kStatelessMeta),
                         testing::callFields("propose_purchase")));
        std::vector<std::unique_ptr<HttpClient>> waiting;
        for (int i = 0; i < 64; ++i) {
            waiting.push_back(std::make_unique<HttpClient>(m_bench->port()));
            waiting.back()->post(testing::toolCall("get_purchase", R"({"purchase_id":"pu-r","wait_s":20})",
                                                   ',' + testing::kStatelessMeta),
                                 testing::callFields("get_purchase"));
        }
        QTRY_COMPARE(m_bench->daemon().waits(), 64);
        const auto answer =
            m_bench->ask(testing::toolCall("get_payment_permissions", "{}", ',' + testing::kStatelessMeta),
                         testing::callFields("get_payment_permissions"));
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(m_bench->daemon().waits(), 64);
        m_bench->daemon().move("pu-r", "captured", true, true);
        for (const auto &client : waiting) {
            const auto paid = client->next();
            QVERIFY(paid);
            COMPARE_JSON(paid->json()["result"]["structuredContent"]["paid"], true);
        }
    }

    void aClientThatLeavesTakesItsProposalBack_data()
    {
        QTest::addColumn<bool>("stateless");
        QTest::newRow("stateless") << true;
        QTest::newRow("in a session it may come back") << false;
    }
    void aClientThatLeavesTakesItsProposalBack()
    {
        QFETCH(bool, stateless);
        const QByteArray session = m_bench->openSession();
        m_bench->daemon().holdNext();
        HttpClient client(m_bench->port());
        const char *proposal = R"({"request_id":"r","amount":{"value":1}})";
        client.post(testing::toolCall("propose_purchase", proposal,
                                      stateless ? ',' + testing::kStatelessMeta : QByteArray()),
                    stateless ? testing::callFields("propose_purchase")
                              : testing::withToken({{"Mcp-Session-Id", session}}));
        QTRY_VERIFY(m_bench->daemon().holds());
        client.finish();
        // A whole request later, the server has seen that the client left.
        QVERIFY(m_bench->ask(testing::toolCall("get_payment_permissions", "{}"),
                             testing::withToken({{"Mcp-Session-Id", session}})));
        m_bench->daemon().release();
        QTRY_COMPARE(m_bench->daemon().calls().contains(QStringLiteral("Withdraw")), stateless);
        QVERIFY(m_bench->ask(testing::toolCall("get_payment_permissions", "{}"),
                             testing::withToken({{"Mcp-Session-Id", session}})));
        QCOMPARE(m_bench->daemon().calls().contains(QStringLiteral("Withdraw")), stateless);
    }
};

GLOVEBOX_TEST_MAIN(McpHttpTest)
#include "mcp_http_test.moc"
