// SPDX-License-Identifier: Apache-2.0
#include "base/money.h"
#include "consent/permissions.h"

#include "payment/names.h"

namespace glovebox::consent
{

using base::Json;
using base::JsonFault;
using base::ObjectReader;

namespace
{

constexpr std::size_t kList_max = 64;
constexpr std::int64_t kArea_m_max = 20'000'000; // half around the earth
constexpr std::int64_t kAge_s_max = 31'536'000;  // a year
constexpr int kDay_min = 1440;
constexpr base::JsonLimits kKept{.bytes_max = 512 * 1024, .depth_max = 16};

template<class Id> std::optional<std::vector<Id>> idList(ObjectReader &reader, const char *name)
{
    const Json *list = reader.optionalArray(name, kList_max);
    if (!list) {
        return std::nullopt;
    }
    std::vector<Id> ids;
    for (const Json &entry : *list) {
        const auto id = entry.is_string() ? Id::fromText(entry.get_ref<const std::string &>()) : std::nullopt;
        if (!id) {
            reader.refuse(name, JsonFault::notAllowed, "every entry must be an id");
            return std::nullopt;
        }
        ids.push_back(*id);
    }
    return ids;
}

template<class Id> Json idsToJson(const std::vector<Id> &ids)
{
    Json list = Json::array();
    for (const Id &id : ids) {
        list.push_back(id.text());
    }
    return list;
}

Json hoursToJson(const Hours &hours)
{
    return {{"from_minute", hours.fromMinute}, {"to_minute", hours.toMinute}};
}

std::optional<Hours> readHours(ObjectReader &reader)
{
    const Json *json = reader.optionalObject("hours");
    if (!json) {
        return std::nullopt;
    }
    ObjectReader inner(*json, reader.pointerTo("hours"));
    Hours hours;
    hours.fromMinute = static_cast<int>(inner.integer("from_minute", 0, kDay_min));
    hours.toMinute = static_cast<int>(inner.integer("to_minute", 0, kDay_min));
    if (hours.toMinute < hours.fromMinute) {
        inner.refuse("to_minute", JsonFault::outOfRange, "must not be earlier than from_minute");
    }
    reader.absorb(inner.finish());
    return hours;
}

template<class T> void put(Json &json, const char *name, const std::optional<T> &value)
{
    if (value) {
        json[name] = *value;
    }
}

} // namespace

std::expected<Narrowing, base::JsonError> narrowingFromJson(const Json &json, std::string pointer)
{
    ObjectReader reader(json, std::move(pointer));
    const auto cap = [&reader](const char *name) {
        return reader.optionalInteger(name, 0, base::Money::kMinorMax);
    };
    Narrowing narrowing;
    narrowing.kinds = idList<payment::KindId>(reader, "kinds");
    narrowing.merchants = idList<payment::MerchantId>(reader, "merchants");
    narrowing.area_m_max = reader.optionalInteger("area_m_max", 1, kArea_m_max);
    narrowing.perPurchase_minor_max = cap("per_purchase_minor_max");
    narrowing.daily_minor_max = cap("daily_minor_max");
    narrowing.monthly_minor_max = cap("monthly_minor_max");
    narrowing.offlineUnsettled_minor_max = cap("offline_unsettled_minor_max");
    narrowing.offlineUnsettled_count_max = reader.optionalInteger("offline_unsettled_count_max", 0, 1000);
    narrowing.offlineUnsettled_age_s_max =
        reader.optionalInteger("offline_unsettled_age_s_max", 0, kAge_s_max);
    narrowing.openProposals_max = reader.optionalInteger("open_proposals_max", 0, 100);
    narrowing.hours = readHours(reader);
    if (const auto until = reader.optionalInteger("valid_until_ms", 0, base::Money::kMinorMax)) {
        narrowing.validUntil = base::WallTime{*until};
    }
    if (auto error = reader.finish()) {
        return std::unexpected(std::move(*error));
    }
    return narrowing;
}

Json toJson(const Narrowing &narrowing)
{
    Json json = Json::object();
    if (narrowing.kinds) {
        json["kinds"] = idsToJson(*narrowing.kinds);
    }
    if (narrowing.merchants) {
        json["merchants"] = idsToJson(*narrowing.merchants);
    }
    put(json, "area_m_max", narrowing.area_m_max);
    put(json, "per_purchase_minor_max", narrowing.perPurchase_minor_max);
    put(json, "daily_minor_max", narrowing.daily_minor_max);
    put(json, "monthly_minor_max", narrowing.monthly_minor_max);
    put(json, "offline_unsettled_minor_max", narrowing.offlineUnsettled_minor_max);
    put(json, "offline_unsettled_count_max", narrowing.offlineUnsettled_count_max);
    put(json, "offline_unsettled_age_s_max", narrowing.offlineUnsettled_age_s_max);
    put(json, "open_proposals_max", narrowing.openProposals_max);
    if (narrowing.hours) {
        json["hours"] = hoursToJson(*narrowing.hours);
    }
    if (narrowing.validUntil) {
        json["valid_until_ms"] = narrowing.validUntil->milliseconds;
    }
    return json;
}

Json toJson(const Permissions &permissions)
{
    Json json = {{"kinds", idsToJson(permissions.kinds)},
                 {"currency", permissions.currency},
                 {"per_purchase_minor_max", permissions.perPurchase_minor_max},
                 {"daily_minor_max", permissions.daily_minor_max},
                 {"monthly_minor_max", permissions.monthly_minor_max},
                 {"offline_unsettled_minor_max", permissions.offlineUnsettled_minor_max},
                 {"offline_unsettled_count_max", permissions.offlineUnsettled_count_max},
                 {"offline_unsettled_age_s_max", permissions.offlineUnsettled_age_s_max},
                 {"open_proposals_max", permissions.openProposals_max},
                 {"revoked", permissions.revoked},
                 {"stopped", permissions.stopped},
                 {"revision", permissions.revision}};
    if (permissions.merchants) {
        json["merchants"] = idsToJson(*permissions.merchants);
    }
    if (permissions.area_m_max != 0) {
        json["area_m_max"] = permissions.area_m_max;
    }
    if (permissions.hours != Hours()) {
        json["hours"] = hoursToJson(permissions.hours);
    }
    if (permissions.validUntil) {
        json["valid_until_ms"] = permissions.validUntil->milliseconds;
    }
    return json;
}

std::expected<Restrictions, base::JsonError> Restrictions::fromText(const std::string &text)
{
    Restrictions restrictions;
    if (text.empty()) {
        return restrictions;
    }
    const auto json = base::parseJson(text, kKept);
    if (!json) {
        return std::unexpected(json.error());
    }
    ObjectReader reader(*json);
    static_cast<void>(reader.integer("v", 1, 1));
    restrictions.m_revision = reader.integer("revision", 0, base::Money::kMinorMax);
    restrictions.m_grant = reader.integer("grant", 0, base::Money::kMinorMax);
    restrictions.m_stopped = reader.boolean("stopped");
    const Json &agents = reader.object("agents");
    if (!reader.failed() && agents.size() > kAgents_max) {
        reader.refuse("agents", JsonFault::tooLarge, "holds too many");
    }
    for (auto it = agents.begin(); !reader.failed() && it != agents.end(); ++it) {
        const std::string pointer = reader.pointerTo("agents") + "/" + base::escapePointer(it.key());
        const auto id = payment::AgentId::fromText(it.key());
        ObjectReader inner(it.value(), pointer);
        OfAgent agent;
        agent.revoked = inner.boolean("revoked");
        const auto narrowing = narrowingFromJson(inner.object("narrowing"), pointer + "/narrowing");
        reader.absorb(inner.finish());
        if (!narrowing) {
            reader.absorb(narrowing.error());
        } else if (!id) {
            reader.refuse("agents", JsonFault::notAllowed, "every key must be an id");
        } else {
            agent.narrowing = *narrowing;
            restrictions.m_agents.emplace(*id, std::move(agent));
        }
    }
    if (auto error = reader.finish()) {
        return std::unexpected(std::move(*error));
    }
    return restrictions;
}

std::string Restrictions::text() const
{
    Json agents = Json::object();
    for (const auto &[id, agent] : m_agents) {
        agents[id.text()] = {{"revoked", agent.revoked}, {"narrowing", toJson(agent.narrowing)}};
    }
    return Json{{"v", 1},
                {"revision", m_revision},
                {"grant", m_grant},
                {"stopped", m_stopped},
                {"agents", std::move(agents)}}
        .dump();
}

} // namespace glovebox::consent
