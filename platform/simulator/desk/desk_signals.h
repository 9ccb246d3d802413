// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/vehicle_signals.h"

#include <memory>
#include <mutex>

namespace glovebox::simulator
{

/// Keeps a live car live while the desk's clock jumps: readings arrive by the real VISS adapter in real time,
/// and when the clock is advanced they age as if the car had gone on sending. A car that was already silent
/// stays so: its last reading keeps the age that it had.
class DeskSignals final : public ports::VehicleSignals
{
public:
    explicit DeskSignals(std::unique_ptr<ports::VehicleSignals> car);
    ~DeskSignals() override;

    void start(std::function<void(const ports::VehicleReadings &)> onChange) override;
    void clear() override;
    /// The clock was advanced by `by`.
    void follow(base::Duration by);

private:
    std::mutex m_mutex; // also orders the calls of onChange
    std::function<void(const ports::VehicleReadings &)> m_onChange;
    ports::VehicleReadings m_last;
    std::unique_ptr<ports::VehicleSignals> m_car; // last: its thread ends first
};

} // namespace glovebox::simulator
