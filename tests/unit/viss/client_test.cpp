// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/car/viss_server.h"
#include "platform/viss/viss_client.h"
#include "tests/support/fatal_log.h"

#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

#include <cmath>
#include <mutex>

using namespace glovebox;
using simulator::VissServer;

namespace
{

/// Readings as the daemon gets them: from another thread.
class Listener
{
public:
    explicit Listener(viss::Config config) : m_client(std::move(config), [] { return base::readBootTime(); })
    {
        m_client.start([this](const ports::VehicleReadings &readings) {
            const std::lock_guard lock(m_mutex);
            m_readings = readings;
            ++m_count;
        });
    }
    ports::VehicleReadings readings() const
    {
        const std::lock_guard lock(m_mutex);
        return m_readings;
    }
    int count() const
    {
        const std::lock_guard lock(m_mutex);
        return m_count;
    }
    bool isUnset() const
    {
        ports::VehicleReadings unset;
        unset.peer = readings().peer;
        return readings() == unset;
    }
    bool isComplete() const
    {
        const auto now = readings();
        return now.speed_kmh && now.gear != ports::Gear::unknown && now.parkingBrake && now.position &&
               now.ignitionOn && now.driverDoorOpen;
    }
    void clear() { m_client.clear(); }

private:
    mutable std::mutex m_mutex;
    ports::VehicleReadings m_readings;
    int m_count = 0;
    viss::VissClient m_client; // last: its thread ends before the rest goes
};

viss::Config configFor(const QString &url)
{
    viss::Config config;
    config.url = url.toStdString();
    config.reconnect_ms_min = 10;
    config.reconnect_ms_max = 40;
    return config;
}

/// A peer that says what the test wants: it takes subscriptions as "0", "1", … in their order and sends raw
/// frames.
class RawPeer : public QObject
{
    Q_OBJECT

public:
    RawPeer()
    {
        server.setSupportedSubprotocols({QStringLiteral("VISSv2")});
        connect(&server, &QWebSocketServer::newConnection, this, [this] {
            socket = server.nextPendingConnection();
            socket->setParent(this);
            ++connections;
            connect(socket, &QWebSocket::textMessageReceived, this,
                    [this, own = socket](const QString &text) {
                        const auto request = base::parseJson(text.toStdString()).value();
                        const std::string id = request.at("requestId");
                        if (silent) {
                            return;
                        }
                        own->sendTextMessage(QString::fromStdString(base::Json{
                            {"action", "subscribe"},
                            {"requestId", id},
                            {"subscriptionId",
                             id.substr(id.find('.') + 1)}}.dump()));
                        Q_EMIT subscribed();
                    });
        });
        if (!server.listen(QHostAddress::LocalHost)) {
            qFatal("cannot listen");
        }
    }
    void send(int signal, const char *path, const char *value)
    {
        socket->sendTextMessage(
            QStringLiteral(
                R"({"action":"subscription","subscriptionId":"%1","data":{"path":"%2","dp":{"value":%3}}})")
                .arg(QString::number(signal), QLatin1String(path), QLatin1String(value)));
    }
    QString url() const { return QStringLiteral("ws://127.0.0.1:%1").arg(server.serverPort()); }

    QWebSocketServer server{QStringLiteral("raw"), QWebSocketServer::NonSecureMode};
    QWebSocket *socket = nullptr;
    int connections = 0;
    bool silent = false;

Q_SIGNALS:
    void subscribed();
};

constexpr const char *kSpeed = "Vehicle.Speed";

} // namespace

class ClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsUnset();
    void readsTheWholeCar();
    void followsChangesAndUnsets();
    void speedArrivesWithoutAChange();
    void anotherConnectionIsAnotherPeer();
    void clearDropsEverything();
    void aRefusedPathStaysUnset();
    void ignoresUnknownSubscriptionsAndPaths();
    void hostileSpeedIsNaN();
    void dropsAHostilePeer_data();
    void dropsAHostilePeer();
    void dropsAFloodingPeer();
    void dropsASilentPeer();
    void refusesAPeerOfAnotherProtocol();
};

void ClientTest::startsUnset()
{
    QWebSocketServer closed(QStringLiteral("closed"), QWebSocketServer::NonSecureMode);
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QString url = QStringLiteral("ws://127.0.0.1:%1").arg(closed.serverPort());
    closed.close();
    Listener car(configFor(url));
    QTRY_VERIFY(car.count() >= 3); // the first one, and one for each refused connection
    QVERIFY(car.isUnset());
    QCOMPARE(car.readings().peer, 0u);
}

