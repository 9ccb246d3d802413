// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/driving_state.h"
#include "ports/clock.h"
#include "ports/vehicle_signals.h"

#include <QObject>

#include <functional>

namespace glovebox::daemon
{

/// The car's readings, as they arrive from the signals' thread, become the driving state on the main thread.
class DrivingMonitor
{
public:
    DrivingMonitor(ports::Clock &clock, ports::VehicleSignals &signals);

    /// From here on; `onState` on the main thread for every change of the driving state, `onReadings` for
    /// every reading that may end a driver session.
    void start(std::function<void()> onState, std::function<void()> onDriveEnded);

    [[nodiscard]] payment::DrivingState state() const { return m_rule.state(); }
    [[nodiscard]] payment::VehicleEvidence evidence() const;
    [[nodiscard]] std::optional<payment::Position> position() const { return m_readings.position; }

private:
    void take(const ports::VehicleReadings &readings);
    void update();

    ports::Clock &m_clock;
    ports::VehicleSignals &m_signals;
    consent::DrivingStateRule m_rule;
    ports::VehicleReadings m_readings;
    std::unique_ptr<ports::Alarm> m_alarm;
    std::function<void()> m_onState;
    std::function<void()> m_onDriveEnded;
    QObject m_home;
};

} // namespace glovebox::daemon
