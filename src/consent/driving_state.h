// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/approval.h"

#include <optional>

namespace glovebox::consent
{

/// What the rule needs, already typed; ports::VehicleReadings is mapped onto it by the daemon.
struct SignalSnapshot
{
    std::optional<double> speed_kmh;
    std::optional<base::BootTime> speedAt;
    enum class Gear { unknown, park, reverse, neutral, drive } gear = Gear::unknown;
    std::optional<bool> parkingBrake;
    bool hasParkGear = true;
    std::uint64_t peer = 0;
    friend bool operator==(const SignalSnapshot &, const SignalSnapshot &) = default;
};

/// Driver safety, "Driving state (fail closed)": any signal unset (parking brake included), stale (speed 1 s
/// old or from the future), NaN, negative or contradictory is moving. A loosening (towards parked) holds only
/// after 2 s of stable signals without a gap of 1 s in the speed stream; a tightening at once.
class DrivingStateRule
{
public:
    static constexpr base::Duration kStaleAfter = std::chrono::seconds(1);
    static constexpr base::Duration kLoosenAfter = std::chrono::seconds(2);

    /// Feed every change and every time tick. Pure apart from its own memory.
    payment::DrivingState update(const SignalSnapshot &signals, base::BootTime now);
    /// Resume, stalled loop, changed peer.
    void clear();
    [[nodiscard]] payment::DrivingState state() const { return m_state; }
    /// The next moment at which the state can change without a new signal (staleness, end of the stable
    /// span).
    [[nodiscard]] std::optional<base::BootTime> nextChange() const { return m_nextChange; }

private:
    payment::DrivingState m_state = payment::DrivingState::moving;
    payment::DrivingState m_candidate = payment::DrivingState::moving;
    base::BootTime m_candidateSince;
    std::optional<base::BootTime> m_nextChange;
    std::uint64_t m_peer = 0;
    std::optional<base::BootTime> m_speedAt; // of the last update
};

} // namespace glovebox::consent
