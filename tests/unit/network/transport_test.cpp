// SPDX-License-Identifier: Apache-2.0
#include "platform/network/network_connectivity.h"
#include "platform/network/network_transport.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QProcess>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace glovebox;
using namespace std::chrono_literals;
using ports::HttpAnswer;
using ports::TransportFault;

namespace
{

/// Counts requests byte by byte and answers as it is told.
class RawServer : public QObject
{
public:
    explicit RawServer(const QString &folder)
    {
        QFile certificate(folder + QStringLiteral("/server.pem"));
        QFile key(folder + QStringLiteral("/server.key"));
        const bool open = certificate.open(QIODevice::ReadOnly) && key.open(QIODevice::ReadOnly);
        Q_ASSERT(open);
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(QSslCertificate(&certificate));
        tls.setPrivateKey(QSslKey(&key, QSsl::Ec));
        m_server.setSslConfiguration(tls);
        connect(&m_server, &QSslServer::pendingConnectionAvailable, this, [this] { accept(); });
        const bool listening = m_server.listen(QHostAddress::LocalHost);
        Q_ASSERT(listening);
    }
    std::string url(const char *host = "127.0.0.1") const
    {
        return "https://" + std::string(host) + ":" + std::to_string(m_server.serverPort());
    }

    std::function<void(QSslSocket &)> onRequest;
    int requests = 0;
    int connections = 0;
    QByteArray last;

private:
    void accept()
    {
        auto *socket = qobject_cast<QSslSocket *>(m_server.nextPendingConnection());
        ++connections;
        connect(socket, &QSslSocket::readyRead, this, [this, socket, seen = QByteArray()]() mutable {
            seen += socket->readAll();
            const auto end = seen.indexOf("\r\n\r\n");
            const bool whole = end >= 0 && (seen.startsWith("GET") || seen.endsWith("{}"));
            if (whole) {
                ++requests;
                last = seen;
                seen.clear();
                onRequest(*socket);
            }
        });
        connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    }
    QSslServer m_server;
};

void answerWith(QSslSocket &socket, const QByteArray &head, const QByteArray &body)
{
    socket.write("HTTP/1.1 " + head + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
                 body);
    socket.disconnectFromHost();
}

} // namespace

class TransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anAnswerComesBackWhole();
    void theRequestSaysNoMoreThanItMust();
    void aRedirectIsAnAnswerAndIsNotFollowed();
    void aConnectionThatClosesAfterReadingIsBrokenAndNotSentAgain();
    void aCutAnswerIsBroken();
    void anotherCaIsRefusedBeforeAnythingIsSent();
    void anotherNameIsRefusedBeforeAnythingIsSent();
    void nobodyThereIsUnreachable();
    void aServerWithoutTlsGetsNothing();
    void aDrippingAnswerEnds();
    void aHugeAnswerIsBroken();
    void badOptionsAreNamed();
    void aFileSaysOfflineOrElseOnline();

private:
    HttpAnswer send(const std::string &url, const std::string &ca, const std::string &method = "POST")
    {
        network::TransportOptions options;
        options.url = url;
        options.caFile = ca;
        options.silence_max = m_silence;
        options.total_max = m_total;
        const auto transport = network::makeNetworkTransport(options).value_or(nullptr);
        std::optional<HttpAnswer> answer;
        int answers = 0;
        transport->send({method,
                         "/v1/approvals?a=%2F1",
                         {{"content-type", "application/json"}},
                         method == "POST" ? "{}" : ""},
                        [&](const HttpAnswer &said) {
                            answer = said;
                            ++answers;
                        });
        [&] { QVERIFY(!answer.has_value()); }(); // never inside send()
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 20'000); }();
        QCoreApplication::processEvents();
        [&] { QCOMPARE(answers, 1); }();
        return answer.value_or(HttpAnswer{});
    }
    std::string path(const char *name) const
    {
        return m_dir.filePath(QString::fromLatin1(name)).toStdString();
    }

    QTemporaryDir m_dir;
    std::chrono::milliseconds m_silence{10'000};
    std::chrono::milliseconds m_total{15'000};
};

void TransportTest::initTestCase()
{
    for (const char *name : {"ours", "theirs"}) {
        const int code = QProcess::execute(QStringLiteral(GLOVEBOX_SOURCE_DIR "/scripts/make-test-ca"),
                                           {m_dir.filePath(QString::fromLatin1(name))});
        QCOMPARE(code, 0);
    }
}

void TransportTest::anAnswerComesBackWhole()
{
    RawServer server(m_dir.filePath(QStringLiteral("ours")));
    server.onRequest = [](QSslSocket &socket) {
        answerWith(socket, "503 Busy\r\nRetry-After: 7", "{\"error\":\"unavailable\"}");
    };
    const HttpAnswer answer = send(server.url(), path("ours/ca.pem"));
    QVERIFY2(!answer.fault.has_value(), answer.detail.c_str());
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.retryAfter_s, 7);
    QCOMPARE(answer.body, std::string("{\"error\":\"unavailable\"}"));
    QCOMPARE(send(server.url("localhost"), path("ours/ca.pem")).status, 503);
}

