// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <map>
#include <optional>
#include <string>

namespace glovebox::simulator
{

/// The simulated car's signal tree: VSS 6.0 paths and their values as VISS version 2 writes them (strings);
/// nothing where the car does not say. A path that is not in the map does not exist.
using SignalTree = std::map<std::string, std::optional<std::string>>;

inline constexpr const char *kSpeedPath = "Vehicle.Speed";

/// Parked: gear in Park, parking brake engaged, standing still, ignition on, at Marktplatz, Stuttgart.
[[nodiscard]] SignalTree parkedCar();

struct SignalSetting
{
    std::string path;
    std::optional<std::string> value;
};

/// People's names of signals, as scenarios and the vehicle panel write them:
///   speed_kmh      0 to 400, or "NaN"       gear           "park" "reverse" "neutral" "drive"
///   parking_brake  true false               driver_door    "open" "closed"
///   ignition       "off" "accessory" "on"   latitude, longitude   degrees
/// null unsets. The error is a sentence.
[[nodiscard]] std::expected<SignalSetting, std::string> settingFromName(const std::string &name,
                                                                        const base::Json &value);

} // namespace glovebox::simulator
