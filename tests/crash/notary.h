// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/crash/workload.h"

namespace glovebox::testing
{

/// What the journal says now. Looking is no part of the workload: nothing fails meanwhile. An erasure alone
/// may leave a journal that cannot be read, where the disk failed once it was durable; anything else may not.
[[nodiscard]] Acknowledgement acknowledgementOf(journal::Journal &journal, const journal::Batch &batch = {},
                                                const std::string &before = {});

/// Passes everything on, and takes down what the journal said is durable.
class Notary final : public journal::Journal
{
public:
    Notary(std::unique_ptr<journal::Journal> real, std::vector<Acknowledgement> &acknowledged)
        : m_real(std::move(real)), m_acknowledged(acknowledged)
    {}
    [[nodiscard]] journal::JournalResult<journal::Committed> append(const journal::Batch &batch) override
    {
        auto committed = m_real->append(batch);
        if (committed) {
            m_acknowledged.push_back(acknowledgementOf(*m_real, batch, m_acknowledged.back().state));
        }
        return committed;
    }
    [[nodiscard]] journal::JournalIdentity identity() const override { return m_real->identity(); }
    [[nodiscard]] journal::JournalResult<std::optional<payment::Purchase>>
    purchase(const payment::PurchaseId &id) override
    {
        return m_real->purchase(id);
    }
    [[nodiscard]] journal::JournalResult<std::vector<payment::Purchase>> purchases(int count_max) override
    {
        return m_real->purchases(count_max);
    }
    [[nodiscard]] journal::JournalResult<std::vector<payment::Purchase>> unfinished() override
    {
        return m_real->unfinished();
    }
    [[nodiscard]] journal::JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfRequest(const payment::AgentId &agent, const payment::RequestId &request) override
    {
        return m_real->purchaseOfRequest(agent, request);
    }
    [[nodiscard]] journal::JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfApproval(const payment::ApprovalId &approval) override
    {
        return m_real->purchaseOfApproval(approval);
    }
    [[nodiscard]] journal::JournalResult<std::vector<journal::OutboxRow>> outbox() override
    {
        return m_real->outbox();
    }
    [[nodiscard]] journal::JournalResult<std::optional<std::string>> setting(const std::string &name) override
    {
        return m_real->setting(name);
    }
    [[nodiscard]] journal::JournalResult<std::vector<journal::EntryRecord>> entries(std::uint64_t from,
                                                                                    int count) override
    {
        return m_real->entries(from, count);
    }
    [[nodiscard]] journal::JournalResult<std::vector<base::Hash>> leaves(std::uint64_t from,
                                                                         int count) override
    {
        return m_real->leaves(from, count);
    }

private:
    std::unique_ptr<journal::Journal> m_real;
    std::vector<Acknowledgement> &m_acknowledged;
};

} // namespace glovebox::testing
