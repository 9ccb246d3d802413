// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/services.h"
#include "daemon/token_bucket.h"
#include "payment/purchase.h"

#include <map>
#include <optional>

namespace glovebox::daemon
{

/// How much an assistant may write into the car's memory. For each agent id; a user (uid) may do twice as
/// much, with all agents together. In the configuration: permissions.proposals; docs/assistants.md.
struct ProposalBounds
{
    int burst = 60;                                 // new proposals at once …
    base::Duration every = std::chrono::minutes(2); // … and one more after each of these
    // Of those, the ones that the car refuses: half as many at once, and more slowly.
    [[nodiscard]] int refusedBurst() const { return std::max(1, burst / 2); }
    [[nodiscard]] base::Duration refusedEvery() const { return every * 5 / 2; }
};

/// Counts new proposals by agent and by user, on boot time. Neither a new connection nor a new session is a
/// new start. Agents and users are those of the configuration, hence bounded. Main thread only.
class ProposalLimits
{
public:
    /// `openOfAgent_max`: permissions.open_proposals_max.
    ProposalLimits(const ProposalBounds &bounds, int openOfAgent_max)
        : m_bounds(bounds), m_openOfUser_max(2 * openOfAgent_max)
    {}

    /// Asked before a new proposal is written. Nothing: it may be, and it counts; otherwise RateLimited with
    /// what to do, and nothing counts.
    [[nodiscard]] std::optional<CallError> take(const AgentCaller &caller, const payment::PurchaseId &id,
                                                bool refused, base::BootTime now);
    /// After every durable change: what is decided is not open any more.
    void changed(const payment::Purchase &purchase);
    /// It could not be written after all.
    void dropped(const payment::PurchaseId &id) { m_open.erase(id); }

private:
    struct Buckets
    {
        TokenBucket proposals;
        TokenBucket refused;
    };
    [[nodiscard]] Buckets bucketsFor(int share, base::BootTime now) const;

    ProposalBounds m_bounds;
    int m_openOfUser_max;
    std::map<payment::AgentId, Buckets> m_agents;
    std::map<unsigned, Buckets> m_users;
    std::map<payment::PurchaseId, unsigned> m_open; // whose user proposed it, in this process
};

} // namespace glovebox::daemon
