// SPDX-License-Identifier: Apache-2.0
#include "daemon/system_clock.h"
#include "tests/support/fatal_log.h"

#include <QTest>

using namespace glovebox;
using namespace std::chrono_literals;

class SystemClockTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wallTimeFollowsWhatTheGatewaySigned()
    {
        daemon::SystemClock clock;
        QCOMPARE(clock.now().trust, base::ClockTrust::untrusted);
        QCOMPARE(clock.now().bootId.size(), std::size_t{36});
        constexpr std::int64_t signedWall = 4'000'000'000'000; // 2096: surely not this machine's own
        const auto before = clock.now().boot;
        clock.setSignedWallTime({signedWall});
        const auto now = clock.now();
        QCOMPARE(now.trust, base::ClockTrust::gatewaySigned);
        QVERIFY(now.wall.milliseconds >= signedWall);
        QVERIFY(now.wall.milliseconds - signedWall <= (now.boot - before) / 1ms + 1);
    }

    void anAlarmIsNeverEarlyAndNeverInsideSet()
    {
        daemon::SystemClock clock;
        std::optional<base::BootTime> firedAt;
        const auto alarm = clock.makeAlarm([&] { firedAt = clock.now().boot; });
        const auto due = clock.now().boot + 20ms;
        alarm->set(due);
        QVERIFY(!firedAt);
        QTRY_VERIFY(firedAt);
        QVERIFY(*firedAt >= due);
    }

    void aLateAlarmFiresAtOnceButFromTheLoop()
    {
        daemon::SystemClock clock;
        int fired = 0;
        const auto alarm = clock.makeAlarm([&] { ++fired; });
        alarm->set({});
        QCOMPARE(fired, 0);
        QTRY_COMPARE(fired, 1);
    }

    void aClearedOrMovedAlarmDoesNotFire()
    {
        daemon::SystemClock clock;
        int cleared = 0;
        int moved = 0;
        int last = 0;
        const auto clearedAlarm = clock.makeAlarm([&] { ++cleared; });
        const auto movedAlarm = clock.makeAlarm([&] { ++moved; });
        const auto lastAlarm = clock.makeAlarm([&] { ++last; });
        clearedAlarm->set({});
        movedAlarm->set({});
        clearedAlarm->clear();
        movedAlarm->set(clock.now().boot + 24h);
        lastAlarm->set(clock.now().boot + 1ms);
        QTRY_COMPARE(last, 1);
        QCOMPARE(cleared, 0);
        QCOMPARE(moved, 0);
    }

    void anAlarmMayDestroyItself()
    {
        daemon::SystemClock clock;
        std::unique_ptr<ports::Alarm> alarm;
        alarm = clock.makeAlarm([&] { alarm.reset(); });
        alarm->set({});
        QTRY_VERIFY(!alarm);
    }

    void aSuspendIsSeenOnceAndADelayNever()
    {
        daemon::SuspendDetector detector(100s, 90s);
        QVERIFY(!detector.resumed(101s, 91s));
        QVERIFY(!detector.resumed(3600s, 3590s)); // a long stall is no suspend
        QVERIFY(!detector.resumed(3601s, 3591s - daemon::SuspendDetector::kSlack));
        QVERIFY(detector.resumed(3700s, 3600s));
        QVERIFY(!detector.resumed(3701s, 3601s));
        QVERIFY(detector.resumed(3802s, 3602s));
    }
};

GLOVEBOX_TEST_MAIN(SystemClockTest)
#include "system_clock_test.moc"
