// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"

#include <cstdint>

namespace glovebox::simulation
{

/// SplitMix64: one seed, one sequence, on every machine.
class Dice
{
public:
    explicit Dice(std::uint64_t seed) : m_state(seed) {}
    [[nodiscard]] std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    /// 0 to `count` - 1.
    [[nodiscard]] std::uint64_t below(std::uint64_t count) { return next() % count; }
    [[nodiscard]] bool percent(std::uint64_t chance) { return below(100) < chance; }
    /// Whole milliseconds, both ends included.
    [[nodiscard]] base::Duration between(std::chrono::milliseconds low, std::chrono::milliseconds high)
    {
        const auto span = static_cast<std::uint64_t>((high - low).count()) + 1;
        return low + std::chrono::milliseconds(static_cast<std::int64_t>(below(span)));
    }

private:
    std::uint64_t m_state;
};

} // namespace glovebox::simulation
