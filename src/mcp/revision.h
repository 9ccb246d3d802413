// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/json_rpc.h"

#include <array>

namespace glovebox::mcp
{

/// The revisions of the Model Context Protocol that begin with `initialize`, oldest first.
inline constexpr std::array<std::string_view, 4> kHandshakeRevisions = {"2024-11-05", "2025-03-26",
                                                                        "2025-06-18", "2025-11-25"};
/// The revision in which every request speaks for itself (specification 2026-07-28, basic/index, "_meta").
inline constexpr std::string_view kStatelessRevision = "2026-07-28";

/// The asked one where `initialize` can give it, else the newest that it can.
[[nodiscard]] std::string_view negotiate(std::string_view asked);

/// Every revision, newest first.
[[nodiscard]] Json supportedRevisions();

/// What a request of the stateless revision says of itself in its `_meta`.
struct Envelope
{
    std::string revision;
    Json clientCapabilities; // an object
};

/// Whether the params name a protocol version, as only requests of the stateless way do.
[[nodiscard]] bool claimsEnvelope(const Json &params);

/// invalidParams where a required member is missing or of the wrong type, unsupportedVersion where the
/// revision is another one. The fault has no id yet.
[[nodiscard]] std::expected<Envelope, Fault> readEnvelope(const Json &params);

/// The fault of a request for `revision`, which is not served this way.
[[nodiscard]] Fault unsupportedRevision(std::string_view revision);

} // namespace glovebox::mcp
