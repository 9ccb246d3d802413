// SPDX-License-Identifier: Apache-2.0
#include "settlement/backoff.h"

#include <algorithm>

namespace glovebox::settlement
{

void Backoff::fail(base::BootTime now, std::optional<int> retryAfter_s, const Settings &settings,
                   const RandomSource &random)
{
    base::Duration ceiling = settings.retryFirst;
    for (int i = 0; i < m_failures && ceiling < settings.retry_max; ++i) {
        ceiling *= 2;
    }
    ceiling = std::min(ceiling, settings.retry_max);
    const auto span = static_cast<std::uint64_t>(ceiling.count());
    base::Duration delay{static_cast<std::int64_t>(random() % (span + 1))};
    m_retryAfter = {};
    if (retryAfter_s) {
        const base::Duration asked = std::chrono::seconds(std::max(*retryAfter_s, 0));
        m_retryAfter = now + std::min(asked, settings.retryAfter_max);
    }
    m_notBefore = std::max(now + delay, m_retryAfter);
    m_failures = std::min(m_failures + 1, 1000);
}

std::optional<base::BootTime> lapseMoment(const payment::Purchase &purchase, const base::Moment &now)
{
    if (!purchase.settleBy) {
        return std::nullopt;
    }
    std::optional<base::BootTime> moment;
    if (purchase.approvedAt && purchase.approvedAt->bootId == now.bootId) {
        const base::Moment &approved = *purchase.approvedAt;
        moment = approved.boot +
                 std::chrono::milliseconds(purchase.settleBy->milliseconds - approved.wall.milliseconds);
    }
    if (now.trust == base::ClockTrust::gatewaySigned) {
        const auto bySignedTime =
            now.boot + std::chrono::milliseconds(purchase.settleBy->milliseconds - now.wall.milliseconds);
        moment = moment ? std::max(*moment, bySignedTime) : bySignedTime;
    }
    return moment;
}

} // namespace glovebox::settlement
