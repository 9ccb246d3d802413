// SPDX-License-Identifier: Apache-2.0
#include "cli/daemon_client.h"

#include "ipc/admin1_interface.h"
#include "ipc/bus.h"
#include "ipc/names.h"

namespace glovebox::cli
{

namespace
{

constexpr int kNo = 1;
constexpr int kData = 65;
constexpr int kUnavailable = 69;
constexpr int kDefect = 70;
constexpr int kTryLater = 75;
constexpr int kNotPermitted = 77;
constexpr base::JsonLimits kAnswerLimits{4U * 1024U * 1024U, 32};

const auto kConnection = QStringLiteral("glovebox-cli");

Failure failureOf(const QDBusError &error, const QString &bus)
{
    const std::string name = error.name().toStdString();
    const std::string where = bus.toStdString();
    if (error.type() == QDBusError::AccessDenied || name == ipc::error::kNotPermitted.data()) {
        return {kNotPermitted, "This user may not ask the payment daemon. Use a user that the configuration "
                               "names under uids.admins."};
    }
    if (name == ipc::error::kNotFound.data()) {
        return {kNo,
                "There is nothing with this id. glovebox purchases and glovebox permissions list have them."};
    }
    if (name == ipc::error::kMalformed.data()) {
        const auto detail = base::parseJson(error.message().toStdString());
        const bool known = detail && detail->is_object();
        return {kData, "It was refused whole and nothing changed, at \"" +
                           (known ? detail->value("pointer", std::string()) : std::string()) +
                           "\": " + (known ? detail->value("reason", std::string()) : name) + "."};
    }
    if (name == ipc::error::kUnavailable.data() || name == ipc::error::kRateLimited.data()) {
        return {kTryLater, "The payment daemon cannot answer now: " + error.message().toStdString()};
    }
    if (error.type() == QDBusError::ServiceUnknown || error.type() == QDBusError::NoReply ||
        error.type() == QDBusError::Disconnected) {
        return {kUnavailable, "The payment daemon does not run on the bus \"" + where +
                                  "\". Start gloveboxd, or name its bus with --bus ADDRESS."};
    }
    return {kUnavailable, "The payment daemon did not answer on the bus \"" + where +
                              "\": " + error.message().toStdString()};
}

} // namespace

DaemonClient::DaemonClient(const QString &bus) : m_busName(bus), m_bus(ipc::connectToBus(bus, kConnection)) {}

DaemonClient::~DaemonClient()
{
    QDBusConnection::disconnectFromBus(kConnection);
}

template<class Call> JsonAnswer DaemonClient::ask(Call call)
{
    if (!m_bus.isConnected()) {
        return std::unexpected(Failure{kUnavailable, "There is no bus \"" + m_busName.toStdString() +
                                                         "\": " + m_bus.lastError().message().toStdString() +
                                                         ". Name one with --bus ADDRESS."});
    }
    Admin1Interface daemon(ipc::kBusName, ipc::kAdminPath, m_bus);
    QDBusPendingReply<QString> reply = call(daemon);
    reply.waitForFinished();
    if (reply.isError()) {
        return std::unexpected(failureOf(reply.error(), m_busName));
    }
    auto json = base::parseJson(reply.value().toStdString(), kAnswerLimits);
    if (!json) {
        return std::unexpected(Failure{kDefect, "The payment daemon's answer is no JSON: is it of another "
                                                "version?"});
    }
    return std::move(*json);
}

JsonAnswer DaemonClient::status()
{
    return ask([](Admin1Interface &daemon) { return daemon.Status(); });
}

JsonAnswer DaemonClient::purchases(unsigned count_max)
{
    return ask([count_max](Admin1Interface &daemon) { return daemon.Purchases(count_max); });
}

JsonAnswer DaemonClient::purchase(const QString &id)
{
    return ask([&id](Admin1Interface &daemon) { return daemon.Purchase(id); });
}

JsonAnswer DaemonClient::permissions()
{
    return ask([](Admin1Interface &daemon) { return daemon.Permissions(); });
}

JsonAnswer DaemonClient::revoke(const QString &agent)
{
    return ask([&agent](Admin1Interface &daemon) { return daemon.Revoke(agent); });
}

JsonAnswer DaemonClient::narrow(const QString &agent, const QString &narrowing)
{
    return ask([&](Admin1Interface &daemon) { return daemon.Narrow(agent, narrowing); });
}

JsonAnswer DaemonClient::stopAll()
{
    return ask([](Admin1Interface &daemon) { return daemon.StopAll(); });
}

JsonAnswer DaemonClient::simulateVerdict(const QString &question)
{
    return ask([&question](Admin1Interface &daemon) { return daemon.SimulateVerdict(question); });
}

JsonAnswer DaemonClient::publicKey()
{
    return ask([](Admin1Interface &daemon) { return daemon.PublicKey(); });
}

} // namespace glovebox::cli
