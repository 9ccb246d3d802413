// SPDX-License-Identifier: Apache-2.0
// glovebox-mcp --http: what a hostile peer can try.
#include "tests/agents/json_compare.h"
#include "tests/e2e/mcp/http_bench.h"
#include "tests/support/fatal_log.h"

#include <QTest>

#include <sys/resource.h>

using namespace glovebox;
using base::Json;
using testing::HttpClient;

class McpHttpAbuseTest final : public QObject
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

    void manyWrongTokensAreSlowedDownAndTheRightOneIsNot()
    {
        QVERIFY(!m_bench->openSession().isEmpty());
        int slowed = 0;
        for (int i = 0; i < 30; ++i) {
            const auto answer = m_bench->ask(
                "{}", {{"Authorization", "Bearer " + QByteArray(40, 'x') + QByteArray::number(i)}});
            QVERIFY(answer);
            slowed += answer->status == 429 ? 1 : 0;
            QVERIFY(answer->status == 429 || answer->status == 401);
        }
        QVERIFY2(slowed >= 15, qPrintable(QString::number(slowed)));
        QVERIFY(!m_bench->openSession().isEmpty());
    }

    void refusesWhatIsNotForIt_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<int>("status");
        const QByteArray host = "Host: 127.0.0.1:%PORT%\r\n";
        const QByteArray json = "Content-Type: application/json\r\nContent-Length: 2\r\n";
        const auto row = [](const char *name, const char *line, const QByteArray &fields, int status) {
            QTest::newRow(name) << QByteArray(line) << fields << status;
        };
        row("another host", "POST /mcp", "Host: evil.example\r\n" + json, 403);
        row("no host", "POST /mcp", json, 403);
        row("a page of the internet", "POST /mcp", host + json + "Origin: http://evil.example\r\n", 403);
        row("GET", "GET /mcp", host, 405);
        row("OPTIONS", "OPTIONS /mcp", host, 405);
        row("another path", "POST /other", host + json, 404);
        row("OAuth discovery", "GET /.well-known/oauth-protected-resource", host, 404);
        row("another type", "POST /mcp", host + "Content-Type: text/plain\r\nContent-Length: 2\r\n", 415);
        row("takes neither", "POST /mcp", host + json + "Accept: text/html\r\n", 406);
        row("no token", "POST /mcp", host + json, 401);
        row("DELETE without a token", "DELETE /mcp", host, 401);
        row("chunks", "POST /mcp", host + "Transfer-Encoding: chunked\r\n", 411);
        row("too long", "POST /mcp", host + "Content-Length: 65537\r\n", 413);
    }
    void refusesWhatIsNotForIt()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, fields);
        QFETCH(int, status);
        HttpClient client(m_bench->port());
        client.write(line + " HTTP/1.1\r\n" + fields.replace("%PORT%", QByteArray::number(m_bench->port())) +
                     "\r\n{}");
        const auto answer = client.next();
        QVERIFY(answer);
        QCOMPARE(answer->status, status);
        QVERIFY(m_bench->daemon().calls().isEmpty());
    }

    void refusesBadMessages_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        QTest::newRow("empty") << QByteArray() << -32700;
        QTest::newRow("no JSON") << QByteArray("hello") << -32700;
        QTest::newRow("deep") << QByteArray(30000, '[') + QByteArray(30000, ']') << -32700;
        QTest::newRow("duplicate key")
            << QByteArray(R"({"jsonrpc":"2.0","id":1,"id":2,"method":"ping"})") << -32700;
        QTest::newRow("lone surrogate")
            << QByteArray(R"({"jsonrpc":"2.0","id":"\ud800","method":"ping"})") << -32700;
        QTest::newRow("invalid UTF-8") << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":\"\xC3\x28\"}") << -32700;
        QTest::newRow("a huge number")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1e400,\"method\":\"ping\"}") << -32700;
        QTest::newRow("a huge id") << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":") + QByteArray(400, '9') +
                                          R"(,"method":"ping"})"
                                   << -32700;
        QTest::newRow("id an object") << QByteArray(R"({"jsonrpc":"2.0","id":{},"method":"ping"})") << -32600;
        QTest::newRow("id null") << QByteArray(R"({"jsonrpc":"2.0","id":null,"method":"ping"})") << -32600;
        QTest::newRow("a batch without a session")
            << QByteArray(R"([{"jsonrpc":"2.0","id":1,"method":"ping"}])") << -32600;
        QTest::newRow("a number") << QByteArray("7") << -32600;
    }
    void refusesBadMessages()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, code);
        const auto answer = m_bench->ask(body, testing::withToken({}));
        QVERIFY(answer);
        QCOMPARE(answer->status, 400);
        COMPARE_JSON(answer->json()["error"]["code"], code);
        COMPARE_JSON(answer->json()["jsonrpc"], "2.0");
    }

    void aClientThatNeverReadsIsCut()
    {
        HttpClient client(m_bench->port());
        QByteArray request;
        const QByteArray body =
            R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{)" + testing::kStatelessMeta + "}}";
        request = "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_bench->port()) +
                  "\r\nAuthorization: Bearer " + testing::kHttpToken +
                  "\r\nContent-Type: application/json\r\nMCP-Protocol-Version: 2026-07-28\r\n"
                  "Mcp-Method: tools/list\r\nContent-Length: " +
                  QByteArray::number(body.size()) + "\r\n\r\n" + body;
        client.stopReading();
        const auto goesOn = [&] { // 10 kB of answer each
            client.write(request);
            return client.ok();
        };
        QTRY_VERIFY_WITH_TIMEOUT(!goesOn(), 30000);
        QVERIFY(!m_bench->openSession().isEmpty());
        QVERIFY2(m_bench->memory_kB() < 60000, qPrintable(QString::number(m_bench->memory_kB())));
    }

    void aRequestThatNeverEndsIsCut()
    {
        HttpClient client(m_bench->port());
        client.write("POST /mcp HTTP/1.1\r\nHost: ");
        QVERIFY(client.closedByServer());
    }

    void thousandsOfConnectionsLeaveRoomForTheNext()
    {
        rlimit files{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &files), 0);
        files.rlim_cur = std::max<rlim_t>(files.rlim_cur, std::min<rlim_t>(files.rlim_max, 4096));
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &files), 0);
        std::vector<std::unique_ptr<HttpClient>> silent;
        for (int i = 0; i < 2000; ++i) {
            silent.push_back(std::make_unique<HttpClient>(m_bench->port()));
        }
        QVERIFY(!m_bench->openSession().isEmpty());
        QVERIFY2(m_bench->memory_kB() < 60000, qPrintable(QString::number(m_bench->memory_kB())));
    }
};

GLOVEBOX_TEST_MAIN(McpHttpAbuseTest)
#include "mcp_http_abuse_test.moc"
