// SPDX-License-Identifier: Apache-2.0
#include "consent/driving_state.h"
#include "tests/support/fatal_log.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <rapidcheck.h>

using namespace glovebox;
using namespace glovebox::consent;
using payment::DrivingState;
using Gear = SignalSnapshot::Gear;

namespace
{

base::BootTime at(std::int64_t ms)
{
    return {std::chrono::milliseconds(ms)};
}

SignalSnapshot parkedAt(std::int64_t ms)
{
    return {0.0, at(ms), Gear::park, true, true, 7};
}

/// Feeds the same signals every 500 ms, always fresh, from `from` to `to`.
DrivingState feed(DrivingStateRule &rule, SignalSnapshot signals, std::int64_t from, std::int64_t to)
{
    DrivingState state = rule.state();
    for (std::int64_t now = from; now <= to; now += 500) {
        signals.speedAt = at(now);
        state = rule.update(signals, at(now));
    }
    return state;
}

} // namespace

class DrivingStateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settles_data()
    {
        QTest::addColumn<double>("speed");
        QTest::addColumn<int>("gear");
        QTest::addColumn<int>("brake"); // -1: unset
        QTest::addColumn<bool>("hasPark");
        QTest::addColumn<int>("state");
        const auto row = [](const char *name, double speed, Gear gear, int brake, bool hasPark,
                            DrivingState state) {
            QTest::newRow(name) << speed << static_cast<int>(gear) << brake << hasPark
                                << static_cast<int>(state);
        };
        using enum DrivingState;
        row("park", 0, Gear::park, 1, true, parked);
        row("park, brake off", 0, Gear::park, 0, true, parked);
        row("minus zero", -0.0, Gear::park, 1, true, parked);
        row("stopped in drive", 0, Gear::drive, 1, true, idling);
        row("stopped in reverse", 0, Gear::reverse, 0, true, idling);
        row("neutral and brake, has park", 0, Gear::neutral, 1, true, idling);
        row("neutral and brake, no park", 0, Gear::neutral, 1, false, parked);
        row("neutral, no brake, no park", 0, Gear::neutral, 0, false, idling);
        row("drive, no park", 0, Gear::drive, 1, false, idling);
        row("park in a car without it", 0, Gear::park, 1, false, moving);
        row("rolling", 0.1, Gear::park, 1, true, moving);
        row("driving", 62, Gear::drive, 0, true, moving);
        row("negative", -1, Gear::park, 1, true, moving);
        row("not a number", std::nan(""), Gear::park, 1, true, moving);
        row("infinite", std::numeric_limits<double>::infinity(), Gear::park, 1, true, moving);
        row("gear unset", 0, Gear::unknown, 1, true, moving);
        row("brake unset", 0, Gear::park, -1, true, moving);
    }
    void settles()
    {
        QFETCH(double, speed);
        QFETCH(int, gear);
        QFETCH(int, brake);
        QFETCH(bool, hasPark);
        SignalSnapshot signals = parkedAt(0);
        signals.speed_kmh = speed;
        signals.gear = static_cast<Gear>(gear);
        signals.parkingBrake = brake < 0 ? std::nullopt : std::optional(brake == 1);
        signals.hasParkGear = hasPark;
        DrivingStateRule rule;
        QTEST(static_cast<int>(feed(rule, signals, 1000, 4000)), "state");
    }

    void loosensAfterTwoSecondsAndNotBefore()
    {
        DrivingStateRule rule;
        QCOMPARE(feed(rule, parkedAt(0), 1000, 2500), DrivingState::moving);
        QCOMPARE(rule.update(parkedAt(2900), at(2999)), DrivingState::moving);
        QCOMPARE(rule.nextChange(), std::optional(at(3000)));
        QCOMPARE(rule.update(parkedAt(2900), at(3000)), DrivingState::parked);
    }

    void tightensAtOnce()
    {
        DrivingStateRule rule;
        feed(rule, parkedAt(0), 1000, 4000);
        SignalSnapshot drive = parkedAt(4100);
        drive.gear = Gear::drive;
        QCOMPARE(rule.update(drive, at(4100)), DrivingState::idling);
        drive.speed_kmh = 3;
        QCOMPARE(rule.update(drive, at(4101)), DrivingState::moving);
    }

    void aChangeOnTheWayStartsTheWaitAgain()
    {
        DrivingStateRule rule;
        feed(rule, parkedAt(0), 1000, 2500);
        SignalSnapshot drive = parkedAt(2600);
        drive.gear = Gear::drive;
        rule.update(drive, at(2600));
        QCOMPARE(feed(rule, parkedAt(0), 2700, 4600), DrivingState::moving);
        QCOMPARE(feed(rule, parkedAt(0), 4700, 4700), DrivingState::parked);
    }

    void staleIsMoving()
    {
        DrivingStateRule rule;
        feed(rule, parkedAt(0), 1000, 4000);
        QCOMPARE(rule.nextChange(), std::optional(at(5000)));
        QCOMPARE(rule.update(parkedAt(4000), at(4999)), DrivingState::parked);
        QCOMPARE(rule.update(parkedAt(4000), at(5000)), DrivingState::moving);
        QCOMPARE(rule.nextChange(), std::optional<base::BootTime>());
    }

    void aGapNobodyLookedAtCounts()
    {
        DrivingStateRule rule;
        feed(rule, parkedAt(0), 1000, 4000);
        QCOMPARE(rule.update(parkedAt(5000), at(5000)), DrivingState::moving);
    }

    void speedFromTheFutureIsMoving()
    {
        DrivingStateRule rule;
        feed(rule, parkedAt(0), 1000, 4000);
        QCOMPARE(rule.update(parkedAt(4300), at(4200)), DrivingState::moving);
    }

    void lostSpeedIsMoving()
    {
        for (const bool time : {true, false}) {
            DrivingStateRule rule;
            feed(rule, parkedAt(0), 1000, 4000);
            SignalSnapshot signals = parkedAt(4100);
            time ? signals.speedAt.reset() : signals.speed_kmh.reset();
            QCOMPARE(rule.update(signals, at(4100)), DrivingState::moving);
        }
    }

    void anotherPeerStartsAgain()
    {
        DrivingStateRule rule;
        feed(rule, parkedAt(0), 1000, 4000);
        SignalSnapshot other = parkedAt(4100);
        other.peer = 8;
        QCOMPARE(rule.update(other, at(4100)), DrivingState::moving);
        QCOMPARE(feed(rule, other, 4200, 6000), DrivingState::moving);
        QCOMPARE(feed(rule, other, 6100, 6100), DrivingState::parked);
    }

    void clearForgets()
    {
        DrivingStateRule rule;
        feed(rule, parkedAt(0), 1000, 4000);
        rule.clear();
        QCOMPARE(rule.state(), DrivingState::moving);
        QCOMPARE(rule.update(parkedAt(4100), at(4100)), DrivingState::moving);
    }

    void neverLooserThanTheSignals()
    {
        QVERIFY(rc::check("parked needs every signal, fresh and still; idling needs speed 0 and fresh", [] {
            DrivingStateRule rule;
            std::int64_t now = 1000;
            SignalSnapshot signals = parkedAt(now);
            const int steps = *rc::gen::inRange(1, 60);
            for (int i = 0; i < steps; ++i) {
                now += *rc::gen::element(100, 400, 900, 1100);
                if (*rc::gen::inRange(0, 10) > 1) {
                    signals.speedAt = at(now - *rc::gen::element(0, 50, 999));
                }
                signals.speed_kmh = *rc::gen::element(std::optional(0.0), std::optional(0.0),
                                                      std::optional(0.0), std::optional(5.0),
                                                      std::optional(std::nan("")), std::optional<double>());
                signals.gear = *rc::gen::element(Gear::park, Gear::park, Gear::drive, Gear::unknown);
                const DrivingState state = rule.update(signals, at(now));
                const bool still = signals.speed_kmh && *signals.speed_kmh == 0.0 &&
                                   now - signals.speedAt->milliseconds() < 1000;
                RC_ASSERT(state == DrivingState::moving || (still && signals.gear != Gear::unknown));
                RC_ASSERT(state != DrivingState::parked || signals.gear == Gear::park);
                RC_ASSERT((!rule.nextChange() || *rule.nextChange() > at(now)));
            }
        }));
    }
};

GLOVEBOX_TEST_MAIN(DrivingStateTest)
#include "driving_state_test.moc"
