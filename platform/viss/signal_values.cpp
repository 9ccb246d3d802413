// SPDX-License-Identifier: Apache-2.0
#include "platform/viss/signal_values.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace glovebox::viss
{
namespace
{

// VSS 6.0, Vehicle.Powertrain.Transmission.SelectedGear: int8.
constexpr double kGearPark = 126;
constexpr double kGearDrive = 127;

struct Number
{
    std::optional<double> value; // may be NaN or infinite
    bool present = false;        // something other than null was sent
};

Number readNumber(const base::Json &value)
{
    if (value.is_null()) {
        return {};
    }
    if (value.is_number()) {
        return {value.get<double>(), true};
    }
    if (value.is_string()) {
        const auto &text = value.get_ref<const std::string &>();
        double number = 0;
        const char *end = text.data() + text.size();
        const auto result = std::from_chars(text.data(), end, number);
        if (result.ec == std::errc() && result.ptr == end && !text.empty()) {
            return {number, true};
        }
    }
    return {std::nullopt, true};
}

std::optional<bool> readBoolean(const base::Json &value)
{
    if (value.is_boolean()) {
        return value.get<bool>();
    }
    if (value.is_string()) {
        const auto &text = value.get_ref<const std::string &>();
        if (text == "true" || text == "false") {
            return text == "true";
        }
    }
    return std::nullopt;
}

ports::Gear readGear(const base::Json &value)
{
    const Number number = readNumber(value);
    if (!number.value || std::trunc(*number.value) != *number.value || *number.value < -128 ||
        *number.value > 127) {
        return ports::Gear::unknown;
    }
    if (*number.value == kGearPark) {
        return ports::Gear::park;
    }
    if (*number.value == kGearDrive || *number.value > 0) {
        return ports::Gear::drive;
    }
    return *number.value < 0 ? ports::Gear::reverse : ports::Gear::neutral;
}

/// VSS 6.0, Vehicle.LowVoltageSystemState: UNDEFINED, LOCK, OFF, ACC, ON, START.
std::optional<bool> readIgnition(const base::Json &value)
{
    if (!value.is_string()) {
        return std::nullopt;
    }
    const auto &text = value.get_ref<const std::string &>();
    if (text == "ON" || text == "START" || text == "ACC") {
        return true;
    }
    if (text == "OFF" || text == "LOCK") {
        return false;
    }
    return std::nullopt;
}

std::optional<double> readSpeed(const base::Json &value)
{
    const Number number = readNumber(value);
    if (!number.present) {
        return std::nullopt;
    }
    // A backwards speed is negative in some cars, and a car that sends nonsense is not a parked one either.
    if (!number.value || !std::isfinite(*number.value) || *number.value < 0) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    return number.value;
}

std::optional<double> readDegrees(const base::Json &value, double limit)
{
    const Number number = readNumber(value);
    if (!number.value || !std::isfinite(*number.value) || std::abs(*number.value) > limit) {
        return std::nullopt;
    }
    return number.value;
}

} // namespace

void SignalValues::apply(Signal signal, const base::Json &value, base::BootTime at)
{
    switch (signal) {
    case Signal::speed:
        m_readings.speed_kmh = readSpeed(value);
        m_readings.speedAt = at;
        return;
    case Signal::gear:
        m_readings.gear = readGear(value);
        return;
    case Signal::parkingBrake:
        m_readings.parkingBrake = readBoolean(value);
        return;
    case Signal::latitude:
        m_latitude_deg = readDegrees(value, 90);
        applyPosition();
        return;
    case Signal::longitude:
        m_longitude_deg = readDegrees(value, 180);
        applyPosition();
        return;
    case Signal::ignition:
        m_readings.ignitionOn = readIgnition(value);
        return;
    case Signal::driverDoor:
        m_readings.driverDoorOpen = readBoolean(value);
        return;
    }
}

void SignalValues::applyPosition()
{
    m_readings.position.reset();
    if (m_latitude_deg && m_longitude_deg) {
        m_readings.position =
            payment::Position{static_cast<std::int32_t>(std::lround(*m_latitude_deg * 1e6)),
                              static_cast<std::int32_t>(std::lround(*m_longitude_deg * 1e6))};
    }
}

void SignalValues::reset(std::uint64_t peer)
{
    const bool hasParkGear = m_readings.hasParkGear;
    m_readings = {};
    m_readings.hasParkGear = hasParkGear;
    m_readings.peer = peer;
    m_latitude_deg.reset();
    m_longitude_deg.reset();
}

} // namespace glovebox::viss
