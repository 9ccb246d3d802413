// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/desk/desk_signals.h"

namespace glovebox::simulator
{

DeskSignals::DeskSignals(std::unique_ptr<ports::VehicleSignals> car) : m_car(std::move(car)) {}

DeskSignals::~DeskSignals() = default;

void DeskSignals::start(std::function<void(const ports::VehicleReadings &)> onChange)
{
    m_onChange = std::move(onChange);
    m_car->start([this](const ports::VehicleReadings &readings) {
        const std::lock_guard lock(m_mutex);
        m_last = readings;
        m_onChange(readings);
    });
}

void DeskSignals::clear()
{
    m_car->clear();
}

void DeskSignals::follow(base::Duration by)
{
    const std::lock_guard lock(m_mutex);
    if (m_onChange && m_last.speed_kmh) {
        m_last.speedAt = m_last.speedAt + by;
        m_onChange(m_last);
    }
}

} // namespace glovebox::simulator
