// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/verdict.h"
#include "daemon/services.h"
#include "payment/purchase.h"

#include <string>

namespace glovebox::daemon
{

/// A purchase as its agent sees it (docs/formats.md, "Agent1"): no approval, no receipt, nothing of the
/// driver.
[[nodiscard]] std::string describeForAgent(const payment::Purchase &purchase, bool canBeStopped);
[[nodiscard]] std::string describePermissions(const AgentCaller &caller,
                                              const consent::Permissions &permissions);
/// One English sentence that an assistant may repeat. Says "paid" only with a verified capture receipt.
[[nodiscard]] std::string sentenceFor(const payment::Purchase &purchase);
[[nodiscard]] bool isPaid(const payment::Purchase &purchase);

} // namespace glovebox::daemon
