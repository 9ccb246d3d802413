// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/merchant.h"

#include <algorithm>
#include <chrono>

namespace glovebox::payment
{

/// Where the merchant must answer before anything happens, an approval that found no gateway for this long
/// lapses.
inline constexpr std::chrono::minutes kOnlineSettleWithin{10};

/// How long after an approval of at most `cap_minor` the gateway accepts it: the car makes settle_by of it,
/// and the gateway compares. Above its floor a merchant takes nothing without having heard of it: then
/// `offline_accepted` is settled as `online` is.
[[nodiscard]] constexpr std::chrono::seconds settleWindow(const FulfilmentTerms &terms,
                                                          std::int64_t cap_minor)
{
    const std::chrono::seconds online = kOnlineSettleWithin;
    const std::chrono::seconds age(terms.offlineAge_s_max);
    switch (terms.fulfilment) {
    case Fulfilment::online:
        break;
    case Fulfilment::offlineAccepted:
        return cap_minor > terms.offlineFloor_minor ? std::min(online, age) : age;
    case Fulfilment::deferred:
        return std::chrono::seconds(terms.settleWithin_s);
    }
    return online;
}

} // namespace glovebox::payment
