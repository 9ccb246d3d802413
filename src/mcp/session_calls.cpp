// SPDX-License-Identifier: Apache-2.0
// Of the session: the calls that are answered when a tool or a resource is ready.
#include "mcp/session.h"

#include <algorithm>

namespace glovebox::mcp
{

namespace
{

/// Of those that `needed` names, the ones that `declared` lacks.
Json missingOf(const Json &needed, const Json &declared)
{
    Json missing = Json::object();
    for (const auto &[name, value] : needed.items()) {
        if (!declared.contains(name)) {
            missing[name] = value;
        }
    }
    return missing;
}

} // namespace

void Session::callTool(const Message &message, const Reply &reply, const Json *capabilities)
{
    const Json &params = message.params;
    if (!params.is_object() || !params.contains("name") || !params["name"].is_string()) {
        return finish(reply, message.id, fault(RpcError::invalidParams, "\"name\" must be a string"));
    }
    const std::string name = params["name"].get<std::string>();
    if (!m_offer.tools.has(name)) {
        return finish(reply, message.id, fault(RpcError::invalidParams, "Unknown tool"));
    }
    const Json arguments = params.value("arguments", Json::object());
    if (!arguments.is_object()) {
        return finish(reply, message.id, fault(RpcError::invalidParams, "\"arguments\" must be an object"));
    }
    if (capabilities) {
        Json missing = missingOf(m_offer.tools.neededCapabilities(name), *capabilities);
        if (!missing.empty()) {
            return finish(
                reply, message.id,
                std::unexpected(Fault{RpcError::missingCapability,
                                      "The tool needs a capability that the client has not declared",
                                      nullptr,
                                      {{"requiredCapabilities", std::move(missing)}}}));
        }
    }
    const auto ticket = openCall(message, reply);
    if (!ticket) {
        answer(errorMessage(ticket.error()), reply);
        return;
    }
    const ToolSet::Pace pace = m_offer.tools.call(
        name, arguments,
        {.done = [this, ticket = *ticket](Json result) { return finishCall(ticket, std::move(result)); },
         .progress = progressOf(message, *ticket),
         .wanted = [this, ticket = *ticket] { return !m_pending.at(ticket).cancelled; }});
    if (const auto call = m_pending.find(*ticket); call != m_pending.end()) {
        call->second.pace = pace;
    }
}

void Session::readResource(const Message &message, const Reply &reply)
{
    if (!message.params.is_object() || !message.params.contains("uri") ||
        !message.params["uri"].is_string()) {
        return finish(reply, message.id, fault(RpcError::invalidParams, "\"uri\" must be a string"));
    }
    const std::string uri = message.params["uri"].get<std::string>();
    if (!m_offer.resources.has(uri)) {
        const RpcError code = reply.stateless ? RpcError::invalidParams : RpcError::resourceNotFound;
        return finish(reply, message.id,
                      std::unexpected(Fault{code, "Resource not found", nullptr, {{"uri", uri}}}));
    }
    const auto ticket = openCall(message, reply);
    if (!ticket) {
        answer(errorMessage(ticket.error()), reply);
        return;
    }
    m_offer.resources.read(
        uri, [this, ticket = *ticket, stateless = reply.stateless](ResourceSet::Contents contents) {
            if (!contents) {
                finishCall(ticket,
                           std::unexpected(Fault{RpcError::internal, contents.error(), nullptr, nullptr}));
                return;
            }
            Json result = {{"contents", std::move(*contents)}};
            if (stateless) { // what it says may change at any time, and is this client's own
                result["ttlMs"] = 0;
                result["cacheScope"] = "private";
            }
            finishCall(ticket, std::move(result));
        });
}

std::expected<std::uint64_t, Fault> Session::openCall(const Message &message, const Reply &reply)
{
    if (m_pending.size() >= kPending_count_max) {
        return std::unexpected(Fault{RpcError::busy, "Too many calls at once", message.id, nullptr});
    }
    // Under its own id the refusal would look like the answer to the call that is under way.
    if (std::ranges::any_of(m_pending, [&](const auto &call) { return call.second.id == message.id; })) {
        return fault(RpcError::invalidRequest, "The id belongs to a request that is still under way");
    }
    const std::uint64_t ticket = ++m_lastTicket;
    m_pending.emplace(ticket, Pending{message.id, ToolSet::Pace::prompt, reply});
    if (reply.batch) {
        ++reply.batch->open;
    }
    return ticket;
}

ToolSet::Progress Session::progressOf(const Message &message, std::uint64_t ticket)
{
    const Json meta = message.params.value("_meta", Json::object());
    if (!meta.is_object() || !meta.contains("progressToken") || m_pending.at(ticket).reply.batch) {
        return {};
    }
    const Json token = meta["progressToken"];
    if (!token.is_string() && !token.is_number_integer()) {
        return {};
    }
    return [this, ticket, token](std::int64_t progress, std::int64_t total, const std::string &text) {
        const auto call = m_pending.find(ticket);
        if (call == m_pending.end() || call->second.cancelled) {
            return false;
        }
        const Send send = call->second.reply.send;
        send({{"jsonrpc", "2.0"},
              {"method", "notifications/progress"},
              {"params",
               {{"progressToken", token}, {"progress", progress}, {"total", total}, {"message", text}}}});
        return true;
    };
}

bool Session::finishCall(std::uint64_t ticket, std::expected<Json, Fault> result)
{
    const auto call = m_pending.find(ticket);
    if (call == m_pending.end()) {
        return false;
    }
    const Pending done = std::move(call->second);
    m_pending.erase(call); // before the answer, so that idle() is true when it is seen
    if (!done.cancelled) {
        finish(done.reply, done.id, std::move(result));
    }
    if (done.reply.batch) {
        close(*done.reply.batch, done.reply.send);
    }
    return !done.cancelled;
}

void Session::cancel(PendingCalls::iterator call)
{
    switch (call->second.pace) {
    case ToolSet::Pace::prompt:
        break;
    case ToolSet::Pace::takesBack:
        call->second.cancelled = true;
        break;
    case ToolSet::Pace::waits:
        forget(call);
        break;
    }
}

void Session::forget(PendingCalls::iterator call)
{
    const Reply reply = std::move(call->second.reply);
    m_pending.erase(call);
    if (reply.batch) {
        close(*reply.batch, reply.send);
    }
}

void Session::forgetWaits()
{
    for (auto call = m_pending.begin(); call != m_pending.end();) {
        const auto next = std::next(call);
        if (call->second.pace == ToolSet::Pace::waits) {
            forget(call);
        }
        call = next;
    }
}

void Session::cancelAll()
{
    for (auto call = m_pending.begin(); call != m_pending.end();) {
        const auto next = std::next(call);
        cancel(call);
        call = next;
    }
}

} // namespace glovebox::mcp
