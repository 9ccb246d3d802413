// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/service.h"
#include "settlement/make_settlement.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/wire/sample.h"

#include <QObject>

#include <map>

namespace glovebox::testing
{

/// The daemon's book, in memory; answers as events, as the daemon does.
class MemoryBook final : public settlement::Book
{
public:
    [[nodiscard]] std::vector<payment::Purchase> unsettled() const override;
    [[nodiscard]] std::optional<payment::Purchase> find(const payment::ApprovalId &id) const override;
    void recall(const payment::ApprovalId &id, std::function<void(bool)> done) override;
    void record(const payment::PurchaseEvent &event, std::function<void(bool)> done) override;
    [[nodiscard]] std::string setting(const std::string &name) const override;
    void store(const std::string &name, const std::string &value, std::function<void(bool)> done) override;

    std::map<payment::ApprovalId, payment::Purchase> purchases;
    std::map<payment::ApprovalId, payment::Purchase> archive; // what only recall() finds
    std::map<std::string, std::string> settings;
    std::vector<std::string> log; // "record:submit", "store:events.cursor", and what the transport adds
    bool failing = false;
    int pending = 0;
    QObject context;
};

/// What happens to one request on its way.
enum class Fate { delivered, unreachable, answerLost, forged, busy };

/// A transport with the real gateway behind it.
class ScriptedTransport final : public ports::Transport
{
public:
    using Gateway = std::function<ports::HttpAnswer(const ports::HttpRequest &)>;
    void send(const ports::HttpRequest &request,
              std::function<void(const ports::HttpAnswer &)> onAnswer) override;

    Gateway gateway;
    std::function<Fate(const ports::HttpRequest &)> fate = [](const ports::HttpRequest &) {
        return Fate::delivered;
    };
    std::function<std::string(const std::string &)> forge; // body -> body
    std::optional<int> retryAfter_s;
    bool hold = false; // answers do not arrive: the process dies before
    MemoryBook *book = nullptr;
    int pending = 0;
    QObject context;
};

class Hint final : public ports::Connectivity
{
public:
    [[nodiscard]] bool online() const override { return m_online; }
    void start(std::function<void(bool)> onChange) override { m_onChange = std::move(onChange); }
    void set(bool online)
    {
        m_online = online;
        if (m_onChange) {
            m_onChange(online);
        }
    }

private:
    bool m_online = true;
    std::function<void(bool)> m_onChange;
};

/// The gateway that the sample's car talks to: its wallet with the car's keys, a garage, and a fuel station
/// with a key of its own.
[[nodiscard]] gateway::Config gatewayConfig(const Sample &sample,
                                            const std::vector<crypto::PublicKey> &carKeys);
/// Their entries, kept in the ledger as at a start.
[[nodiscard]] gateway::Merchants gatewayMerchants(const Sample &sample, gateway::Ledger &ledger);
/// What travels as HTTP, without the network.
[[nodiscard]] ports::HttpAnswer askGateway(gateway::Service &service, const ports::HttpRequest &request);
/// POST /v1/merchant/approvals/ID/`what`, signed by the fuel station.
[[nodiscard]] ports::HttpRequest merchantRequest(const Sample &sample, const payment::ApprovalId &id,
                                                 const std::string &what, const base::Json &body);

class World
{
public:
    World();
    ~World();
    /// A new gateway over the same database.
    void reopenLedger();
    /// The gateway knows another key of the same wallet.
    void enrol(const crypto::PublicKey &key);
    /// A new settlement over the same book, as after a start of the daemon.
    void restart();
    /// Runs events until nobody waits for anything but time.
    void settle();
    void advance(base::Duration span);
    payment::ApprovalId approve(const payment::Approval &approval,
                                payment::State state = payment::State::queued);
    [[nodiscard]] payment::State state(const payment::ApprovalId &id) const
    {
        return book.purchases.at(id).state;
    }
    [[nodiscard]] int sent(const std::string &what) const; // entries of the log that are this
    [[nodiscard]] base::Json report();
    ports::HttpAnswer merchantPost(const payment::ApprovalId &id, const std::string &what,
                                   const base::Json &body);

    Sample sample;
    FakeClock clock;
    MemoryBook book;
    ScriptedTransport transport;
    Hint hint;
    std::int64_t gatewayAhead_ms = 0; // of the car's wall time
    std::string processorScript;      // a file; from the next reopenLedger() on
    gateway::Ledger *ledger = nullptr;
    std::optional<crypto::CosignerKey> witness; // of the gateway
    std::unique_ptr<gateway::Service> service;
    std::unique_ptr<settlement::Settlement> settlement;
    settlement::Checkpoints *checkpoints = nullptr; // from the next restart() on
    std::function<std::uint64_t()> random = [] { return std::uint64_t{1'999'999'999}; };

    [[nodiscard]] ports::HttpAnswer ask(const ports::HttpRequest &request)
    {
        return askGateway(*service, request);
    }

private:
    std::string m_cosigner;
    std::vector<crypto::PublicKey> m_carKeys;
};

} // namespace glovebox::testing
