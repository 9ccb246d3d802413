// SPDX-License-Identifier: Apache-2.0
#include "payment/merchant.h"

#include "payment/names.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace glovebox::payment
{

using base::Json;
using base::JsonFault;
using base::ObjectReader;

namespace
{

constexpr std::size_t kName_max = 40;
constexpr std::size_t kKinds_max = 32;
constexpr int kYear_s = 366 * 24 * 3600;

FulfilmentTerms readTerms(ObjectReader &reader)
{
    FulfilmentTerms terms;
    terms.fulfilment = readName(reader, "fulfilment", kFulfilments);
    if (terms.fulfilment == Fulfilment::offlineAccepted) {
        terms.offlineFloor_minor = reader.integer("offline_floor_minor", 0, base::Money::kMinorMax);
        terms.offlineAge_s_max = static_cast<int>(reader.integer("offline_age_s_max", 1, kYear_s));
    }
    if (terms.fulfilment == Fulfilment::deferred) {
        terms.settleWithin_s = static_cast<int>(reader.integer("settle_within_s", 1, kYear_s));
    }
    return terms;
}

Position readPosition(ObjectReader &reader)
{
    ObjectReader inner(reader.object("position"), reader.pointerTo("position"));
    Position position;
    position.latitude_e6 = static_cast<std::int32_t>(inner.integer("latitude_e6", -90'000'000, 90'000'000));
    position.longitude_e6 =
        static_cast<std::int32_t>(inner.integer("longitude_e6", -180'000'000, 180'000'000));
    reader.absorb(inner.finish());
    return position;
}

void readKinds(ObjectReader &reader, MerchantEntry &entry)
{
    const Json &kinds = reader.object("kinds");
    if (kinds.size() > kKinds_max) {
        reader.refuse("kinds", JsonFault::tooLarge, "lists too many kinds");
        return;
    }
    for (auto it = kinds.begin(); it != kinds.end(); ++it) {
        if (!KindId::fromText(it.key())) {
            reader.refuse("kinds", JsonFault::notAllowed, "holds a name that is not an id");
            return;
        }
        ObjectReader inner(it.value(), reader.pointerTo("kinds") + '/' + base::escapePointer(it.key()));
        entry.kinds.emplace(it.key(), readTerms(inner));
        reader.absorb(inner.finish());
    }
}

} // namespace

std::int64_t distance_m(const Position &a, const Position &b)
{
    // Haversine on a sphere: right to 0.5 %, which is enough to sort by.
    constexpr double kEarthRadius_m = 6'371'009;
    constexpr double kRadians = std::numbers::pi / 180 / 1e6;
    const double latitudeA = a.latitude_e6 * kRadians;
    const double latitudeB = b.latitude_e6 * kRadians;
    const double across = std::sin((latitudeB - latitudeA) / 2);
    const double along = std::sin((b.longitude_e6 - static_cast<double>(a.longitude_e6)) * kRadians / 2);
    const double h = across * across + std::cos(latitudeA) * std::cos(latitudeB) * along * along;
    return std::llround(2 * kEarthRadius_m * std::asin(std::sqrt(std::min(1.0, h))));
}

std::expected<MerchantEntry, base::JsonError> merchantFromJson(const Json &json)
{
    ObjectReader reader(json);
    MerchantEntry entry;
    reader.integer("v", 1, 1);
    entry.id = readId<MerchantId>(reader, "id");
    entry.name = readShowable(reader, "name", kName_max);
    entry.category = reader.text("category", 4);
    if (entry.category.size() != 4 || !std::all_of(entry.category.begin(), entry.category.end(),
                                                   [](char c) { return c >= '0' && c <= '9'; })) {
        reader.refuse("category", JsonFault::notAllowed, "must be four digits (ISO 18245)");
    }
    entry.position = readPosition(reader);
    entry.currency = std::string(readCurrency(reader, "currency").code());
    readKinds(reader, entry);
    entry.validUntil = {reader.integer("valid_until_ms", 0, base::Money::kMinorMax)};
    entry.revision = reader.integer("revision", 0, base::Money::kMinorMax);
    if (auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    entry.canonical = json;
    return entry;
}

} // namespace glovebox::payment
