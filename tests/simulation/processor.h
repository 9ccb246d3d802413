// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/processor.h"
#include "tests/simulation/dice.h"

#include <map>

namespace glovebox::simulation
{

/// The card networks: what an approval gets is drawn, and so is whether they say so in time. They forget at
/// once that they were asked under a key: a second question is a second charge. Only a look-up tells.
class Processor
{
public:
    explicit Processor(std::uint64_t seed) : m_dice(seed) {}
    [[nodiscard]] gateway::Decision authorise(const payment::Approval &approval);
    [[nodiscard]] std::optional<gateway::Decision> lookup(const payment::Approval &approval);
    /// From now on it gives no answer in time with this chance.
    void setTrouble(std::uint64_t percent) { m_trouble = percent; }
    /// A defect to plant: no payment is ever found.
    void loseIndex() { m_index = false; }
    /// How often money was held or taken for an approval.
    [[nodiscard]] int chargesOf(const payment::ApprovalId &id) const;

private:
    Dice m_dice;
    std::uint64_t m_trouble = 0;
    bool m_index = true;
    std::map<payment::ApprovalId, gateway::Decision> m_decisions;
    std::map<payment::ApprovalId, int> m_charges;
};

} // namespace glovebox::simulation
