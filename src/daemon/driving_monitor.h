// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/driving_state.h"
#include "ports/clock.h"
#include "ports/vehicle_signals.h"

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace glovebox::daemon
{

/// The car's readings, as they arrive from the signals' thread, become the driving state on the main thread.
class DrivingMonitor
{
public:
    DrivingMonitor(ports::Clock &clock, ports::VehicleSignals &signals);
    ~DrivingMonitor();
    DrivingMonitor(const DrivingMonitor &) = delete;
    DrivingMonitor &operator=(const DrivingMonitor &) = delete;

    /// From here on; `onState` on the main thread for every change of the driving state, `onReadings` for
    /// every reading that may end a driver session.
    void start(std::function<void()> onState, std::function<void()> onDriveEnded);

    [[nodiscard]] payment::DrivingState state() const { return m_rule.state(); }
    /// Since when the car has not moved without a break; says something only while state() is not moving.
    [[nodiscard]] base::BootTime stillSince() const { return m_stillSince; }
    [[nodiscard]] payment::VehicleEvidence evidence() const;
    [[nodiscard]] std::optional<payment::Position> position() const { return m_readings.position; }

private:
    /// Where readings enter; the signals' thread may still deliver when this object has gone.
    struct Inlet
    {
        std::mutex mutex;
        QObject *home = nullptr; // nothing: gone
    };
    void take(const ports::VehicleReadings &readings);
    void update();

    ports::Clock &m_clock;
    ports::VehicleSignals &m_signals;
    consent::DrivingStateRule m_rule;
    ports::VehicleReadings m_readings;
    std::unique_ptr<ports::Alarm> m_alarm;
    std::function<void()> m_onState;
    std::function<void()> m_onDriveEnded;
    base::BootTime m_stillSince;
    QObject m_home;
    std::shared_ptr<Inlet> m_inlet = std::make_shared<Inlet>();
};

} // namespace glovebox::daemon
