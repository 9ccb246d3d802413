// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/simulator/bench/books.h"
#include "platform/simulator/bench/child_process.h"
#include "platform/simulator/bench/control.h"
#include "platform/simulator/bench/forwarder.h"
#include "platform/simulator/bench/mcp_client.h"
#include "platform/simulator/bench/parts.h"
#include "platform/simulator/bench/settings.h"
#include "platform/simulator/car/viss_server.h"

#include <QThread>

#include <memory>
#include <optional>

namespace glovebox::simulator
{

/// A whole car on the desk: VISS server, private bus, gateway, daemon, cockpit, an assistant's MCP session;
/// each program the real one, or the desk's main() over the same libraries. Everything ends with the object.
class Bench
{
public:
    struct Options
    {
        Places places;
        QString logFolder; // exists
        QString display = QStringLiteral("1280x480@260mm");
        QString theme = QStringLiteral("night");
        QString locale = QStringLiteral("en");
        bool cockpitWindow = false; // false: drawn off screen
        SignalTree car = parkedCar();
    };
    template<class T> using Result = std::expected<T, std::string>;

    [[nodiscard]] static Result<std::unique_ptr<Bench>> start(Options options);
    ~Bench();
    Q_DISABLE_COPY_MOVE(Bench)

    /// Starts what is not running, and returns when it answers.
    [[nodiscard]] Result<void> startProgram(Program program);
    /// SIGKILL, as a crash would.
    void kill(Program program);
    /// SIGTERM and a new start.
    [[nodiscard]] Result<void> restart(Program program);

    void setSignal(const SignalSetting &setting);
    [[nodiscard]] Result<void> setNetwork(Network network);
    [[nodiscard]] Network network() const { return m_network; }
    /// On the daemon's clock.
    [[nodiscard]] Result<void> advance(std::chrono::milliseconds by);
    [[nodiscard]] Result<std::int64_t> daemonBootTime_ms() const;

    [[nodiscard]] const Control &cockpit() const { return m_cockpitControl; }
    [[nodiscard]] const Books &books() const { return *m_books; }
    /// The purchase's merchant tells the gateway what was taken, or, without an amount, that nothing was.
    [[nodiscard]] Result<void> merchantEvent(const std::string &purchaseId,
                                             std::optional<std::int64_t> complete_minor);
    /// Opened by the first call; opened again where the MCP server went away.
    [[nodiscard]] Result<McpClient *> assistant();
    /// `glovebox-gateway --report`: what is in a copy of the gateway's books.
    [[nodiscard]] Result<base::Json> gatewayReport();
    [[nodiscard]] const RunFolder &folder() const { return m_run; }
    [[nodiscard]] bool running(Program program) const;

private:
    Bench(Options options, RunFolder run);
    [[nodiscard]] Result<void> startAll();
    [[nodiscard]] Result<void> startBus();
    [[nodiscard]] Result<void> startCar();
    [[nodiscard]] Result<void> initialiseDaemon();
    [[nodiscard]] Result<void> startGateway();
    [[nodiscard]] Result<void> startDaemon();
    [[nodiscard]] Result<void> startCockpit();
    [[nodiscard]] Result<void> awaitDirectory();
    [[nodiscard]] Result<void> runToEnd(const char *program, const QStringList &arguments,
                                        const QByteArray &input);
    [[nodiscard]] ChildProcess::Command command(const char *program, const QStringList &arguments) const;
    [[nodiscard]] Result<void> tellConnectivity();

    Options m_options;
    RunFolder m_run; // removed last
    QThread m_carThread;
    VissServer *m_car = nullptr; // on m_carThread: a busy main thread must not look like a silent car
    QString m_vissUrl;
    Forwarder m_forwarder;
    Network m_network = Network::on;
    std::chrono::milliseconds m_advanced{0}; // a restarted daemon starts there
    Control m_daemonControl;
    Control m_cockpitControl;
    std::optional<ChildProcess> m_bus;
    std::optional<ChildProcess> m_programs[3];
    std::unique_ptr<Books> m_books;
    quint16 m_gatewayPort = 0;
    std::unique_ptr<McpClient> m_assistant;
};

} // namespace glovebox::simulator
