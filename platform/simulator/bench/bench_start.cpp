// SPDX-License-Identifier: Apache-2.0
// How each part of the bench is started, and when it counts as started.
#include "platform/simulator/bench/bench.h"
#include "platform/simulator/bench/wait.h"

#include <QFile>
#include <QUrl>

namespace glovebox::simulator
{
namespace
{

constexpr std::chrono::milliseconds kReadyLimit(20000);

template<class T> std::size_t indexOf(T program)
{
    return static_cast<std::size_t>(program);
}

} // namespace

Bench::Result<void> Bench::runToEnd(const char *program, const QStringList &arguments,
                                    const QByteArray &input)
{
    ChildProcess process(command(program, arguments));
    const auto code = process.run(input, kReadyLimit);
    if (!code) {
        return std::unexpected(code.error());
    }
    if (*code != 0) {
        return std::unexpected(std::string(program) + " ended with " + std::to_string(*code) + ": " +
                               process.logTail());
    }
    return {};
}

Bench::Result<void> Bench::startBus()
{
    m_bus.emplace(
        command("dbus-daemon", {QStringLiteral("--config-file=") + m_run / "bus/bus.conf",
                                QStringLiteral("--nofork"), QStringLiteral("--nopidfile"),
                                QStringLiteral("--nosyslog"), QStringLiteral("--print-address=1")}));
    if (auto started = m_bus->start(); !started) {
        return started;
    }
    // The address is printed when the bus listens.
    if (!waitUntil([this] { return m_bus->process().canReadLine() || !m_bus->running(); }, kReadyLimit) ||
        !m_bus->running()) {
        return std::unexpected("the bus does not start: " + m_bus->logTail());
    }
    m_books = std::make_unique<Books>(busAddress(m_run));
    return m_books->isConnected() ? Result<void>() : std::unexpected("no connection to the run's own bus");
}

Bench::Result<void> Bench::startCar()
{
    m_car = new VissServer(m_options.car);
    m_car->moveToThread(&m_carThread);
    QObject::connect(&m_carThread, &QThread::finished, m_car, &QObject::deleteLater);
    m_carThread.start();
    bool listening = false;
    QMetaObject::invokeMethod(
        m_car,
        [this, &listening] {
            listening = m_car->listen();
            m_vissUrl = m_car->url();
        },
        Qt::BlockingQueuedConnection);
    return listening ? Result<void>() : std::unexpected("no free port for the car's signals");
}

Bench::Result<void> Bench::initialiseDaemon()
{
    if (auto ok = writeDaemonConfig(m_run, m_forwarder.port(), m_vissUrl, m_options.locale); !ok) {
        return ok;
    }
    const QString config = m_run / "gloveboxd.json";
    if (auto ok = runToEnd("gloveboxd", {QStringLiteral("--config"), config, QStringLiteral("--init")}, {});
        !ok) {
        return ok;
    }
    return runToEnd("gloveboxd", {QStringLiteral("--config"), config, QStringLiteral("--enrol-pin")},
                    QByteArray(kPin) + '\n');
}

Bench::Result<void> Bench::startGateway()
{
    if (!QFile::exists(m_run / "gateway.json")) {
        if (auto ok = writeGatewayConfig(m_run, m_options.places); !ok) {
            return ok;
        }
        if (auto ok =
                runToEnd("glovebox-gateway",
                         {QStringLiteral("--config"), m_run / "gateway.json", QStringLiteral("--init")}, {});
            !ok) {
            return ok;
        }
    }
    auto &gateway = m_programs[indexOf(Program::gateway)];
    gateway.emplace(command("glovebox-gateway", {QStringLiteral("--config"), m_run / "gateway.json"}));
    if (auto started = gateway->start(); !started) {
        return started;
    }
    if (!waitUntil([&gateway] { return gateway->process().canReadLine() || !gateway->running(); },
                   kReadyLimit) ||
        !gateway->process().canReadLine()) {
        return std::unexpected("the gateway does not start: " + gateway->logTail());
    }
    const auto line = base::parseJson(gateway->process().readLine().trimmed().toStdString());
    const std::string url =
        line && line->is_object() ? line->value("listening", std::string()) : std::string();
    const int port = QUrl(QString::fromStdString(url)).port();
    if (port <= 0) {
        return std::unexpected("the gateway does not say where it listens");
    }
    m_forwarder.setTarget(static_cast<quint16>(port));
    m_gatewayPort = static_cast<quint16>(port);
    return {};
}

Bench::Result<void> Bench::startDaemon()
{
    auto &daemon = m_programs[indexOf(Program::daemon)];
    QStringList arguments = {QStringLiteral("--config"),         m_run / "gloveboxd.json",
                             QStringLiteral("--insecure-desk"),  QStringLiteral("--desk-socket"),
                             m_run / "desk/daemon.sock",         QStringLiteral("--desk-advanced-ms"),
                             QString::number(m_advanced.count())};
    if (m_network == Network::off) {
        arguments.append(QStringLiteral("--desk-offline"));
    }
    daemon.emplace(command("gloveboxd-desk", arguments));
    if (auto started = daemon->start(); !started) {
        return started;
    }
    std::string why;
    const bool ready = waitUntil(
        [&] {
            if (!daemon->running()) {
                return true;
            }
            const auto status = m_books->status();
            why = status ? std::string() : status.error();
            return status.has_value();
        },
        kReadyLimit);
    if (!ready || !daemon->running()) {
        return std::unexpected("the daemon does not start: " + why + '\n' + daemon->logTail());
    }
    return {};
}

Bench::Result<void> Bench::startCockpit()
{
    auto &cockpit = m_programs[indexOf(Program::cockpit)];
    cockpit.emplace(
        command("glovebox-cockpit-desk",
                {QStringLiteral("--socket"), m_run / "driver/driver.sock", QStringLiteral("--display"),
                 m_options.display, QStringLiteral("--theme"), m_options.theme, QStringLiteral("--locale"),
                 m_options.locale, QStringLiteral("--desk"), QStringLiteral("--desk-socket"),
                 m_run / "desk/cockpit.sock"}));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!m_options.cockpitWindow) {
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    }
    cockpit->process().setProcessEnvironment(environment);
    if (auto started = cockpit->start(); !started) {
        return started;
    }
    std::string why;
    const bool ready = waitUntil(
        [&] {
            const auto items = m_cockpitControl.call({{"items", true}});
            why = items ? std::string() : items.error();
            return !cockpit->running() || (items && items->value("exposed", false));
        },
        kReadyLimit);
    if (!ready || !cockpit->running()) {
        return std::unexpected("the cockpit does not start: " + why + '\n' + cockpit->logTail());
    }
    return {};
}

/// A car that has just been made knows no merchant until the gateway's directory has arrived.
Bench::Result<void> Bench::awaitDirectory()
{
    constexpr std::chrono::milliseconds kPause(50);
    const auto client = assistant();
    if (!client) {
        return std::unexpected(client.error());
    }
    std::string why = "it is empty";
    const bool known = waitUntil(
        [&] {
            const auto found = (*client)->callTool("find_merchants", {{"kind", "fuel"}});
            why = found ? why : found.error();
            return found && !found->value("merchants", base::Json::array()).empty();
        },
        kReadyLimit, kPause);
    return known ? Result<void>() : std::unexpected("no merchant directory arrives: " + why);
}

} // namespace glovebox::simulator
