// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/car.h"
#include "tests/simulation/gateway_pair.h"

namespace glovebox::simulation
{

/// Defects that a simulation must find.
enum class Planted { none, noUniqueKey, noStatusQuery, noLookup };

/// How a seed ended.
struct Ending
{
    std::vector<std::string> violations; // none: all that must hold, holds
    std::vector<std::string> story;
    int purchases = 0; // that were approved
    int faults = 0;
};

/// One seed: purchases, merchants and trouble for some hours of virtual time, then a time in which everything
/// works; then what car, ledger and processor say is compared.
[[nodiscard]] Ending live(const Bench &bench, std::uint64_t seed, Planted planted = Planted::none);

/// A refusal by the gateway or a full disk is part of a story, and no warning; what it leads to is judged.
void silenceWhatStoriesTell();

/// What must hold in the end.
[[nodiscard]] std::vector<std::string> violationsOf(const Bench &bench, const Car &car, GatewayPair &gateway);

} // namespace glovebox::simulation
