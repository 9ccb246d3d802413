// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>

namespace glovebox::mcp
{

enum class AgentFault {
    unavailable, // the daemon was not reached: nothing happened
    noAnswer,    // it was reached, and what happened is not known
    notPermitted,
    malformed, // message: {"pointer","reason"}
    refused,
    notFound,
    rateLimited,
};

struct AgentError
{
    AgentFault fault;
    std::string message; // of the daemon; may be empty
};

/// The JSON text of docs/formats.md, "Agent1".
using AgentAnswer = std::expected<std::string, AgentError>;

/// What an assistant may ask of the daemon. Every call completes by calling `reply` once, at most 60 s later,
/// never from within the call and never after the agent is destroyed.
class Agent
{
public:
    using Reply = std::function<void(const AgentAnswer &answer)>;

    virtual ~Agent() = default;
    virtual void propose(const std::string &proposal, Reply reply) = 0;
    /// With wait_s > 0 (at most 20): answers when the version is not `since` any more, or when the time is
    /// over.
    virtual void purchase(const std::string &purchaseId, std::int64_t since, unsigned wait_s,
                          Reply reply) = 0;
    virtual void withdraw(const std::string &purchaseId, Reply reply) = 0;
    virtual void permissions(Reply reply) = 0;
    virtual void findMerchants(const std::string &kind, unsigned count_max, Reply reply) = 0;
};

} // namespace glovebox::mcp
