// SPDX-License-Identifier: Apache-2.0
#include "daemon/proposal_limits.h"

namespace glovebox::daemon
{

namespace
{

constexpr int kUserShare = 2;

CallError tooMany(const char *what, base::Duration wait)
{
    const auto wait_s = std::chrono::ceil<std::chrono::seconds>(wait).count();
    return {CallFault::rateLimited, std::string("Too many ") + what + ". Nothing was proposed. Wait " +
                                        std::to_string(wait_s) +
                                        " seconds, then propose it again with the same request_id."};
}

} // namespace

ProposalLimits::Buckets ProposalLimits::bucketsFor(int share, base::BootTime now) const
{
    return {TokenBucket(m_bounds.burst * share, m_bounds.every / share, now),
            TokenBucket(m_bounds.refusedBurst() * share, m_bounds.refusedEvery() / share, now)};
}

std::optional<CallError> ProposalLimits::take(const AgentCaller &caller, const payment::PurchaseId &id,
                                              bool refused, base::BootTime now)
{
    Buckets &agent = m_agents.try_emplace(caller.agent, bucketsFor(1, now)).first->second;
    Buckets &user = m_users.try_emplace(caller.uid, bucketsFor(kUserShare, now)).first->second;
    if (const auto wait = std::max(agent.proposals.wait(now), user.proposals.wait(now));
        wait > base::Duration(0)) {
        return tooMany("proposals", wait);
    }
    if (refused) {
        if (const auto wait = std::max(agent.refused.wait(now), user.refused.wait(now));
            wait > base::Duration(0)) {
            return tooMany("proposals that this car refuses: read the reasons of the earlier ones", wait);
        }
        static_cast<void>(agent.refused.take(now));
        static_cast<void>(user.refused.take(now));
    } else {
        const auto open =
            std::ranges::count_if(m_open, [&caller](const auto &one) { return one.second == caller.uid; });
        if (open >= m_openOfUser_max) {
            return CallError{CallFault::rateLimited,
                             "This user's assistants have too many open proposals. Nothing was proposed. "
                             "Withdraw one, or wait until the driver has answered."};
        }
        m_open.emplace(id, caller.uid);
    }
    static_cast<void>(agent.proposals.take(now));
    static_cast<void>(user.proposals.take(now));
    return std::nullopt;
}

void ProposalLimits::changed(const payment::Purchase &purchase)
{
    if (purchase.state != payment::State::held && purchase.state != payment::State::presented) {
        m_open.erase(purchase.id);
    }
}

} // namespace glovebox::daemon
