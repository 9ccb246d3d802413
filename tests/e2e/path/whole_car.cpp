// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/path/whole_car.h"

#include "base/time.h"
#include "platform/simulator/bench/settings.h"
#include "platform/simulator/bench/wait.h"

#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <sys/stat.h>
#include <unistd.h>

namespace glovebox::testing
{

using simulator::ChildProcess;
using simulator::McpClient;
using simulator::waitUntil;
using std::chrono::milliseconds;

namespace
{

constexpr milliseconds kLimit(60000);
constexpr milliseconds kPause(20);

} // namespace

WholeCar::WholeCar(simulator::RunFolder folder, Options options)
    : m_run(std::move(folder)), m_options(std::move(options))
{}

WholeCar::~WholeCar()
{
    m_cockpit.reset();
    m_daemon.reset();
    m_gateway.reset();
    m_books.reset();
    m_carThread.quit();
    m_carThread.wait();
}

Maybe<std::unique_ptr<WholeCar>> WholeCar::start(Options options)
{
    auto folder = simulator::RunFolder::make();
    if (!folder) {
        return std::unexpected(folder.error());
    }
    auto car = std::make_unique<WholeCar>(std::move(*folder), std::move(options));
    if (auto started = car->startAll(); !started) {
        return std::unexpected(started.error());
    }
    return car;
}

Done WholeCar::startAll()
{
    if (auto made = simulator::prepareRun(m_run); !made) {
        return made;
    }
    const QString makeTestCa = QStringLiteral(GLOVEBOX_SOURCE_DIR "/scripts/make-test-ca");
    if (auto made = runToEnd({makeTestCa, {m_run / "tls"}, m_run / "make-test-ca.log"}); !made) {
        return made;
    }
    if (!m_bus.start(m_options.policy)) {
        return std::unexpected("the bus: " + m_bus.errorString().toStdString());
    }
    if (!m_forwarder.listen()) {
        return std::unexpected("no free port for the car's network");
    }
    for (const auto step : {&WholeCar::startCar, &WholeCar::writeDaemonConfig, &WholeCar::handOver}) {
        if (auto done = (this->*step)(); !done) {
            return done;
        }
    }
    m_books = std::make_unique<simulator::Books>(m_bus.address());
    m_cockpitControl.emplace(m_run / "desk/cockpit.sock");
    if (auto made = setUp(); !made) {
        return made;
    }
    for (const auto step : {&WholeCar::startDaemon, &WholeCar::writeGatewayConfig, &WholeCar::startGateway,
                            &WholeCar::startCockpit}) {
        if (step == &WholeCar::startGateway && !m_options.gateway) {
            continue;
        }
        if (auto done = (this->*step)(); !done) {
            return done;
        }
    }
    return {};
}

Done WholeCar::setUp()
{
    const QStringList config = {QStringLiteral("--config"), m_run / "gloveboxd.json"};
    const auto daemon = account(&Accounts::daemon);
    if (auto done = runToEnd(command("gloveboxd", config + QStringList{QStringLiteral("--init")}, daemon));
        !done) {
        return done;
    }
    return runToEnd(command("gloveboxd", config + QStringList{QStringLiteral("--enrol-pin")}, daemon),
                    QByteArray(simulator::kPin) + '\n');
}

Done WholeCar::startCar()
{
    m_car = new simulator::VissServer(simulator::parkedCar());
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
    return listening ? Done() : std::unexpected("no free port for the car's signals");
}

std::optional<Account> WholeCar::account(Account Accounts::*who) const
{
    return m_options.accounts ? std::optional((*m_options.accounts).*who) : std::nullopt;
}

QString WholeCar::program(const char *name) const
{
    const QString copy = m_run / "bin/" + QLatin1String(name);
    return QFile::exists(copy) ? copy : QStringLiteral(GLOVEBOX_BIN_DIR "/") + QLatin1String(name);
}

ChildProcess::Command WholeCar::command(const char *name, const QStringList &arguments,
                                        const std::optional<Account> &account) const
{
    const QString log = m_run / name + QStringLiteral(".log");
    if (!account) {
        return {program(name), arguments, log};
    }
    return {QStringLiteral("setpriv"),
            QStringList{QStringLiteral("--reuid=%1").arg(account->user),
                        QStringLiteral("--regid=%1").arg(account->group), QStringLiteral("--clear-groups"),
                        QStringLiteral("--no-new-privs"), QStringLiteral("--pdeathsig=KILL"), program(name)} +
                arguments,
            log};
}

Done WholeCar::runToEnd(ChildProcess::Command command, const QByteArray &input) const
{
    ChildProcess process(std::move(command));
    const auto code = process.run(input, kLimit);
    if (!code) {
        return std::unexpected(code.error());
    }
    return *code == 0 ? Done()
                      : std::unexpected(process.name().toStdString() + " ended with " +
                                        std::to_string(*code) + ": " + process.logTail());
}

Done WholeCar::startDaemon()
{
    QStringList arguments = {QStringLiteral("--config"), m_run / "gloveboxd.json"};
    if (!m_options.accounts) {
        arguments.append(QStringLiteral("--insecure-desk"));
    }
    m_daemon.emplace(command("gloveboxd", arguments, account(&Accounts::daemon)));
    if (auto started = m_daemon->start(); !started) {
        return started;
    }
    std::string why;
    const auto answers = [&] {
        const auto status = m_books->status();
        why = status ? std::string() : status.error();
        return status.has_value() || !m_daemon->running();
    };
    if (!waitUntil(answers, kLimit, kPause) || !m_daemon->running()) {
        return std::unexpected("the daemon does not start: " + why + '\n' + m_daemon->logTail());
    }
    return {};
}

void WholeCar::killDaemon()
{
    m_daemon->kill();
}

void WholeCar::stopDaemon()
{
    m_daemon->stop();
}

Done WholeCar::startGateway()
{
    m_gateway.emplace(
        command("glovebox-gateway", {QStringLiteral("--config"), m_run / "gateway.json"}, std::nullopt));
    if (auto started = m_gateway->start(); !started) {
        return started;
    }
    const auto spoke = [this] { return m_gateway->process().canReadLine() || !m_gateway->running(); };
    if (!waitUntil(spoke, kLimit, kPause) || !m_gateway->process().canReadLine()) {
        return std::unexpected("the gateway does not start: " + m_gateway->logTail());
    }
    const auto line = base::parseJson(m_gateway->process().readLine().trimmed().toStdString());
    const std::string url =
        line && line->is_object() ? line->value("listening", std::string()) : std::string();
    const int port = QUrl(QString::fromStdString(url)).port();
    if (port <= 0) {
        return std::unexpected("the gateway does not say where it listens");
    }
    m_forwarder.setTarget(static_cast<quint16>(port));
    return {};
}

Done WholeCar::startCockpit()
{
    m_cockpit.emplace(command("glovebox-cockpit-desk",
                              {QStringLiteral("--socket"), m_run / "driver/driver.sock",
                               QStringLiteral("--desk-socket"), m_run / "desk/cockpit.sock"},
                              account(&Accounts::cockpit)));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    if (m_options.accounts) {
        environment.insert(QStringLiteral("HOME"), QStringLiteral("/nonexistent"));
    }
    m_cockpit->process().setProcessEnvironment(environment);
    if (auto started = m_cockpit->start(); !started) {
        return started;
    }
    const auto ready = [this] {
        const auto items = m_cockpitControl->call({{"items", true}});
        return !m_cockpit->running() || (items && items->value("exposed", false));
    };
    if (!waitUntil(ready, kLimit, kPause) || !m_cockpit->running()) {
        return std::unexpected("the cockpit does not start: " + m_cockpit->logTail());
    }
    return {};
}

Maybe<Json> WholeCar::gatewayReport()
{
    ChildProcess process(command(
        "glovebox-gateway", {QStringLiteral("--config"), m_run / "gateway.json", QStringLiteral("--report")},
        std::nullopt));
    const auto code = process.run({}, kLimit);
    if (!code || *code != 0) {
        return std::unexpected("the gateway's report: " + (code ? process.logTail() : code.error()));
    }
    auto report = base::parseJson(process.process().readAllStandardOutput().trimmed().toStdString());
    return report ? Maybe<Json>(std::move(*report)) : std::unexpected("the report is not JSON");
}

Maybe<QByteArray> WholeCar::glovebox(const QStringList &arguments)
{
    ChildProcess process(
        command("glovebox", QStringList{QStringLiteral("--bus"), m_bus.address()} + arguments, std::nullopt));
    const auto code = process.run({}, kLimit);
    if (!code || *code != 0) {
        return std::unexpected("glovebox: " + (code ? process.logTail() : code.error()));
    }
    return process.process().readAllStandardOutput();
}

QStringList WholeCar::mcpArguments() const
{
    return {QStringLiteral("--bus"), m_bus.address(), QStringLiteral("--token-file"),
            m_run / "assistant.token"};
}

Maybe<std::unique_ptr<McpClient>> WholeCar::assistant()
{
    const auto server = command("glovebox-mcp", mcpArguments(), account(&Accounts::agent));
    auto client =
        std::make_unique<McpClient>(McpClient::Server{server.program, server.arguments, server.logFile});
    if (auto opened = client->open(); !opened) {
        return std::unexpected(opened.error());
    }
    return client;
}

Done WholeCar::waitForMerchants(McpClient &assistant)
{
    std::string found;
    const auto known = [&] {
        const auto answer = assistant.callTool("find_merchants", {{"kind", "parking"}});
        found = answer ? answer->dump() : answer.error();
        return answer && !answer->value("merchants", Json::array()).empty();
    };
    return waitUntil(known, kLimit, milliseconds(200)) ? Done() : std::unexpected("no merchants: " + found);
}

} // namespace glovebox::testing
