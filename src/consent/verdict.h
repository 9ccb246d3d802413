// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/budget.h"
#include "consent/permissions.h"
#include "consent/risk.h"
#include "payment/approval.h"
#include "payment/kind.h"
#include "payment/merchant.h"
#include "payment/proposal.h"

#include <vector>

namespace glovebox::consent
{

enum class Outcome { refuse, hold, confirm, confirmWithPin, allowStanding };

struct Situation
{
    payment::DrivingState driving = payment::DrivingState::moving;
    bool driverSessionOpen = false;
    bool online = false;
    bool directoryKnown = true; // the gateway's list of merchants was received once
    bool serviceNeeded = false; // the car's own records are not what they were
    base::Moment now;
    base::BootTime proposedAt;
    std::optional<base::BootTime> pinAt; // when the PIN was entered last, while the driver session is open
    std::int64_t unsettledOffline_minor = 0; // approvals made and not settled, without this one
    int unsettledOffline_count = 0;
    std::int64_t unsettledOffline_age_s = 0; // of the oldest; the largest number where nobody knows
    Spent spent;                             // by this agent, in the proposal's currency, without this one
    std::optional<std::int64_t> distance_m;  // from the car to the merchant, where both are known
    std::optional<int> minuteOfDay;          // in the car, 0 to 1439, where the time is confirmed
    int openProposalsOfAgent = 0;            // without this one
};

struct Inputs
{
    const payment::Proposal &proposal;
    const payment::Kind *kind = nullptr;              // nothing: unknown kind
    const payment::MerchantEntry *merchant = nullptr; // nothing: unknown id
    Permissions permissions;
    Situation situation;
    const RiskContext *risk = nullptr; // nothing: no risk rule is asked
};

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
    base::WallTime settleBy;  // if it is approved now: payment/settle_window.h
    payment::Fulfilment fulfilment = payment::Fulfilment::online;
};

/// Pure. Asked again at the moment of approval with the situation of that moment.
[[nodiscard]] Verdict decide(const Inputs &inputs);
[[nodiscard]] std::string_view nameOf(Outcome outcome); // "confirm_with_pin"
/// What a rule says, in English, for somebody who checks; empty where no rule has this id.
[[nodiscard]] std::string auditorSentence(std::string_view rule);

} // namespace glovebox::consent
