// SPDX-License-Identifier: Apache-2.0
#include "mcp/agent_client.h"

#include "ipc/names.h"

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QLoggingCategory>

#include <array>
#include <utility>

Q_LOGGING_CATEGORY(lcAgent, "glovebox.mcp.agent")

namespace glovebox::mcp
{

namespace
{

/// Above the longest wait, below the time-out of clients (60 s, and this may pass twice).
constexpr int kCall_timeout_ms = 25000;
static_assert(ipc::kWait_s_max * 1000 < kCall_timeout_ms && 2 * kCall_timeout_ms < 60000);

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/// Calls `done` once with the finished call, unless `context` dies first.
template<class Done> void whenFinished(const QDBusPendingCall &call, QObject *context, Done done)
{
    auto *watcher = new QDBusPendingCallWatcher(call, context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [watcher, done = std::move(done)]() mutable {
                         watcher->deleteLater();
                         done(static_cast<const QDBusPendingCall &>(*watcher));
                     });
}

} // namespace

AgentError agentError(const QDBusError &error)
{
    struct Row
    {
        QLatin1String name;
        AgentFault fault;
    };
    static const std::array rows = {
        Row{ipc::error::kNotPermitted, AgentFault::notPermitted},
        Row{ipc::error::kMalformed, AgentFault::malformed},
        Row{ipc::error::kRefused, AgentFault::refused},
        Row{ipc::error::kNotFound, AgentFault::notFound},
        Row{ipc::error::kRateLimited, AgentFault::rateLimited},
        Row{ipc::error::kUnavailable, AgentFault::unavailable},
        Row{ipc::error::kNoSession, AgentFault::unavailable},
        Row{QLatin1String("org.freedesktop.DBus.Error.ServiceUnknown"), AgentFault::unavailable},
        Row{QLatin1String("org.freedesktop.DBus.Error.NameHasNoOwner"), AgentFault::unavailable},
    };
    const std::string message = error.message().toStdString();
    for (const Row &row : rows) {
        if (error.name() == row.name) {
            return {row.fault, message};
        }
    }
    if (error.type() == QDBusError::AccessDenied) { // of the bus, whose words help no driver
        return {AgentFault::notPermitted, {}};
    }
    return {AgentFault::noAnswer, message};
}

AgentClient::AgentClient(const QDBusConnection &bus, const Token &token)
    : m_daemon(ipc::kBusName, ipc::kAgentPath, bus),
      m_watcher(ipc::kBusName, bus, QDBusServiceWatcher::WatchForOwnerChange), m_token(token)
{
    m_daemon.setTimeout(kCall_timeout_ms);
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString &, const QString &, const QString &owner) { ownerChanged(owner); });
    openSession();
}

void AgentClient::propose(const std::string &proposal, Reply reply)
{
    submit({[proposal](auto &daemon) { return daemon.Propose(text(proposal)); }, std::move(reply)});
}

void AgentClient::purchase(const std::string &purchaseId, std::int64_t since, unsigned wait_s, Reply reply)
{
    submit({[purchaseId, since, wait_s](auto &daemon) {
                return daemon.GetPurchase(text(purchaseId), since, wait_s);
            },
            std::move(reply)});
}

void AgentClient::withdraw(const std::string &purchaseId, Reply reply)
{
    submit({[purchaseId](auto &daemon) { return daemon.Withdraw(text(purchaseId)); }, std::move(reply)});
}

void AgentClient::permissions(Reply reply)
{
    submit({[](auto &daemon) { return daemon.Permissions(); }, std::move(reply)});
}

void AgentClient::findMerchants(const std::string &kind, unsigned count_max, Reply reply)
{
    submit({[kind, count_max](auto &daemon) { return daemon.FindMerchants(text(kind), count_max); },
            std::move(reply)});
}

void AgentClient::submit(Call call)
{
    if (m_state == SessionState::open) {
        send(std::move(call));
        return;
    }
    m_queue.push_back(std::move(call));
    if (m_state == SessionState::closed) {
        openSession();
    }
}

void AgentClient::send(Call call)
{
    const quint64 generation = m_generation;
    const QDBusPendingCall pending = call.send(m_daemon);
    whenFinished(pending, this,
                 [this, generation, call = std::move(call)](const QDBusPendingCall &done) mutable {
                     const QDBusPendingReply<QString> answer = done;
                     if (!answer.isError()) {
                         call.reply(answer.value().toStdString());
                         return;
                     }
                     if (answer.error().name() == ipc::error::kNoSession && !call.again) {
                         // Refused before anything happened (the daemon restarted, the session expired): safe
                         // to send again.
                         if (generation == m_generation) {
                             m_state = SessionState::closed;
                         }
                         call.again = true;
                         submit(std::move(call));
                         return;
                     }
                     call.reply(std::unexpected(agentError(answer.error())));
                 });
}

void AgentClient::openSession()
{
    m_state = SessionState::opening;
    const quint64 generation = ++m_generation;
    whenFinished(m_daemon.OpenSession(m_token.view()), this,
                 [this, generation](const QDBusPendingCall &done) {
                     if (generation == m_generation) {
                         sessionAnswered(done.error());
                     }
                 });
}

void AgentClient::sessionAnswered(const QDBusError &error)
{
    if (error.isValid()) {
        m_state = SessionState::closed;
        AgentError failure = agentError(error);
        if (failure.fault == AgentFault::notPermitted) {
            qCWarning(lcAgent, "The daemon does not take the token: is it the one of its configuration?");
        } else if (failure.fault != AgentFault::rateLimited) {
            failure.fault = AgentFault::unavailable; // the calls behind it were never sent
        }
        failQueue(failure);
        Q_EMIT sessionRefused(failure.fault);
        return;
    }
    m_state = SessionState::open;
    for (std::deque<Call> queue = std::exchange(m_queue, {}); Call & call : queue) {
        send(std::move(call));
    }
    Q_EMIT sessionOpened();
}

void AgentClient::ownerChanged(const QString &owner)
{
    if (owner.isEmpty()) {
        ++m_generation;
        m_state = SessionState::closed;
        failQueue({AgentFault::unavailable, {}});
        return;
    }
    openSession();
}

void AgentClient::failQueue(const AgentError &error)
{
    for (const std::deque<Call> queue = std::exchange(m_queue, {}); const Call &call : queue) {
        call.reply(std::unexpected(error));
    }
}

} // namespace glovebox::mcp
