// SPDX-License-Identifier: Apache-2.0
#include "mcp/session.h"

#include "mcp/revision.h"

#include <algorithm>

namespace glovebox::mcp
{

namespace
{

constexpr std::string_view kBatchRevision = "2025-03-26"; // the only revision with batches
/// What is listed is the same until the program is another one; a client that keeps it too long is told by
/// the answers to its calls.
constexpr int kListsFresh_ms = 300000;

Json serverInfo()
{
    return {{"name", "glovebox-mcp"}, {"title", "Glovebox"}, {"version", GLOVEBOX_VERSION}};
}

} // namespace

Session::Session(const Offer &offer) : m_offer(offer) {}

bool Session::receive(const Json &value, const Send &send)
{
    return value.is_array() ? receiveBatch(value, send) : take(value, {.send = send});
}

bool Session::receiveBatch(const Json &entries, const Send &send)
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
        send(errorMessage({RpcError::invalidRequest, refusal, nullptr, nullptr}));
        return true;
    }
    const auto batch = std::make_shared<Batch>();
    batch->open = 1; // held until every entry was read
    bool answered = false;
    for (const Json &entry : entries) {
        answered = take(entry, {.send = send, .batch = batch}) || answered;
    }
    close(*batch, send);
    return answered;
}

bool Session::take(const Json &value, Reply reply)
{
    const auto message = readMessage(value);
    if (!message) {
        answer(errorMessage(message.error()), reply);
        return true;
    }
    switch (message->kind) {
    case MessageKind::request:
        request(*message, std::move(reply));
        return true;
    case MessageKind::notification:
        notification(*message);
        return false;
    case MessageKind::response: // we never ask
        return false;
    }
    return false;
}

void Session::request(const Message &message, Reply reply)
{
    if (!claimsEnvelope(message.params) && message.method != "server/discover") {
        handshakeRequest(message, reply);
        return;
    }
    const auto envelope = readEnvelope(message.params);
    if (!envelope) {
        finish(reply, message.id, std::unexpected(envelope.error()));
        return;
    }
    reply.stateless = true;
    statelessRequest(message, reply, envelope->clientCapabilities);
}

void Session::handshakeRequest(const Message &message, const Reply &reply)
{
    if (message.method == "ping") { // allowed at any time
        finish(reply, message.id, Json::object());
    } else if (message.method == "initialize") {
        finish(reply, message.id,
               reply.batch ? fault(RpcError::invalidRequest, "initialize stands alone")
                           : initialize(message.params));
    } else if (!serve(message, reply, nullptr)) {
        finish(reply, message.id, fault(RpcError::methodNotFound, "Method not found"));
    }
}

void Session::statelessRequest(const Message &message, const Reply &reply, const Json &capabilities)
{
    if (message.method == "server/discover") {
        Json result = introduction();
        result["supportedVersions"] = supportedRevisions();
        result["ttlMs"] = kListsFresh_ms;
        result["cacheScope"] = "public";
        finish(reply, message.id, std::move(result));
    } else if (!serve(message, reply, &capabilities)) {
        finish(reply, message.id, fault(RpcError::methodNotFound, "Method not found"));
    }
}

bool Session::serve(const Message &message, const Reply &reply, const Json *capabilities)
{
    const std::string &method = message.method;
    const bool known = method == "tools/list" || method == "tools/call" || method == "resources/list" ||
                       method == "resources/templates/list" || method == "resources/read";
    if (!known) {
        return false;
    }
    if (!reply.stateless && m_revision.empty()) {
        finish(reply, message.id, fault(RpcError::invalidRequest, "Not initialized: send initialize first"));
    } else if (method == "tools/list") {
        list(message, reply, "tools", m_offer.tools.definitions());
    } else if (method == "resources/list") {
        list(message, reply, "resources", m_offer.resources.definitions());
    } else if (method == "resources/templates/list") {
        list(message, reply, "resourceTemplates", m_offer.resources.templates());
    } else if (method == "resources/read") {
        readResource(message, reply);
    } else {
        callTool(message, reply, capabilities);
    }
    return true;
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
    if (call != m_pending.end()) {
        cancel(call);
    }
}

std::expected<Json, Fault> Session::initialize(const Json &params)
{
    if (!m_revision.empty()) {
        return fault(RpcError::invalidRequest, "Already initialized");
    }
    if (!params.is_object() || !params.contains("protocolVersion") ||
        !params["protocolVersion"].is_string()) {
        return fault(RpcError::invalidParams, "\"protocolVersion\" must be a string");
    }
    for (const char *name : {"capabilities", "clientInfo"}) {
        if (params.contains(name) && !params[name].is_object()) {
            return fault(RpcError::invalidParams, "\"capabilities\" and \"clientInfo\" must be objects");
        }
    }
    m_revision = negotiate(params["protocolVersion"].get_ref<const std::string &>());
    Json result = introduction();
    result["protocolVersion"] = m_revision;
    result["serverInfo"] = serverInfo();
    return result;
}

Json Session::introduction() const
{
    return {{"capabilities", {{"tools", Json::object()}, {"resources", Json::object()}}},
            {"instructions", m_offer.instructions}};
}

void Session::list(const Message &message, const Reply &reply, const char *what, const Json &entries)
{
    // One page: no cursor was ever given out.
    if (message.params.is_object() && message.params.contains("cursor") &&
        !message.params["cursor"].is_null()) {
        finish(reply, message.id, fault(RpcError::invalidParams, "\"cursor\" is not known"));
        return;
    }
    Json result = {{what, entries}};
    if (reply.stateless) {
        result["ttlMs"] = kListsFresh_ms;
        result["cacheScope"] = "public";
    }
    finish(reply, message.id, std::move(result));
}

void Session::finish(const Reply &reply, const Json &id, std::expected<Json, Fault> result)
{
    if (!result) {
        result.error().id = id;
        answer(errorMessage(result.error()), reply);
        return;
    }
    if (reply.stateless) {
        (*result)["resultType"] = "complete";
        (*result)["_meta"]["io.modelcontextprotocol/serverInfo"] = serverInfo();
    }
    answer(resultMessage(id, std::move(*result)), reply);
}

void Session::answer(const Json &message, const Reply &reply)
{
    if (reply.batch) {
        reply.batch->answers.push_back(message);
    } else {
        reply.send(message);
    }
}

void Session::close(Batch &batch, const Send &send)
{
    if (--batch.open == 0 && !batch.answers.empty()) {
        send(batch.answers);
    }
}

} // namespace glovebox::mcp
