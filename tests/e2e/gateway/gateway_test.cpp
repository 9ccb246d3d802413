// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "platform/network/network_transport.h"
#include "tests/e2e/gateway/gateway_program.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QRegularExpression>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

using namespace glovebox;

namespace
{

base::Json pretty(const QByteArray &text)
{
    return base::parseJson(text.toStdString()).value_or(base::Json());
}

} // namespace

/// The program itself, over TLS, against the car's own transport and channel.
class GatewayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void chargesOnceOverTlsAndSurvivesAKill();
    void itsOperatorEndsWhatItRefused();
    void silentPeersHoldNobodyUp();
    void tricklingPeersAreCutAndHoldNobodyUp();
    void whatNeverEndsIsCut();
    void nothingIsUnpacked();
    void strangersAndOversizeAreRefused();
    void anotherServerDoesNotShareThePort();
    void stopsOnSigterm();

private:
    void start();
    ports::HttpAnswer send(const wire::CarRequest &request);
    quint16 port() const { return static_cast<quint16>(std::stoi(m_url.substr(m_url.rfind(':') + 1))); }

    testing::GatewayProgram m_program;
    const testing::Sample &m_sample = m_program.sample;
    QProcess m_gateway;
    std::string m_url;
};

void GatewayTest::initTestCase()
{
    QVERIFY(m_program.prepare());
    m_program.writeConfig(m_program.config());
    const auto made = m_program.run(m_program.arguments({QStringLiteral("--init")}));
    QVERIFY2(made.code == 0, made.sentence.constData());
}

void GatewayTest::cleanup()
{
    if (m_gateway.state() != QProcess::NotRunning) {
        m_gateway.kill();
        m_gateway.waitForFinished();
    }
}

