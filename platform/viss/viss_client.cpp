// SPDX-License-Identifier: Apache-2.0
#include "platform/viss/viss_client.h"

#include "platform/viss/viss_session.h"

namespace glovebox::viss
{

VissClient::VissClient(Config config, BootTimeSource bootTime)
    : m_config(std::move(config)), m_bootTime(std::move(bootTime))
{
    m_thread.setObjectName(QStringLiteral("viss"));
}

VissClient::~VissClient()
{
    m_thread.quit();
    m_thread.wait();
}

void VissClient::start(std::function<void(const ports::VehicleReadings &)> onChange)
{
    Q_ASSERT(m_session == nullptr);
    m_session = new Session(m_config, m_bootTime, std::move(onChange));
    m_session->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::started, m_session, &Session::start);
    QObject::connect(&m_thread, &QThread::finished, m_session, &QObject::deleteLater);
    m_thread.start();
}

void VissClient::clear()
{
    if (m_session) {
        QMetaObject::invokeMethod(m_session, "restart", Qt::QueuedConnection);
    }
}

} // namespace glovebox::viss
