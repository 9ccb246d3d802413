// SPDX-License-Identifier: Apache-2.0
#include "daemon/bus_callers.h"

#include "crypto/hash.h"
#include "ipc/names.h"

#include <QDBusMessage>
#include <QDBusReply>

#include <algorithm>

namespace glovebox::daemon
{

namespace
{

// The bus answers in microseconds; a bus that does not is as good as gone.
constexpr int kAskTimeout_ms = 1000;

std::unexpected<CallError> refuse(CallFault fault, std::string message)
{
    return std::unexpected(CallError{fault, std::move(message)});
}

} // namespace

BusCallers::BusCallers(const QDBusConnection &connection, const Config &config, const ports::Clock &clock)
    : m_bus(connection), m_config(config), m_clock(clock)
{
    m_watcher.setConnection(m_bus);
    m_watcher.setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this](const QString &name) {
        m_watcher.removeWatchedService(name);
        forget(name);
    });
}

void BusCallers::forget(const QString &uniqueName)
{
    const auto closed = m_connections.find(uniqueName);
    if (closed == m_connections.end()) {
        return;
    }
    *closed->second.there = false;
    m_connections.erase(closed);
    Q_EMIT gone();
}

template<class Pick> int BusCallers::countConnections(Pick pick) const
{
    return static_cast<int>(
        std::ranges::count_if(m_connections, [&pick](const auto &one) { return pick(one.second); }));
}

template<class Pick> int BusCallers::countWaits(Pick pick) const
{
    int waits = 0;
    for (const auto &[name, connection] : m_connections) {
        waits += pick(connection) ? connection.waits : 0;
    }
    return waits;
}

BusCallers::~BusCallers() = default;

std::optional<unsigned> BusCallers::askUid(const QString &uniqueName)
{
    auto question = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetConnectionUnixUser"));
    question << uniqueName;
    const QDBusReply<unsigned> answer = m_bus.call(question, QDBus::Block, kAskTimeout_ms);
    return answer.isValid() ? std::optional(answer.value()) : std::nullopt;
}

bool BusCallers::isConfigured(unsigned uid, Interface interface) const
{
    const auto &uids = interface == Interface::agent ? m_config.uids.agents : m_config.uids.admins;
    return std::ranges::find(uids, uid) != uids.end();
}

std::expected<BusCallers::Connection *, CallError> BusCallers::connectionOf(const QString &uniqueName)
{
    if (const auto known = m_connections.find(uniqueName); known != m_connections.end()) {
        return &known->second;
    }
    // Watched before it is asked for: a connection that ends in between is not kept for ever.
    m_watcher.addWatchedService(uniqueName);
    const auto uid = askUid(uniqueName);
    if (!uid || (!isConfigured(*uid, Interface::agent) && !isConfigured(*uid, Interface::admin))) {
        m_watcher.removeWatchedService(uniqueName);
        return refuse(CallFault::notPermitted, "This user may not call the payment daemon.");
    }
    const int ofUid = countConnections([&](const Connection &other) { return other.uid == *uid; });
    if (m_connections.size() >= kConnectionsMax || ofUid >= kConnectionsPerUidMax) {
        m_watcher.removeWatchedService(uniqueName);
        return refuse(CallFault::rateLimited, "Too many connections. Close some.");
    }
    const Connection connection{*uid, TokenBucket(kCallsBurst, kCallPeriod, m_clock.now().boot),
                                0,    std::make_shared<bool>(true),
                                {},   {}};
    return &m_connections.emplace(uniqueName, connection).first->second;
}

std::optional<CallError> BusCallers::admit(const QString &uniqueName, Interface interface)
{
    const auto connection = connectionOf(uniqueName);
    if (!connection) {
        return connection.error();
    }
    if (!isConfigured((*connection)->uid, interface)) {
        return CallError{CallFault::notPermitted, "This user may not call this object."};
    }
    if (callsTooOften(**connection, interface)) {
        return CallError{CallFault::rateLimited, "Too many calls. Wait a second."};
    }
    return std::nullopt;
}