void GatewayTest::start()
{
    m_gateway.start(m_program.program(), m_program.arguments());
    QTRY_VERIFY_WITH_TIMEOUT(m_gateway.canReadLine() || m_gateway.state() == QProcess::NotRunning, 20'000);
    const base::Json line = pretty(m_gateway.readLine());
    QVERIFY2(line.contains("listening"), m_gateway.readAllStandardError().constData());
    m_url = line["listening"].get<std::string>();
}

ports::HttpAnswer GatewayTest::send(const wire::CarRequest &request)
{
    network::TransportOptions options;
    options.url = m_url;
    options.caFile = m_program.path("tls/ca.pem");
    const auto transport = network::makeNetworkTransport(options).value_or(nullptr);
    std::optional<ports::HttpAnswer> answer;
    transport->send({request.method, request.path, request.headers, request.body},
                    [&answer](const ports::HttpAnswer &said) { answer = said; });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 30'000); }();
    return answer.value_or(ports::HttpAnswer{});
}

void GatewayTest::chargesOnceOverTlsAndSurvivesAKill()
{
    start();
    const auto channel = m_sample.channel();
    const std::int64_t now_s = base::readWallTime().milliseconds / 1000;

    const std::string nonce = wire::CarChannel::makeNonce();
    QVERIFY(channel.readTimeAnswer(send(channel.time(nonce, now_s).value()).body, nonce).has_value());

    std::string jws;
    const auto directory = channel.readDirectoryAnswer(send(channel.directory(now_s).value()).body, &jws);
    QVERIFY(directory.has_value());
    QCOMPARE(directory->entries.size(), 3U);

    payment::Approval approval = m_sample.fuelApproval("a1");
    for (const payment::MerchantEntry &entry : directory->entries) {
        if (entry.id == approval.merchant) {
            approval.merchantEntryHash = crypto::hashJson(entry.canonical);
        }
    }
    approval.at.wall = base::readWallTime();
    approval.admitBy.milliseconds = approval.at.wall.milliseconds + 60'000;
    approval.settleBy.milliseconds = approval.at.wall.milliseconds + 600'000;
    const std::string approvalJws = m_sample.signApproval(approval);
    const auto submit = channel.submit(approval.id, approvalJws, now_s).value();

    const auto first = send(submit);
    const auto said = channel.readAnswer(first.status, first.body, approvalJws);
    QVERIFY2(said.kind == wire::ApprovalAnswer::Kind::receipt, first.body.c_str());
    QVERIFY(said.receipt.outcome == wire::Outcome::authorised);

    m_gateway.kill(); // what was answered is on disk
    m_gateway.waitForFinished();
    start();
    QCOMPARE(send(submit).body, first.body); // the very bytes that were replayed: the stored receipt

    const wire::SignedParts complete{"POST", "/v1/merchant/approvals/a1/complete", "?", "application/json",
                                     R"({"amount_minor":7000,"approval_id":"a1","currency":"EUR"})"};
    auto headers = wire::signRequest(m_sample.merchant, complete, now_s, "m1").value();
    headers.emplace_back("content-type", "application/json");
    QCOMPARE(send({complete.method, complete.path, headers, complete.body}).status, 200);
    const auto events = channel.readEventsAnswer(send(channel.events(0, now_s).value()).body, 0);
    QVERIFY(events.has_value());
    QCOMPARE(events->receipts.size(), 1U);
    QCOMPARE(events->receipts.front().captured_minor, 7000);

    const QStringList report = m_program.arguments({QStringLiteral("--report")});
    QCOMPARE(m_program.run(report).code, 75); // the server has the database
    m_gateway.terminate();
    QVERIFY(m_gateway.waitForFinished());
    const auto printed = m_program.run(report);
    QCOMPARE(printed.code, 0);
    const base::Json books = pretty(printed.out);
    QCOMPARE(books["charges"].get<int>(), 1);
    QCOMPARE(books["holds"].get<int>(), 1);
    QCOMPARE(books["approvals"][0]["captured_minor"].get<int>(), 7000);
    QCOMPARE(books["approvals"][0]["held_minor"].get<int>(), 0);
}

void GatewayTest::itsOperatorEndsWhatItRefused()
{
    const auto channel = m_sample.channel();
    const std::int64_t now_s = base::readWallTime().milliseconds / 1000;
    payment::Approval approval = m_sample.approval("q1");
    approval.at.wall = base::readWallTime();
    approval.admitBy.milliseconds = approval.at.wall.milliseconds + 60'000;
    approval.settleBy.milliseconds = approval.at.wall.milliseconds + 600'000;
    approval.instrument.reference = "tok_of_somebody";
    start();
    const auto refused = send(channel.submit(approval.id, m_sample.signApproval(approval), now_s).value());
    QCOMPARE(refused.status, 422);
    const auto quarantine = [this](const QStringList &words) {
        return m_program.run(m_program.arguments(QStringList{QStringLiteral("quarantine")} + words));
    };
    const QStringList list{QStringLiteral("list")};
    const QStringList refuse{QStringLiteral("refuse"), QStringLiteral("w-1"), QStringLiteral("q1")};
    QCOMPARE(quarantine(list).code, 75); // the server has the ledger
    QCOMPARE(quarantine(refuse).code, 75);
    m_gateway.terminate();
    QVERIFY(m_gateway.waitForFinished());
    const base::Json listed = pretty(quarantine(list).out)["quarantined"];
    QCOMPARE(listed.size(), std::size_t{1});
    QCOMPARE(listed[0]["approval_id"].get<std::string>(), std::string("q1"));
    QCOMPARE(quarantine(refuse).code, 0);
    QVERIFY(pretty(quarantine(list).out)["quarantined"].empty());
    const auto again = quarantine(refuse);
    QCOMPARE(again.code, 65);
    QVERIFY2(again.sentence.contains("q1"), again.sentence.constData());

    start();
    const auto events = channel.readEventsAnswer(send(channel.events(0, now_s).value()).body, 0);
    QVERIFY(events.has_value());
    QVERIFY(std::ranges::any_of(events->receipts, [&](const wire::Receipt &receipt) {
        return receipt.approval == approval.id && receipt.outcome == wire::Outcome::neverAcceptedNowRefused;
    }));
}

void GatewayTest::silentPeersHoldNobodyUp()
{
    start();
    std::vector<std::unique_ptr<QTcpSocket>> silent;
    for (int i = 0; i < 12; ++i) {
        silent.push_back(std::make_unique<QTcpSocket>());
        silent.back()->connectToHost(QStringLiteral("127.0.0.1"), port());
        QVERIFY(silent.back()->waitForConnected());
    }
    QCOMPARE(send({"GET", "/v1/health", {}, {}}).status, 200);
}

void GatewayTest::tricklingPeersAreCutAndHoldNobodyUp()
{
    start();
    // More than there are workers, in each phase of a request; each sends a byte before anybody calls it
    // silent.
    std::vector<std::unique_ptr<QSslSocket>> slow;
    QTimer trickle;
    const auto connectOne = [&](bool handshake, const char *beginning) {
        QSslSocket *socket = slow.emplace_back(std::make_unique<QSslSocket>()).get();
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        const QByteArray begins(beginning);
        if (handshake) {
            connect(socket, &QSslSocket::encrypted, socket, [socket, begins] { socket->write(begins); });
            socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), port());
            connect(&trickle, &QTimer::timeout, socket, [socket] {
                if (socket->isEncrypted()) {
                    socket->write("x");
                }
            });
        } else {
            socket->connectToHost(QStringLiteral("127.0.0.1"), port());
            connect(socket, &QSslSocket::connected, socket,
                    [socket] { socket->write(QByteArray::fromHex("1603010200010001fc0303")); });
            connect(&trickle, &QTimer::timeout, socket, [socket] { socket->write("x"); });
        }
    };
    for (int i = 0; i < 70; ++i) {
        connectOne(false, "");
    }
    for (int i = 0; i < 5; ++i) {
        connectOne(true, "GET /v1/health HTTP/1.1\r\nx-");
        connectOne(true, "POST /v1/approvals HTTP/1.1\r\ncontent-length: 100000\r\n\r\n");
    }
    trickle.start(200);
    QCOMPARE(send({"GET", "/v1/health", {}, {}}).status, 200);
    QTRY_VERIFY_WITH_TIMEOUT(
        std::ranges::all_of(
            slow, [](const auto &socket) { return socket->state() == QAbstractSocket::UnconnectedState; }),
        120'000);
    QCOMPARE(send({"GET", "/v1/health", {}, {}}).status, 200);
}

