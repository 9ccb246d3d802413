// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config.h"
#include "daemon/services.h"
#include "daemon/token_bucket.h"
#include "ports/clock.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QObject>

#include <expected>
#include <map>
#include <optional>

namespace glovebox::daemon
{

/// Who is on the other end of a call, proved by the bus: the uid of a unique name, and the agent whose token
/// this connection gave. Everything about a connection dies with it. Main thread only.
class BusCallers : public QObject
{
    Q_OBJECT
public:
    enum class Interface { agent, admin };

    static constexpr int kConnectionsMax = 128;
    static constexpr int kConnectionsPerUidMax = 48;   // so that no user keeps all others out
    static constexpr int kConnectionsPerAgentMax = 16; // with a session
    // Per connection, and once more per agent with all its connections: a new one is no new start.
    static constexpr int kCallsBurst = 200;
    static constexpr base::Duration kCallPeriod = std::chrono::milliseconds(20);
    static constexpr int kCallsShareOfUid = 4;  // a user's agents may call as often as four of them
    static constexpr int kWrongTokensBurst = 5; // per uid: a new connection is no new start
    static constexpr base::Duration kWrongTokenPeriod = std::chrono::seconds(10);
    static constexpr int kSession_s_max = 86400; // then the agent shows its token again
    static constexpr int kWaitsPerConnectionMax = 4;
    static constexpr int kWaitsPerAgentMax = 8;
    static constexpr int kWaitsPerUidMax = 16;
    static constexpr int kWaitsMax = 64;

    BusCallers(const QDBusConnection &connection, const Config &config, const ports::Clock &clock);
    ~BusCallers() override;

    /// The first thing that every method of every object asks, by object and not by the interface a message
    /// names: is this user configured for it, and does the connection call at a bearable rate?
    [[nodiscard]] std::optional<CallError> admit(const QString &uniqueName, Interface interface);

    /// Binds the connection to the agent whose token it is. Precondition: admitted.
    [[nodiscard]] std::expected<AgentCaller, CallError> openSession(const QString &uniqueName,
                                                                    base::ByteView token);
    /// NoSession where openSession() has not succeeded on this connection, or too long ago.
    [[nodiscard]] std::expected<AgentCaller, CallError> session(const QString &uniqueName) const;

    /// Counts a long poll until endWait(), or until its connection is closed; RateLimited above the bounds.
    [[nodiscard]] std::optional<CallError> beginWait(const QString &uniqueName);
    void endWait(const QString &uniqueName);

Q_SIGNALS:
    /// A caller's connection is closed: what it waited for is nobody's any more.
    void gone();

private:
    struct Connection
    {
        unsigned uid;
        TokenBucket calls;
        int waits = 0;
        std::shared_ptr<bool> there;
        std::optional<AgentCaller> agent;
        base::BootTime sessionEnds;
    };
    /// How many connections, or how many of their waits, there are of one kind.
    template<class Pick> [[nodiscard]] int countConnections(Pick pick) const;
    template<class Pick> [[nodiscard]] int countWaits(Pick pick) const;
    void forget(const QString &uniqueName);
    [[nodiscard]] bool callsTooOften(Connection &connection, Interface interface);
    [[nodiscard]] std::optional<unsigned> askUid(const QString &uniqueName);
    [[nodiscard]] bool isConfigured(unsigned uid, Interface interface) const;
    [[nodiscard]] std::expected<Connection *, CallError> connectionOf(const QString &uniqueName);

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    const Config &m_config;
    const ports::Clock &m_clock;
    std::map<QString, Connection> m_connections;
    std::map<unsigned, TokenBucket> m_wrongTokens;          // by configured uid, hence bounded
    std::map<unsigned, TokenBucket> m_callsOfUid;           // likewise
    std::map<payment::AgentId, TokenBucket> m_callsOfAgent; // by configured agent, hence bounded
};

} // namespace glovebox::daemon
