// SPDX-License-Identifier: Apache-2.0
#include "mcp/http_request.h"
#include "tests/support/fatal_log.h"

#include <QByteArray>
#include <QTest>

using namespace glovebox;
using Progress = mcp::HttpRequestReader::Progress;

namespace
{

const std::string kPost = "POST /mcp HTTP/1.1\r\nHost: localhost:1\r\nContent-Length: 2\r\n\r\n{}";

} // namespace

class McpHttpRequestTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsARequestWhereverTheBytesBreak()
    {
        for (std::size_t step = 1; step <= kPost.size(); ++step) {
            mcp::HttpRequestReader reader(16);
            QVERIFY(reader.idle());
            auto progress = Progress::more;
            for (std::size_t at = 0; at < kPost.size(); at += step) {
                QCOMPARE(progress, Progress::more);
                progress = reader.take(std::string_view(kPost).substr(at, step));
                QVERIFY(!reader.idle());
            }
            QCOMPARE(progress, Progress::whole);
            QCOMPARE(reader.request().method, std::string("POST"));
            QCOMPARE(reader.request().target, std::string("/mcp"));
            QCOMPARE(reader.request().field("host"), std::string_view("localhost:1"));
            QCOMPARE(reader.request().body, std::string("{}"));
            QVERIFY(reader.request().keepAlive);
            QCOMPARE(reader.next(), Progress::more);
            QVERIFY(reader.idle());
            QVERIFY(reader.request().fields.empty());
        }
    }

    void keepsWhatFollows()
    {
        mcp::HttpRequestReader reader(16);
        QCOMPARE(reader.take(kPost + "GET / HTTP/1.1\r\nConnection: Close\r\n\r\n"), Progress::whole);
        QCOMPARE(reader.next(), Progress::whole);
        QCOMPARE(reader.request().method, std::string("GET"));
        QVERIFY(!reader.request().keepAlive);
        QCOMPARE(reader.take(std::string(mcp::kHttpPart_bytes_max, 'x')), Progress::whole);
        QVERIFY(reader.full());
        QCOMPARE(reader.next(), Progress::more);
    }

    void joinsAcceptFieldsOnly()
    {
        mcp::HttpRequestReader reader(16);
        QCOMPARE(reader.take("GET / HTTP/1.1\r\nAccept: a/b\r\nACCEPT:\tc/d \r\n\r\n"), Progress::whole);
        QCOMPARE(reader.request().field("accept"), std::string_view("a/b, c/d"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &text, int status) {
            QTest::newRow(name) << text << status;
        };
        const auto field = [&](const char *name, const QByteArray &line, int status) {
            row(name, "POST /mcp HTTP/1.1\r\n" + line + "\r\n\r\n", status);
        };
        row("no spaces", "GET\r\n\r\n", 400);
        row("one space", "GET /\r\n\r\n", 400);
        row("empty target", "GET  HTTP/1.1\r\n\r\n", 400);
        row("control character in the target", QByteArray("GET /\x01 HTTP/1.1\r\n\r\n"), 400);
        row("bad method", "G(T / HTTP/1.1\r\n\r\n", 400);
        row("no version", "GET / x\r\n\r\n", 400);
        row("HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 505);
        row("HTTP/2.0", "PRI * HTTP/2.0\r\n\r\n", 505);
        row("long target", "GET /" + QByteArray(1024, 'x') + " HTTP/1.1\r\n\r\n", 414);
        row("long head", "GET / HTTP/1.1\r\nA: " + QByteArray(16384, 'x'), 431);
        row("long head that ends", "GET / HTTP/1.1\r\nA: " + QByteArray(16384, 'x') + "\r\n\r\n", 431);
        QByteArray many;
        for (int i = 0; i < 65; ++i) {
            many += "A" + QByteArray::number(i) + ": x\r\n";
        }
        row("many fields", "GET / HTTP/1.1\r\n" + many + "\r\n", 431);
        field("no colon", "Host", 400);
        field("empty name", ": x", 400);
        field("space before the colon", "Host : x", 400);
        field("a folded field", "Host: x\r\n y: z", 400);
        field("a line feed alone", "Host: x\ny: z", 400);
        field("NUL", QByteArray("Host: x\0y", 9), 400);
        field("a field twice", "Host: x\r\nHost: y", 400);
        field("two lengths", "Content-Length: 2\r\ncontent-length: 2", 400);
        field("no length", "Host: x", 411);
        field("chunks", "Transfer-Encoding: chunked", 411);
        field("chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 2", 411);
        field("negative length", "Content-Length: -1", 400);
        field("length with a sign", "Content-Length: +1", 400);
        field("length a list", "Content-Length: 2, 2", 400);
        field("length beyond 64 bits", "Content-Length: 99999999999999999999", 400);
        field("empty length", "Content-Length: ", 400);
        field("long body", "Content-Length: 17", 413);
        field("expectation", "Expect: 100-continue\r\nContent-Length: 2", 417);
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, status);
        mcp::HttpRequestReader reader(16);
        auto progress = Progress::more;
        for (qsizetype at = 0; at < text.size() && progress == Progress::more; at += 8192) {
            progress = reader.take(text.mid(at, 8192).toStdString());
        }
        QCOMPARE(progress, Progress::malformed);
        QCOMPARE(reader.status(), status);
        QCOMPARE(reader.take("GET / HTTP/1.1\r\n\r\n"), Progress::malformed); // and it stays so
    }
};

GLOVEBOX_TEST_MAIN(McpHttpRequestTest)
#include "mcp_http_request_test.moc"
