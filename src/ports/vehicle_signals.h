// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"
#include "payment/merchant.h"

#include <functional>
#include <optional>

namespace glovebox::ports
{

enum class Gear { unknown, park, reverse, neutral, drive };

/// Raw readings, unset until the car said them. Times are those of arrival, on boot time.
struct VehicleReadings
{
    std::optional<double> speed_kmh; // NaN is kept: it makes the state moving
    base::BootTime speedAt;
    Gear gear = Gear::unknown;
    std::optional<bool> parkingBrake;
    bool hasParkGear = true; // from configuration
    std::optional<payment::Position> position;
    std::optional<bool> ignitionOn;     // false ends the driver session
    std::optional<bool> driverDoorOpen; // a change to true ends the driver session
    std::uint64_t peer = 0;             // changes when another peer answers: readings start unset again
    friend bool operator==(const VehicleReadings &, const VehicleReadings &) = default;
};

/// The car's signals. The adapter lives on a thread of its own; `onChange` is called on that thread with a
/// copy.
class VehicleSignals
{
public:
    virtual ~VehicleSignals() = default;
    /// Precondition: called once. Completes with onChange for every change, also with everything unset
    /// when the peer is lost. Never fails: a car that does not answer has no readings, which is "moving".
    virtual void start(std::function<void(const VehicleReadings &)> onChange) = 0;
    /// Suspend, resume: all readings are dropped.
    virtual void clear() = 0;
};

} // namespace glovebox::ports
