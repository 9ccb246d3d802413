// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/bus_callers.h"
#include "daemon/services.h"

#include <QDBusContext>
#include <QObject>

namespace glovebox::daemon
{

/// D-Bus error name (org.glovebox.Error.*) of a fault.
[[nodiscard]] QString errorName(CallFault fault);

/// org.glovebox.Agent1 on the bus: checks who calls, how often and how much, and hands over to AgentService.
/// The slots are the methods of Agent1.xml, called by its adaptor; every one answers exactly once, some of
/// them later.
class AgentObject : public QObject, protected QDBusContext
{
    Q_OBJECT
public:
    AgentObject(BusCallers &callers, AgentService &service);
    ~AgentObject() override;

    /// False where the bus does not take the object.
    [[nodiscard]] bool registerOn(QDBusConnection &bus);

public Q_SLOTS:
    QString OpenSession(const QByteArray &token);
    QString RequestPairing(const QString &request);
    QString Propose(const QString &proposal);
    QString GetPurchase(const QString &purchaseId, qlonglong sinceVersion, uint wait_s);
    QString Withdraw(const QString &purchaseId);
    QString Permissions();
    QString FindMerchants(const QString &kind, uint count_max);

private:
    /// User, rate, size of the argument, session; the error was sent where there is nothing.
    [[nodiscard]] bool admit(qsizetype argument_bytes);
    [[nodiscard]] std::optional<AgentCaller> admitAgent(const QString &argument = {});
    void answer(const Answer &result);
    /// Keeps the call open until the returned Reply is called.
    [[nodiscard]] Reply later(std::function<void()> before = {});

    BusCallers &m_callers;
    AgentService &m_service;
};

} // namespace glovebox::daemon
