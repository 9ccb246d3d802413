// SPDX-License-Identifier: Apache-2.0
#include "mcp/conformance_fixtures.h"

#include <algorithm>

namespace glovebox::mcp
{

namespace
{

using base::Json;

/// Of `fixture`, the members that `names` names.
Json only(const Json &fixture, std::initializer_list<const char *> names)
{
    Json part = Json::object();
    for (const char *name : names) {
        if (fixture.contains(name)) {
            part[name] = fixture[name];
        }
    }
    return part;
}

} // namespace

ConformanceTools::ConformanceTools(const Json &fixtures) : m_fixtures(fixtures.at("tools"))
{
    for (const Json &tool : m_fixtures) {
        m_definitions.push_back(only(tool, {"name", "description", "inputSchema"}));
    }
}

const Json *ConformanceTools::fixture(std::string_view name) const
{
    const auto found =
        std::ranges::find_if(m_fixtures, [&](const Json &tool) { return tool["name"] == name; });
    return found == m_fixtures.end() ? nullptr : &*found;
}

Json ConformanceTools::neededCapabilities(std::string_view name) const
{
    return fixture(name)->value("needs", Json::object());
}

ToolSet::Pace ConformanceTools::call(const std::string &name, const Json & /*arguments*/, Listener listener)
{
    const Json &tool = *fixture(name);
    if (listener.progress) {
        for (const Json &progress : tool.value("progress", Json::array())) {
            listener.progress(progress.get<std::int64_t>(), 100, "");
        }
    }
    listener.done(only(tool, {"content", "isError"}));
    return Pace::prompt;
}

ConformanceResources::ConformanceResources(const Json &fixtures)
{
    for (const Json &resource : fixtures.at("resources")) {
        m_definitions.push_back(only(resource, {"uri", "name", "description", "mimeType"}));
        m_contents[resource.at("uri")] = Json::array({only(resource, {"uri", "mimeType", "text", "blob"})});
    }
}

} // namespace glovebox::mcp
