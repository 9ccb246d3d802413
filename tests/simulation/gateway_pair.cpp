// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/gateway_pair.h"

#include "tests/unit/settlement/world.h"

namespace glovebox::simulation
{

using gateway::LedgerFault;
using gateway::LedgerResult;

/// One instance's view of the ledger.
class GatewayPair::Desk final : public gateway::Ledger
{
public:
    Desk(GatewayPair &pair, int instance) : m_pair(pair), m_instance(instance) {}
    LedgerResult<std::optional<gateway::Row>> find(const payment::WalletId &wallet,
                                                   const payment::ApprovalId &approval) override
    {
        return m_pair.m_ledger->find(wallet, approval);
    }
    LedgerResult<std::optional<gateway::Row>> findForMerchant(const payment::MerchantId &merchant,
                                                              const payment::ApprovalId &approval) override
    {
        return m_pair.m_ledger->findForMerchant(merchant, approval);
    }
    LedgerResult<std::vector<gateway::Row>> inState(gateway::Row::State state) override
    {
        return m_pair.m_ledger->inState(state);
    }
    LedgerResult<void> write(const gateway::Row &row, const std::vector<gateway::Posting> &postings,
                             bool event, base::WallTime at) override
    {
        return m_pair.write(m_instance, row, postings, event, at);
    }
    LedgerResult<EventPage> events(const payment::WalletId &wallet, std::int64_t after,
                                   std::size_t count_max) override
    {
        return m_pair.m_ledger->events(wallet, after, count_max);
    }
    LedgerResult<void> keepMerchant(const std::string &hash, const base::Json &entry) override
    {
        return m_pair.m_ledger->keepMerchant(hash, entry);
    }
    LedgerResult<std::optional<base::Json>> merchant(const std::string &hash) override
    {
        return m_pair.m_ledger->merchant(hash);
    }
    gateway::WitnessedLogs &witnessedLogs() override { return m_pair.m_ledger->witnessedLogs(); }
    LedgerResult<base::Json> report() override { return m_pair.m_ledger->report(); }

private:
    GatewayPair &m_pair;
    int m_instance;
};

namespace
{

class ProcessorDesk final : public gateway::Processor
{
public:
    explicit ProcessorDesk(simulation::Processor &processor) : m_processor(processor) {}
    gateway::Decision authorise(const payment::Approval &approval) override
    {
        return m_processor.authorise(approval);
    }
    std::optional<gateway::Decision> lookup(const payment::Approval &approval) override
    {
        return m_processor.lookup(approval);
    }

private:
    simulation::Processor &m_processor;
};

} // namespace

GatewayPair::GatewayPair(const Bench &bench, Timeline &timeline, Dice &dice)
    : m_bench(bench), m_timeline(timeline), m_dice(dice), m_processor(dice.next()),
      m_ledger(std::move(gateway::Ledger::open(bench.ledgerPath()).value()))
{
    for (int instance = 0; instance < kInstances; ++instance) {
        restart(instance);
    }
}

void GatewayPair::restart(int instance)
{
    m_services[static_cast<std::size_t>(instance)] =
        std::make_unique<gateway::Service>(gateway::Service::Parts{
            m_bench.config, m_bench.gatewayKey(), std::make_unique<Desk>(*this, instance),
            std::make_unique<ProcessorDesk>(m_processor), m_bench.merchants, [this] {
                const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(m_timeline.now());
                return base::WallTime{testing::Sample::now_ms + now.count()};
            }});
}

ports::HttpAnswer GatewayPair::ask(int instance, const ports::HttpRequest &request)
{
    return testing::askGateway(*m_services[static_cast<std::size_t>(instance)], request);
}

std::optional<ports::HttpAnswer> GatewayPair::handle(const ports::HttpRequest &request)
{
    const auto instance = static_cast<int>(m_dice.below(kInstances));
    m_request = &request;
    m_dead = false;
    const ports::HttpAnswer answer = ask(instance, request);
    m_request = nullptr;
    if (m_dead) {
        restart(instance);
        return std::nullopt;
    }
    return answer;
}

WriteFate GatewayPair::drawFate()
{
    if (m_rival || !m_dice.percent(m_trouble)) {
        return WriteFate::done;
    }
    constexpr std::array kTroubles = {WriteFate::diesBefore, WriteFate::diesAfter, WriteFate::full,
                                      WriteFate::rivalFirst, WriteFate::rivalFirst};
    return kTroubles[m_dice.below(kTroubles.size())];
}

LedgerResult<void> GatewayPair::write(int instance, const gateway::Row &row,
                                      const std::vector<gateway::Posting> &postings, bool event,
                                      base::WallTime at)
{
    const WriteFate fate = drawFate();
    const std::string about = row.approval.text() + " as " + std::string(gateway::nameOf(row.state));
    switch (fate) {
    case WriteFate::diesBefore:
        m_timeline.tellFault("gateway ends before it writes " + about);
        m_dead = true;
        return base::fail(LedgerFault::io, "the process ended");
    case WriteFate::full:
        m_timeline.tellFault("no room for " + about);
        return base::fail(LedgerFault::full, "no room");
    case WriteFate::rivalFirst:
        m_timeline.tellFault("the other gateway handles the same request before this one writes " + about);
        m_rival = true;
        (void)ask(1 - instance, *m_request);
        m_rival = false;
        break;
    case WriteFate::diesAfter:
    case WriteFate::done:
        break;
    }
    auto written = m_ledger->write(row, postings, event, at);
    if (!written && written.error().code == LedgerFault::conflict && row.revision == 1 && !m_unique) {
        m_seconds.push_back(row);
        written = {};
    }
    m_timeline.tell("ledger " + std::string(written ? "has " : "has not taken ") + about);
    if (fate == WriteFate::diesAfter) {
        m_timeline.tellFault("gateway ends after it wrote " + about);
        m_dead = true;
        return base::fail(LedgerFault::io, "the process ended");
    }
    return written;
}

base::Json GatewayPair::report()
{
    return m_ledger->report().value();
}

} // namespace glovebox::simulation
