// SPDX-License-Identifier: Apache-2.0
#include "daemon/agent_object.h"

#include "ipc/agent1_adaptor.h"
#include "ipc/names.h"

#include <QDBusMessage>
#include <QPointer>

namespace glovebox::daemon
{

namespace
{

constexpr unsigned kMerchants_max = 50;

CallError tooLarge()
{
    return {CallFault::malformed, R"({"pointer":"","reason":"longer than 65536 bytes"})"};
}

} // namespace

QString errorName(CallFault fault)
{
    switch (fault) {
    case CallFault::notPermitted:
        return ipc::error::kNotPermitted;
    case CallFault::noSession:
        return ipc::error::kNoSession;
    case CallFault::malformed:
        return ipc::error::kMalformed;
    case CallFault::refused:
        return ipc::error::kRefused;
    case CallFault::notFound:
        return ipc::error::kNotFound;
    case CallFault::rateLimited:
        return ipc::error::kRateLimited;
    case CallFault::unavailable:
        return ipc::error::kUnavailable;
    }
    return ipc::error::kUnavailable;
}

AgentObject::AgentObject(BusCallers &callers, AgentService &service) : m_callers(callers), m_service(service)
{
    new Agent1Adaptor(this); // owned by this, found by the bus among its children
    connect(&m_callers, &BusCallers::gone, this, [this] { m_service.callerGone(); });
}

AgentObject::~AgentObject() = default;

bool AgentObject::registerOn(QDBusConnection &bus)
{
    return bus.registerObject(ipc::kAgentPath, this, QDBusConnection::ExportAdaptors);
}

bool AgentObject::admit(qsizetype argument_bytes)
{
    if (const auto error = m_callers.admit(message().service(), BusCallers::Interface::agent)) {
        answer(std::unexpected(*error));
        return false;
    }
    if (argument_bytes > ipc::kArgument_bytes_max) {
        answer(std::unexpected(tooLarge()));
        return false;
    }
    return true;
}

std::optional<AgentCaller> AgentObject::admitAgent(const QString &argument)
{
    // UTF-8 is never shorter than the count of UTF-16 units: what is far too long is not even converted.
    const qsizetype bytes =
        argument.size() > ipc::kArgument_bytes_max ? argument.size() : argument.toUtf8().size();
    if (!admit(bytes)) {
        return std::nullopt;
    }
    auto caller = m_callers.session(message().service());
    if (!caller) {
        answer(std::unexpected(caller.error()));
        return std::nullopt;
    }
    return std::move(*caller);
}

void AgentObject::answer(const Answer &result)
{
    later()(result);
}

Reply AgentObject::later(std::function<void()> before)
{
    setDelayedReply(true);
    const QPointer<AgentObject> self(this);
    return [self, bus = connection(), call = message(), before = std::move(before)](const Answer &result) {
        if (self && before) {
            before();
        }
        const QDBusMessage reply =
            result ? call.createReply(QString::fromStdString(*result))
                   : call.createErrorReply(errorName(result.error().fault),
                                           QString::fromStdString(result.error().message));
        bus.send(reply);
    };
}

QString AgentObject::OpenSession(const QByteArray &token)
{
    if (!admit(token.size())) {
        return {};
    }
    const auto caller = m_callers.openSession(
        message().service(), base::bytesOf({token.constData(), static_cast<std::size_t>(token.size())}));
    if (!caller) {
        answer(std::unexpected(caller.error()));
        return {};
    }
    const base::Json session = {{"agent_id", caller->agent.text()},
                                {"agent_name", caller->name},
                                {"expires_in_s", BusCallers::kSession_s_max}};
    answer(session.dump());
    return {};
}

QString AgentObject::RequestPairing(const QString &request)
{
    if (admit(request.size())) {
        sendErrorReply(
            ipc::error::kPairingByConfiguration,
            QStringLiteral("This car takes assistants from its configuration: ask its owner to add "
                           "this agent's id and the SHA-256 of its token under \"agents\"."));
    }
    return {};
}

QString AgentObject::Propose(const QString &proposal)
{
    if (const auto caller = admitAgent(proposal)) {
        m_service.propose(*caller, proposal.toStdString(), later());
    }
    return {};
}

QString AgentObject::GetPurchase(const QString &purchaseId, qlonglong sinceVersion, uint wait_s)
{
    const auto caller = admitAgent(purchaseId);
    if (!caller) {
        return {};
    }
    const unsigned bounded_s = std::min(wait_s, ipc::kWait_s_max);
    std::function<void()> atEnd;
    if (bounded_s > 0) {
        const QString name = message().service();
        if (const auto error = m_callers.beginWait(name)) {
            answer(std::unexpected(*error));
            return {};
        }
        atEnd = [this, name] { m_callers.endWait(name); };
    }
    m_service.purchase(*caller, purchaseId.toStdString(), sinceVersion, bounded_s, later(std::move(atEnd)));
    return {};
}

QString AgentObject::Withdraw(const QString &purchaseId)
{
    if (const auto caller = admitAgent(purchaseId)) {
        m_service.withdraw(*caller, purchaseId.toStdString(), later());
    }
    return {};
}

QString AgentObject::Permissions()
{
    if (const auto caller = admitAgent()) {
        answer(m_service.permissions(*caller));
    }
    return {};
}

QString AgentObject::FindMerchants(const QString &kind, uint count_max)
{
    if (const auto caller = admitAgent(kind)) {
        answer(m_service.findMerchants(*caller, kind.toStdString(), std::min(count_max, kMerchants_max)));
    }
    return {};
}

} // namespace glovebox::daemon