void TransportTest::theRequestSaysNoMoreThanItMust()
{
    RawServer server(m_dir.filePath(QStringLiteral("ours")));
    server.onRequest = [](QSslSocket &socket) { answerWith(socket, "200 OK", "{}"); };
    QCOMPARE(send(server.url(), path("ours/ca.pem"), "GET").status, 200);
    const QByteArray text = server.last.toLower();
    QVERIFY(server.last.startsWith("GET /v1/approvals?a=%2F1 HTTP/1.1\r\n"));
    QVERIFY(text.contains("connection: close"));
    QVERIFY(text.contains("user-agent: glovebox\r\n"));
    QVERIFY(!text.contains("accept-encoding") && !text.contains("accept-language"));
    QVERIFY(!text.contains("cookie") && !text.contains("upgrade"));
}

void TransportTest::aRedirectIsAnAnswerAndIsNotFollowed()
{
    RawServer server(m_dir.filePath(QStringLiteral("ours")));
    server.onRequest = [](QSslSocket &socket) {
        answerWith(socket, "307 Temporary Redirect\r\nLocation: /v1/elsewhere", "");
    };
    const HttpAnswer answer = send(server.url(), path("ours/ca.pem"));
    QCOMPARE(answer.status, 307);
    QCOMPARE(server.requests, 1);
}

void TransportTest::aConnectionThatClosesAfterReadingIsBrokenAndNotSentAgain()
{
    RawServer server(m_dir.filePath(QStringLiteral("ours")));
    server.onRequest = [](QSslSocket &socket) { socket.disconnectFromHost(); };
    for (const char *method : {"POST", "GET"}) {
        server.requests = 0;
        const HttpAnswer answer = send(server.url(), path("ours/ca.pem"), method);
        QVERIFY(answer.fault == TransportFault::broken);
        QVERIFY2(server.requests == 1, method);
    }
    server.requests = 0;
    server.onRequest = [](QSslSocket &socket) { socket.abort(); };
    QVERIFY(send(server.url(), path("ours/ca.pem")).fault == TransportFault::broken);
    QCOMPARE(server.requests, 1);
}

void TransportTest::aCutAnswerIsBroken()
{
    RawServer server(m_dir.filePath(QStringLiteral("ours")));
    server.onRequest = [](QSslSocket &socket) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"receipt\"");
        socket.disconnectFromHost();
    };
    QVERIFY(send(server.url(), path("ours/ca.pem")).fault == TransportFault::broken);
    QCOMPARE(server.requests, 1);
}

void TransportTest::anotherCaIsRefusedBeforeAnythingIsSent()
{
    RawServer server(m_dir.filePath(QStringLiteral("ours")));
    server.onRequest = [](QSslSocket &socket) { answerWith(socket, "200 OK", "{}"); };
    QVERIFY(send(server.url(), path("theirs/ca.pem")).fault == TransportFault::tls);
    QCOMPARE(server.requests, 0);
}

void TransportTest::anotherNameIsRefusedBeforeAnythingIsSent()
{
    RawServer server(m_dir.filePath(QStringLiteral("ours")));
    server.onRequest = [](QSslSocket &socket) { answerWith(socket, "200 OK", "{}"); };
    // The same machine under an address that the certificate does not name.
    const std::string url = "https://localhost.localdomain" + server.url().substr(server.url().rfind(':'));
    const HttpAnswer answer = send(url, path("ours/ca.pem"));
    QVERIFY(answer.fault == TransportFault::tls || answer.fault == TransportFault::unreachable);
    QCOMPARE(server.requests, 0);
}

