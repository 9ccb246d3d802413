// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "mcp/agent.h"

namespace glovebox::mcp
{

/// CallToolResult of a call that worked: the daemon's object as structured content, and the same as text for
/// clients of revisions without it.
[[nodiscard]] base::Json successResult(base::Json answer);

/// CallToolResult with "isError": a sentence as text, and as structured content
/// {"message","error":{"code",…}}.
[[nodiscard]] base::Json errorResult(const AgentError &error);

/// The same as one sentence.
[[nodiscard]] std::string sentence(const AgentError &error);

/// One for an argument that a tool checks itself.
[[nodiscard]] base::Json argumentResult(const base::JsonError &error);

} // namespace glovebox::mcp
