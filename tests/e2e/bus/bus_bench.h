// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/hash.h"
#include "daemon/admin_object.h"
#include "daemon/agent_object.h"
#include "ipc/admin1_interface.h"
#include "ipc/agent1_interface.h"
#include "ipc/bus.h"
#include "ipc/names.h"
#include "tests/e2e/bus/fake_services.h"
#include "tests/support/fake_clock.h"
#include "tests/support/private_bus.h"
#include "tests/unit/daemon_edges/example_config.h"

#include <QDBusPendingCallWatcher>
#include <QEventLoop>
#include <QTest>

#include <unistd.h>

namespace glovebox::testing
{

inline const QByteArray kToken(32, 't');

/// Error name of a reply, empty where it is an answer.
inline QString errorOf(const QDBusPendingCall &call)
{
    const QDBusPendingCallWatcher watcher(call);
    QEventLoop loop;
    QObject::connect(&watcher, &QDBusPendingCallWatcher::finished, &loop, &QEventLoop::quit);
    if (!watcher.isFinished()) {
        loop.exec();
    }
    return call.isError() ? call.error().name() : QString();
}

inline QString answerOf(const QDBusPendingReply<QString> &call)
{
    const QString error = errorOf(call);
    return error.isEmpty() ? call.value() : error;
}

/// Both bus objects over a real private bus, with services that note who asked what.
class BusBench
{
protected:
    PrivateBus m_bus;
    std::unique_ptr<daemon::Config> m_config;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeServices> m_services;
    std::unique_ptr<daemon::BusCallers> m_callers;
    std::unique_ptr<daemon::AgentObject> m_agentObject;
    std::unique_ptr<daemon::AdminObject> m_adminObject;
    int m_clients = 0;

    void serve()
    {
        QDBusConnection bus = ipc::connectToBus(m_bus.address(), QStringLiteral("server"));
        QVERIFY(bus.isConnected());
        m_callers = std::make_unique<daemon::BusCallers>(bus, *m_config, *m_clock);
        m_agentObject = std::make_unique<daemon::AgentObject>(*m_callers, *m_services);
        m_adminObject = std::make_unique<daemon::AdminObject>(*m_callers, *m_services);
        QVERIFY(m_agentObject->registerOn(bus));
        QVERIFY(m_adminObject->registerOn(bus));
        QVERIFY2(bus.registerService(ipc::kBusName), qPrintable(bus.lastError().message()));
    }
    /// Another connection to the bus, as another process has.
    QDBusConnection client()
    {
        return ipc::connectToBus(m_bus.address(), QStringLiteral("client%1").arg(++m_clients));
    }
    static Agent1Interface *agentOn(const QDBusConnection &bus, QObject *owner)
    {
        return new Agent1Interface(ipc::kBusName, ipc::kAgentPath, bus, owner);
    }
    void begin()
    {
        auto config = daemon::parseConfig(exampleConfig().dump());
        QVERIFY(config);
        m_config = std::make_unique<daemon::Config>(std::move(*config));
        m_config->uids.agents = {geteuid()};
        m_config->uids.admins = {geteuid()};
        m_config->agents.front().tokenHash =
            crypto::sha256(base::bytesOf({kToken.constData(), static_cast<std::size_t>(kToken.size())}));
        m_clock = std::make_unique<FakeClock>();
        m_services = std::make_unique<FakeServices>();
        QVERIFY2(m_bus.start(), qPrintable(m_bus.errorString()));
        serve();
    }
    void end()
    {
        m_adminObject.reset();
        m_agentObject.reset();
        m_callers.reset();
        QDBusConnection::disconnectFromBus(QStringLiteral("server"));
        for (; m_clients > 0; --m_clients) {
            QDBusConnection::disconnectFromBus(QStringLiteral("client%1").arg(m_clients));
        }
        m_bus.stop();
    }
};

} // namespace glovebox::testing
