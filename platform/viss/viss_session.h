// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/viss/messages.h"
#include "platform/viss/signal_values.h"

#include <QTimer>
#include <QWebSocket>

#include <functional>
#include <map>

namespace glovebox::viss
{

/// The connection itself, on the adapter's thread: connects, subscribes, reads, gives up, waits, connects
/// again.
class Session final : public QObject
{
    Q_OBJECT

public:
    Session(Config config, std::function<base::BootTime()> bootTime,
            std::function<void(const ports::VehicleReadings &)> onChange);
    ~Session() override;

    void start();
    /// Suspend, resume: drops all readings and the connection that they came by.
    Q_INVOKABLE void restart();

private:
    void openSocket();
    void subscribe();
    void receive(const QString &text);
    void receiveUpdate(const Update &update);
    void giveUp(const char *why);
    [[nodiscard]] bool withinRate();
    void publish();

    Config m_config;
    std::function<base::BootTime()> m_bootTime;
    std::function<void(const ports::VehicleReadings &)> m_onChange;
    SignalValues m_values;
    QWebSocket *m_socket = nullptr;
    QTimer m_retry{this};
    QTimer m_silence{this};
    std::map<std::string, Signal> m_requests;      // by request id, until the peer answers
    std::map<std::string, Signal> m_subscriptions; // by subscription id
    std::uint64_t m_peer = 0;
    int m_wait_ms = 0;
    base::BootTime m_rateSince;
    int m_rateCount = 0;
};

} // namespace glovebox::viss
