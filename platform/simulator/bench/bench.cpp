// SPDX-License-Identifier: Apache-2.0
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

const char *nameOf(Program program)
{
    switch (program) {
    case Program::gateway:
        return "glovebox-gateway";
    case Program::daemon:
        return "gloveboxd";
    case Program::cockpit:
        return "glovebox-cockpit";
    }
    return "";
}

Bench::Result<std::unique_ptr<Bench>> Bench::start(Options options)
{
    auto run = RunFolder::make();
    if (!run) {
        return std::unexpected(run.error());
    }
    std::unique_ptr<Bench> bench(new Bench(std::move(options), std::move(*run)));
    if (auto started = bench->startAll(); !started) {
        return std::unexpected(started.error());
    }
    return bench;
}

Bench::Bench(Options options, RunFolder run)
    : m_options(std::move(options)), m_run(std::move(run)), m_daemonControl(m_run / "desk/daemon.sock"),
      m_cockpitControl(m_run / "desk/cockpit.sock")
{}

Bench::~Bench()
{
    m_assistant.reset();
    for (const Program program : {Program::cockpit, Program::daemon, Program::gateway}) {
        m_programs[indexOf(program)].reset();
    }
    m_books.reset();
    m_bus.reset();
    m_carThread.quit();
    m_carThread.wait();
}

Bench::Result<void> Bench::startAll()
{
    if (auto prepared = prepareRun(m_run); !prepared) {
        return prepared;
    }
    if (auto ran = runToEnd("make-test-ca", {m_run / "tls"}, {}); !ran) {
        return ran;
    }
    if (!m_forwarder.listen()) {
        return std::unexpected("no free port for the car's network");
    }
    for (const auto part :
         {&Bench::startBus, &Bench::startCar, &Bench::initialiseDaemon, &Bench::startGateway,
          &Bench::startDaemon, &Bench::startCockpit, &Bench::awaitDirectory}) {
        if (auto done = (this->*part)(); !done) {
            return done;
        }
    }
    return {};
}

ChildProcess::Command Bench::command(const char *program, const QStringList &arguments) const
{
    const QString name = QLatin1String(program);
    const QString path = name == QLatin1String("make-test-ca")  ? m_options.places.makeTestCa
                         : name == QLatin1String("dbus-daemon") ? name
                                                                : m_options.places.programs + u'/' + name;
    return {path, arguments, m_options.logFolder + u'/' + name + QStringLiteral(".log")};
}

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
    if (!m_merchant) {
        auto key = openKey(m_run, "merchant.pem");
        if (!key) {
            return std::unexpected(key.error());
        }
        m_merchant = std::make_unique<Merchant>(std::move(*key), m_run / "tls/ca.pem");
    }
    m_merchant->setGatewayPort(static_cast<quint16>(port));
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

Bench::Result<void> Bench::startProgram(Program program)
{
    if (running(program)) {
        return {};
    }
    switch (program) {
    case Program::gateway:
        return startGateway();
    case Program::daemon:
        return startDaemon();
    case Program::cockpit:
        return startCockpit();
    }
    return {};
}

void Bench::kill(Program program)
{
    if (auto &process = m_programs[indexOf(program)]) {
        process->kill();
    }
}

Bench::Result<void> Bench::restart(Program program)
{
    if (auto &process = m_programs[indexOf(program)]) {
        process->stop();
    }
    return startProgram(program);
}

bool Bench::running(Program program) const
{
    const auto &process = m_programs[indexOf(program)];
    return process && process->running();
}

void Bench::setSignal(const SignalSetting &setting)
{
    QMetaObject::invokeMethod(m_car, [car = m_car, setting] { car->set(setting); }, Qt::QueuedConnection);
}

Bench::Result<void> Bench::setNetwork(Network network)
{
    m_network = network;
    m_forwarder.setMode(network == Network::on    ? Forwarder::Mode::open
                        : network == Network::off ? Forwarder::Mode::closed
                                                  : Forwarder::Mode::dropsAnswers);
    return tellConnectivity();
}

Bench::Result<void> Bench::tellConnectivity()
{
    if (!running(Program::daemon)) {
        return {}; // it is told when it starts
    }
    const auto told = m_daemonControl.call({{"online", m_network != Network::off}});
    return told ? Result<void>() : std::unexpected(told.error());
}

Bench::Result<void> Bench::advance(std::chrono::milliseconds by)
{
    constexpr std::chrono::milliseconds kAdvanceLimit(60000);
    const auto moved = m_daemonControl.call({{"advance_ms", by.count()}}, kAdvanceLimit);
    if (!moved) {
        return std::unexpected(moved.error());
    }
    m_advanced += by;
    return {};
}

Bench::Result<std::int64_t> Bench::daemonBootTime_ms() const
{
    const auto now = m_daemonControl.call({{"now", true}});
    if (!now) {
        return std::unexpected(now.error());
    }
    return now->value("boot_ms", std::int64_t(0));
}

Bench::Result<McpClient *> Bench::assistant()
{
    if (!m_assistant || !m_assistant->isOpen()) {
        const auto server =
            command("glovebox-mcp", {QStringLiteral("--bus"), busAddress(m_run),
                                     QStringLiteral("--token-file"), m_run / "assistant.token"});
        m_assistant =
            std::make_unique<McpClient>(McpClient::Server{server.program, server.arguments, server.logFile});
        if (auto opened = m_assistant->open(); !opened) {
            return std::unexpected(opened.error());
        }
    }
    return m_assistant.get();
}

Bench::Result<base::Json> Bench::gatewayReport()
{
    if (auto copied = copyGatewayBooks(m_run); !copied) {
        return std::unexpected(copied.error());
    }
    ChildProcess process(command("glovebox-gateway", {QStringLiteral("--config"), m_run / "gateway-copy.json",
                                                      QStringLiteral("--report")}));
    const auto code = process.run({}, kReadyLimit);
    if (!code || *code != 0) {
        return std::unexpected("the gateway's report: " + (code ? process.logTail() : code.error()));
    }
    auto report = base::parseJson(process.process().readAllStandardOutput().trimmed().toStdString(),
                                  {.bytes_max = 1048576});
    if (!report) {
        return std::unexpected("the gateway's report is not JSON");
    }
    return std::move(*report);
}

} // namespace glovebox::simulator
