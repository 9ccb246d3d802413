// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "platform/simulator/bench/books.h"
#include "platform/simulator/bench/child_process.h"
#include "platform/simulator/bench/control.h"
#include "platform/simulator/bench/forwarder.h"
#include "platform/simulator/bench/mcp_client.h"
#include "platform/simulator/bench/run_folder.h"
#include "platform/simulator/car/viss_server.h"
#include "tests/support/private_bus.h"

#include <QThread>

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>

/// For std::expected<…, std::string>: the error is the message.
#define QVERIFY_OK(...)                                                                                      \
    do {                                                                                                     \
        const auto &verified = (__VA_ARGS__);                                                                \
        QVERIFY2(verified.has_value(), verified ? "" : verified.error().c_str());                            \
    } while (false)

namespace glovebox::testing
{

using base::Json;
using Done = std::expected<void, std::string>;
template<class T> using Maybe = std::expected<T, std::string>;
using simulator::Forwarder;

/// A user and its group, by number.
struct Account
{
    unsigned user;
    unsigned group;
};

/// Who runs what. The test itself is the administrator, and runs the gateway.
struct Accounts
{
    Account daemon;
    Account cockpit;
    Account agent;
};

/// The product as it is used: the shipped gloveboxd, glovebox-mcp, glovebox and glovebox-gateway with TLS, a
/// car that sends its signals, and the cockpit with a finger (glovebox-cockpit-desk), as processes on a bus
/// of their own, in a folder of their own. All of them end with the object.
class WholeCar
{
public:
    struct Options
    {
        /// Nothing: the test's own user runs everything, with --insecure-desk.
        std::optional<Accounts> accounts;
        PrivateBus::Policy policy;
        /// Entries of the gateway's merchants besides those of resources/sandbox.
        Json moreMerchants = Json::array();
        /// Whether the gateway runs from the start on.
        bool gateway = true;
        /// Configures another assistant, "second", with its token in second.token.
        bool secondAssistant = false;
    };
    explicit WholeCar(simulator::RunFolder folder, Options options);
    ~WholeCar();
    Q_DISABLE_COPY_MOVE(WholeCar)

    /// Sets the daemon up and starts everything; parked, no driver session yet.
    [[nodiscard]] static Maybe<std::unique_ptr<WholeCar>> start(Options options);
    [[nodiscard]] static Maybe<std::unique_ptr<WholeCar>> start() { return start(Options{}); }

    [[nodiscard]] Done startDaemon();
    void killDaemon(); // -9
    void stopDaemon();
    [[nodiscard]] bool daemonRuns() const { return m_daemon && m_daemon->running(); }
    [[nodiscard]] Done startCockpit();
    void stopCockpit() { m_cockpit.reset(); }
    [[nodiscard]] Done startGateway();
    void stopGateway() { m_gateway.reset(); }
    /// From its next start on: another gateway behind the same address and certificate, with a signing key
    /// and books of its own. "gateway" is the one that the car knows.
    [[nodiscard]] Done useGateway(const std::string &name);
    /// From its next start on: `change` of its configuration.
    [[nodiscard]] Done changeGateway(const std::function<void(Json &)> &change);
    /// As docs/keys.md says: new keys and a new journal beside the old ones, and the gateway gets the new
    /// public key.
    [[nodiscard]] Done enrolAnew();
    void setNetwork(Forwarder::Mode mode) { m_forwarder.setMode(mode); }

    /// The driver enters the PIN on the screen.
    [[nodiscard]] Done unlock();
    /// Presses an item of the cockpit, after the screen has come to rest for as long as a driver needs to
    /// look.
    [[nodiscard]] Done touch(const char *item);
    [[nodiscard]] Done key(const char *name);
    /// Until the cockpit shows `screen`.
    [[nodiscard]] Done waitForScreen(const std::string &screen);
    /// Waits for the card, presses "Pay", waits until it is decided. The answer is the state.
    [[nodiscard]] Maybe<std::string> approve(const std::string &purchaseId);

    [[nodiscard]] const simulator::Books &books() const { return *m_books; }
    [[nodiscard]] Maybe<std::string> stateOf(const std::string &purchaseId) const;
    [[nodiscard]] Done waitForState(const std::string &purchaseId, const std::string &state) const;
    /// `glovebox-gateway --report`; the gateway must not run.
    [[nodiscard]] Maybe<Json> gatewayReport();
    /// Standard output of `glovebox ARGUMENTS`, as the administrator.
    [[nodiscard]] Maybe<QByteArray> glovebox(const QStringList &arguments);

    /// A new MCP session of the assistant.
    [[nodiscard]] Maybe<std::unique_ptr<simulator::McpClient>> assistant();
    /// Until the car knows the merchants: they come from the gateway.
    [[nodiscard]] static Done waitForMerchants(simulator::McpClient &assistant);

    /// PROGRAM with its arguments as another user.
    [[nodiscard]] simulator::ChildProcess::Command command(const char *program, const QStringList &arguments,
                                                           const std::optional<Account> &account) const;
    [[nodiscard]] QStringList mcpArguments() const;
    [[nodiscard]] QString busAddress() const { return m_bus.address(); }
    [[nodiscard]] QString path(const char *name) const { return m_run / name; }
    [[nodiscard]] QString program(const char *name) const;

private:
    [[nodiscard]] Done startAll();
    [[nodiscard]] Done startCar();
    [[nodiscard]] Done setUp(); // --init and --enrol-pin
    [[nodiscard]] Done writeDaemonConfig();
    [[nodiscard]] Done writeGatewayConfig();
    [[nodiscard]] Done makeLedger(); // the gateway's --init
    [[nodiscard]] Done handOver();
    [[nodiscard]] Done copyPrograms();
    [[nodiscard]] Done runToEnd(simulator::ChildProcess::Command command, const QByteArray &input = {}) const;
    [[nodiscard]] Done look() const;
    [[nodiscard]] Done press(const char *how, const char *what) const;
    [[nodiscard]] std::optional<Account> account(Account Accounts::*who) const;

    simulator::RunFolder m_run; // removed last
    Options m_options;
    QThread m_carThread; // a busy test must not look like a silent car
    simulator::VissServer *m_car = nullptr;
    QString m_vissUrl;
    PrivateBus m_bus;
    Forwarder m_forwarder;
    std::optional<simulator::ChildProcess> m_gateway;
    std::optional<simulator::ChildProcess> m_daemon;
    std::optional<simulator::ChildProcess> m_cockpit;
    std::unique_ptr<simulator::Books> m_books;
    std::optional<simulator::Control> m_cockpitControl;
};

/// A garage exit that takes approvals offline: 12.50 euro.
[[nodiscard]] Json garageExit(const std::string &requestId);

} // namespace glovebox::testing
