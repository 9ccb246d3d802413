// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/http_request.h"
#include "mcp/json_rpc.h"

#include <cstdint>
#include <set>
#include <vector>

namespace glovebox::mcp
{

/// The path of the MCP endpoint; there is nothing else.
inline constexpr std::string_view kMcpPath = "/mcp";

/// What a request may call the server: a page of the internet whose name was made to point at this machine
/// (DNS rebinding) calls it something else.
class AllowedHosts
{
public:
    /// The loopback names with `port`, and `more` as they are ("name" or "name:port").
    AllowedHosts(std::uint16_t port, const std::vector<std::string> &more);

    /// A Host field, and an Origin where there is one, that name this server.
    [[nodiscard]] bool admits(const HttpRequest &request) const;

private:
    std::set<std::string, std::less<>> m_names; // lower case
};

/// The token of "Authorization: Bearer TOKEN", a view into the request; empty where there is none.
[[nodiscard]] std::string_view bearerToken(const HttpRequest &request);

struct Accepted
{
    bool json;
    bool events; // text/event-stream
};
/// What the client takes; without an Accept field, or with */*, both are taken to be meant as JSON.
[[nodiscard]] Accepted acceptedBy(const HttpRequest &request);

/// "application/json", with or without parameters.
[[nodiscard]] bool isJson(const HttpRequest &request);

/// Whether the fields of a stateless request say what its body says (specification 2026-07-28,
/// basic/transports/streamable-http, "Server Validation"). Precondition: `message` is a request.
[[nodiscard]] std::expected<void, Fault> compareFields(const HttpRequest &request, const Message &message);

} // namespace glovebox::mcp
