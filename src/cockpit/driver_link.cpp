// SPDX-License-Identifier: Apache-2.0
#include "cockpit/driver_link.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QLocalSocket>
#include <QRemoteObjectNode>
#include <algorithm>
#include <utility>

namespace glovebox::cockpit
{

DriverLink::DriverLink(QString socketPath, QObject *parent)
    : QObject(parent), m_socketPath(std::move(socketPath))
{
    m_retry.setSingleShot(true);
    m_retry.setTimerType(Qt::PreciseTimer);
    connect(&m_retry, &QTimer::timeout, this, &DriverLink::connectSocket);
}

DriverLink::~DriverLink()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void DriverLink::start()
{
    connectSocket();
}

bool DriverLink::awaitsFirstView() const
{
    return !m_available && m_socket && m_socket->state() != QLocalSocket::UnconnectedState;
}

void DriverLink::awaitFirstView(int limit_ms)
{
    QTimer limit; // wakes the event loop
    limit.setSingleShot(true);
    limit.setTimerType(Qt::PreciseTimer);
    limit.start(limit_ms);
    while (awaitsFirstView() && limit.isActive())
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents | QEventLoop::WaitForMoreEvents);
}

void DriverLink::connectSocket()
{
    m_socket = std::make_unique<QLocalSocket>();
    connect(m_socket.get(), &QLocalSocket::connected, this, &DriverLink::connected);
    // Queued: both may be said from inside the socket's or the node's own code, which still uses what is
    // dropped.
    connect(m_socket.get(), &QLocalSocket::disconnected, this, &DriverLink::dropLine, Qt::QueuedConnection);
    connect(m_socket.get(), &QLocalSocket::errorOccurred, this, &DriverLink::dropLine, Qt::QueuedConnection);
    m_socket->connectToServer(m_socketPath);
}

void DriverLink::connected()
{
    m_node = std::make_unique<QRemoteObjectNode>();
    m_node->addClientSideConnection(m_socket.get());
    m_replica.reset(m_node->acquire<DriverReplica>());
    connect(m_replica.get(), &DriverReplica::initialized, this, &DriverLink::takeView);
    connect(m_replica.get(), &DriverReplica::viewChanged, this, &DriverLink::takeView);
    connect(m_replica.get(), &DriverReplica::refused, this, &DriverLink::refused);
    connect(m_replica.get(), &DriverReplica::pinAnswered, this, &DriverLink::pinAnswered);
}

void DriverLink::takeView()
{
    if (!m_replica || !m_replica->isInitialized())
        return;
    m_available = true;
    m_retry_ms = retryFirst_ms;
    Q_EMIT viewArrived(m_replica->view());
}

void DriverLink::dropLine()
{
    if (sender() != m_socket.get() || m_retry.isActive())
        return; // an error and the end of the line are one event
    m_socket->disconnect(this);
    m_replica.reset();
    m_node.reset();
    m_socket.release()->deleteLater();
    if (std::exchange(m_available, false))
        Q_EMIT lost();
    m_retry.start(m_retry_ms);
    m_retry_ms = std::min(2 * m_retry_ms, retryLast_ms);
}

void DriverLink::shown(const QString &nonce)
{
    if (m_available)
        m_replica->shown(nonce);
}

void DriverLink::alive(const QString &nonce)
{
    if (m_available)
        m_replica->alive(nonce);
}

void DriverLink::approve(const QString &nonce, const QList<ShownItem> &items, const QString &method)
{
    if (m_available)
        m_replica->approve(nonce, items, method);
}

void DriverLink::decline(const QString &nonce)
{
    if (m_available)
        m_replica->decline(nonce);
}

void DriverLink::interrupted(const QString &nonce)
{
    if (m_available)
        m_replica->interrupted(nonce);
}

void DriverLink::enterPin(const QByteArray &pin)
{
    if (m_available)
        m_replica->enterPin(pin);
}

void DriverLink::openPin()
{
    if (m_available)
        m_replica->openPin();
}

void DriverLink::closePin()
{
    if (m_available)
        m_replica->closePin();
}

void DriverLink::undo(const QString &purchaseId)
{
    if (m_available)
        m_replica->undo(purchaseId);
}

void DriverLink::dismiss(const QString &purchaseId)
{
    if (m_available)
        m_replica->dismiss(purchaseId);
}

void DriverLink::resume(const QString &purchaseId)
{
    if (m_available)
        m_replica->resume(purchaseId);
}

} // namespace glovebox::cockpit
