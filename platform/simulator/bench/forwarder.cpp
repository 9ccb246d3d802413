// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/forwarder.h"

#include <QTcpSocket>
#include <QTimer>

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
        connect(car, &QTcpSocket::readyRead, this, [this] { toGateway(); });
        connect(&m_gateway, &QTcpSocket::connected, this, [this] { toGateway(); });
        connect(&m_gateway, &QTcpSocket::readyRead, this, [this, &forwarder] {
            const QByteArray answer = m_gateway.readAll();
            m_carsTurn = true;
            // The TLS handshake has to pass, or no request would ever go out: it is what comes before the
            // car's second turn.
            if (forwarder.mode() == Forwarder::Mode::dropsAnswers && m_turns >= 2) {
                QTimer::singleShot(kDropAfter_ms, Qt::PreciseTimer, m_car, [this] { m_car->abort(); });
                return;
            }
            m_car->write(answer);
        });
        connect(&m_gateway, &QTcpSocket::disconnected, m_car, &QTcpSocket::disconnectFromHost);
        connect(&m_gateway, &QTcpSocket::errorOccurred, m_car, [this](QAbstractSocket::SocketError error) {
            // A gateway that closes is an error to Qt; what it said before has to arrive first.
            if (error != QAbstractSocket::RemoteHostClosedError) {
                m_car->abort();
            }
        });
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
    // Long enough for the whole request to arrive, which may follow the end of the handshake in a piece of
    // its own.
    static constexpr int kDropAfter_ms = 500;

    void toGateway()
    {
        if (m_gateway.state() != QAbstractSocket::ConnectedState || m_car->bytesAvailable() == 0) {
            return; // kept by the socket until then
        }
        const QByteArray request = m_car->readAll();
        m_turns += m_carsTurn ? 1 : 0;
        m_carsTurn = false;
        m_gateway.write(request);
    }

    QTcpSocket *m_car;
    QTcpSocket m_gateway{this};
    bool m_carsTurn = true;
    int m_turns = 0; // how often the car began to speak
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
