// SPDX-License-Identifier: Apache-2.0
#include "mcp/json_rpc.h"

#include "mcp/id_finder.h"

namespace glovebox::mcp
{

namespace
{

/// MCP narrows JSON-RPC: never null, never a fraction.
bool isId(const Json &value)
{
    return value.is_string() || value.is_number_integer();
}

/// Null where there is none that an answer could carry.
Json idOf(const Json &value)
{
    if (!value.is_object()) {
        return nullptr;
    }
    const auto id = value.find("id");
    return id != value.end() && isId(*id) ? *id : Json(nullptr);
}

std::unexpected<Fault> invalid(const Json &value, const char *message)
{
    return std::unexpected(Fault{RpcError::invalidRequest, message, idOf(value), nullptr});
}

} // namespace

std::unexpected<Fault> fault(RpcError code, std::string message)
{
    return std::unexpected(Fault{code, std::move(message), nullptr, nullptr});
}

Fault tooLong(Json id)
{
    return {RpcError::invalidRequest,
            "The message is too long",
            std::move(id),
            {{"pointer", ""}, {"reason", "larger than " + std::to_string(kMessage_bytes_max) + " bytes"}}};
}

std::expected<Json, Fault> readText(std::string_view text)
{
    auto value = base::parseJson(text, {.bytes_max = kMessage_bytes_max});
    if (value) {
        return std::move(*value);
    }
    const base::JsonError &error = value.error();
    if (error.fault == base::JsonFault::tooLarge) {
        return std::unexpected(tooLong(findId(text)));
    }
    return std::unexpected(Fault{RpcError::parse,
                                 "Parse error: " + error.reason,
                                 findId(text),
                                 {{"pointer", error.pointer}, {"reason", error.reason}}});
}

std::expected<Message, Fault> readMessage(const Json &value)
{
    if (!value.is_object()) {
        return invalid(value, "A message is an object");
    }
    const auto version = value.find("jsonrpc");
    if (version == value.end() || *version != "2.0") {
        return invalid(value, "\"jsonrpc\" must be \"2.0\"");
    }
    const auto id = value.find("id");
    const auto method = value.find("method");
    if (method == value.end()) {
        if (value.contains("result") || value.contains("error")) {
            return Message{MessageKind::response, nullptr, {}, nullptr};
        }
        return invalid(value, "\"method\" is missing");
    }
    if (!method->is_string()) {
        return invalid(value, "\"method\" must be a string");
    }
    if (id != value.end() && !isId(*id)) {
        return invalid(value, "\"id\" must be a string or an integer");
    }
    const auto params = value.find("params");
    if (params != value.end() && !params->is_structured()) {
        return invalid(value, "\"params\" must be an object");
    }
    if (params != value.end() && params->is_array()) {
        return std::unexpected(
            Fault{RpcError::invalidParams, "\"params\" must be an object", idOf(value), nullptr});
    }
    return Message{id == value.end() ? MessageKind::notification : MessageKind::request, idOf(value),
                   method->get<std::string>(), params == value.end() ? Json(nullptr) : *params};
}

Json resultMessage(const Json &id, Json result)
{
    return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}};
}

Json errorMessage(const Fault &fault)
{
    Json error = {{"code", static_cast<int>(fault.code)}, {"message", fault.message}};
    if (!fault.data.is_null()) {
        error["data"] = fault.data;
    }
    return {{"jsonrpc", "2.0"}, {"id", fault.id}, {"error", std::move(error)}};
}

} // namespace glovebox::mcp
