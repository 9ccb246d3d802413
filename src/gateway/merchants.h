// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/config.h"
#include "gateway/ledger.h"
#include "payment/merchant.h"

namespace glovebox::gateway
{

/// The signed entries of this gateway's directory. Made once at start, then read only.
struct Merchants
{
    std::int64_t revision =
        0; // of the directory: the sum of the entries' revisions, with the day on which it was signed
    std::vector<std::string> entries; // compact JWS
};

/// {"merchants":[entry without "valid_until_ms", …]}: each gets 30 days from the start of this day (UTC), so
/// that an entry signed twice on one day has one hash; every hash ever signed is kept in the ledger.
[[nodiscard]] Started<Merchants> loadMerchants(const std::string &path, const crypto::SigningKey &key,
                                               Ledger &ledger, base::WallTime now);

} // namespace glovebox::gateway
