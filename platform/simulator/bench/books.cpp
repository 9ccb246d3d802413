// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/books.h"

#include "ipc/bus.h"
#include "ipc/names.h"
#include "platform/simulator/bench/wait.h"

#include <QDBusMessage>
#include <QDBusPendingCall>

namespace glovebox::simulator
{

Books::Books(const QString &busAddress)
    : m_name(QStringLiteral("simulator-books")), m_bus(ipc::connectToBus(busAddress, m_name))
{}

Books::~Books()
{
    QDBusConnection::disconnectFromBus(m_name);
}

std::expected<base::Json, std::string> Books::status() const
{
    return ask("Status", {});
}

std::expected<base::Json, std::string> Books::purchases() const
{
    auto answer = ask("Purchases", {100u});
    if (!answer) {
        return answer;
    }
    return answer->value("purchases", base::Json::array());
}

std::expected<base::Json, std::string> Books::purchase(const std::string &id) const
{
    return ask("Purchase", {QString::fromStdString(id)});
}

std::expected<base::Json, std::string> Books::ask(const char *method, const QVariantList &arguments) const
{
    constexpr std::size_t kAnswerBytesMax = 4 * 1048576;
    constexpr std::chrono::milliseconds kLimit(10000);
    QDBusMessage call = QDBusMessage::createMethodCall(ipc::kBusName, ipc::kAdminPath, ipc::kAdminInterface,
                                                       QLatin1String(method));
    call.setArguments(arguments);
    call.setAutoStartService(false);
    const QDBusPendingCall pending = m_bus.asyncCall(call);
    if (!waitUntil([&pending] { return pending.isFinished(); }, kLimit)) {
        return std::unexpected(std::string(method) + ": no answer");
    }
    const QDBusMessage reply = pending.reply();
    if (reply.type() != QDBusMessage::ReplyMessage || reply.arguments().size() != 1) {
        return std::unexpected(std::string(method) + ": " + reply.errorMessage().toStdString());
    }
    auto json = base::parseJson(reply.arguments().constFirst().toString().toStdString(),
                                {.bytes_max = kAnswerBytesMax, .depth_max = 32});
    if (!json) {
        return std::unexpected(std::string(method) + ": the answer is not JSON");
    }
    return std::move(*json);
}

} // namespace glovebox::simulator
