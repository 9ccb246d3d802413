// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <array>
#include <string>

namespace glovebox::viss
{

/// The signals that Glovebox listens to. Each is one path of the car's signal tree.
enum class Signal { speed, gear, parkingBrake, latitude, longitude, ignition, driverDoor };
inline constexpr std::size_t kSignalCount = 7;

struct Config
{
    std::string url = "ws://127.0.0.1:8090"; // ws: or wss:
    /// By Signal; the defaults are those of VSS 6.0. An empty path is not subscribed to: the signal stays
    /// unset.
    std::array<std::string, kSignalCount> paths = {
        "Vehicle.Speed",
        "Vehicle.Powertrain.Transmission.SelectedGear",
        "Vehicle.Chassis.ParkingBrake.IsEngaged",
        "Vehicle.CurrentLocation.Latitude",
        "Vehicle.CurrentLocation.Longitude",
        "Vehicle.LowVoltageSystemState",
        "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen",
    };
    bool hasParkGear = true;
    int reconnect_ms_min = 250; // first wait after a lost peer; doubles up to the next
    int reconnect_ms_max = 8000;
    int silence_ms_max = 5000;    // connected, or connecting, and not one message: the peer is given up
    int messages_per_s_max = 500; // above it the peer is given up
    const std::string &path(Signal signal) const { return paths[static_cast<std::size_t>(signal)]; }
};

/// The "viss" object of the daemon's configuration (docs/formats.md). Keys of "paths": speed, gear,
/// parking_brake, latitude, longitude, ignition, driver_door; one that is absent keeps its default, an empty
/// one is not listened to.
[[nodiscard]] std::expected<Config, base::JsonError> configFromJson(const base::Json &json,
                                                                    const std::string &pointer = {});

} // namespace glovebox::viss
