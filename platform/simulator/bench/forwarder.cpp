// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/forwarder.h"

#include <QTcpSocket>

namespace glovebox::simulator
{
namespace
{

/// A connection of the daemon and its other half towards the gateway; one cannot outlive the other.
class Pipe final : public QObject
{
public:
    Pipe(QTcpSocket *car, quint16 target, const Forwarder &forwarder, QObject *parent)
        : QObject(parent), m_car(car)
    {
        car->setParent(this);
        connect(car, &QTcpSocket::readyRead, this, [this] { m_gateway.write(m_car->readAll()); });
        connect(&m_gateway, &QTcpSocket::connected, this, [this] { m_gateway.write(m_car->readAll()); });
        connect(&m_gateway, &QTcpSocket::readyRead, this, [this, &forwarder] {
            const QByteArray answer = m_gateway.readAll();
            // The TLS handshake is no answer: dropping starts when both sides have agreed, so that a request
            // goes out.
            if (forwarder.mode() == Forwarder::Mode::dropsAnswers && m_requested) {
                return;
            }
            m_requested = m_requested || m_answered;
            m_answered = true;
            m_car->write(answer);
        });
        connect(&m_gateway, &QTcpSocket::disconnected, m_car, &QTcpSocket::disconnectFromHost);
        connect(&m_gateway, &QTcpSocket::errorOccurred, m_car, [this] { m_car->abort(); });
        connect(m_car, &QTcpSocket::disconnected, this, &QObject::deleteLater);
        m_gateway.connectToHost(QHostAddress::LocalHost, target);
    }
    ~Pipe() override
    {
        m_gateway.disconnect();
        m_car->disconnect();
        m_gateway.abort();
        m_car->abort();
    }
    Q_DISABLE_COPY_MOVE(Pipe)

private:
    QTcpSocket *m_car;
    QTcpSocket m_gateway{this};
    bool m_answered = false;
    bool m_requested = false;
};

} // namespace

Forwarder::Forwarder(QObject *parent) : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &Forwarder::accept);
}

bool Forwarder::listen()
{
    if (!m_server.listen(QHostAddress::LocalHost, m_port)) {
        return false;
    }
    m_port = m_server.serverPort();
    return true;
}

void Forwarder::setMode(Mode mode)
{
    m_mode = mode;
    if (mode == Mode::closed) {
        m_server.close();
        dropConnections();
    } else if (!m_server.isListening() && !listen()) {
        qFatal("the forwarder lost its port");
    }
}

void Forwarder::accept()
{
    while (QTcpSocket *car = m_server.nextPendingConnection()) {
        new Pipe(car, m_target, *this, this);
    }
}

void Forwarder::dropConnections()
{
    for (QObject *child : QObjectList(children())) {
        if (auto *pipe = dynamic_cast<Pipe *>(child)) {
            delete pipe;
        }
    }
}

} // namespace glovebox::simulator
