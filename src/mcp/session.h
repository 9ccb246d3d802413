// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/json_rpc.h"
#include "mcp/resource_set.h"
#include "mcp/tool_set.h"

#include <map>
#include <memory>

namespace glovebox::mcp
{

/// Calls that are answered later, at one time.
inline constexpr std::size_t kPending_count_max = 32;

/// What a server has; all of it outlives the sessions.
struct Offer
{
    ToolSet &tools;
    ResourceSet &resources;
    std::string_view instructions;
};

/// One client's messages, of every revision: each request says by its `_meta` that it stands for itself, or
/// belongs to what `initialize` agreed. It knows no transport, no tool and no resource.
class Session
{
public:
    /// Where the answers to one text go, and the progress of its calls.
    using Send = std::function<void(const Json &message)>;

    explicit Session(const Offer &offer);

    /// One message or batch. Every request in it is answered once, unless the client cancels it. False:
    /// there is nothing to answer.
    bool receive(const Json &value, const Send &send);
    /// Nobody listens any more: forgets the calls that only wait for a change.
    void forgetWaits();
    /// Cancels every call that can be cancelled.
    void cancelAll();
    /// No request is left to answer.
    [[nodiscard]] bool idle() const { return m_pending.empty(); }
    /// Empty before `initialize`.
    [[nodiscard]] std::string_view revision() const { return m_revision; }

private:
    /// Answers of one batch, collected until the last one is there; a single message has none.
    struct Batch
    {
        Json answers = Json::array();
        std::size_t open = 0;
    };
    struct Reply
    {
        Send send;
        std::shared_ptr<Batch> batch = nullptr;
        bool stateless = false;
    };
    struct Pending
    {
        Json id;
        ToolSet::Pace pace;
        Reply reply;
        bool cancelled = false; // and its tool still undoes what it did
    };
    using PendingCalls = std::map<std::uint64_t, Pending>; // by ticket, in the order of arrival

    bool receiveBatch(const Json &entries, const Send &send);
    bool take(const Json &value, Reply reply);
    void request(const Message &message, Reply reply);
    void handshakeRequest(const Message &message, const Reply &reply);
    void statelessRequest(const Message &message, const Reply &reply, const Json &capabilities);
    /// False where the method is not one of those that every revision has.
    bool serve(const Message &message, const Reply &reply, const Json *capabilities);
    void notification(const Message &message);
    void callTool(const Message &message, const Reply &reply, const Json *capabilities);
    void readResource(const Message &message, const Reply &reply);
    void list(const Message &message, const Reply &reply, const char *what, const Json &entries);
    [[nodiscard]] std::expected<std::uint64_t, Fault> openCall(const Message &message, const Reply &reply);
    bool finishCall(std::uint64_t ticket, std::expected<Json, Fault> result);
    [[nodiscard]] ToolSet::Progress progressOf(const Message &message, std::uint64_t ticket);
    void cancel(PendingCalls::iterator call);
    void forget(PendingCalls::iterator call);
    [[nodiscard]] std::expected<Json, Fault> initialize(const Json &params);
    [[nodiscard]] Json introduction() const;
    void finish(const Reply &reply, const Json &id, std::expected<Json, Fault> result);
    void answer(const Json &message, const Reply &reply);
    void close(Batch &batch, const Send &send);

    Offer m_offer;
    std::string_view m_revision;
    PendingCalls m_pending;
    std::uint64_t m_lastTicket = 0;
};

} // namespace glovebox::mcp