void TransportTest::nobodyThereIsUnreachable()
{
    QTcpServer free;
    QVERIFY(free.listen(QHostAddress::LocalHost));
    const std::string url = "https://127.0.0.1:" + std::to_string(free.serverPort());
    free.close();
    QVERIFY(send(url, path("ours/ca.pem")).fault == TransportFault::unreachable);
}

void TransportTest::aServerWithoutTlsGetsNothing()
{
    QTcpServer plain;
    QByteArray seen;
    connect(&plain, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = plain.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&seen, socket] {
            seen += socket->readAll();
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
            socket->disconnectFromHost();
        });
    });
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    const auto answer = send("https://127.0.0.1:" + std::to_string(plain.serverPort()), path("ours/ca.pem"));
    QVERIFY(answer.fault == TransportFault::tls || answer.fault == TransportFault::unreachable);
    QVERIFY(!seen.contains("/v1/approvals"));
}

void TransportTest::aDrippingAnswerEnds()
{
    RawServer server(m_dir.filePath(QStringLiteral("ours")));
    server.onRequest = [](QSslSocket &socket) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        auto *drip = new QTimer(&socket);
        connect(drip, &QTimer::timeout, &socket, [&socket] { socket.write("x"); });
        drip->start(20ms);
    };
    m_total = 500ms;
    const HttpAnswer answer = send(server.url(), path("ours/ca.pem"));
    m_total = 15'000ms;
    QVERIFY(answer.fault == TransportFault::broken);
    QCOMPARE(server.requests, 1);
}

void TransportTest::aHugeAnswerIsBroken()
{
    RawServer server(m_dir.filePath(QStringLiteral("ours")));
    server.onRequest = [](QSslSocket &socket) {
        answerWith(socket, "200 OK", QByteArray((1 << 20) + 1, 'x'));
    };
    QVERIFY(send(server.url(), path("ours/ca.pem")).fault == TransportFault::broken);
    server.onRequest = [](QSslSocket &socket) { answerWith(socket, "200 OK", QByteArray(1 << 20, 'x')); };
    const HttpAnswer answer = send(server.url(), path("ours/ca.pem"));
    QVERIFY2(!answer.fault.has_value(), answer.detail.c_str());
    QCOMPARE(answer.body.size(), std::size_t{1 << 20});
}

void TransportTest::badOptionsAreNamed()
{
    using network::TransportOptionFault;
    const auto fault = [](const std::string &url, const std::string &ca) {
        network::TransportOptions options;
        options.url = url;
        options.caFile = ca;
        const auto made = network::makeNetworkTransport(options);
        return made ? std::optional<TransportOptionFault>() : std::optional(made.error().code);
    };
    QVERIFY(fault("http://127.0.0.1:1", path("ours/ca.pem")) == TransportOptionFault::url);
    QVERIFY(fault("https://a:1/path", path("ours/ca.pem")) == TransportOptionFault::url);
    QVERIFY(fault("https://a:1", path("none.pem")) == TransportOptionFault::caMissing);
    QVERIFY(fault("https://a:1", path("ours/ca.key")) == TransportOptionFault::caMalformed);
    QVERIFY(fault("https://a:1", path("ours")) == TransportOptionFault::caMalformed); // a folder
    QVERIFY(!fault("https://a:1", path("ours/ca.pem")).has_value());
}

void TransportTest::aFileSaysOfflineOrElseOnline()
{
    const auto connectivity = network::makeFileConnectivity(path("connectivity"));
    QVERIFY(connectivity->online());
    std::vector<bool> changes;
    connectivity->start([&changes](bool online) { changes.push_back(online); });
    const auto write = [this](const char *text) {
        QFile file(m_dir.filePath(QStringLiteral("connectivity")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    write("offline\n");
    QTRY_VERIFY(!connectivity->online());
    write("online\n");
    QTRY_VERIFY(connectivity->online());
    QCOMPARE(changes, (std::vector<bool>{false, true}));
}

GLOVEBOX_TEST_MAIN(TransportTest)
#include "transport_test.moc"
