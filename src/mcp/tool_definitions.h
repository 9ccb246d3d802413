// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <string_view>

namespace glovebox::mcp
{

namespace tool
{
inline constexpr std::string_view kPropose = "propose_purchase";
inline constexpr std::string_view kGet = "get_purchase";
inline constexpr std::string_view kWithdraw = "withdraw_purchase";
inline constexpr std::string_view kPermissions = "get_payment_permissions";
inline constexpr std::string_view kFind = "find_merchants";
} // namespace tool

inline constexpr unsigned kMerchants_count_max = 20;
inline constexpr unsigned kMerchants_count_default = 5;
/// Largest integer that every JSON reader keeps exactly (RFC 8785, section 3.2.2.3).
inline constexpr std::int64_t kVersion_max = 9'007'199'254'740'991;
inline constexpr std::size_t kPurchaseId_bytes_max = 64;
inline constexpr std::size_t kKind_bytes_max = 64;

/// The array of tools/list. The texts are written for language models; schemas keep to what every client
/// takes: no $schema but draft-07, no boolean property schemas, objects at the root. `proposalSchema` is
/// src/payment/proposal.schema.json.
[[nodiscard]] base::Json toolDefinitions(const base::Json &proposalSchema);

/// The `instructions` of an initialize answer.
[[nodiscard]] std::string_view instructions();

} // namespace glovebox::mcp
