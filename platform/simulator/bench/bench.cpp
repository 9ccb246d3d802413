// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/bench.h"

#include "platform/simulator/bench/merchant.h"
#include "platform/simulator/bench/wait.h"

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
    QMetaObject::invokeMethod(
        m_car, "setValue", Qt::QueuedConnection, Q_ARG(QString, QString::fromStdString(setting.path)),
        Q_ARG(QString, setting.value ? QString::fromStdString(*setting.value) : QString()));
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

Bench::Result<void> Bench::merchantEvent(const std::string &purchaseId,
                                         std::optional<std::int64_t> complete_minor)
{
    const auto record = m_books->purchase(purchaseId);
    if (!record) {
        return std::unexpected(record.error());
    }
    const std::string approval = record->value("approval_id", std::string());
    if (approval.empty()) {
        return std::unexpected("expected an approved purchase, found state " +
                               record->value("state", std::string()));
    }
    const base::Json proposal = record->value("proposal", base::Json::object());
    auto key = openKey(m_run, merchantKeyName(proposal.value("merchant_id", std::string())));
    if (!key) {
        return std::unexpected(key.error());
    }
    Merchant merchant(std::move(*key), m_run / "tls/ca.pem", m_gatewayPort);
    if (!complete_minor) {
        return merchant.release(approval);
    }
    const base::Json amount = proposal.value("amount", base::Json::object());
    return merchant.complete(approval, *complete_minor, amount.value("currency", std::string()));
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
