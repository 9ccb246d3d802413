// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/canonical_text.h"
#include "base/money.h"
#include "base/time.h"
#include "payment/ids.h"

#include <map>
#include <vector>

namespace glovebox::payment
{

/// How a purchase is fulfilled; see architecture, "Who is paid".
enum class Fulfilment { online, offlineAccepted, deferred };

struct FulfilmentTerms
{
    Fulfilment fulfilment = Fulfilment::online;
    std::int64_t offlineFloor_minor = 0; // offline_accepted: the most that it takes offline; 0 = nothing
    int offlineAge_s_max = 0;            // offline_accepted: how old an approval may be when it is settled
    int settleWithin_s = 0;              // deferred: settle_by = approval + this
};

/// Degrees times 1e6; integers, so that the signed form is exact.
struct Position
{
    std::int32_t latitude_e6 = 0;
    std::int32_t longitude_e6 = 0;
    friend bool operator==(const Position &, const Position &) = default;
};
[[nodiscard]] std::int64_t distance_m(const Position &a, const Position &b);

/// Signed by the gateway (wire/directory verifies), cached in the car, expiring. Everything that the driver
/// reads about the payee comes from here.
struct MerchantEntry
{
    MerchantId id;
    std::string name;     // "Tankhof Königstraße", at most 40 code points
    std::string category; // ISO 18245 merchant category code, 4 digits
    Position position;
    std::string currency;                         // ISO 4217 code
    std::map<std::string, FulfilmentTerms> kinds; // by kind id
    base::WallTime validUntil;                    // compared with gateway-signed time alone
    std::int64_t revision = 0;
    base::CanonicalText canonical; // as signed
    std::string jws;               // the compact JWS it came in
};

[[nodiscard]] std::expected<MerchantEntry, base::JsonError> merchantFromJson(const base::Json &json);
[[nodiscard]] std::string_view nameOf(Fulfilment fulfilment); // "online", "offline_accepted", "deferred"

} // namespace glovebox::payment
