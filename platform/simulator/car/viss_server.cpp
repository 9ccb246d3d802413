// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/car/viss_server.h"

#include <QDateTime>
#include <QWebSocket>

#include <algorithm>

namespace glovebox::simulator
{
namespace
{

constexpr quint64 kMessageBytesMax = 16384;

std::string timestamp()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString();
}

base::Json errorOf(int number, const char *reason, const char *message)
{
    return {{"error", {{"number", std::to_string(number)}, {"reason", reason}, {"message", message}}}};
}

} // namespace

VissServer::VissServer(SignalTree tree, QObject *parent)
    : QObject(parent), m_server(QStringLiteral("glovebox-simulator"), QWebSocketServer::NonSecureMode, this),
      m_tree(std::move(tree))
{
    m_server.setSupportedSubprotocols({QStringLiteral("VISSv2")});
    connect(&m_server, &QWebSocketServer::newConnection, this, &VissServer::accept);
    m_speedTimer.setTimerType(Qt::PreciseTimer);
    m_speedTimer.setInterval(kSpeedPeriod_ms);
    connect(&m_speedTimer, &QTimer::timeout, this, [this] { publish(kSpeedPath); });
}

VissServer::~VissServer()
{
    close();
}

bool VissServer::listen(quint16 port)
{
    if (!m_server.listen(QHostAddress::LocalHost, port)) {
        return false;
    }
    m_speedTimer.start();
    return true;
}

void VissServer::close()
{
    m_speedTimer.stop();
    m_server.close();
    for (const Client &client : std::exchange(m_clients, {})) {
        client.socket->disconnect(this);
        client.socket->abort();
        client.socket->deleteLater();
    }
}

QString VissServer::url() const
{
    return QStringLiteral("ws://127.0.0.1:%1").arg(port());
}

void VissServer::set(const SignalSetting &setting)
{
    const auto signal = m_tree.find(setting.path);
    Q_ASSERT(signal != m_tree.end());
    if (signal->second == setting.value) {
        return;
    }
    signal->second = setting.value;
    publish(setting.path);
    Q_EMIT changed();
}

void VissServer::setValue(const QString &path, const QString &value)
{
    set({path.toStdString(), value.isNull() ? std::nullopt : std::optional(value.toStdString())});
}

void VissServer::accept()
{
    while (QWebSocket *socket = m_server.nextPendingConnection()) {
        if (m_clients.size() >= kClientsMax) {
            socket->close(QWebSocketProtocol::CloseCodePolicyViolated);
            socket->deleteLater();
            continue;
        }
        socket->setParent(this);
        socket->setMaxAllowedIncomingMessageSize(kMessageBytesMax);
        socket->setMaxAllowedIncomingFrameSize(kMessageBytesMax);
        m_clients.push_back({socket, {}});
        connect(socket, &QWebSocket::textMessageReceived, this,
                [this, socket](const QString &text) { receive(socket, text); });
        connect(socket, &QWebSocket::disconnected, this, [this, socket] {
            std::erase_if(m_clients, [socket](const Client &client) { return client.socket == socket; });
            socket->deleteLater();
        });
    }
}

void VissServer::receive(QWebSocket *socket, const QString &text)
{
    const auto client = std::find_if(m_clients.begin(), m_clients.end(),
                                     [socket](const Client &one) { return one.socket == socket; });
    if (client == m_clients.end()) {
        return;
    }
    const auto request = base::parseJson(text.toStdString(), {.bytes_max = kMessageBytesMax, .depth_max = 8});
    std::function<void()> after;
    base::Json reply = request && request->is_object() ? answer(*client, *request, after)
                                                       : errorOf(400, "bad_request", "not a JSON object");
    reply["ts"] = timestamp();
    socket->sendTextMessage(QString::fromStdString(reply.dump()));
    if (after) {
        after();
    }
}

base::Json VissServer::answer(Client &client, const base::Json &request, std::function<void()> &after)
{
    base::ObjectReader reader(request);
    const std::string action = reader.text("action", 32);
    const std::string requestId = reader.text("requestId", 64);
    base::Json reply;
    if (reader.failed()) {
        reply = errorOf(400, "bad_request", "action and requestId are texts");
    } else if (action == "unsubscribe") {
        reply = answerUnsubscribe(client, request);
    } else {
        const std::string path = reader.text("path", 200);
        if (reader.failed()) {
            reply = errorOf(400, "bad_request", "path is a text");
        } else if (!m_tree.contains(path)) {
            reply = errorOf(404, "invalid_path", "there is no such signal");
        } else if (action == "get") {
            reply = {{"data", dataPoint(path)}};
        } else if (action == "subscribe") {
            reply = answerSubscribe(client, path, after);
        } else if (action == "set") {
            std::string value = reader.text("value", 64);
            if (reader.failed()) {
                reply = errorOf(400, "bad_request", "value is a text");
            } else {
                reply = base::Json::object();
                after = [this, path, value] { set({path, value}); };
            }
        } else {
            reply = errorOf(400, "bad_request", "actions are get, set, subscribe, unsubscribe");
        }
    }
    reply["action"] = action;
    reply["requestId"] = requestId;
    return reply;
}

base::Json VissServer::answerSubscribe(Client &client, const std::string &path, std::function<void()> &after)
{
    if (client.subscriptions.size() >= kSubscriptionsMax) {
        return errorOf(429, "too_many_requests", "too many subscriptions");
    }
    const Subscription subscription{QString::number(m_nextSubscription++), path};
    client.subscriptions.push_back(subscription);
    after = [this, client, subscription] { send(client, subscription); };
    return {{"subscriptionId", subscription.id.toStdString()}};
}

base::Json VissServer::answerUnsubscribe(Client &client, const base::Json &request)
{
    base::ObjectReader reader(request);
    const QString id = QString::fromStdString(reader.text("subscriptionId", 64));
    const auto removed =
        std::erase_if(client.subscriptions, [&id](const Subscription &one) { return one.id == id; });
    return removed > 0 ? base::Json{{"subscriptionId", id.toStdString()}}
                       : errorOf(404, "invalid_subscriptionId", "there is no such subscription");
}

void VissServer::publish(const std::string &path)
{
    for (const Client &client : m_clients) {
        for (const Subscription &subscription : client.subscriptions) {
            if (subscription.path == path) {
                send(client, subscription);
            }
        }
    }
}

void VissServer::send(const Client &client, const Subscription &subscription)
{
    if (m_silent) {
        return;
    }
    const base::Json message = {{"action", "subscription"},
                                {"subscriptionId", subscription.id.toStdString()},
                                {"data", dataPoint(subscription.path)},
                                {"ts", timestamp()}};
    client.socket->sendTextMessage(QString::fromStdString(message.dump()));
}

base::Json VissServer::dataPoint(const std::string &path) const
{
    const auto &value = m_tree.at(path);
    return {{"path", path},
            {"dp", {{"value", value ? base::Json(*value) : base::Json()}, {"ts", timestamp()}}}};
}

} // namespace glovebox::simulator
