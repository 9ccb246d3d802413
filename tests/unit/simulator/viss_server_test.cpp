// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/car/viss_server.h"
#include "tests/support/fatal_log.h"

#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace glovebox;
using simulator::VissServer;

namespace
{

/// A client that keeps every message.
class Client
{
public:
    explicit Client(const VissServer &server)
    {
        QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket, [this](const QString &text) {
            messages.push_back(base::parseJson(text.toStdString()).value());
        });
        QWebSocketHandshakeOptions options;
        options.setSubprotocols({QStringLiteral("VISSv2")});
        m_socket.open(QUrl(server.url()), options);
    }
    bool connected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    void send(const char *text) { m_socket.sendTextMessage(QString::fromUtf8(text)); }
    /// The first message with this member, or null.
    base::Json find(const char *member, const std::string &value) const
    {
        for (const base::Json &message : messages) {
            if (message.value(member, std::string()) == value) {
                return message;
            }
        }
        return {};
    }
    int count(const std::string &subscriptionId) const
    {
        return static_cast<int>(
            std::count_if(messages.begin(), messages.end(), [&](const base::Json &message) {
                return message.value("action", std::string()) == "subscription" &&
                       message.value("subscriptionId", std::string()) == subscriptionId;
            }));
    }
    std::vector<base::Json> messages;

private:
    QWebSocket m_socket;
};

} // namespace

class VissServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void getsAndSets();
    void publishesOnChange();
    void repeatsSpeedAlone();
    void unsubscribes();
    void unsetIsNull();
    void refuses_data();
    void refuses();
};

void VissServerTest::getsAndSets()
{
    VissServer server(simulator::parkedCar());
    QVERIFY(server.listen());
    Client client(server);
    QTRY_VERIFY(client.connected());
    client.send(R"({"action":"get","path":"Vehicle.Speed","requestId":"1"})");
    QTRY_VERIFY(!client.find("requestId", "1").is_null());
    const base::Json answer = client.find("requestId", "1");
    QVERIFY(answer.at("action") == "get");
    QVERIFY(answer.at("data").at("path") == "Vehicle.Speed");
    QVERIFY(answer.at("data").at("dp").at("value") == "0");
    QVERIFY(answer.contains("ts") && answer.at("data").at("dp").contains("ts"));

    QSignalSpy changed(&server, &VissServer::changed);
    client.send(R"({"action":"set","path":"Vehicle.Speed","value":"50","requestId":"2"})");
    QTRY_VERIFY(!client.find("requestId", "2").is_null());
    QVERIFY(!client.find("requestId", "2").contains("error"));
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(server.tree().at("Vehicle.Speed"), std::optional<std::string>("50"));
}

void VissServerTest::publishesOnChange()
{
    VissServer server(simulator::parkedCar());
    QVERIFY(server.listen());
    Client client(server);
    QTRY_VERIFY(client.connected());
    client.send(
        R"({"action":"subscribe","path":"Vehicle.Powertrain.Transmission.SelectedGear","requestId":"1"})");
    QTRY_VERIFY(!client.find("requestId", "1").is_null());
    const std::string id = client.find("requestId", "1").at("subscriptionId");
    QTRY_COMPARE(client.count(id), 1); // the present value, once
    server.set(simulator::settingFromName("gear", "drive").value());
    QTRY_COMPARE(client.count(id), 2);
    QVERIFY(client.messages.back().at("data").at("dp").at("value") == "127");
    server.set(simulator::settingFromName("gear", "drive").value());
    server.set(simulator::settingFromName("gear", "park").value());
    QTRY_COMPARE(client.count(id), 3); // the same value again is no change
}

void VissServerTest::repeatsSpeedAlone()
{
    VissServer server(simulator::parkedCar());
    QVERIFY(server.listen());
    Client client(server);
    QTRY_VERIFY(client.connected());
    client.send(R"({"action":"subscribe","path":"Vehicle.Speed","requestId":"1"})");
    client.send(R"({"action":"subscribe","path":"Vehicle.Chassis.ParkingBrake.IsEngaged","requestId":"2"})");
    QTRY_VERIFY(!client.find("requestId", "2").is_null());
    const std::string speed = client.find("requestId", "1").at("subscriptionId");
    const std::string brake = client.find("requestId", "2").at("subscriptionId");
    QTRY_VERIFY(client.count(speed) >= 4);
    QCOMPARE(client.count(brake), 1);
    server.setSilent(true);
    const int before = client.count(speed);
    server.set(simulator::settingFromName("parking_brake", false).value());
    client.send(R"({"action":"get","path":"Vehicle.Speed","requestId":"3"})");
    QTRY_VERIFY(!client.find("requestId", "3").is_null());
    QCOMPARE(client.count(brake), 1);
    QVERIFY(client.count(speed) <= before + 1); // one may have been on its way
}

void VissServerTest::unsubscribes()
{
    VissServer server(simulator::parkedCar());
    QVERIFY(server.listen());
    Client client(server);
    QTRY_VERIFY(client.connected());
    client.send(R"({"action":"subscribe","path":"Vehicle.Speed","requestId":"1"})");
    QTRY_VERIFY(!client.find("requestId", "1").is_null());
    const std::string id = client.find("requestId", "1").at("subscriptionId");
    client.send((R"({"action":"unsubscribe","requestId":"2","subscriptionId":")" + id + "\"}").c_str());
    QTRY_VERIFY(!client.find("requestId", "2").is_null());
    QVERIFY(!client.find("requestId", "2").contains("error"));
    const int before = client.count(id);
    server.set(simulator::settingFromName("speed_kmh", 30).value());
    client.send(R"({"action":"unsubscribe","requestId":"3","subscriptionId":"4711"})");
    QTRY_VERIFY(client.find("requestId", "3").contains("error"));
    QCOMPARE(client.count(id), before);
}

void VissServerTest::unsetIsNull()
{
    VissServer server(simulator::parkedCar());
    QVERIFY(server.listen());
    Client client(server);
    QTRY_VERIFY(client.connected());
    server.set(simulator::settingFromName("speed_kmh", nullptr).value());
    client.send(R"({"action":"get","path":"Vehicle.Speed","requestId":"1"})");
    QTRY_VERIFY(!client.find("requestId", "1").is_null());
    QVERIFY(client.find("requestId", "1").at("data").at("dp").at("value").is_null());
}

void VissServerTest::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("number");
    QTest::newRow("no JSON") << QByteArray("hello") << "400";
    QTest::newRow("no request id") << QByteArray(R"({"action":"get","path":"Vehicle.Speed"})") << "400";
    QTest::newRow("unknown action") << QByteArray(
                                           R"({"action":"put","path":"Vehicle.Speed","requestId":"1"})")
                                    << "400";
    QTest::newRow("unknown path") << QByteArray(R"({"action":"get","path":"Vehicle.Wings","requestId":"1"})")
                                  << "404";
    QTest::newRow("set a number")
        << QByteArray(R"({"action":"set","path":"Vehicle.Speed","value":5,"requestId":"1"})") << "400";
}

void VissServerTest::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(QString, number);
    VissServer server(simulator::parkedCar());
    QVERIFY(server.listen());
    Client client(server);
    QTRY_VERIFY(client.connected());
    client.send(request.constData());
    QTRY_COMPARE(client.messages.size(), 1u);
    QVERIFY(client.messages[0].at("error").at("number") == number.toStdString());
    QCOMPARE(server.tree(), simulator::parkedCar());
}

GLOVEBOX_TEST_MAIN(VissServerTest)
#include "viss_server_test.moc"
