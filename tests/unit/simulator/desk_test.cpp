// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/desk/desk_clock.h"
#include "platform/simulator/desk/desk_signals.h"
#include "platform/simulator/desk/desk_socket.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using namespace glovebox;
using namespace glovebox::simulator;

namespace
{

/// A car that says what the test wants.
class Car final : public ports::VehicleSignals
{
public:
    void start(std::function<void(const ports::VehicleReadings &)> onChange) override
    {
        say = std::move(onChange);
    }
    void clear() override { ++clears; }
    std::function<void(const ports::VehicleReadings &)> say;
    int clears = 0;
};

} // namespace

class DeskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clockStartsAheadAndAdvances();
    void alarmsFireInTheirOrderWhileAdvancing();
    void clearedAndPastAlarms();
    void wallTimeGoesOnWithBootTime();
    void signalsFollowTheClock();
    void socketAnswersCommands();
    void socketRefuses_data();
    void socketRefuses();
    void socketWantsAPrivateFolder();
};

void DeskTest::clockStartsAheadAndAdvances()
{
    DeskClock clock(1h);
    QVERIFY(clock.now().boot - base::readBootTime() > 59min);
    const auto before = clock.now();
    bool done = false;
    clock.advance(5min, [&done] { done = true; });
    QTRY_VERIFY(done);
    QVERIFY(clock.now().boot - before.boot >= 5min);
    QCOMPARE(clock.now().bootId, before.bootId);
}

void DeskTest::alarmsFireInTheirOrderWhileAdvancing()
{
    DeskClock clock;
    const auto start = clock.now().boot;
    std::vector<std::pair<int, base::Duration>> fired;
    const auto note = [&](int which) {
        return [&, which] { fired.emplace_back(which, clock.now().boot - start); };
    };
    const auto late = clock.makeAlarm(note(2));
    const auto early = clock.makeAlarm(note(1));
    const auto never = clock.makeAlarm(note(3));
    late->set(start + 40s);
    early->set(start + 10s);
    never->set(start + 10min);
    bool done = false;
    clock.advance(60s, [&done] { done = true; });
    QTRY_VERIFY(done);
    QCOMPARE(fired.size(), 2u);
    QCOMPARE(fired[0].first, 1);
    QVERIFY(fired[0].second >= 10s && fired[0].second < 20s);
    QCOMPARE(fired[1].first, 2);
    QVERIFY(fired[1].second >= 40s && fired[1].second < 50s);
}

void DeskTest::clearedAndPastAlarms()
{
    DeskClock clock;
    int fired = 0;
    const auto alarm = clock.makeAlarm([&fired] { ++fired; });
    alarm->set(clock.now().boot + 5s);
    alarm->clear();
    bool done = false;
    clock.advance(10s, [&done] { done = true; });
    QTRY_VERIFY(done);
    QCOMPARE(fired, 0);
    alarm->set(clock.now().boot - 1s);
    QCOMPARE(fired, 0); // never inside set()
    QTRY_COMPARE(fired, 1);
}

void DeskTest::wallTimeGoesOnWithBootTime()
{
    DeskClock clock;
    QCOMPARE(clock.now().trust, base::ClockTrust::untrusted);
    bool done = false;
    clock.advance(1h, [&done] { done = true; });
    QTRY_VERIFY(done);
    QVERIFY(clock.now().wall.milliseconds - base::readWallTime().milliseconds > 3'590'000);
    clock.setSignedWallTime({1'000'000});
    QCOMPARE(clock.now().trust, base::ClockTrust::gatewaySigned);
    const auto before = clock.now();
    done = false;
    clock.advance(10s, [&done] { done = true; });
    QTRY_VERIFY(done);
    QVERIFY(clock.now().wall.milliseconds - before.wall.milliseconds >= 10'000);
    QVERIFY(clock.now().wall.milliseconds < 1'100'000);
}

void DeskTest::signalsFollowTheClock()
{
    auto owned = std::make_unique<Car>();
    Car &car = *owned;
    DeskSignals signals(std::move(owned));
    std::vector<ports::VehicleReadings> heard;
    signals.start([&heard](const ports::VehicleReadings &readings) { heard.push_back(readings); });
    signals.follow(1s); // nothing was said yet
    QCOMPARE(heard.size(), 0u);
    ports::VehicleReadings readings;
    readings.speed_kmh = 0;
    readings.speedAt = {100s};
    car.say(readings);
    signals.follow(200ms);
    QCOMPARE(heard.size(), 2u);
    QCOMPARE(heard[1].speedAt, base::BootTime{100200ms});
    car.say({}); // the peer is lost: nothing to keep alive
    signals.follow(200ms);
    QCOMPARE(heard.size(), 3u);
    signals.clear();
    QCOMPARE(car.clears, 1);
}

void DeskTest::socketAnswersCommands()
{
    QTemporaryDir folder;
    DeskSocket socket;
    socket.on("double", [](const base::Json &value, const DeskSocket::Reply &reply) {
        reply(okReply({{"twice", value.get<int>() * 2}}));
    });
    QVERIFY(!socket.listen(folder.filePath(QStringLiteral("s"))));
    QLocalSocket client;
    client.connectToServer(folder.filePath(QStringLiteral("s")));
    client.write("{\"double\":2}\n{\"double\":");
    QTRY_VERIFY(client.canReadLine());
    QCOMPARE(client.readLine(), QByteArray("{\"ok\":true,\"twice\":4}\n"));
    client.write("21}\n");
    QTRY_VERIFY(client.canReadLine());
    QCOMPARE(client.readLine(), QByteArray("{\"ok\":true,\"twice\":42}\n"));
}

void DeskTest::socketRefuses_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("no JSON") << QByteArray("double");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("array") << QByteArray("[1]");
    QTest::newRow("unknown") << QByteArray(R"({"triple":1})");
    QTest::newRow("two commands") << QByteArray(R"({"double":1,"now":true})");
    QTest::newRow("none") << QByteArray("{}");
    QTest::newRow("duplicate key") << QByteArray(R"({"double":1,"double":2})");
}

void DeskTest::socketRefuses()
{
    QFETCH(QByteArray, line);
    QTemporaryDir folder;
    DeskSocket socket;
    int calls = 0;
    socket.on("double", [&calls](const base::Json &, const DeskSocket::Reply &) { ++calls; });
    QVERIFY(!socket.listen(folder.filePath(QStringLiteral("s"))));
    QLocalSocket client;
    client.connectToServer(folder.filePath(QStringLiteral("s")));
    client.write(line + '\n');
    QTRY_VERIFY(client.canReadLine());
    QVERIFY(client.readLine().startsWith("{\"error\":"));
    QCOMPARE(calls, 0);
}

void DeskTest::socketWantsAPrivateFolder()
{
    QTemporaryDir folder;
    QVERIFY(QFile::setPermissions(folder.path(),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup));
    DeskSocket socket;
    QVERIFY(socket.listen(folder.filePath(QStringLiteral("s"))));
    QVERIFY(socket.listen(QStringLiteral("/no/such/folder/s")));
}

GLOVEBOX_TEST_MAIN(DeskTest)
#include "desk_test.moc"
