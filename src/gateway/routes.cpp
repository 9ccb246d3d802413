// SPDX-License-Identifier: Apache-2.0
#include "gateway/routes.h"

namespace glovebox::gateway
{

namespace
{

constexpr std::string_view kId = "{approval_id}";

/// What stands in the path where `pattern` has an id; empty where it has none; nothing where they differ.
std::optional<std::string_view> heldBy(std::string_view pattern, std::string_view path)
{
    const std::size_t at = pattern.find(kId);
    if (at == std::string_view::npos) {
        return pattern == path ? std::optional<std::string_view>("") : std::nullopt;
    }
    const std::string_view before = pattern.substr(0, at);
    const std::string_view after = pattern.substr(at + kId.size());
    if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after)) {
        return std::nullopt;
    }
    return path.substr(before.size(), path.size() - before.size() - after.size());
}

} // namespace

std::optional<RouteMatch> routeOf(std::string_view method, std::string_view path, std::string_view query)
{
    for (const RouteEntry &entry : kRoutes) {
        const auto held = heldBy(entry.path, path);
        if (!held || method != entry.method || (!entry.query && query != "?")) {
            continue;
        }
        if (held->empty()) {
            return RouteMatch{&entry, {}};
        }
        if (auto id = payment::ApprovalId::fromText(*held)) { // without a slash: the path is no other one
            return RouteMatch{&entry, std::move(*id)};
        }
    }
    return std::nullopt;
}

std::string labelOf(const std::optional<RouteMatch> &match)
{
    return match ? std::string(match->entry->method) + " " + match->entry->path : "none";
}

} // namespace glovebox::gateway
