// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace glovebox::mcp
{

using base::Json;

/// JSON-RPC 2.0, section 5.1, and MCP 2026-07-28, basic/index, "Error Codes". busy is our own and, as the
/// latter asks, outside the range that JSON-RPC reserves.
enum class RpcError : int {
    parse = -32700,
    internal = -32603,
    invalidParams = -32602,
    methodNotFound = -32601,
    invalidRequest = -32600,
    unsupportedVersion = -32022,
    missingCapability = -32021,
    headerMismatch = -32020,
    resourceNotFound = -32002, // of the revisions with a handshake; later it is invalidParams
    busy = -31000,
};

/// An error answer in the making. `id` is null where the request's own could not be read.
struct Fault
{
    RpcError code;
    std::string message; // for the client's developer, English
    Json id = nullptr;
    Json data =
        nullptr; // {"pointer","reason"} where a place in the text is to blame, or what the code asks for
};

/// One without id and data.
[[nodiscard]] std::unexpected<Fault> fault(RpcError code, std::string message);

enum class MessageKind { request, notification, response };

/// One message of the client. `params` is an object, or null where there was none.
struct Message
{
    MessageKind kind;
    Json id; // request: a string or an integer
    std::string method;
    Json params;
};

/// Longest message that is processed.
inline constexpr std::size_t kMessage_bytes_max = 65536;
/// Most entries of a batch.
inline constexpr std::size_t kBatch_count_max = 32;

/// Of a request that is longer than that: read for its id alone.
[[nodiscard]] Fault tooLong(Json id);

/// One text: any JSON value under the strict reader's rules. What they refuse is answered under the id that
/// an IdFinder sees in it: as invalidRequest where it is longer than kMessage_bytes_max, else as a parse
/// error.
[[nodiscard]] std::expected<Json, Fault> readText(std::string_view text);

/// One JSON value as a message. Members that JSON-RPC does not name are ignored.
[[nodiscard]] std::expected<Message, Fault> readMessage(const Json &value);

[[nodiscard]] Json resultMessage(const Json &id, Json result);
[[nodiscard]] Json errorMessage(const Fault &fault);

} // namespace glovebox::mcp
