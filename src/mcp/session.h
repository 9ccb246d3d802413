// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/json_rpc.h"
#include "mcp/tool_set.h"

#include <array>
#include <map>
#include <memory>

namespace glovebox::mcp
{

/// The revisions of the Model Context Protocol that begin with `initialize`, oldest first.
inline constexpr std::array<std::string_view, 4> kRevisions = {"2024-11-05", "2025-03-26", "2025-06-18",
                                                               "2025-11-25"};

/// The asked one where it is known, else the newest.
[[nodiscard]] std::string_view negotiate(std::string_view asked);

/// Calls that are answered later, at one time.
inline constexpr std::size_t kPending_count_max = 32;

/// One client's session of the revisions above: messages in, messages out. It knows no transport and no tool.
class Session
{
public:
    using Send = std::function<void(const Json &message)>;

    /// `tools` outlives the session.
    Session(ToolSet &tools, Send send);

    /// One message or batch, as text. Every request in it is answered once, unless the client cancels a wait.
    void receive(std::string_view text);
    /// A text so long that the transport did not keep it.
    void receiveOverlong();
    /// Nobody listens any more: forgets the calls that only wait for a change.
    void forgetWaits();
    /// No request is left to answer.
    [[nodiscard]] bool idle() const { return m_pending.empty(); }

private:
    /// Answers of one batch, collected until the last one is there; a single message has none.
    struct Batch
    {
        Json answers = Json::array();
        std::size_t open = 0;
    };
    using BatchPointer = std::shared_ptr<Batch>;
    struct Pending
    {
        Json id;
        ToolSet::Pace pace;
        BatchPointer batch;
    };

    void receiveBatch(const Json &entries);
    void take(const Json &value, const BatchPointer &batch);
    void request(const Message &message, const BatchPointer &batch);
    void notification(const Message &message);
    void callTool(const Message &message, const BatchPointer &batch);
    bool finishCall(std::uint64_t ticket, Json result);
    void forget(std::map<std::uint64_t, Pending>::iterator call);
    [[nodiscard]] std::expected<Json, Fault> initialize(const Json &params);
    [[nodiscard]] std::expected<Json, Fault> listTools(const Json &params) const;
    void answer(const Json &message, const BatchPointer &batch);
    void close(Batch &batch);

    ToolSet &m_tools;
    Send m_send;
    std::string_view m_revision;                // empty before initialize
    std::map<std::uint64_t, Pending> m_pending; // by ticket, in the order of arrival
    std::uint64_t m_lastTicket = 0;
};

} // namespace glovebox::mcp
