// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>

namespace glovebox::base
{

using Duration = std::chrono::nanoseconds;

/// CLOCK_BOOTTIME: goes on in suspend, never jumps. Every age and every limit is measured on it.
struct BootTime
{
    Duration sinceBoot{0};
    friend auto operator<=>(const BootTime &, const BootTime &) = default;
    friend BootTime operator+(BootTime at, Duration span) { return {at.sinceBoot + span}; }
    friend BootTime operator-(BootTime at, Duration span) { return {at.sinceBoot - span}; }
    friend Duration operator-(BootTime late, BootTime early) { return late.sinceBoot - early.sinceBoot; }
    [[nodiscard]] std::int64_t milliseconds() const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(sinceBoot).count();
    }
};

/// Milliseconds since 1970-01-01T00:00:00Z. For people and for other machines, never for a limit inside the
/// car.
struct WallTime
{
    std::int64_t milliseconds = 0;
    friend auto operator<=>(const WallTime &, const WallTime &) = default;
};

/// Whether wall time was confirmed by gateway-signed time since this boot.
enum class ClockTrust { untrusted, gatewaySigned };

/// One moment as the record keeps it.
struct Moment
{
    std::string bootId; // of the kernel, 36 characters
    BootTime boot;
    WallTime wall;
    ClockTrust trust = ClockTrust::untrusted;
    friend bool operator==(const Moment &, const Moment &) = default;
};

[[nodiscard]] BootTime readBootTime();
[[nodiscard]] WallTime readWallTime();
/// /proc/sys/kernel/random/boot_id
[[nodiscard]] std::string readBootId();

} // namespace glovebox::base
