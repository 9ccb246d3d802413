// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/bus_callers.h"
#include "daemon/services.h"

#include <QDBusContext>
#include <QObject>

namespace glovebox::daemon
{

/// org.glovebox.Admin1 on the bus: reads and takes away, for the users of "admins". The slots are the methods
/// of Admin1.xml.
class AdminObject : public QObject, protected QDBusContext
{
    Q_OBJECT
public:
    AdminObject(BusCallers &callers, AdminService &service);
    ~AdminObject() override;

    /// False where the bus does not take the object.
    [[nodiscard]] bool registerOn(QDBusConnection &bus);

public Q_SLOTS:
    QString Status();
    QString Purchases(uint count_max);
    QString Purchase(const QString &purchaseId);
    QString PublicKey();
    QString Permissions();
    QString Revoke(const QString &agentId);
    QString Narrow(const QString &agentId, const QString &narrowing);
    QString StopAll();
    QString SimulateVerdict(const QString &question);

private:
    /// User, rate and size of the arguments; the error was sent where it is false.
    [[nodiscard]] bool admit(const QString &id = {}, const QString &text = {});
    /// Keeps the call open until the returned Reply is called.
    [[nodiscard]] Reply later();

    BusCallers &m_callers;
    AdminService &m_service;
};

} // namespace glovebox::daemon
