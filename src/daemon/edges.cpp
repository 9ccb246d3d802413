// SPDX-License-Identifier: Apache-2.0
#include "daemon/edges.h"

#include "ipc/bus.h"
#include "ipc/names.h"

#include <QCoreApplication>
#include <QDBusError>
#include <QLoggingCategory>

namespace glovebox::daemon
{

namespace
{

Q_LOGGING_CATEGORY(logBus, "glovebox.bus", QtInfoMsg)

} // namespace

Edges::Edges(const Config &config, const ports::Clock &clock, QDBusConnection bus, AgentService &agents,
             AdminService &admins, DriverDesk &desk)
    : m_config(config), m_bus(std::move(bus)), m_callers(m_bus, config, clock),
      m_agentObject(m_callers, agents), m_adminObject(m_callers, admins),
      m_driverSocket(desk, config.uids.cockpit)
{}

Edges::~Edges()
{
    m_bus.unregisterService(ipc::kBusName);
}

std::optional<StartFailure> Edges::open()
{
    if (auto failure = m_driverSocket.listen(m_config.driverSocket)) {
        return failure;
    }
    if (!ipc::watchBusLoss(m_bus, this, SLOT(loseBus())) || !m_agentObject.registerOn(m_bus) ||
        !m_adminObject.registerOn(m_bus)) {
        return StartFailure{exit_code::kDefect, "The bus library refused the daemon's objects."};
    }
    if (m_bus.registerService(ipc::kBusName)) {
        return std::nullopt;
    }
    const std::string name = QString(ipc::kBusName).toStdString();
    if (m_bus.lastError().type() == QDBusError::AccessDenied) {
        return StartFailure{exit_code::kNotPermitted,
                            "The policy of the bus \"" + m_config.bus + "\" does not let this user be " +
                                name + ". Install org.glovebox.Daemon.conf, and run as its user."};
    }
    return StartFailure{exit_code::kTryLater, "The name " + name + " is taken on the bus \"" + m_config.bus +
                                                  "\". Stop the other daemon first."};
}

void Edges::loseBus()
{
    qCWarning(logBus, "The bus is gone; ending, so that the service manager starts the daemon again.");
    QCoreApplication::exit(exit_code::kUnavailable);
}

} // namespace glovebox::daemon