bool BusCallers::callsTooOften(Connection &connection, Interface interface)
{
    const base::BootTime now = m_clock.now().boot;
    if (!connection.calls.take(now)) {
        return true;
    }
    if (interface == Interface::admin) {
        return false;
    }
    auto &ofUid =
        m_callsOfUid
            .try_emplace(connection.uid, kCallsBurst * kCallsShareOfUid, kCallPeriod / kCallsShareOfUid, now)
            .first->second;
    if (connection.agent) { // first: what it may not do costs its user's other agents nothing
        auto &ofAgent =
            m_callsOfAgent.try_emplace(connection.agent->agent, kCallsBurst, kCallPeriod, now).first->second;
        if (!ofAgent.take(now)) {
            return true;
        }
    }
    return !ofUid.take(now);
}

std::expected<AgentCaller, CallError> BusCallers::openSession(const QString &uniqueName, base::ByteView token)
{
    const auto connection = connectionOf(uniqueName);
    if (!connection) {
        return std::unexpected(connection.error());
    }
    const unsigned uid = (*connection)->uid;
    if (token.size() < ipc::kToken_bytes_min || token.size() > ipc::kToken_bytes_max) {
        return refuse(CallFault::malformed, R"({"pointer":"","reason":"a token has 32 to 64 bytes"})");
    }
    // Of every attempt, before the token is looked at: an attempt that succeeds must not say more than one
    // that fails.
    const auto now = m_clock.now().boot;
    auto bucket = m_wrongTokens.try_emplace(uid, kWrongTokensBurst, kWrongTokenPeriod, now).first;
    TokenBucket afterAttempt = bucket->second;
    if (!afterAttempt.take(now)) {
        return refuse(CallFault::rateLimited, "Too many wrong tokens. Wait a minute.");
    }
    const base::Hash hash = crypto::sha256(token);
    const ConfiguredAgent *found = nullptr;
    for (const ConfiguredAgent &agent : m_config.agents) { // all of them: the time says nothing about which
        if (crypto::equalInConstantTime(hash, agent.tokenHash)) {
            found = &agent;
        }
    }
    if (!found) {
        bucket->second = afterAttempt;
        return refuse(CallFault::notPermitted, "This token belongs to no agent of this car.");
    }
    const int ofAgent = countConnections([&](const Connection &other) {
        return &other != *connection && other.agent && other.agent->agent == found->id;
    });
    if (ofAgent >= kConnectionsPerAgentMax) {
        return refuse(CallFault::rateLimited, "Too many connections of this agent. Close some.");
    }
    (*connection)->agent = AgentCaller{found->id, found->name, "token", uid, (*connection)->there};
    (*connection)->sessionEnds = now + std::chrono::seconds(kSession_s_max);
    return *(*connection)->agent;
}

std::expected<AgentCaller, CallError> BusCallers::session(const QString &uniqueName) const
{
    const auto connection = m_connections.find(uniqueName);
    if (connection == m_connections.end() || !connection->second.agent ||
        m_clock.now().boot >= connection->second.sessionEnds) {
        return refuse(CallFault::noSession, "No session on this connection. Call OpenSession first.");
    }
    return *connection->second.agent;
}

std::optional<CallError> BusCallers::beginWait(const QString &uniqueName)
{
    const auto found = m_connections.find(uniqueName);
    const CallError tooMany{CallFault::rateLimited, "Too many waiting calls. Ask without waiting."};
    if (found == m_connections.end() || !found->second.agent) {
        return tooMany;
    }
    Connection &own = found->second;
    const int ofAgent = countWaits(
        [&](const Connection &other) { return other.agent && other.agent->agent == own.agent->agent; });
    const int ofUid = countWaits([&](const Connection &other) { return other.uid == own.uid; });
    const int ofAll = countWaits([](const Connection &) { return true; });
    if (own.waits >= kWaitsPerConnectionMax || ofAgent >= kWaitsPerAgentMax || ofUid >= kWaitsPerUidMax ||
        ofAll >= kWaitsMax) {
        return tooMany;
    }
    ++own.waits;
    return std::nullopt;
}

void BusCallers::endWait(const QString &uniqueName)
{
    if (const auto connection = m_connections.find(uniqueName); connection != m_connections.end()) {
        --connection->second.waits;
    }
}

} // namespace glovebox::daemon
