// SPDX-License-Identifier: Apache-2.0
#include "ipc/bus.h"

namespace glovebox::ipc
{

QDBusConnection connectToBus(const QString &bus, const QString &connectionName)
{
    if (bus == QLatin1String("system")) {
        return QDBusConnection::connectToBus(QDBusConnection::SystemBus, connectionName);
    }
    if (bus == QLatin1String("session")) {
        return QDBusConnection::connectToBus(QDBusConnection::SessionBus, connectionName);
    }
    return QDBusConnection::connectToBus(bus, connectionName);
}

bool watchBusLoss(QDBusConnection &connection, QObject *receiver, const char *slot)
{
    return connection.connect(QString(), QStringLiteral("/org/freedesktop/DBus/Local"),
                              QStringLiteral("org.freedesktop.DBus.Local"), QStringLiteral("Disconnected"),
                              receiver, slot);
}

} // namespace glovebox::ipc
