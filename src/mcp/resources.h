// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/agent.h"
#include "mcp/resource_set.h"

#include <map>
#include <span>

namespace glovebox::mcp
{

/// What an assistant may read: each kind of purchase with an example of a proposal, and its own permissions.
/// Nothing here is secret or about a person.
class Resources final : public ResourceSet
{
public:
    /// `agent` outlives the resources. `kinds`: the files of resources/kinds; one that cannot be read is left
    /// out, with a line in the log.
    Resources(Agent &agent, std::span<const std::string_view> kinds);

    [[nodiscard]] const base::Json &definitions() const override { return m_definitions; }
    [[nodiscard]] const base::Json &templates() const override { return m_templates; }
    [[nodiscard]] bool has(const std::string &uri) const override;
    void read(const std::string &uri, Done done) override;

private:
    void offer(const std::string &uri, std::string_view name, std::string title,
               std::string_view description);
    void offerKind(const base::Json &kind);

    Agent &m_agent;
    base::Json m_definitions = base::Json::array();
    base::Json m_templates = base::Json::array(); // none
    std::map<std::string, std::string> m_kinds;   // by URI: the JSON text
};

inline constexpr std::string_view kPermissionsUri = "glovebox://permissions";
inline constexpr std::string_view kKindsUri = "glovebox://kinds/"; // and the kind

} // namespace glovebox::mcp
