// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/simulator/bench/bench.h"
#include "platform/simulator/scenario/scenario.h"

#include <map>

namespace glovebox::simulator
{

/// Purchases by the names that a scenario gave them.
using PurchaseNames = std::map<std::string, std::string>;

/// What was expected and what was found instead, in words.
struct Difference
{
    std::string expected;
    std::string found;
};

/// The first part of the condition that does not hold now; nothing where all do.
[[nodiscard]] std::optional<Difference> findDifference(Bench &bench, const PurchaseNames &names,
                                                       const Condition &condition);

} // namespace glovebox::simulator
