// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settlement/make_settlement.h"

#include <optional>

namespace glovebox::settlement
{

/// Full-jitter exponential backoff of one line of requests.
class Backoff
{
public:
    /// After a failure; the gateway's Retry-After is a lower bound, itself bounded.
    void fail(base::BootTime now, std::optional<int> retryAfter_s, const Settings &settings,
              const RandomSource &random);
    void reset() { *this = {}; }
    /// Tries once more at once, or when the gateway's own Retry-After is over; the next failure waits as long
    /// as it would have.
    void hurry() { m_notBefore = m_retryAfter; }
    [[nodiscard]] base::BootTime notBefore() const { return m_notBefore; }
    [[nodiscard]] int failures() const { return m_failures; }

private:
    base::BootTime m_notBefore;
    base::BootTime m_retryAfter; // the gateway asked for peace until then
    int m_failures = 0;
};

/// The moment at which a queued approval can no longer be accepted by anybody; nothing while no clock that
/// the car trusts can say so. Boot time since the approval and gateway-signed time must agree: the gateway
/// has the last word.
[[nodiscard]] std::optional<base::BootTime> lapseMoment(const payment::Purchase &purchase,
                                                        const base::Moment &now);

} // namespace glovebox::settlement
