// SPDX-License-Identifier: Apache-2.0
#include "mcp/resources.h"

#include "mcp/tool_result.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcResources, "glovebox.mcp.resources")

namespace glovebox::mcp
{

namespace
{

using base::Json;

constexpr const char *kMimeType = "application/json";

Json contentsOf(const std::string &uri, std::string text)
{
    return Json::array({{{"uri", uri}, {"mimeType", kMimeType}, {"text", std::move(text)}}});
}

Json placeTypes(const Json &kind)
{
    Json types = Json::array();
    for (const auto &[type, text] : kind.at("places").items()) {
        types.push_back(type);
    }
    return types;
}

/// A whole proposal of the kind: what a language model copies is right.
Json example(const Json &kind, const Json &places)
{
    Json proposal = {{"request_id", kind.at("id").get<std::string>() + "-2026-03-14-1"},
                     {"kind", kind.at("id")},
                     {"merchant_id", "the merchant_id that find_merchants gave"},
                     {"amount", {{"type", kind.at("amounts").at(0)}, {"value", 8000}, {"currency", "EUR"}}}};
    if (kind.at("place_required").get<bool>()) {
        proposal["place"] = {{"type", places.at(0)}, {"label", "4"}};
    }
    return proposal;
}

bool isKind(const Json &kind)
{
    const auto holds = [&](const char *name, Json::value_t type) {
        return kind.contains(name) && kind[name].type() == type;
    };
    return kind.is_object() && holds("id", Json::value_t::string) && holds("title", Json::value_t::string) &&
           holds("places", Json::value_t::object) && holds("place_required", Json::value_t::boolean) &&
           (!kind["place_required"].get<bool>() || !kind["places"].empty()) &&
           holds("amounts", Json::value_t::array) && !kind["amounts"].empty() &&
           holds("stop", Json::value_t::object) && kind["stop"].contains("text");
}

} // namespace

Resources::Resources(Agent &agent, std::span<const std::string_view> kinds) : m_agent(agent)
{
    offer(std::string(kPermissionsUri), "permissions", "What you may propose",
          "The kinds of purchases, the currency and the limits of this assistant in this car; the same as "
          "get_payment_permissions.");
    for (const std::string_view text : kinds) {
        const auto kind = base::parseJson(text);
        if (!kind || !isKind(*kind)) {
            qCCritical(lcResources, "A built-in kind of purchase cannot be read");
            continue;
        }
        offerKind(*kind);
    }
}

void Resources::offer(const std::string &uri, std::string_view name, std::string title,
                      std::string_view description)
{
    m_definitions.push_back({{"uri", uri},
                             {"name", name},
                             {"title", std::move(title)},
                             {"description", description},
                             {"mimeType", kMimeType}});
}

void Resources::offerKind(const Json &kind)
{
    const auto id = kind["id"].get<std::string>();
    const Json places = placeTypes(kind);
    const Json text = {{"kind", id},
                       {"title", kind["title"]},
                       {"amount_types", kind["amounts"]},
                       {"place_types", places},
                       {"place_required", kind["place_required"]},
                       {"driver_can_stop_it", kind["stop"]["text"]},
                       {"example", example(kind, places)}};
    const std::string uri = std::string(kKindsUri) + id;
    m_kinds[uri] = text.dump(2);
    offer(uri, "kind-" + id, "Kind of purchase: " + kind["title"].get<std::string>(),
          "What a proposal of this kind needs, with an example.");
}

bool Resources::has(const std::string &uri) const
{
    return uri == kPermissionsUri || m_kinds.contains(uri);
}

void Resources::read(const std::string &uri, Done done)
{
    if (const auto kind = m_kinds.find(uri); kind != m_kinds.end()) {
        done(contentsOf(uri, kind->second));
        return;
    }
    m_agent.permissions([uri, done = std::move(done)](const AgentAnswer &answer) {
        if (answer) {
            done(contentsOf(uri, *answer));
        } else {
            done(std::unexpected(sentence(answer.error())));
        }
    });
}

} // namespace glovebox::mcp
