// SPDX-License-Identifier: Apache-2.0
#include "daemon/admin_object.h"

#include "daemon/agent_object.h"
#include "ipc/admin1_adaptor.h"
#include "ipc/names.h"

#include <QDBusMessage>

namespace glovebox::daemon
{

namespace
{

constexpr unsigned kPurchases_max = 1000;
constexpr qsizetype kId_max = 64;
constexpr qsizetype kText_max = 65'536;

} // namespace

AdminObject::AdminObject(BusCallers &callers, AdminService &service) : m_callers(callers), m_service(service)
{
    new Admin1Adaptor(this); // owned by this, found by the bus among its children
}

AdminObject::~AdminObject() = default;

bool AdminObject::registerOn(QDBusConnection &bus)
{
    return bus.registerObject(ipc::kAdminPath, this, QDBusConnection::ExportAdaptors);
}

bool AdminObject::admit(const QString &id, const QString &text)
{
    auto error = m_callers.admit(message().service(), BusCallers::Interface::admin);
    if (!error && id.size() > kId_max) {
        error = CallError{CallFault::notFound, "There is nothing with this id."};
    }
    if (!error && text.size() > kText_max) {
        error = CallError{CallFault::malformed, R"({"pointer":"","reason":"is too long"})"};
    }
    if (error) {
        later()(std::unexpected(*error));
        return false;
    }
    return true;
}

Reply AdminObject::later()
{
    setDelayedReply(true);
    return [bus = connection(), call = message()](const Answer &result) {
        bus.send(result ? call.createReply(QString::fromStdString(*result))
                        : call.createErrorReply(errorName(result.error().fault),
                                                QString::fromStdString(result.error().message)));
    };
}

QString AdminObject::Status()
{
    if (admit()) {
        m_service.status(later());
    }
    return {};
}

QString AdminObject::Purchases(uint count_max)
{
    if (admit()) {
        m_service.purchases(std::min(count_max, kPurchases_max), later());
    }
    return {};
}

QString AdminObject::Purchase(const QString &purchaseId)
{
    if (admit(purchaseId)) {
        m_service.purchase(purchaseId.toStdString(), later());
    }
    return {};
}

QString AdminObject::Permissions()
{
    if (admit()) {
        later()(m_service.permissions());
    }
    return {};
}

QString AdminObject::Revoke(const QString &agentId)
{
    if (admit(agentId)) {
        m_service.revoke(agentId.toStdString(), later());
    }
    return {};
}

QString AdminObject::Narrow(const QString &agentId, const QString &narrowing)
{
    if (admit(agentId, narrowing)) {
        m_service.narrow(agentId.toStdString(), narrowing.toStdString(), later());
    }
    return {};
}

QString AdminObject::StopAll()
{
    if (admit()) {
        m_service.stopAll(later());
    }
    return {};
}

QString AdminObject::SimulateVerdict(const QString &question)
{
    if (admit({}, question)) {
        later()(m_service.simulateVerdict(question.toStdString()));
    }
    return {};
}

QString AdminObject::PublicKey()
{
    if (admit()) {
        later()(m_service.publicKey());
    }
    return {};
}

} // namespace glovebox::daemon
