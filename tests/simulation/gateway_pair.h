// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/transport.h"
#include "tests/simulation/bench.h"
#include "tests/simulation/dice.h"
#include "tests/simulation/processor.h"
#include "tests/simulation/timeline.h"

#include <array>

namespace glovebox::simulation
{

/// What is going to happen to the next write of a gateway.
enum class WriteFate { done, diesBefore, diesAfter, full, rivalFirst };

/// Two instances of the gateway over one ledger and one processor. Either may end at any write and is
/// started again; and while one is between reading and writing, the other may handle the same request.
class GatewayPair
{
public:
    GatewayPair(const Bench &bench, Timeline &timeline, Dice &dice);
    /// By one of the two; nothing: it ended meanwhile.
    [[nodiscard]] std::optional<ports::HttpAnswer> handle(const ports::HttpRequest &request);
    /// From now on each write meets trouble with this chance.
    void setTrouble(std::uint64_t percent)
    {
        m_trouble = percent;
        m_processor.setTrouble(percent);
    }
    /// A defect to plant: the database would take a second row for the same approval.
    void dropUniqueKey() { m_unique = false; }
    /// A defect to plant: payments are not found at the processor.
    void loseProcessorIndex() { m_processor.loseIndex(); }

    [[nodiscard]] base::Json report();
    /// Rows that only a database without the unique key would have taken.
    [[nodiscard]] const std::vector<gateway::Row> &seconds() const { return m_seconds; }
    [[nodiscard]] const Processor &processor() const { return m_processor; }

private:
    class Desk;
    static constexpr int kInstances = 2;
    void restart(int instance);
    [[nodiscard]] ports::HttpAnswer ask(int instance, const ports::HttpRequest &request);
    [[nodiscard]] gateway::LedgerResult<void> write(int instance, const gateway::Row &row,
                                                    const std::vector<gateway::Posting> &postings, bool event,
                                                    base::WallTime at);
    [[nodiscard]] WriteFate drawFate();

    const Bench &m_bench;
    Timeline &m_timeline;
    Dice &m_dice;
    Processor m_processor;
    std::unique_ptr<gateway::Ledger> m_ledger;
    std::array<std::unique_ptr<gateway::Service>, kInstances> m_services;
    std::uint64_t m_trouble = 0;
    bool m_unique = true;
    std::vector<gateway::Row> m_seconds;
    const ports::HttpRequest *m_request = nullptr; // that is being handled
    bool m_dead = false;                           // the instance that handled it
    bool m_rival = false;                          // the other one handles it now
};

} // namespace glovebox::simulation
