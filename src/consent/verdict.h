// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/approval.h"
#include "payment/kind.h"
#include "payment/merchant.h"
#include "payment/proposal.h"

#include <vector>

namespace glovebox::consent
{

enum class Outcome { refuse, hold, confirm, confirmWithPin, allowStanding };

/// Limits in force for one agent and driver; strict by default.
struct Permissions
{
    std::vector<payment::KindId> kinds; // empty: none
    std::string currency = "EUR";
    std::int64_t perPurchase_minor_max = 0;
    std::int64_t offlineUnsettled_minor_max = 0; // sum of approvals not yet settled
    int openProposals_max = 3;
    std::int64_t revision = 0;
};

struct Situation
{
    payment::DrivingState driving = payment::DrivingState::moving;
    bool driverSessionOpen = false;
    bool online = false;
    bool serviceNeeded = false; // the car's own records are not what they were
    base::Moment now;
    base::BootTime proposedAt;
    std::int64_t unsettledOffline_minor = 0; // approvals made and not settled, without this one
    int openProposalsOfAgent = 0;            // without this one
};

struct Inputs
{
    const payment::Proposal &proposal;
    const payment::Kind *kind = nullptr;              // nothing: unknown kind
    const payment::MerchantEntry *merchant = nullptr; // nothing: unknown id
    Permissions permissions;
    Situation situation;
};

/// Where the merchant must answer at once, an approval that found no gateway for this long lapses.
inline constexpr std::chrono::minutes kOnlineSettleWithin{10};

/// A rule that had a say. Ids are for ever ("merchant.unknown", "fulfilment.offline", "session.closed", …).
struct Fired
{
    std::string rule;
    std::string forDriver;  // source text, context "Rules"; translated by the daemon
    std::string forAuditor; // English
};

struct Verdict
{
    Outcome outcome = Outcome::refuse;
    std::vector<Fired> fired; // the first one decided
    base::WallTime admitBy;   // the end of the proposal, as wall time
    base::WallTime settleBy;  // if it is approved now: see kOnlineSettleWithin and the merchant's terms
    payment::Fulfilment fulfilment = payment::Fulfilment::online;
};

/// Pure. Asked again at the moment of approval with the situation of that moment.
[[nodiscard]] Verdict decide(const Inputs &inputs);
[[nodiscard]] std::string_view nameOf(Outcome outcome); // "confirm_with_pin"

} // namespace glovebox::consent
