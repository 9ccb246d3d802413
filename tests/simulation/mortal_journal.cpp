// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/mortal_journal.h"

namespace glovebox::simulation
{

using journal::JournalFault;
using journal::JournalResult;

JournalResult<journal::Committed> MortalJournal::append(const journal::Batch &batch)
{
    return gated([&]() -> JournalResult<journal::Committed> {
        const bool dies = m_fate.deathIn > 0 && --m_fate.deathIn == 0;
        const bool full = m_fate.fullIn > 0 && --m_fate.fullIn == 0;
        if (m_fate.dead || (dies && m_fate.death == JournalFate::Death::before)) {
            m_fate.dead = true; // what it says now, nobody hears
            return base::fail(JournalFault::unknownOutcome, "the process ended");
        }
        if (full) {
            return base::fail(JournalFault::full, "no room");
        }
        auto committed = m_real->append(batch);
        m_fate.dead = dies;
        return committed;
    });
}

journal::JournalIdentity MortalJournal::identity() const
{
    return m_real->identity();
}

JournalResult<std::optional<payment::Purchase>> MortalJournal::purchase(const payment::PurchaseId &id)
{
    return gated([&] { return m_real->purchase(id); });
}

JournalResult<std::vector<payment::Purchase>> MortalJournal::purchases(int count_max)
{
    return gated([&] { return m_real->purchases(count_max); });
}

JournalResult<std::vector<payment::Purchase>> MortalJournal::unfinished()
{
    return gated([&] { return m_real->unfinished(); });
}

JournalResult<std::optional<payment::PurchaseId>>
MortalJournal::purchaseOfRequest(const payment::AgentId &agent, const payment::RequestId &request)
{
    return gated([&] { return m_real->purchaseOfRequest(agent, request); });
}

JournalResult<std::optional<payment::PurchaseId>>
MortalJournal::purchaseOfApproval(const payment::ApprovalId &approval)
{
    return gated([&] { return m_real->purchaseOfApproval(approval); });
}

JournalResult<std::vector<journal::OutboxRow>> MortalJournal::outbox()
{
    return gated([&] { return m_real->outbox(); });
}

JournalResult<std::optional<std::string>> MortalJournal::setting(const std::string &name)
{
    return gated([&] { return m_real->setting(name); });
}

JournalResult<std::vector<journal::EntryRecord>> MortalJournal::entries(std::uint64_t from, int count)
{
    return gated([&] { return m_real->entries(from, count); });
}

JournalResult<std::vector<base::Hash>> MortalJournal::leaves(std::uint64_t from, int count)
{
    return gated([&] { return m_real->leaves(from, count); });
}

} // namespace glovebox::simulation
