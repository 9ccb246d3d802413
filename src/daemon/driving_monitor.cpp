// SPDX-License-Identifier: Apache-2.0
#include "daemon/driving_monitor.h"

#include <algorithm>
#include <cmath>

namespace glovebox::daemon
{

namespace
{

consent::SignalSnapshot snapshotOf(const ports::VehicleReadings &readings)
{
    using Gear = consent::SignalSnapshot::Gear;
    consent::SignalSnapshot snapshot;
    snapshot.speed_kmh = readings.speed_kmh;
    if (readings.speed_kmh) {
        snapshot.speedAt = readings.speedAt;
    }
    switch (readings.gear) {
    case ports::Gear::unknown:
        snapshot.gear = Gear::unknown;
        break;
    case ports::Gear::park:
        snapshot.gear = Gear::park;
        break;
    case ports::Gear::reverse:
        snapshot.gear = Gear::reverse;
        break;
    case ports::Gear::neutral:
        snapshot.gear = Gear::neutral;
        break;
    case ports::Gear::drive:
        snapshot.gear = Gear::drive;
        break;
    }
    snapshot.parkingBrake = readings.parkingBrake;
    snapshot.hasParkGear = readings.hasParkGear;
    snapshot.peer = readings.peer;
    return snapshot;
}

const char *gearName(ports::Gear gear)
{
    switch (gear) {
    case ports::Gear::park:
        return "park";
    case ports::Gear::reverse:
        return "reverse";
    case ports::Gear::neutral:
        return "neutral";
    case ports::Gear::drive:
        return "drive";
    case ports::Gear::unknown:
        break;
    }
    return "unknown";
}

} // namespace

DrivingMonitor::DrivingMonitor(ports::Clock &clock, ports::VehicleSignals &signals)
    : m_clock(clock), m_signals(signals), m_alarm(clock.makeAlarm([this] { update(); }))
{
    m_inlet->home = &m_home;
}

DrivingMonitor::~DrivingMonitor()
{
    const std::lock_guard lock(m_inlet->mutex);
    m_inlet->home = nullptr;
}

void DrivingMonitor::start(std::function<void()> onState, std::function<void()> onDriveEnded)
{
    m_onState = std::move(onState);
    m_onDriveEnded = std::move(onDriveEnded);
    m_signals.start([this, inlet = m_inlet](const ports::VehicleReadings &readings) {
        const std::lock_guard lock(inlet->mutex);
        if (inlet->home) {
            QMetaObject::invokeMethod(
                inlet->home, [this, readings] { take(readings); }, Qt::QueuedConnection);
        }
    });
}

payment::VehicleEvidence DrivingMonitor::evidence() const
{
    constexpr double kMillimetresPerSecond = 1'000'000.0 / 3'600.0; // of one km/h
    constexpr double kPlausible_kmh_max = 1'000.0;
    payment::VehicleEvidence evidence;
    evidence.state = m_rule.state();
    evidence.gear = gearName(m_readings.gear);
    if (m_readings.speed_kmh && std::isfinite(*m_readings.speed_kmh) && *m_readings.speed_kmh >= 0.0 &&
        *m_readings.speed_kmh <= kPlausible_kmh_max) {
        evidence.speed_mm_s = std::llround(*m_readings.speed_kmh * kMillimetresPerSecond);
        const auto age = m_clock.now().boot - m_readings.speedAt;
        evidence.signalAge_ms =
            std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::milliseconds>(age).count());
    }
    return evidence;
}

void DrivingMonitor::take(const ports::VehicleReadings &readings)
{
    const bool ignitionWentOff =
        m_readings.ignitionOn.value_or(true) && readings.ignitionOn.has_value() && !*readings.ignitionOn;
    const bool doorOpened =
        !m_readings.driverDoorOpen.value_or(false) && readings.driverDoorOpen.value_or(false);
    m_readings = readings;
    update();
    if ((ignitionWentOff || doorOpened) && m_onDriveEnded) {
        m_onDriveEnded();
    }
}

void DrivingMonitor::update()
{
    const payment::DrivingState before = m_rule.state();
    const payment::DrivingState after = m_rule.update(snapshotOf(m_readings), m_clock.now().boot);
    if (before == payment::DrivingState::moving && after != before) {
        m_stillSince = m_clock.now().boot;
    }
    if (const auto next = m_rule.nextChange()) {
        m_alarm->set(*next);
    } else {
        m_alarm->clear();
    }
    if (after != before && m_onState) {
        m_onState();
    }
}

} // namespace glovebox::daemon
