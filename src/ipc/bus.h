// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QString>

namespace glovebox::ipc
{

/// "system", "session" or a D-Bus server address ("unix:path=/run/…"): a private connection of this process.
/// isConnected() is false where there is no bus; lastError() of the connection says why.
[[nodiscard]] QDBusConnection connectToBus(const QString &bus, const QString &connectionName);

/// Calls `slot` (no arguments) of `receiver` when the bus goes away. Qt leaves a process without its bus
/// alive and disconnected for ever.
[[nodiscard]] bool watchBusLoss(QDBusConnection &connection, QObject *receiver, const char *slot);

} // namespace glovebox::ipc