void GatewayTest::whatNeverEndsIsCut()
{
    start();
    for (const char *beginning : {"GET /v1/health HTTP/1.1\r\n",
                                  "POST /v1/approvals HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n"}) {
        const bool chunked = QByteArray(beginning).contains("chunked");
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        // Headers, or chunks, as fast as they are taken, and no end of them.
        const QByteArray more =
            QByteArray(chunked ? "400\r\n" : "x-filler: ") + QByteArray(1024, 'x') + "\r\n";
        qint64 sent_bytes = 0;
        const auto feed = [&] {
            if (socket.bytesToWrite() == 0 && socket.encryptedBytesToWrite() == 0) {
                socket.write(more);
                sent_bytes += more.size();
            }
        };
        connect(&socket, &QSslSocket::encrypted, &socket, [&] {
            socket.write(beginning);
            feed();
        });
        connect(&socket, &QSslSocket::encryptedBytesWritten, &socket, feed);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port());
        QTRY_VERIFY_WITH_TIMEOUT(sent_bytes > 0 && socket.state() == QAbstractSocket::UnconnectedState,
                                 60'000);
        QVERIFY2(sent_bytes < 16 * 1024 * 1024, "what the sockets hold, and no more");
    }
    QCOMPARE(send({"GET", "/v1/health", {}, {}}).status, 200);
}

void GatewayTest::nothingIsUnpacked()
{
    start();
    const auto mostMemory_kB = [this] {
        QFile status(QStringLiteral("/proc/%1/status").arg(m_gateway.processId()));
        (void)status.open(QIODevice::ReadOnly);
        static const QRegularExpression line(QStringLiteral("VmHWM:\\s+(\\d+) kB"));
        return line.match(QString::fromLatin1(status.readAll())).captured(1).toLongLong();
    };
    const qint64 before_kB = mostMemory_kB();
    QVERIFY(before_kB > 0);
    const QByteArray bomb = qCompress(QByteArray(100 << 20, '\0')).mid(4); // Qt puts the length before it
    QVERIFY(bomb.size() < 128 * 1024);
    const auto answer = send({"POST",
                              "/v1/approvals",
                              {{"content-type", "application/json"}, {"content-encoding", "deflate"}},
                              bomb.toStdString()});
    QVERIFY2(answer.status == 415 || answer.fault == ports::TransportFault::broken, answer.body.c_str());
    QVERIFY(mostMemory_kB() < before_kB + 50 * 1024);
    QCOMPARE(send({"GET", "/v1/health", {{"range", "bytes=0-0,0-0"}}, {}}).status, 415);
    QCOMPARE(send({"GET", "/v1/health", {}, {}}).status, 200);
}

void GatewayTest::strangersAndOversizeAreRefused()
{
    start();
    QCOMPARE(send({"GET", "/v1/directory", {}, {}}).status, 401);
    const wire::SignedParts parts{"GET", "/v1/directory", "?", {}, {}};
    const auto headers = wire::signRequest(m_sample.stranger, parts, 1, "n1").value();
    const auto stranger = send({"GET", "/v1/directory", headers, {}});
    QCOMPARE(stranger.status, 401);
    QCOMPARE(pretty(QByteArray::fromStdString(stranger.body))["error"].get<std::string>(),
             std::string("unknown_wallet"));
    const auto huge =
        send({"POST", "/v1/approvals", {{"content-type", "application/json"}}, std::string(200'000, 'x')});
    QVERIFY(huge.status == 413 || huge.fault == ports::TransportFault::broken);
    QCOMPARE(send({"GET", "/v1/health", {}, {}}).status, 200);
}

void GatewayTest::anotherServerDoesNotShareThePort()
{
    start();
    base::Json config = m_program.config();
    config["listen"]["port"] = port();
    config["database"] = m_program.path("other.sqlite");
    m_program.writeConfig(config, "other.json");
    QCOMPARE(m_program.run(m_program.arguments({QStringLiteral("--init")}, "other.json")).code, 0);
    const auto second = m_program.run(m_program.arguments({}, "other.json"));
    QCOMPARE(second.code, 73); // half of the cars would be answered out of another ledger
    QVERIFY2(second.sentence.contains(QByteArray::number(port())), second.sentence.constData());
}

void GatewayTest::stopsOnSigterm()
{
    start();
    m_gateway.terminate();
    QVERIFY(m_gateway.waitForFinished());
    QCOMPARE(m_gateway.exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_gateway.exitCode(), 0);
}

GLOVEBOX_TEST_MAIN(GatewayTest)
#include "gateway_test.moc"
