// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTcpServer>

namespace glovebox::simulator
{

/// The car's way to the gateway: a TCP forwarder on 127.0.0.1 that can be taken away. The daemon is told this
/// address, so that "no network" is what it is in a car: connections are refused and open ones break.
class Forwarder final : public QObject
{
    Q_OBJECT

public:
    enum class Mode {
        open,
        closed,       // refuses, and breaks what is open
        dropsAnswers, // requests reach the gateway, nothing comes back: outcomes are unknown
    };

    explicit Forwarder(QObject *parent = nullptr);
    /// Takes a free port and keeps it for ever.
    [[nodiscard]] bool listen();
    [[nodiscard]] quint16 port() const { return m_port; }
    void setTarget(quint16 port) { m_target = port; }
    void setMode(Mode mode);
    [[nodiscard]] Mode mode() const { return m_mode; }

private:
    void accept();
    void dropConnections();

    QTcpServer m_server{this};
    quint16 m_port = 0;
    quint16 m_target = 0;
    Mode m_mode = Mode::open;
};

} // namespace glovebox::simulator
