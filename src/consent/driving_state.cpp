// SPDX-License-Identifier: Apache-2.0
#include "consent/driving_state.h"

#include <algorithm>
#include <cmath>

namespace glovebox::consent
{

using base::BootTime;
using payment::DrivingState;

namespace
{

/// How much the state allows: the enum is ordered from parked to moving.
bool isLooser(DrivingState a, DrivingState b)
{
    return static_cast<int>(a) < static_cast<int>(b);
}

bool isFresh(const SignalSnapshot &signals, BootTime now)
{
    return signals.speedAt && *signals.speedAt <= now &&
           now - *signals.speedAt < DrivingStateRule::kStaleAfter;
}

/// What the signals say at this moment, without memory.
DrivingState readSignals(const SignalSnapshot &signals, BootTime now)
{
    using Gear = SignalSnapshot::Gear;
    const bool complete = signals.speed_kmh && signals.gear != Gear::unknown && signals.parkingBrake;
    // Written so that NaN, which compares as false, is moving; so is a negative speed.
    const bool still = complete && *signals.speed_kmh >= 0 && *signals.speed_kmh <= 0;
    const bool contradictory = signals.gear == Gear::park && !signals.hasParkGear;
    if (!still || contradictory || !isFresh(signals, now)) {
        return DrivingState::moving;
    }
    const bool parked = signals.hasParkGear ? signals.gear == Gear::park
                                            : signals.gear == Gear::neutral && *signals.parkingBrake;
    return parked ? DrivingState::parked : DrivingState::idling;
}

} // namespace

DrivingState DrivingStateRule::update(const SignalSnapshot &signals, BootTime now)
{
    // Nobody may have asked while the stream was silent: a gap between two speed values counts as well.
    const bool gap = m_speedAt && (!signals.speedAt || *signals.speedAt < *m_speedAt ||
                                   *signals.speedAt - *m_speedAt >= kStaleAfter);
    if (signals.peer != m_peer || gap) {
        clear();
    }
    m_peer = signals.peer;
    m_speedAt = signals.speedAt;

    const DrivingState read = readSignals(signals, now);
    if (read != m_candidate) {
        m_candidate = read;
        m_candidateSince = now;
    }
    if (!isLooser(read, m_state) || now - m_candidateSince >= kLoosenAfter) {
        m_state = read;
    }

    m_nextChange.reset();
    const BootTime staleAt = signals.speedAt.value_or(now) + kStaleAfter;
    if (m_state != DrivingState::moving) {
        m_nextChange = staleAt;
    }
    const BootTime loosenAt = m_candidateSince + kLoosenAfter;
    if (isLooser(m_candidate, m_state) && loosenAt < staleAt) {
        m_nextChange = loosenAt;
    }
    return m_state;
}

void DrivingStateRule::clear()
{
    m_state = DrivingState::moving;
    m_candidate = DrivingState::moving;
    m_candidateSince = {};
    m_nextChange.reset();
    m_speedAt.reset();
}

} // namespace glovebox::consent
