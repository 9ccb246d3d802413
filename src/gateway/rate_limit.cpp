// SPDX-License-Identifier: Apache-2.0
#include "gateway/rate_limit.h"

#include <algorithm>

namespace glovebox::gateway
{

int RateLimit::take(const std::string &keyId, base::WallTime now)
{
    constexpr std::int64_t kSecond_ms = 1000;
    const std::scoped_lock lock(m_mutex);
    const auto [found, fresh] = m_buckets.try_emplace(keyId);
    Bucket &bucket = found->second;
    const std::int64_t passed_ms = fresh ? 0 : std::max<std::int64_t>(0, now.milliseconds - bucket.at_ms);
    const std::int64_t one = kSecond_ms;
    const std::int64_t most = one * m_rate.burst;
    const std::int64_t filled = passed_ms > most ? most : passed_ms * m_rate.perSecond;
    bucket.missing = std::max<std::int64_t>(0, bucket.missing - filled);
    bucket.at_ms = now.milliseconds;
    if (bucket.missing + one <= most) {
        bucket.missing += one;
        return 0;
    }
    const std::int64_t wait_ms = (bucket.missing + one - most + m_rate.perSecond - 1) / m_rate.perSecond;
    return static_cast<int>((wait_ms + kSecond_ms - 1) / kSecond_ms);
}

} // namespace glovebox::gateway
