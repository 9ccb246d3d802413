// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/admin_object.h"
#include "daemon/agent_object.h"
#include "daemon/driver_socket.h"

namespace glovebox::daemon
{

/// Where the daemon meets others: both bus objects and the driver's socket, over one set of use cases.
class Edges : public QObject
{
    Q_OBJECT
public:
    Edges(const Config &config, const ports::Clock &clock, QDBusConnection bus, AgentService &agents,
          AdminService &admins, DriverDesk &desk);
    ~Edges() override;

    /// The socket first, the bus name last: who finds the daemon by its name finds all of it.
    [[nodiscard]] std::optional<StartFailure> open();

private Q_SLOTS:
    void loseBus();

private:
    const Config &m_config;
    QDBusConnection m_bus;
    BusCallers m_callers;
    AgentObject m_agentObject;
    AdminObject m_adminObject;
    DriverSocket m_driverSocket;
};

} // namespace glovebox::daemon
