// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/config.h"
#include "gateway/ledger.h"
#include "payment/merchant.h"

namespace glovebox::gateway
{

/// This gateway's directory, as it was signed on a day. Entries end 30 days after it, so that a gateway that
/// runs on signs them anew each day.
struct Merchants
{
    std::vector<base::Json> items; // as listed
    std::int64_t day = 0;          // since 1970, UTC
    /// Of the directory: higher on a later day, whatever is listed, and on the same day with the sum of the
    /// entries' revisions.
    std::int64_t revision = 0;
    std::vector<std::string> entries; // compact JWS
};
[[nodiscard]] std::int64_t dayOf(base::WallTime now);

enum class MerchantsFault { signing, full, io };

/// Signs each item, with its end where the list says none, so that what is signed twice on one day has one
/// hash; every hash ever signed is kept in the ledger.
[[nodiscard]] base::Result<Merchants, MerchantsFault> signMerchants(std::vector<base::Json> items,
                                                                    const crypto::SigningKey &key,
                                                                    Ledger &ledger, base::WallTime now);

/// {"merchants":[entry without "valid_until_ms", …]}: read, signed, and read again as a car will.
[[nodiscard]] Started<Merchants> loadMerchants(const Config &config, const crypto::SigningKey &key,
                                               Ledger &ledger, base::WallTime now);

} // namespace glovebox::gateway
