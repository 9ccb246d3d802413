// SPDX-License-Identifier: Apache-2.0
#include "mcp/session.h"

#include "mcp/tool_definitions.h"

#include <algorithm>

namespace glovebox::mcp
{

namespace
{

constexpr std::string_view kBatchRevision = "2025-03-26"; // the only revision with batches

std::unexpected<Fault> invalidParams(const char *message)
{
    return std::unexpected(Fault{RpcError::invalidParams, message, nullptr, nullptr});
}

} // namespace

std::string_view negotiate(std::string_view asked)
{
    const auto known = std::ranges::find(kRevisions, asked);
    return known == kRevisions.end() ? kRevisions.back() : *known;
}

Session::Session(ToolSet &tools, Send send) : m_tools(tools), m_send(std::move(send)) {}

void Session::receive(std::string_view text)
{
    const auto value = readText(text);
    if (!value) {
        m_send(errorMessage(value.error()));
    } else if (value->is_array()) {
        receiveBatch(*value);
    } else {
        take(*value, nullptr);
    }
}

void Session::receiveOverlong()
{
    m_send(errorMessage({RpcError::invalidRequest, "The message is too long", nullptr, nullptr}));
}

void Session::receiveBatch(const Json &entries)
{
    const char *refusal = nullptr;
    if (m_revision != kBatchRevision) {
        refusal = "Batches exist in revision 2025-03-26 only, after initialize";
    } else if (entries.empty()) {
        refusal = "The batch is empty";
    } else if (entries.size() > kBatch_count_max) {
        refusal = "The batch has too many entries";
    }
    if (refusal) {
        m_send(errorMessage({RpcError::invalidRequest, refusal, nullptr, nullptr}));
        return;
    }
    const auto batch = std::make_shared<Batch>();
    batch->open = 1; // held until every entry was read
    for (const Json &entry : entries) {
        take(entry, batch);
    }
    close(*batch);
}

void Session::take(const Json &value, const BatchPointer &batch)
{
    const auto message = readMessage(value);
    if (!message) {
        answer(errorMessage(message.error()), batch);
        return;
    }
    switch (message->kind) {
    case MessageKind::request:
        request(*message, batch);
        break;
    case MessageKind::notification:
        notification(*message);
        break;
    case MessageKind::response: // we never ask
        break;
    }
}

void Session::request(const Message &message, const BatchPointer &batch)
{
    std::expected<Json, Fault> result = Json::object();
    if (message.method == "ping") {
        // Allowed at any time.
    } else if (message.method == "initialize") {
        result = batch ? std::unexpected(
                             Fault{RpcError::invalidRequest, "initialize stands alone", nullptr, nullptr})
                       : initialize(message.params);
    } else if (message.method != "tools/list" && message.method != "tools/call") {
        result = std::unexpected(Fault{RpcError::methodNotFound, "Method not found", nullptr, nullptr});
    } else if (m_revision.empty()) {
        result = std::unexpected(
            Fault{RpcError::invalidRequest, "Not initialized: send initialize first", nullptr, nullptr});
    } else if (message.method == "tools/list") {
        result = listTools(message.params);
    } else {
        callTool(message, batch);
        return;
    }
    if (!result) {
        result.error().id = message.id;
        answer(errorMessage(result.error()), batch);
        return;
    }
    answer(resultMessage(message.id, std::move(*result)), batch);
}

void Session::notification(const Message &message)
{
    if (message.method != "notifications/cancelled" || !message.params.is_object()) {
        return;
    }
    const auto id = message.params.find("requestId");
    if (id == message.params.end()) {
        return;
    }
    const auto call =
        std::ranges::find_if(m_pending, [&](const auto &entry) { return entry.second.id == *id; });
    // A proposal that is under way stays proposed and is answered: withdrawing is a tool of its own.
    if (call != m_pending.end() && call->second.pace == ToolSet::Pace::waits) {
        forget(call);
    }
}

std::expected<Json, Fault> Session::initialize(const Json &params)
{
    if (!m_revision.empty()) {
        return std::unexpected(Fault{RpcError::invalidRequest, "Already initialized", nullptr, nullptr});
    }
    if (!params.is_object() || !params.contains("protocolVersion") ||
        !params["protocolVersion"].is_string()) {
        return invalidParams("\"protocolVersion\" must be a string");
    }
    for (const char *name : {"capabilities", "clientInfo"}) {
        if (params.contains(name) && !params[name].is_object()) {
            return invalidParams("\"capabilities\" and \"clientInfo\" must be objects");
        }
    }
    m_revision = negotiate(params["protocolVersion"].get_ref<const std::string &>());
    return Json{
        {"protocolVersion", m_revision},
        {"capabilities", {{"tools", Json::object()}}},
        {"serverInfo", {{"name", "glovebox-mcp"}, {"title", "Glovebox"}, {"version", GLOVEBOX_VERSION}}},
        {"instructions", instructions()}};
}

std::expected<Json, Fault> Session::listTools(const Json &params) const
{
    // One page: no cursor was ever given out.
    if (params.is_object() && params.contains("cursor") && !params["cursor"].is_null()) {
        return invalidParams("\"cursor\" is not known");
    }
    return Json{{"tools", m_tools.definitions()}};
}

void Session::callTool(const Message &message, const BatchPointer &batch)
{
    const auto refuse = [&](RpcError code, const char *text, const Json &id) {
        answer(errorMessage({code, text, id, nullptr}), batch);
    };
    const Json &params = message.params;
    if (!params.is_object() || !params.contains("name") || !params["name"].is_string()) {
        return refuse(RpcError::invalidParams, "\"name\" must be a string", message.id);
    }
    const std::string name = params["name"].get<std::string>();
    if (!m_tools.has(name)) {
        return refuse(RpcError::invalidParams, "Unknown tool", message.id);
    }
    const Json arguments = params.value("arguments", Json::object());
    if (!arguments.is_object()) {
        return refuse(RpcError::invalidParams, "\"arguments\" must be an object", message.id);
    }
    if (m_pending.size() >= kPending_count_max) {
        return refuse(RpcError::busy, "Too many calls at once", message.id);
    }
    // Under its own id the refusal would look like the answer to the call that is under way.
    if (std::ranges::any_of(m_pending, [&](const auto &call) { return call.second.id == message.id; })) {
        return refuse(RpcError::invalidRequest, "The id belongs to a request that is still under way",
                      nullptr);
    }
    const std::uint64_t ticket = ++m_lastTicket;
    m_pending.emplace(ticket, Pending{message.id, ToolSet::Pace::prompt, batch});
    if (batch) {
        ++batch->open;
    }
    const ToolSet::Pace pace = m_tools.call(
        name, arguments, [this, ticket](Json result) { return finishCall(ticket, std::move(result)); });
    if (const auto call = m_pending.find(ticket); call != m_pending.end()) {
        call->second.pace = pace;
    }
}

bool Session::finishCall(std::uint64_t ticket, Json result)
{
    const auto call = m_pending.find(ticket);
    if (call == m_pending.end()) {
        return false;
    }
    const Pending done = std::move(call->second);
    m_pending.erase(call); // before the answer, so that idle() is true when it is seen
    answer(resultMessage(done.id, std::move(result)), done.batch);
    if (done.batch) {
        close(*done.batch);
    }
    return true;
}

void Session::forget(std::map<std::uint64_t, Pending>::iterator call)
{
    const BatchPointer batch = call->second.batch;
    m_pending.erase(call);
    if (batch) {
        close(*batch);
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

void Session::answer(const Json &message, const BatchPointer &batch)
{
    if (batch) {
        batch->answers.push_back(message);
    } else {
        m_send(message);
    }
}

void Session::close(Batch &batch)
{
    if (--batch.open == 0 && !batch.answers.empty()) {
        m_send(batch.answers);
    }
}

} // namespace glovebox::mcp
