// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/processor.h"

namespace glovebox::simulation
{

using gateway::Decision;

Decision Processor::authorise(const payment::Approval &approval)
{
    const bool silent = m_dice.percent(m_trouble);
    if (silent && m_dice.percent(50)) {
        return {Decision::Kind::noAnswer, {}}; // it never got there
    }
    const std::uint64_t draw = m_dice.below(100);
    const Decision decision = draw < 8    ? Decision{Decision::Kind::declined, "do_not_honour"}
                              : draw < 12 ? Decision{Decision::Kind::stepUp, {}}
                                          : Decision{};
    m_charges[approval.id] += decision.kind == Decision::Kind::approved ? 1 : 0;
    m_decisions.insert_or_assign(approval.id, decision);
    return silent ? Decision{Decision::Kind::noAnswer, {}} : decision;
}

std::optional<Decision> Processor::lookup(const payment::Approval &approval)
{
    if (m_dice.percent(m_trouble)) {
        return Decision{Decision::Kind::noAnswer, {}};
    }
    const auto found = m_decisions.find(approval.id);
    return found == m_decisions.end() || !m_index ? std::nullopt : std::optional(found->second);
}

int Processor::chargesOf(const payment::ApprovalId &id) const
{
    const auto found = m_charges.find(id);
    return found == m_charges.end() ? 0 : found->second;
}

} // namespace glovebox::simulation
