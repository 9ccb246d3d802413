// SPDX-License-Identifier: Apache-2.0
#include "daemon/config_consent.h"

#include "payment/names.h"

#include <array>

namespace glovebox::daemon
{

using base::JsonFault;
using base::ObjectReader;

namespace
{

constexpr int kOfflineCount = 5;                // where the configuration does not say; and …
constexpr std::int64_t kOfflineAge_s = 259'200; // … three days
constexpr int kOpenProposals_max = 100;

/// What is said of no single limit.
void readAboutPermissions(const base::Json &json, const std::string &pointer, ObjectReader &top,
                          Config &config)
{
    ObjectReader reader(json, pointer);
    config.permissions.currency = reader.text("currency", 3);
    if (!reader.failed() && !base::Currency::fromCode(config.permissions.currency)) {
        reader.refuse("currency", JsonFault::notAllowed, "must be a known ISO 4217 code");
    }
    config.grant = reader.optionalInteger("grant", 0, base::Money::kMinorMax).value_or(0);
    if (const base::Json *proposals = reader.optionalObject("proposals")) {
        ObjectReader inner(*proposals, reader.pointerTo("proposals"));
        config.proposals.burst = static_cast<int>(inner.integer("burst", 1, 10'000));
        config.proposals.every = std::chrono::seconds(inner.integer("every_s", 1, 86'400));
        reader.absorb(inner.finish());
    }
    top.absorb(reader.finish());
}

void readPermissions(ObjectReader &top, Config &config)
{
    constexpr std::array required = {"kinds",
                                     "per_purchase_minor_max",
                                     "daily_minor_max",
                                     "monthly_minor_max",
                                     "offline_unsettled_minor_max",
                                     "open_proposals_max"};
    base::Json limits = top.object("permissions");
    if (top.failed()) {
        return;
    }
    const std::string pointer = top.pointerTo("permissions");
    base::Json about = base::Json::object();
    for (const char *name : {"currency", "grant", "proposals"}) {
        if (limits.contains(name)) {
            about[name] = limits[name];
            limits.erase(name);
        }
    }
    readAboutPermissions(about, pointer, top, config);
    for (const char *name : required) {
        if (!limits.contains(name)) {
            top.absorb(base::JsonError{JsonFault::missing, pointer + "/" + name, "is missing"});
        }
    }
    const auto read = consent::narrowingFromJson(limits, pointer);
    if (!read) {
        top.absorb(read.error());
        return;
    }
    if (read->openProposals_max == 0) {
        top.absorb(
            base::JsonError{JsonFault::outOfRange, pointer + "/open_proposals_max", "must be at least 1"});
    }
    consent::Permissions all;
    all.kinds = read->kinds.value_or(std::vector<payment::KindId>());
    all.currency = config.permissions.currency;
    all.perPurchase_minor_max = all.daily_minor_max = all.monthly_minor_max = base::Money::kMinorMax;
    all.offlineUnsettled_minor_max = base::Money::kMinorMax;
    all.offlineUnsettled_count_max =
        static_cast<int>(read->offlineUnsettled_count_max.value_or(kOfflineCount));
    all.offlineUnsettled_age_s_max = read->offlineUnsettled_age_s_max.value_or(kOfflineAge_s);
    all.openProposals_max = kOpenProposals_max;
    config.permissions = consent::narrowed(std::move(all), *read);
}

void readRisk(ObjectReader &top, Config &config)
{
    const base::Json *json = top.optionalObject("risk");
    if (json == nullptr || top.failed()) {
        return;
    }
    if (auto risk = consent::riskSettingsFromJson(*json, top.pointerTo("risk"))) {
        config.risk = *risk;
    } else {
        top.absorb(risk.error());
    }
}

void readVehicle(ObjectReader &top, Config &config)
{
    constexpr std::int64_t capacity_max = 10'000'000; // millilitres or watt hours
    const base::Json *json = top.optionalObject("vehicle");
    if (json == nullptr || top.failed()) {
        return;
    }
    ObjectReader reader(*json, top.pointerTo("vehicle"));
    for (const base::Json &entry : reader.array("energies", 2)) {
        const auto energy = entry.is_string()
                                ? payment::fromName(payment::kEnergies, entry.get_ref<const std::string &>())
                                : std::nullopt;
        if (!energy || *energy == payment::Energy::none) {
            reader.refuse("energies", JsonFault::notAllowed, "must be fuel, battery or both");
            break;
        }
        config.vehicle.energies.push_back(*energy);
    }
    config.vehicle.tank_ml = reader.optionalInteger("tank_ml", 1, capacity_max);
    config.vehicle.battery_wh = reader.optionalInteger("battery_wh", 1, capacity_max);
    top.absorb(reader.finish());
}

} // namespace

void readConsent(ObjectReader &top, Config &config)
{
    readPermissions(top, config);
    readRisk(top, config);
    readVehicle(top, config);
}

} // namespace glovebox::daemon
