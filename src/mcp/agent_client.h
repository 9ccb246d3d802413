// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/agent.h"
#include "mcp/token.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusPendingCall>
#include <QDBusServiceWatcher>
#include <QObject>

#include <deque>

#include "ipc/agent1_interface.h"

namespace glovebox::mcp
{

/// The daemon's Agent1 over D-Bus. Nothing blocks. Opens its session by itself: at the start, when the daemon
/// appears, and before a call that finds none.
class AgentClient final : public QObject, public Agent
{
    Q_OBJECT
public:
    /// Precondition: `bus` is connected. `token` outlives the client.
    AgentClient(const QDBusConnection &bus, const Token &token);

    void propose(const std::string &proposal, Reply reply) override;
    void purchase(const std::string &purchaseId, std::int64_t since, unsigned wait_s, Reply reply) override;
    void withdraw(const std::string &purchaseId, Reply reply) override;
    void permissions(Reply reply) override;
    void findMerchants(const std::string &kind, unsigned count_max, Reply reply) override;

Q_SIGNALS:
    /// What the daemon says of the token, each time that it was shown.
    void sessionOpened();
    void sessionRefused(glovebox::mcp::AgentFault fault);

private:
    enum class SessionState { closed, opening, open };
    struct Call
    {
        std::function<QDBusPendingCall(Agent1Interface &)> send;
        Reply reply;
        bool again = false; // sent before, and there was no session
    };

    void submit(Call call);
    void send(Call call);
    void openSession();
    void sessionAnswered(const QDBusError &error);
    void ownerChanged(const QString &owner);
    void failQueue(const AgentError &error);

    Agent1Interface m_daemon;
    QDBusServiceWatcher m_watcher;
    const Token &m_token;
    SessionState m_state = SessionState::closed;
    quint64 m_generation = 0; // of the session: answers about an earlier one are not news
    std::deque<Call> m_queue; // while the session opens; at most as many as the protocol has pending
};

/// What a D-Bus error means to an assistant.
[[nodiscard]] AgentError agentError(const QDBusError &error);

} // namespace glovebox::mcp
