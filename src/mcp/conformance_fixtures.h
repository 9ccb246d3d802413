// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/caller.h"

namespace glovebox::mcp
{

/// The tools that the MCP conformance suite (@modelcontextprotocol/conformance) calls. They prove the
/// protocol and know nothing of payments; `glovebox-mcp --conformance` offers them instead of the car's.
class ConformanceTools final : public ToolSet
{
public:
    /// `fixtures`: src/mcp/conformance_fixtures.json, read.
    explicit ConformanceTools(const base::Json &fixtures);
    [[nodiscard]] const base::Json &definitions() const override { return m_definitions; }
    [[nodiscard]] bool has(std::string_view name) const override { return fixture(name) != nullptr; }
    [[nodiscard]] base::Json neededCapabilities(std::string_view name) const override;
    Pace call(const std::string &name, const base::Json &arguments, Listener listener) override;

private:
    [[nodiscard]] const base::Json *fixture(std::string_view name) const;

    base::Json m_fixtures;
    base::Json m_definitions = base::Json::array();
};

class ConformanceResources final : public ResourceSet
{
public:
    explicit ConformanceResources(const base::Json &fixtures);
    [[nodiscard]] const base::Json &definitions() const override { return m_definitions; }
    [[nodiscard]] const base::Json &templates() const override { return m_templates; }
    [[nodiscard]] bool has(const std::string &uri) const override { return m_contents.contains(uri); }
    void read(const std::string &uri, Done done) override { done(m_contents.at(uri)); }

private:
    base::Json m_definitions = base::Json::array();
    base::Json m_templates = base::Json::array();
    std::map<std::string, base::Json> m_contents;
};

/// Serves everybody: there is nothing here to protect.
class ConformanceCaller final : public Caller
{
public:
    explicit ConformanceCaller(const base::Json &fixtures) : m_tools(fixtures), m_resources(fixtures) {}
    [[nodiscard]] Offer offer() override
    {
        return {m_tools, m_resources, "Fixtures of the conformance suite."};
    }

private:
    ConformanceTools m_tools;
    ConformanceResources m_resources;
};

class ConformanceCallers final : public Callers
{
public:
    explicit ConformanceCallers(const base::Json &fixtures)
        : m_caller(std::make_shared<ConformanceCaller>(fixtures))
    {}
    void find(std::string_view /*token*/, Found found) override { found(m_caller); }

private:
    std::shared_ptr<Caller> m_caller;
};

} // namespace glovebox::mcp
