// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/ids.h"

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace glovebox::daemon
{

/// Becomes the D-Bus error of the same name (org.glovebox.Error.*).
enum class CallFault { notPermitted, noSession, malformed, refused, notFound, rateLimited, unavailable };
struct CallError
{
    CallFault fault;
    std::string message; // malformed: {"pointer","reason"} as JSON
};
using Answer = std::expected<std::string, CallError>; // JSON text
using Reply = std::function<void(const Answer &)>; // called exactly once, from the main thread's event loop

/// Who calls, as the bus layer has proved it: uid by the bus, agent by the token of this connection.
struct AgentCaller
{
    payment::AgentId agent;
    std::string name;
    std::string authentication; // "token"
    unsigned uid = 0;
    /// False once its connection to the bus is closed; nothing: it has none (a test).
    std::shared_ptr<const bool> connected = nullptr;
    [[nodiscard]] bool isGone() const { return connected && !*connected; }
};

/// What Agent1 does, without the bus. An agent sees its own purchases only.
class AgentService
{
public:
    virtual ~AgentService() = default;
    virtual void propose(const AgentCaller &caller, const std::string &proposal, Reply reply) = 0;
    virtual void purchase(const AgentCaller &caller, const std::string &purchaseId, std::int64_t sinceVersion,
                          unsigned wait_s, Reply reply) = 0;
    virtual void withdraw(const AgentCaller &caller, const std::string &purchaseId, Reply reply) = 0;
    /// A caller is gone: nobody waits for its answers any more.
    virtual void callerGone() = 0;
    [[nodiscard]] virtual Answer permissions(const AgentCaller &caller) const = 0;
    [[nodiscard]] virtual Answer findMerchants(const AgentCaller &caller, const std::string &kind,
                                               unsigned count_max) const = 0;
};

/// What Admin1 does.
class AdminService
{
public:
    virtual ~AdminService() = default;
    virtual void status(Reply reply) = 0;
    virtual void purchases(unsigned count_max, Reply reply) = 0;
    virtual void purchase(const std::string &purchaseId, Reply reply) = 0;
    [[nodiscard]] virtual Answer publicKey() const = 0;
    [[nodiscard]] virtual Answer permissions() const = 0;
    virtual void revoke(const std::string &agent, Reply reply) = 0;
    virtual void narrow(const std::string &agent, const std::string &narrowing, Reply reply) = 0;
    virtual void stopAll(Reply reply) = 0;
    /// `question`: {"agent_id","proposal"}; nothing happens.
    [[nodiscard]] virtual Answer simulateVerdict(const std::string &question) const = 0;
};

} // namespace glovebox::daemon
