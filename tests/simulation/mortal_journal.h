// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/journal.h"

#include <atomic>
#include <mutex>

namespace glovebox::simulation
{

/// Shared by the simulation and the journal's thread. The thread works only while the simulation waits for
/// it, so that a story does not depend on which of the two is quicker.
struct JournalFate
{
    enum class Death { before, after };
    std::mutex gate; // held by the simulation while it runs the car's events
    int calls = 0;
    bool dead = false; // the process ended in a write
    int deathIn = 0;   // writes from now, that one included; 0: it lives
    Death death = Death::before;
    int fullIn = 0; // likewise: the disk has no room for that one
};

/// The real journal, in which the process may end: before a write, or after it was durable and before
/// anybody heard of it.
class MortalJournal final : public journal::Journal
{
public:
    MortalJournal(std::unique_ptr<journal::Journal> real, JournalFate &fate)
        : m_real(std::move(real)), m_fate(fate)
    {}
    [[nodiscard]] journal::JournalResult<journal::Committed> append(const journal::Batch &batch) override;
    [[nodiscard]] journal::JournalIdentity identity() const override;
    [[nodiscard]] journal::JournalResult<std::optional<payment::Purchase>>
    purchase(const payment::PurchaseId &id) override;
    [[nodiscard]] journal::JournalResult<std::vector<payment::Purchase>> purchases(int count_max) override;
    [[nodiscard]] journal::JournalResult<std::vector<payment::Purchase>> unfinished() override;
    [[nodiscard]] journal::JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfRequest(const payment::AgentId &agent, const payment::RequestId &request) override;
    [[nodiscard]] journal::JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfApproval(const payment::ApprovalId &approval) override;
    [[nodiscard]] journal::JournalResult<std::vector<journal::OutboxRow>> outbox() override;
    [[nodiscard]] journal::JournalResult<std::optional<std::string>>
    setting(const std::string &name) override;
    [[nodiscard]] journal::JournalResult<std::vector<journal::EntryRecord>> entries(std::uint64_t from,
                                                                                    int count) override;
    [[nodiscard]] journal::JournalResult<std::vector<base::Hash>> leaves(std::uint64_t from,
                                                                         int count) override;

private:
    template<class Call> auto gated(Call call)
    {
        const std::lock_guard lock(m_fate.gate);
        ++m_fate.calls;
        return call();
    }
    std::unique_ptr<journal::Journal> m_real;
    JournalFate &m_fate;
};

} // namespace glovebox::simulation
