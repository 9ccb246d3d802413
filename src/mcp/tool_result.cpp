// SPDX-License-Identifier: Apache-2.0
#include "mcp/tool_result.h"

#include <string_view>

namespace glovebox::mcp
{

namespace
{

using base::Json;

Json textContent(std::string text)
{
    return Json::array({{{"type", "text"}, {"text", std::move(text)}}});
}

Json errorContent(std::string message, Json error)
{
    return {{"content", textContent(message)},
            {"structuredContent", {{"message", std::move(message)}, {"error", std::move(error)}}},
            {"isError", true}};
}

struct Wording
{
    const char *code;
    std::string_view sentence; // where the daemon gave none
};

Wording wordingOf(AgentFault fault)
{
    switch (fault) {
    case AgentFault::unavailable:
        return {"unavailable",
                "Payments unavailable: the car's payment service does not run. Nothing happened; try again "
                "later."};
    case AgentFault::noAnswer:
        return {"no_answer",
                "Payments unavailable: the car's payment service did not answer, and what happened is not "
                "known. Repeat the call; a proposal with the same request_id."};
    case AgentFault::notPermitted:
        return {"not_permitted", "This assistant may not use payments in this car."};
    case AgentFault::malformed:
        return {"malformed", "The arguments are not valid."};
    case AgentFault::refused:
        return {"refused", "The car refused the call."};
    case AgentFault::notFound:
        return {"not_found", "There is no such purchase of yours."};
    case AgentFault::rateLimited:
        return {"rate_limited", "Too many calls. Wait before the next one."};
    }
    return {"unavailable", "Payments unavailable."};
}

} // namespace

Json successResult(Json answer)
{
    std::string text = answer.dump();
    return {{"content", textContent(std::move(text))},
            {"structuredContent", std::move(answer)},
            {"isError", false}};
}

Json argumentResult(const base::JsonError &error)
{
    const std::string where = error.pointer.empty() ? "the arguments" : error.pointer;
    return errorContent("Not valid: " + where + ": " + error.reason + ".",
                        {{"code", "malformed"}, {"pointer", error.pointer}, {"reason", error.reason}});
}

Json errorResult(const AgentError &error)
{
    if (error.fault == AgentFault::malformed) {
        if (const auto place = base::parseJson(error.message)) {
            base::ObjectReader reader(*place);
            const std::string pointer = reader.text("pointer");
            const std::string reason = reader.text("reason");
            if (!reader.finish()) {
                return argumentResult({base::JsonFault::notAllowed, pointer, reason});
            }
        }
    }
    return errorContent(sentence(error), {{"code", wordingOf(error.fault).code}});
}

std::string sentence(const AgentError &error)
{
    // Of a daemon that cannot be reached, the message is the bus's and helps nobody who drives.
    const bool own = error.fault == AgentFault::unavailable || error.fault == AgentFault::noAnswer ||
                     error.fault == AgentFault::malformed || error.message.empty();
    return own ? std::string(wordingOf(error.fault).sentence) : error.message;
}

} // namespace glovebox::mcp
