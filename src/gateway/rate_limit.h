// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"
#include "gateway/config.h"

#include <map>
#include <mutex>
#include <string>

namespace glovebox::gateway
{

/// How often a key may ask, whoever holds it. By wall time: where that steps back nothing is lost or gained,
/// and where it leaps ahead no more than a burst. Thread-safe.
class RateLimit
{
public:
    explicit RateLimit(Config::Rate rate) : m_rate(rate) {}
    /// 0: now; else after so many seconds. `keyId`: one of the configuration's, so the map stays small.
    [[nodiscard]] int take(const std::string &keyId, base::WallTime now);

private:
    struct Bucket
    {
        std::int64_t missing =
            0; // of a full one: a request is 1000, and per_s of them flow in each millisecond
        std::int64_t at_ms = 0;
    };
    Config::Rate m_rate;
    std::mutex m_mutex;
    std::map<std::string, Bucket> m_buckets;
};

} // namespace glovebox::gateway
