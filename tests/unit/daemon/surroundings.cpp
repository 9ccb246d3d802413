// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/daemon/surroundings.h"

#include <thread>

namespace glovebox::testing
{

namespace
{

class DisturbedJournal final : public journal::Journal
{
public:
    DisturbedJournal(std::unique_ptr<journal::Journal> real, Disturbance &disturbance)
        : m_real(std::move(real)), m_disturbance(disturbance)
    {}

    [[nodiscard]] journal::JournalResult<journal::Committed> append(const journal::Batch &batch) override
    {
        ++m_disturbance.calls;
        const int fault = m_disturbance.fault;
        if (fault < 0 || m_disturbance.failAfter-- > 0) {
            return m_real->append(batch);
        }
        if (!m_disturbance.lasting) {
            m_disturbance.fault = -1;
        }
        return base::fail(static_cast<journal::JournalFault>(fault), "disturbed");
    }
    [[nodiscard]] journal::JournalIdentity identity() const override { return m_real->identity(); }
    [[nodiscard]] journal::JournalResult<std::optional<payment::Purchase>>
    purchase(const payment::PurchaseId &id) override
    {
        ++m_disturbance.calls;
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
        ++m_disturbance.calls;
        return m_real->purchaseOfRequest(agent, request);
    }
    [[nodiscard]] journal::JournalResult<std::vector<journal::OutboxRow>> outbox() override
    {
        return m_real->outbox();
    }
    [[nodiscard]] journal::JournalResult<std::optional<std::string>> setting(const std::string &name) override
    {
        return m_real->setting(name);
    }
    [[nodiscard]] journal::JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfApproval(const payment::ApprovalId &approval) override
    {
        return m_real->purchaseOfApproval(approval);
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
    Disturbance &m_disturbance;
};

} // namespace

void FakeSignals::send(const ports::VehicleReadings &now)
{
    readings = now;
    if (m_onChange) {
        std::thread([this] { m_onChange(readings); }).join();
    }
}

void FakeConnectivity::set(bool online)
{
    m_online = online;
    if (m_onChange) {
        m_onChange(online);
    }
}

daemon::DriverDesk::Listener FakeCockpit::listener()
{
    return {
        [this](const daemon::ViewState &view) { views.push_back(view); },
        [this](const std::string &nonce, const std::string &reason) { refusals.emplace_back(nonce, reason); },
        [this](const std::string &outcome) { pinAnswers.push_back(outcome); }};
}

void ScriptedSettlement::start()
{
    if (book.setting("directory").empty()) {
        book.store("directory", m_directory, [this](bool ok) {
            if (ok && onDirectory) {
                onDirectory(m_directory);
            }
        });
    }
}

void ScriptedSettlement::record(const std::string &purchase, payment::Event event, const base::Moment &at,
                                const std::optional<payment::SettlementFacts> &facts)
{
    payment::PurchaseEvent change;
    change.purchase = payment::PurchaseId::fromText(purchase).value();
    change.event = event;
    change.at = at;
    change.settlement = facts;
    book.record(change, [this](bool ok) { recorded.push_back(ok); });
}

std::unique_ptr<journal::Journal> disturbed(std::unique_ptr<journal::Journal> journal,
                                            Disturbance &disturbance)
{
    return std::make_unique<DisturbedJournal>(std::move(journal), disturbance);
}

} // namespace glovebox::testing