void ClientTest::readsTheWholeCar()
{
    VissServer server(simulator::parkedCar());
    QVERIFY(server.listen());
    Listener car(configFor(server.url()));
    QTRY_VERIFY(car.isComplete());
    const auto now = car.readings();
    QCOMPARE(*now.speed_kmh, 0.0);
    QCOMPARE(now.gear, ports::Gear::park);
    QCOMPARE(*now.parkingBrake, true);
    QCOMPARE(now.position->latitude_e6, 48775846);
    QCOMPARE(*now.ignitionOn, true);
    QCOMPARE(*now.driverDoorOpen, false);
    QVERIFY(now.hasParkGear);
    QCOMPARE(now.peer, 1u);
}

void ClientTest::followsChangesAndUnsets()
{
    VissServer server(simulator::parkedCar());
    QVERIFY(server.listen());
    Listener car(configFor(server.url()));
    QTRY_VERIFY(car.isComplete());
    server.set(simulator::settingFromName("gear", "drive").value());
    server.set(simulator::settingFromName("speed_kmh", 62.5).value());
    server.set(simulator::settingFromName("driver_door", "open").value());
    QTRY_COMPARE(car.readings().gear, ports::Gear::drive);
    QTRY_COMPARE(car.readings().speed_kmh, std::optional(62.5));
    QTRY_COMPARE(car.readings().driverDoorOpen, std::optional(true));
    server.set(simulator::settingFromName("gear", nullptr).value());
    server.set(simulator::settingFromName("speed_kmh", nullptr).value());
    QTRY_COMPARE(car.readings().gear, ports::Gear::unknown);
    QTRY_VERIFY(!car.readings().speed_kmh);
}

void ClientTest::speedArrivesWithoutAChange()
{
    VissServer server(simulator::parkedCar());
    QVERIFY(server.listen());
    Listener car(configFor(server.url()));
    QTRY_VERIFY(car.isComplete());
    const auto first = car.readings().speedAt;
    QTRY_VERIFY(car.readings().speedAt > first);
    QCOMPARE(car.readings().speed_kmh, std::optional(0.0));
}

void ClientTest::anotherConnectionIsAnotherPeer()
{
    auto server = std::make_unique<VissServer>(simulator::parkedCar());
    QVERIFY(server->listen());
    const quint16 port = server->port();
    Listener car(configFor(server->url()));
    QTRY_VERIFY(car.isComplete());
    server.reset();
    QTRY_VERIFY(car.isUnset());
    server = std::make_unique<VissServer>(simulator::parkedCar());
    QVERIFY(server->listen(port));
    QTRY_VERIFY(car.isComplete());
    QCOMPARE(car.readings().peer, 2u);
}

void ClientTest::clearDropsEverything()
{
    VissServer server(simulator::parkedCar());
    QVERIFY(server.listen());
    Listener car(configFor(server.url()));
    QTRY_VERIFY(car.isComplete());
    server.setSilent(true); // so that what comes after clear() is not a new value
    car.clear();
    QTRY_VERIFY(car.isUnset());
    QTRY_COMPARE(car.readings().peer, 2u);
    server.setSilent(false);
    QTRY_VERIFY(car.readings().speed_kmh);
}

void ClientTest::aRefusedPathStaysUnset()
{
    QTest::ignoreMessage(QtWarningMsg, "the car refuses Vehicle.NoSuchGear (404): it stays unset");
    VissServer server(simulator::parkedCar());
    QVERIFY(server.listen());
    viss::Config config = configFor(server.url());
    config.paths[static_cast<std::size_t>(viss::Signal::gear)] = "Vehicle.NoSuchGear";
    config.paths[static_cast<std::size_t>(viss::Signal::ignition)] = "";
    Listener car(config);
    QTRY_VERIFY(car.readings().driverDoorOpen && car.readings().speed_kmh);
    QCOMPARE(car.readings().gear, ports::Gear::unknown);
    QVERIFY(!car.readings().ignitionOn);
}

