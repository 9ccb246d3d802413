// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/session.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace glovebox::testing
{

using base::Json;

/// "now" answers at once, "later" when the test says so, "wait" likewise and may be forgotten, "undo"
/// likewise and is taken back. "picky" needs a client that can sample.
class ScriptedTools final : public mcp::ToolSet
{
public:
    std::vector<Done> open;
    std::vector<Listener> listeners;
    std::vector<bool> told;

    [[nodiscard]] const Json &definitions() const override { return m_definitions; }
    [[nodiscard]] bool has(std::string_view name) const override
    {
        return name == "now" || name == "later" || name == "wait" || name == "undo" || name == "picky";
    }
    [[nodiscard]] Json neededCapabilities(std::string_view name) const override
    {
        return name == "picky" ? Json{{"sampling", Json::object()}} : Json::object();
    }
    Pace call(const std::string &name, const Json &arguments, Listener listener) override
    {
        if (name == "now" || name == "picky") {
            told.push_back(listener.done({{"echo", arguments}}));
            return Pace::prompt;
        }
        open.push_back(listener.done);
        listeners.push_back(std::move(listener));
        return name == "wait" ? Pace::waits : name == "undo" ? Pace::takesBack : Pace::prompt;
    }

private:
    Json m_definitions = Json::array({{{"name", "now"}}});
};

/// "test:text" is there, "test:broken" not now, others never.
class ScriptedResources final : public mcp::ResourceSet
{
public:
    [[nodiscard]] const Json &definitions() const override { return m_definitions; }
    [[nodiscard]] const Json &templates() const override { return m_templates; }
    [[nodiscard]] bool has(const std::string &uri) const override
    {
        return uri == "test:text" || uri == "test:broken";
    }
    void read(const std::string &uri, Done done) override
    {
        if (uri == "test:text") {
            done(Json::array({{{"uri", uri}, {"text", "x"}}}));
        } else {
            done(std::unexpected("not now"));
        }
    }

private:
    Json m_definitions = Json::array({{{"uri", "test:text"}}});
    Json m_templates = Json::array();
};

/// A session with scripted tools and resources behind it, and what it sent.
class SessionBench
{
public:
    ScriptedTools tools;
    ScriptedResources resources;
    mcp::Session session{mcp::Offer{tools, resources, "how to"}};
    std::vector<Json> sent;
    bool answered = false; // whether the last text had an answer

    void receive(const QByteArray &text);
    /// Whether it was agreed; nothing of it stays in `sent`.
    [[nodiscard]] bool initialize(const char *revision);
    [[nodiscard]] Json last() const { return sent.empty() ? Json(nullptr) : sent.back(); }
};

/// A request of the stateless revision; `params` begins with a comma, or is empty.
[[nodiscard]] QString stateless(const char *id, const char *method, const char *params = "");

/// A tools/call of the other revisions.
[[nodiscard]] QString call(const char *id, const char *tool);

} // namespace glovebox::testing
