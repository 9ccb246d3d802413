// SPDX-License-Identifier: Apache-2.0
#include "platform/viss/viss_session.h"

#include <QLoggingCategory>
#include <QPointer>
#include <QRandomGenerator>
#include <QWebSocketHandshakeOptions>

namespace glovebox::viss
{
namespace
{
Q_LOGGING_CATEGORY(logViss, "glovebox.viss", QtInfoMsg)
}

Session::Session(Config config, std::function<base::BootTime()> bootTime,
                 std::function<void(const ports::VehicleReadings &)> onChange)
    : m_config(std::move(config)), m_bootTime(std::move(bootTime)), m_onChange(std::move(onChange)),
      m_values(m_config.hasParkGear), m_wait_ms(m_config.reconnect_ms_min)
{
    m_retry.setSingleShot(true);
    m_retry.setTimerType(Qt::PreciseTimer);
    m_silence.setSingleShot(true);
    m_silence.setTimerType(Qt::PreciseTimer);
    connect(&m_retry, &QTimer::timeout, this, &Session::openSocket);
    connect(&m_silence, &QTimer::timeout, this, [this] { giveUp("silent"); });
}

Session::~Session()
{
    if (m_socket) {
        m_socket->disconnect(this);
    }
}

void Session::start()
{
    publish();
    openSocket();
}

void Session::restart()
{
    m_wait_ms = m_config.reconnect_ms_min;
    giveUp("cleared");
}

void Session::openSocket()
{
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingMessageSize(kMessage_bytes_max);
    m_socket->setMaxAllowedIncomingFrameSize(kMessage_bytes_max);
    connect(m_socket, &QWebSocket::connected, this, &Session::subscribe);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &Session::receive);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, [this] { giveUp("binary message"); });
    // Queued: giving up must not happen while the socket is still emitting. What is still on its way when the
    // socket was already given up belongs to nobody.
    const QPointer<QWebSocket> socket = m_socket;
    const auto giveUpThis = [this, socket](const char *why) {
        if (socket && socket == m_socket) {
            giveUp(why);
        }
    };
    connect(
        m_socket, &QWebSocket::disconnected, this, [giveUpThis] { giveUpThis("closed"); },
        Qt::QueuedConnection);
    connect(
        m_socket, QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error), this,
        [giveUpThis] { giveUpThis("no connection"); }, Qt::QueuedConnection);
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QLatin1String(kSubprotocol)});
    m_silence.start(m_config.silence_ms_max);
    m_socket->open(QUrl(QString::fromStdString(m_config.url)), options);
}

void Session::subscribe()
{
    if (m_socket->subprotocol() != QLatin1String(kSubprotocol)) {
        giveUp("does not speak VISSv2");
        return;
    }
    m_values.reset(++m_peer);
    m_rateSince = m_bootTime();
    m_rateCount = 0;
    for (std::size_t i = 0; i < kSignalCount; ++i) {
        if (!m_config.paths[i].empty()) {
            const std::string requestId = std::to_string(m_peer) + '.' + std::to_string(i);
            m_requests[requestId] = static_cast<Signal>(i);
            m_socket->sendTextMessage(QString::fromStdString(subscribeRequest(m_config.paths[i], requestId)));
        }
    }
    qCInfo(logViss, "connected");
    publish();
}

void Session::receive(const QString &text)
{
    if (!m_socket) {
        return;
    }
    m_silence.start(m_config.silence_ms_max);
    if (!withinRate()) {
        giveUp("too many messages");
        return;
    }
    const QByteArray utf8 = text.toUtf8();
    const auto message =
        readMessage(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
    if (!message) {
        giveUp("unintelligible message");
        return;
    }
    if (const auto *subscribed = std::get_if<Subscribed>(&*message)) {
        const auto request = m_requests.find(subscribed->requestId);
        if (request != m_requests.end()) {
            m_subscriptions[subscribed->subscriptionId] = request->second;
            m_requests.erase(request);
        }
    } else if (const auto *refused = std::get_if<Refused>(&*message)) {
        const auto request = m_requests.find(refused->requestId);
        if (request != m_requests.end()) {
            qCWarning(logViss, "the car refuses %s (%d): it stays unset",
                      m_config.path(request->second).c_str(), refused->number);
            m_requests.erase(request);
        }
    } else if (const auto *update = std::get_if<Update>(&*message)) {
        receiveUpdate(*update);
    }
}

void Session::receiveUpdate(const Update &update)
{
    const auto subscription = m_subscriptions.find(update.subscriptionId);
    if (subscription == m_subscriptions.end()) {
        return;
    }
    const base::BootTime at = m_bootTime();
    for (const DataPoint &point : update.points) {
        if (point.path == m_config.path(subscription->second)) {
            m_values.apply(subscription->second, point.value, at);
            // Only an understood value shows a healthy peer.
            m_wait_ms = m_config.reconnect_ms_min;
        }
    }
    publish();
}

bool Session::withinRate()
{
    const base::BootTime now = m_bootTime();
    if (now - m_rateSince >= std::chrono::seconds(1)) {
        m_rateSince = now;
        m_rateCount = 0;
    }
    return ++m_rateCount <= m_config.messages_per_s_max;
}

void Session::giveUp(const char *why)
{
    if (!m_socket) {
        return; // waiting already
    }
    qCInfo(logViss, "peer given up: %s", why);
    m_silence.stop();
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket->deleteLater();
    m_socket = nullptr;
    m_requests.clear();
    m_subscriptions.clear();
    m_values.reset(m_peer);
    publish();
    m_retry.start(m_wait_ms / 2 + QRandomGenerator::global()->bounded(m_wait_ms / 2 + 1));
    m_wait_ms = std::min(m_wait_ms * 2, m_config.reconnect_ms_max);
}

void Session::publish()
{
    m_onChange(m_values.readings());
}

} // namespace glovebox::viss
