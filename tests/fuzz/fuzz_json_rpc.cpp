// SPDX-License-Identifier: Apache-2.0
// Texts of a hostile client to a session of glovebox-mcp: whatever comes, it answers with JSON-RPC or with
// nothing, and a tool never sees arguments that are no object.
#include "mcp/session.h"

#include <cstdint>
#include <cstdlib>

using namespace glovebox;
using base::Json;

namespace
{

void require(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

/// "wait" keeps the caller waiting, everything else answers.
class FuzzTools final : public mcp::ToolSet
{
public:
    std::vector<Listener> open;

    [[nodiscard]] const Json &definitions() const override { return m_definitions; }
    [[nodiscard]] bool has(std::string_view name) const override
    {
        return name == "now" || name == "wait" || name == "picky";
    }
    [[nodiscard]] Json neededCapabilities(std::string_view name) const override
    {
        return name == "picky" ? Json{{"sampling", Json::object()}} : Json::object();
    }
    Pace call(const std::string &name, const Json &arguments, Listener listener) override
    {
        require(arguments.is_object());
        if (listener.progress) {
            listener.progress(1, 2, "x");
        }
        if (name != "wait") {
            listener.done(arguments);
            return Pace::prompt;
        }
        open.push_back(std::move(listener));
        return open.size() % 2 == 0 ? Pace::waits : Pace::takesBack;
    }

private:
    Json m_definitions = Json::array({{{"name", "now"}}});
};

class FuzzResources final : public mcp::ResourceSet
{
public:
    [[nodiscard]] const Json &definitions() const override { return m_none; }
    [[nodiscard]] const Json &templates() const override { return m_none; }
    [[nodiscard]] bool has(const std::string &uri) const override { return uri.size() < 4; }
    void read(const std::string &uri, Done done) override { done(Json::array({{{"uri", uri}}})); }

private:
    Json m_none = Json::array();
};

void checkAnswer(const Json &answer)
{
    const std::string text = answer.dump(); // throws, and so fails, on what is no UTF-8
    require(text.find('\n') == std::string::npos);
    require(answer.at("jsonrpc") == "2.0");
    if (answer.contains("method")) {
        require(answer["method"] == "notifications/progress");
        return;
    }
    const Json &id = answer.at("id");
    require(id.is_string() || id.is_number_integer() || id.is_null());
    require(answer.contains("result") != answer.contains("error"));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    FuzzTools tools;
    FuzzResources resources;
    mcp::Session session({tools, resources, "fuzz"});
    const auto send = [](const Json &message) {
        if (!message.is_array()) {
            checkAnswer(message);
            return;
        }
        require(!message.empty());
        for (const Json &answer : message) {
            checkAnswer(answer);
        }
    };
    // Lines, as over standard input: one text may prepare what the next one meets.
    std::string_view rest(reinterpret_cast<const char *>(data), size);
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (const auto value = mcp::readText(line)) {
            session.receive(*value, send);
        } else {
            checkAnswer(mcp::errorMessage(value.error()));
        }
    }
    for (const auto &listener : tools.open) {
        listener.wanted();
        listener.done(Json::object());
    }
    session.cancelAll();
    require(session.idle());
    return 0;
}