void ClientTest::ignoresUnknownSubscriptionsAndPaths()
{
    RawPeer peer;
    QSignalSpy subscribed(&peer, &RawPeer::subscribed);
    Listener car(configFor(peer.url()));
    QTRY_COMPARE(subscribed.count(), static_cast<int>(viss::kSignalCount));
    peer.send(99, kSpeed, "\"7\"");
    peer.send(1, kSpeed, "\"8\""); // the gear's subscription does not carry a speed
    peer.socket->sendTextMessage(
        QStringLiteral(R"({"action":"subscribe","requestId":"9","subscriptionId":"99"})"));
    peer.send(99, kSpeed, "\"9\"");
    peer.send(2, "Vehicle.Chassis.ParkingBrake.IsEngaged", "\"true\"");
    QTRY_COMPARE(car.readings().parkingBrake, std::optional(true));
    QVERIFY(!car.readings().speed_kmh);
    QCOMPARE(peer.connections, 1);
}

void ClientTest::hostileSpeedIsNaN()
{
    RawPeer peer;
    QSignalSpy subscribed(&peer, &RawPeer::subscribed);
    Listener car(configFor(peer.url()));
    QTRY_COMPARE(subscribed.count(), static_cast<int>(viss::kSignalCount));
    peer.send(0, kSpeed, "\"0\"");
    QTRY_COMPARE(car.readings().speed_kmh, std::optional(0.0));
    peer.send(0, kSpeed, "\"NaN\"");
    QTRY_VERIFY(car.readings().speed_kmh && std::isnan(*car.readings().speed_kmh));
    peer.send(0, kSpeed, "null");
    QTRY_VERIFY(!car.readings().speed_kmh);
}

void ClientTest::dropsAHostilePeer_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<bool>("binary");
    QTest::newRow("no JSON") << QByteArray("]") << false;
    QTest::newRow("duplicate key") << QByteArray(R"({"action":"get","action":"get"})") << false;
    QTest::newRow("too long") << QByteArray(R"({"action":")") + QByteArray(100000, 'a') + "\"}" << false;
    QTest::newRow("binary") << QByteArray(R"({"action":"get"})") << true;
    QTest::newRow("update without a value")
        << QByteArray(
               R"({"action":"subscription","subscriptionId":"0","data":{"path":"Vehicle.Speed","dp":{}}})")
        << false;
}

void ClientTest::dropsAHostilePeer()
{
    QFETCH(QByteArray, frame);
    QFETCH(bool, binary);
    RawPeer peer;
    QSignalSpy subscribed(&peer, &RawPeer::subscribed);
    Listener car(configFor(peer.url()));
    QTRY_COMPARE(subscribed.count(), static_cast<int>(viss::kSignalCount));
    peer.send(0, kSpeed, "\"0\"");
    QTRY_VERIFY(car.readings().speed_kmh);
    if (binary) {
        peer.socket->sendBinaryMessage(frame);
    } else {
        peer.socket->sendTextMessage(QString::fromUtf8(frame));
    }
    QTRY_VERIFY(peer.connections >= 2);
    QTRY_VERIFY(car.isUnset());
    QTRY_VERIFY(car.readings().peer >= 2u);
}

void ClientTest::dropsAFloodingPeer()
{
    RawPeer peer;
    QSignalSpy subscribed(&peer, &RawPeer::subscribed);
    viss::Config config = configFor(peer.url());
    config.messages_per_s_max = 20;
    Listener car(config);
    QTRY_COMPARE(subscribed.count(), static_cast<int>(viss::kSignalCount));
    for (int i = 0; i < 200; ++i) {
        peer.send(0, kSpeed, "\"0\"");
    }
    QTRY_VERIFY(peer.connections >= 2);
}

void ClientTest::dropsASilentPeer()
{
    RawPeer peer;
    peer.silent = true;
    viss::Config config = configFor(peer.url());
    config.silence_ms_max = 30;
    Listener car(config);
    QTRY_VERIFY(peer.connections >= 2);
    QVERIFY(car.isUnset());
}

void ClientTest::refusesAPeerOfAnotherProtocol()
{
    QWebSocketServer server(QStringLiteral("other"), QWebSocketServer::NonSecureMode);
    int connections = 0;
    connect(&server, &QWebSocketServer::newConnection, this, [&] {
        server.nextPendingConnection()->setParent(&server);
        ++connections;
    });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Listener car(configFor(QStringLiteral("ws://127.0.0.1:%1").arg(server.serverPort())));
    QTRY_VERIFY(connections >= 2);
    QCOMPARE(car.readings().peer, 0u);
}

GLOVEBOX_TEST_MAIN(ClientTest)
#include "client_test.moc"
