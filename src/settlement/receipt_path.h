// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/purchase.h"
#include "wire/messages.h"

#include <vector>

namespace glovebox::settlement
{

/// The events that lead from a state to what a verified receipt states: none where it is there already, or
/// where the lifecycle knows no way (a defect of the gateway, or news that came too late to matter). A car
/// that missed a step catches up through it: an unknown outcome goes back to `submitted` first.
[[nodiscard]] std::vector<payment::Event> pathTo(payment::State from, const wire::Receipt &receipt);

/// The facts after this receipt; amounts that it does not name stay.
[[nodiscard]] payment::SettlementFacts mergeFacts(const payment::SettlementFacts &before,
                                                  const wire::Receipt &receipt);

} // namespace glovebox::settlement
