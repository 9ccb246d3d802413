// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"

#include <algorithm>

namespace glovebox::daemon
{

/// Fills up evenly to `size`, one token per `period`; empty: no.
class TokenBucket
{
public:
    TokenBucket(int size, base::Duration period, base::BootTime now)
        : m_size(size), m_period(period), m_fullAt(now)
    {}
    /// Takes one token where there is one.
    [[nodiscard]] bool take(base::BootTime now)
    {
        if (wait(now) > base::Duration(0)) {
            return false;
        }
        m_fullAt = std::max(m_fullAt, now) + m_period;
        return true;
    }
    /// How long until take() succeeds; zero: now.
    [[nodiscard]] base::Duration wait(base::BootTime now) const
    {
        const base::BootTime from = std::max(m_fullAt, now);
        return std::max(base::Duration(0), from - now + m_period - m_period * m_size);
    }

private:
    int m_size;
    base::Duration m_period;
    base::BootTime m_fullAt; // the moment at which nothing is missing any more
};

} // namespace glovebox::daemon
