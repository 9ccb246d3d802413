// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/simulator/car/vehicle.h"

#include <QObject>
#include <QTimer>
#include <QWebSocketServer>

#include <functional>

namespace glovebox::simulator
{

/// The car's side of W3C VISS version 2 over WebSocket: get, set, subscribe, unsubscribe on one signal tree.
/// Speed is published every 200 ms, everything else when it changes and once after a subscription. Serves
/// 127.0.0.1 only.
class VissServer final : public QObject
{
    Q_OBJECT

public:
    static constexpr int kSpeedPeriod_ms = 200;
    static constexpr int kClientsMax = 8;
    static constexpr int kSubscriptionsMax = 64; // per client

    explicit VissServer(SignalTree tree, QObject *parent = nullptr);
    ~VissServer() override;

    /// Port 0 takes a free one. False where it cannot listen.
    [[nodiscard]] bool listen(quint16 port = 0);
    void close(); // drops every client as well
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QString url() const;

    /// Unknown paths are a defect of the caller.
    void set(const SignalSetting &setting);
    /// The same from another thread; a null value unsets.
    Q_INVOKABLE void setValue(const QString &path, const QString &value);
    /// A car that went silent: connections stay, nothing is published.
    void setSilent(bool silent) { m_silent = silent; }
    [[nodiscard]] const SignalTree &tree() const { return m_tree; }
    [[nodiscard]] int clientCount() const { return static_cast<int>(m_clients.size()); }

Q_SIGNALS:
    void changed(); // by set(), or by a client's set request

private:
    struct Subscription
    {
        QString id;
        std::string path;
    };
    struct Client
    {
        QWebSocket *socket = nullptr;
        std::vector<Subscription> subscriptions;
    };

    void accept();
    void receive(QWebSocket *socket, const QString &text);
    base::Json answer(Client &client, const base::Json &request, std::function<void()> &after);
    base::Json answerSubscribe(Client &client, const std::string &path, std::function<void()> &after);
    base::Json answerUnsubscribe(Client &client, const base::Json &request);
    void publish(const std::string &path);
    void send(const Client &client, const Subscription &subscription);
    [[nodiscard]] base::Json dataPoint(const std::string &path) const;

    QWebSocketServer m_server;
    QTimer m_speedTimer{this};
    SignalTree m_tree;
    std::vector<Client> m_clients;
    quint64 m_nextSubscription = 1;
    bool m_silent = false;
};

} // namespace glovebox::simulator
