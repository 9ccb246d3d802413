// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_clock.h"
#include "tests/support/fatal_log.h"

#include <QThread>

using namespace std::chrono_literals;
using glovebox::base::Duration;
using glovebox::testing::FakeClock;

class FakeClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standsStillUntilMoved()
    {
        FakeClock clock;
        const auto before = clock.now();
        QCOMPARE(clock.now().boot.milliseconds(), before.boot.milliseconds());
        clock.advance(1500ms);
        QCOMPARE(clock.now().boot.milliseconds(), before.boot.milliseconds() + 1500);
        QCOMPARE(clock.now().wall.milliseconds, before.wall.milliseconds + 1500);
    }

    void alarmsRunInTheOrderOfTheirMoments()
    {
        FakeClock clock;
        const auto start = clock.now().boot;
        std::vector<std::pair<int, std::int64_t>> ran;
        const auto note = [&](int which) {
            return
                [&ran, &clock, start, which] { ran.emplace_back(which, (clock.now().boot - start) / 1ms); };
        };
        const auto late = clock.makeAlarm(note(1));
        const auto early = clock.makeAlarm(note(2));
        const auto same = clock.makeAlarm(note(3));
        late->set(start + 30ms);
        early->set(start + 10ms);
        same->set(start + 10ms);
        clock.advance(9ms);
        QVERIFY(ran.empty());
        clock.advance(100ms);
        QVERIFY((ran == std::vector<std::pair<int, std::int64_t>>{{2, 10}, {3, 10}, {1, 30}}));
        QCOMPARE(clock.pendingAlarms(), 0);
    }

    void anAlarmMaySetAnother()
    {
        FakeClock clock;
        int ran = 0;
        std::unique_ptr<glovebox::ports::Alarm> alarm;
        alarm = clock.makeAlarm([&] {
            if (++ran < 3) {
                alarm->set(clock.now().boot + 10ms);
            }
        });
        alarm->set(clock.now().boot + 10ms);
        clock.advance(100ms);
        QCOMPARE(ran, 3);
    }

    void aLateAlarmRunsFromTheEventLoopNotFromSet()
    {
        FakeClock clock;
        bool ran = false;
        const auto alarm = clock.makeAlarm([&] { ran = true; });
        alarm->set(clock.now().boot - 1ms);
        QVERIFY(!ran);
        QTRY_VERIFY(ran);
    }

    void clearedReplacedAndDestroyedAlarmsDoNotRun()
    {
        FakeClock clock;
        int ran = 0;
        const auto count = [&] { ++ran; };
        const auto cleared = clock.makeAlarm(count);
        const auto replaced = clock.makeAlarm(count);
        auto destroyed = clock.makeAlarm(count);
        for (const auto *alarm : {&cleared, &replaced}) {
            (*alarm)->set(clock.now().boot);
        }
        destroyed->set(clock.now().boot);
        cleared->clear();
        replaced->set(clock.now().boot + 1h);
        destroyed.reset();
        clock.advance(1min);
        QCOMPARE(ran, 0);
        clock.advance(1h);
        QCOMPARE(ran, 1);
    }

    void anAlarmMayDestroyItself()
    {
        FakeClock clock;
        bool ran = false;
        std::unique_ptr<glovebox::ports::Alarm> alarm;
        alarm = clock.makeAlarm([&] {
            ran = true;
            alarm.reset();
        });
        alarm->set(clock.now().boot + 1ms);
        clock.advance(1ms);
        QVERIFY(ran && !alarm);
    }

    void runsOnTheThreadThatMadeIt()
    {
        FakeClock clock;
        QThread thread;
        QObject there;
        there.moveToThread(&thread);
        thread.start();
        std::unique_ptr<glovebox::ports::Alarm> alarm;
        const QThread *ranOn = nullptr;
        QMetaObject::invokeMethod(
            &there,
            [&] {
                alarm = clock.makeAlarm([&] { ranOn = QThread::currentThread(); });
                alarm->set(clock.now().boot + 5ms);
            },
            Qt::BlockingQueuedConnection);
        clock.advance(5ms);
        QVERIFY(ranOn == &thread);
        QMetaObject::invokeMethod(&there, [&] { alarm.reset(); }, Qt::BlockingQueuedConnection);
        thread.quit();
        QVERIFY(thread.wait());
    }

    void inASuspendNothingRunsAndAfterItWhatIsLateDoes()
    {
        FakeClock clock;
        int ran = 0;
        const auto alarm = clock.makeAlarm([&] { ++ran; });
        const auto due = clock.now().boot + 1min;
        alarm->set(due);
        const auto wall = clock.now().wall;
        clock.suspend(1h);
        QCOMPARE(ran, 0);
        QVERIFY(clock.nextAlarm() == due);
        QCOMPARE(clock.now().wall.milliseconds - wall.milliseconds, 3'600'000);
        const auto woken = clock.now().boot;
        clock.advance(0ms);
        QCOMPARE(ran, 1);
        QVERIFY(clock.now().boot == woken);
        QVERIFY(!clock.nextAlarm());
    }

    void rebootForgetsAlarmsAndTrust()
    {
        FakeClock clock;
        bool ran = false;
        const auto alarm = clock.makeAlarm([&] { ran = true; });
        alarm->set(clock.now().boot + 1ms);
        clock.setSignedWallTime({5});
        QVERIFY(clock.now().trust == glovebox::base::ClockTrust::gatewaySigned);
        const auto bootId = clock.now().bootId;
        QCOMPARE(bootId.size(), 36U);
        clock.reboot();
        clock.advance(1h);
        QVERIFY(!ran);
        QVERIFY(clock.now().bootId != bootId);
        QVERIFY(clock.now().trust == glovebox::base::ClockTrust::untrusted);
    }
};

GLOVEBOX_TEST_MAIN(FakeClockTest)
#include "fake_clock_test.moc"
