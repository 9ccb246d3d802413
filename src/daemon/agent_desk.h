// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/proposal_limits.h"
#include "daemon/services.h"
#include "daemon/world.h"

#include <list>

namespace glovebox::daemon
{

/// The assistant's side: parse strictly, judge, record, answer with a handle. It approves nothing.
class AgentDesk final : public AgentService
{
public:
    static constexpr unsigned kWait_s_max = 20;
    static constexpr std::size_t kWaits_max = 256; // BusCallers allows fewer, and each caller its share

    explicit AgentDesk(World &world);
    ~AgentDesk() override;

    /// A purchase changed on disk: whoever waits for it is told.
    void changed(const payment::Purchase &purchase);

    // AgentService
    void propose(const AgentCaller &caller, const std::string &proposal, Reply reply) override;
    void purchase(const AgentCaller &caller, const std::string &purchaseId, std::int64_t sinceVersion,
                  unsigned wait_s, Reply reply) override;
    void withdraw(const AgentCaller &caller, const std::string &purchaseId, Reply reply) override;
    void callerGone() override;
    [[nodiscard]] Answer permissions(const AgentCaller &caller) const override;
    [[nodiscard]] Answer findMerchants(const AgentCaller &caller, const std::string &kind,
                                       unsigned count_max) const override;

private:
    struct Wait
    {
        payment::PurchaseId purchase;
        std::string known; // the answer at its end, where the purchase has left the memory
        Reply reply;
        std::shared_ptr<const bool> connected;
        std::unique_ptr<ports::Alarm> alarm;
    };
    using Found = std::function<void(const std::expected<payment::Purchase, CallError> &)>;

    void record(const AgentCaller &caller, const payment::Proposal &proposal, Reply reply);
    [[nodiscard]] Change firstChange(const AgentCaller &caller, const payment::Proposal &proposal,
                                     const payment::PurchaseId &id) const;
    /// In memory or in the journal, and only where it is this agent's own.
    void look(const AgentCaller &caller, const std::string &purchaseId, Found found);
    void park(const AgentCaller &caller, const payment::Purchase &purchase, unsigned wait_s, Reply reply);
    [[nodiscard]] CallError whyNotWithdrawn(const payment::PurchaseId &id) const;
    [[nodiscard]] std::string describe(const payment::Purchase &purchase) const;

    World &m_world;
    ProposalLimits m_limits;
    std::list<Wait> m_waits;
};

} // namespace glovebox::daemon
