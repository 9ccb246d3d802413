// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/car/vehicle.h"

namespace glovebox::simulator
{
namespace
{

constexpr const char *kGearPath = "Vehicle.Powertrain.Transmission.SelectedGear";
constexpr const char *kBrakePath = "Vehicle.Chassis.ParkingBrake.IsEngaged";
constexpr const char *kLatitudePath = "Vehicle.CurrentLocation.Latitude";
constexpr const char *kLongitudePath = "Vehicle.CurrentLocation.Longitude";
constexpr const char *kIgnitionPath = "Vehicle.LowVoltageSystemState";
constexpr const char *kDoorPath = "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen";

using Words = std::map<std::string, std::string>;
using Read = std::expected<SignalSetting, std::string>;

const Words kGears = {{"park", "126"}, {"reverse", "-1"}, {"neutral", "0"}, {"drive", "127"}};
const Words kIgnitions = {{"off", "OFF"}, {"accessory", "ACC"}, {"on", "ON"}};
const Words kDoors = {{"open", "true"}, {"closed", "false"}};

Read fromWord(const char *path, const Words &words, const base::Json &value)
{
    if (value.is_string()) {
        const auto word = words.find(value.get<std::string>());
        if (word != words.end()) {
            return SignalSetting{path, word->second};
        }
    }
    std::string known;
    for (const auto &[word, raw] : words) {
        known += known.empty() ? word : ", " + word;
    }
    return std::unexpected("must be one of: " + known);
}

Read fromNumber(const char *path, const base::Json &value, double least, double most)
{
    if (!value.is_number() || value.get<double>() < least || value.get<double>() > most) {
        return std::unexpected("must be a number from " + base::Json(least).dump() + " to " +
                               base::Json(most).dump());
    }
    return SignalSetting{path, value.dump()};
}

Read fromBoolean(const char *path, const base::Json &value)
{
    if (!value.is_boolean()) {
        return std::unexpected("must be true or false");
    }
    return SignalSetting{path, value.get<bool>() ? "true" : "false"};
}

const std::map<std::string, const char *> kPaths = {
    {"speed_kmh", kSpeedPath},   {"gear", kGearPath},           {"parking_brake", kBrakePath},
    {"latitude", kLatitudePath}, {"longitude", kLongitudePath}, {"ignition", kIgnitionPath},
    {"driver_door", kDoorPath},
};

} // namespace

SignalTree parkedCar()
{
    return {
        {kSpeedPath, "0"},
        {kGearPath, "126"},
        {kBrakePath, "true"},
        {kLatitudePath, "48.775846"},
        {kLongitudePath, "9.182932"},
        {kIgnitionPath, "ON"},
        {kDoorPath, "false"},
    };
}

Read settingFromName(const std::string &name, const base::Json &value)
{
    const auto known = kPaths.find(name);
    if (known == kPaths.end()) {
        return std::unexpected("there is no such signal");
    }
    const char *path = known->second;
    if (value.is_null()) {
        return SignalSetting{path, std::nullopt};
    }
    if (path == kSpeedPath) {
        if (value == base::Json("NaN")) {
            return SignalSetting{path, "NaN"};
        }
        return fromNumber(path, value, 0, 400);
    }
    if (path == kGearPath) {
        return fromWord(path, kGears, value);
    }
    if (path == kIgnitionPath) {
        return fromWord(path, kIgnitions, value);
    }
    if (path == kDoorPath) {
        return fromWord(path, kDoors, value);
    }
    if (path == kBrakePath) {
        return fromBoolean(path, value);
    }
    return fromNumber(path, value, path == kLatitudePath ? -90 : -180, path == kLatitudePath ? 90 : 180);
}

} // namespace glovebox::simulator
