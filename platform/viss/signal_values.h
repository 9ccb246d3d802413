// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/viss/config.h"
#include "ports/vehicle_signals.h"

namespace glovebox::viss
{

/// Typed readings out of raw values. Values are strings in VISS version 2 ("42.0", "true") and native scalars
/// with some servers: both are read. null is unset, and so is a value of a wrong type or outside the range of
/// its signal; a speed that is not a number, infinite or negative becomes NaN, because it must make the state
/// "moving".
class SignalValues
{
public:
    explicit SignalValues(bool hasParkGear) { m_readings.hasParkGear = hasParkGear; }

    /// `at` is the moment of arrival.
    void apply(Signal signal, const base::Json &value, base::BootTime at);
    /// Another peer answers, or none: everything unset, also the peer number that goes with it.
    void reset(std::uint64_t peer);
    [[nodiscard]] const ports::VehicleReadings &readings() const { return m_readings; }

private:
    void applyPosition();

    ports::VehicleReadings m_readings;
    std::optional<double> m_latitude_deg;
    std::optional<double> m_longitude_deg;
};

} // namespace glovebox::viss
