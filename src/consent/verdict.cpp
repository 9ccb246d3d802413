// SPDX-License-Identifier: Apache-2.0
#include "consent/verdict.h"

#include "payment/reasons.h"
#include "payment/settle_window.h"

#include <algorithm>
#include <array>

namespace glovebox::consent
{

using payment::DrivingState;
using payment::Fulfilment;
using payment::FulfilmentTerms;

namespace
{

std::int64_t millisecondsOf(base::Duration span)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

/// What is left of the proposal's life, on boot time; negative once it is over.
base::Duration remaining(const Inputs &in)
{
    const base::BootTime end = in.situation.proposedAt + std::chrono::seconds(in.proposal.expiresIn_s);
    return end - in.situation.now.boot;
}

/// The entry, if it is the one that the proposal names.
const payment::MerchantEntry *merchantOf(const Inputs &in)
{
    return in.merchant && in.merchant->id == in.proposal.merchant ? in.merchant : nullptr;
}

const FulfilmentTerms *termsOf(const Inputs &in)
{
    const payment::MerchantEntry *merchant = merchantOf(in);
    if (!merchant) {
        return nullptr;
    }
    const auto it = merchant->kinds.find(in.proposal.kind.text());
    return it == merchant->kinds.end() ? nullptr : &it->second;
}

/// Wall time counts where the gateway signed it: since then it moves with boot time.
bool timeIsConfirmed(const Inputs &in)
{
    return in.situation.now.trust == base::ClockTrust::gatewaySigned;
}

template<class T> bool holds(const std::vector<T> &list, const T &value)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

std::string_view currencyOf(const Inputs &in)
{
    return in.proposal.amount.value.currency.code();
}

bool offlineWith(const Inputs &in, Fulfilment fulfilment)
{
    const FulfilmentTerms *terms = termsOf(in);
    return !in.situation.online && terms && terms->fulfilment == fulfilment;
}

/// It would be approved without a connection, and wait.
bool waitsOffline(const Inputs &in)
{
    return !in.situation.online && termsOf(in) && !offlineWith(in, Fulfilment::online);
}

/// Whether this purchase on top of what there is would be above the cap.
bool exceeds(const Inputs &in, std::int64_t already_minor, std::int64_t cap_minor)
{
    std::int64_t sum = 0;
    return __builtin_add_overflow(already_minor, in.proposal.amount.value.minor, &sum) || sum > cap_minor;
}

bool isOutsideHours(const Inputs &in)
{
    const std::optional<int> minute = in.situation.minuteOfDay;
    const Hours &hours = in.permissions.hours;
    return minute && (*minute < hours.fromMinute || *minute >= hours.toMinute);
}

bool isOutsideArea(const Inputs &in)
{
    const std::int64_t most_m = in.permissions.area_m_max;
    // A car that does not know where it is may be anywhere.
    return merchantOf(in) && most_m > 0 && in.situation.distance_m.value_or(most_m + 1) > most_m;
}

struct Rule
{
    const char *id;
    Outcome outcome;
    bool (*fires)(const Inputs &);
    const char *forAuditor;
};

// Among rules that ask for the same, the first one decides.
constexpr std::array kRules = {
    Rule{"service.needed", Outcome::refuse, [](const Inputs &in) { return in.situation.serviceNeeded; },
         "The journal is not the one that the TPM's counter or the gateway's cosignature stands for: nothing "
         "is "
         "approved until a workshop looked at it."},
    Rule{"permission.stopped", Outcome::refuse, [](const Inputs &in) { return in.permissions.stopped; },
         "All payments of assistants were stopped."},
    Rule{"permission.revoked", Outcome::refuse, [](const Inputs &in) { return in.permissions.revoked; },
         "The permissions of this agent were revoked."},
    Rule{"kind.unknown", Outcome::refuse,
         [](const Inputs &in) { return !in.kind || in.kind->id != in.proposal.kind; },
         "The proposal names a purchase kind that is not installed."},
    Rule{"kind.not_permitted", Outcome::refuse,
         [](const Inputs &in) { return !holds(in.permissions.kinds, in.proposal.kind); },
         "The permissions of this agent and driver do not list the kind."},
    Rule{"permission.expired", Outcome::refuse,
         [](const Inputs &in) {
             return timeIsConfirmed(in) && in.permissions.validUntil &&
                    *in.permissions.validUntil <= in.situation.now.wall;
         },
         "The permissions of this agent and driver are not valid any more."},
    Rule{"permission.merchant", Outcome::refuse,
         [](const Inputs &in) {
             return in.permissions.merchants && !holds(*in.permissions.merchants, in.proposal.merchant);
         },
         "The permissions of this agent and driver do not list the merchant."},
    Rule{"permission.hours", Outcome::refuse, isOutsideHours,
         "The permissions of this agent and driver do not hold at this time of day."},
    Rule{"kind.amount_type", Outcome::refuse,
         [](const Inputs &in) { return in.kind && !holds(in.kind->amounts, in.proposal.amount.type); },
         "The kind does not allow this amount type."},
    Rule{"kind.place", Outcome::refuse,
         [](const Inputs &in) { return in.kind && !holds(in.kind->places, in.proposal.place.type); },
         "The kind does not allow this place type, or requires a place."},
    Rule{"kind.unit", Outcome::refuse,
         [](const Inputs &in) {
             return in.kind && in.proposal.amount.type == payment::AmountType::metered &&
                    !holds(in.kind->plausibility.units, in.proposal.amount.unit);
         },
         "The kind is not counted in this unit."},
    Rule{"proposal.expired", Outcome::refuse,
         [](const Inputs &in) { return remaining(in) <= base::Duration(0); },
         "The proposal's time was over on boot time."},
    Rule{"merchant.no_directory", Outcome::refuse,
         [](const Inputs &in) { return !merchantOf(in) && !in.situation.directoryKnown; },
         "The gateway's merchant directory was never received: no merchant can be known."},
    Rule{"merchant.unknown", Outcome::refuse,
         [](const Inputs &in) { return !merchantOf(in) && in.situation.directoryKnown; },
         "No signed merchant entry with this id is known."},
    Rule{"merchant.expired", Outcome::refuse,
         [](const Inputs &in) {
             return in.merchant && timeIsConfirmed(in) && in.merchant->validUntil <= in.situation.now.wall;
         },
         "The signed merchant entry is not valid any more."},
    Rule{"clock.unconfirmed", Outcome::refuse,
         [](const Inputs &in) { return in.merchant && !timeIsConfirmed(in) && !in.situation.online; },
         "Without a time that the gateway signed since this boot, nobody knows whether the merchant entry is "
         "still valid, and the car is offline."},
    Rule{"merchant.kind_not_offered", Outcome::refuse,
         [](const Inputs &in) { return merchantOf(in) && !termsOf(in); },
         "The signed merchant entry does not offer the kind."},
    Rule{"kind.fulfilment", Outcome::refuse,
         [](const Inputs &in) {
             return in.kind && termsOf(in) && !holds(in.kind->fulfilments, termsOf(in)->fulfilment);
         },
         "The signed merchant entry fulfils the kind in a way that the kind does not allow."},
    Rule{"merchant.currency", Outcome::refuse,
         [](const Inputs &in) { return merchantOf(in) && in.merchant->currency != currencyOf(in); },
         "The proposal's currency is not the merchant's."},
    Rule{"permission.area", Outcome::refuse, isOutsideArea,
         "The merchant is further from the car than the permissions allow, or the car does not know where it "
         "is."},
    Rule{"permission.currency", Outcome::refuse,
         [](const Inputs &in) { return in.permissions.currency != currencyOf(in); },
         "The proposal's currency is not the one the limits are stated in."},
    Rule{"limit.per_purchase", Outcome::refuse,
         [](const Inputs &in) {
             return in.proposal.amount.value.minor > in.permissions.perPurchase_minor_max;
         },
         "The sum or cap is above the limit for one purchase."},
    Rule{"limit.daily", Outcome::refuse,
         [](const Inputs &in) {
             return exceeds(in, in.situation.spent.today_minor, in.permissions.daily_minor_max);
         },
         "With it the agent would be above its limit for a day."},
    Rule{"limit.monthly", Outcome::refuse,
         [](const Inputs &in) {
             return exceeds(in, in.situation.spent.month_minor, in.permissions.monthly_minor_max);
         },
         "With it the agent would be above its limit for a month."},
    Rule{"limit.open_proposals", Outcome::refuse,
         [](const Inputs &in) {
             return in.situation.openProposalsOfAgent >= in.permissions.openProposals_max;
         },
         "The agent has as many open proposals as it may have."},
    Rule{"fulfilment.offline", Outcome::refuse,
         [](const Inputs &in) { return offlineWith(in, Fulfilment::online); },
         "The merchant must answer before anything happens, and the car is offline."},
    Rule{"fulfilment.offline_floor", Outcome::refuse,
         [](const Inputs &in) {
             return offlineWith(in, Fulfilment::offlineAccepted) &&
                    (in.proposal.amount.value.minor > termsOf(in)->offlineFloor_minor ||
                     termsOf(in)->offlineAge_s_max <= 0);
         },
         "The car is offline and the sum is above the merchant's signed floor limit."},
    Rule{"limit.offline_unsettled", Outcome::refuse,
         [](const Inputs &in) {
             return waitsOffline(in) && exceeds(in, in.situation.unsettledOffline_minor,
                                                in.permissions.offlineUnsettled_minor_max);
         },
         "The car is offline and the sum of unsettled approvals would be above its limit."},
    Rule{"limit.offline_count", Outcome::refuse,
         [](const Inputs &in) {
             return waitsOffline(in) &&
                    in.situation.unsettledOffline_count >= in.permissions.offlineUnsettled_count_max;
         },
         "The car is offline and there are as many unsettled approvals as there may be."},
    Rule{"limit.offline_age", Outcome::refuse,
         [](const Inputs &in) {
             return waitsOffline(in) &&
                    in.situation.unsettledOffline_age_s > in.permissions.offlineUnsettled_age_s_max;
         },
         "The car is offline and an approval has been unsettled for longer than it may be."},
    Rule{"clock.unconfirmed", Outcome::hold,
         [](const Inputs &in) { return in.merchant && !timeIsConfirmed(in) && in.situation.online; },
         "Whether the merchant entry is still valid is known once the gateway's signed time has arrived."},
    Rule{"driving.kind_parked_only", Outcome::hold,
         [](const Inputs &in) {
             return in.situation.driving == DrivingState::moving && in.kind && !in.kind->offerWhileMoving;
         },
         "The kind is not offered while the car moves."},
    Rule{"driving.set_up_parked", Outcome::hold,
         [](const Inputs &in) {
             return in.situation.driving != DrivingState::parked && in.kind && in.kind->setUpParked;
         },
         "The kind is set up while the car is parked alone."},
    Rule{"session.closed", Outcome::hold,
         [](const Inputs &in) {
             return !in.situation.driverSessionOpen && in.situation.driving != DrivingState::parked;
         },
         "No driver session is open and the car is not parked."},
    Rule{"session.closed", Outcome::confirmWithPin,
         [](const Inputs &in) {
             return !in.situation.driverSessionOpen && in.situation.driving == DrivingState::parked;
         },
         "No driver session is open; the car is parked, so the PIN can open one."},
    Rule{"consent.every_time", Outcome::confirm, [](const Inputs &) { return true; },
         "No standing permission: the driver is asked every time."},
};

struct Say
{
    Outcome outcome;
    const char *id;
    const char *forAuditor;
};

int severity(Outcome outcome)
{
    switch (outcome) {
    case Outcome::refuse:
        return 0;
    case Outcome::hold:
        return 1;
    case Outcome::confirmWithPin:
        return 2;
    case Outcome::confirm:
        return 3;
    case Outcome::allowStanding:
        return 4;
    }
    return 0;
}

Outcome outcomeOf(RiskAction action, const Situation &situation)
{
    switch (action) {
    case RiskAction::refuse:
        return Outcome::refuse;
    case RiskAction::hold:
        return Outcome::hold;
    case RiskAction::confirmWithPin:
        if (situation.pinAt && *situation.pinAt > situation.proposedAt) {
            return Outcome::confirm; // entered for this one
        }
        return situation.driving == DrivingState::parked ? Outcome::confirmWithPin : Outcome::hold;
    case RiskAction::note:
    case RiskAction::off:
        return Outcome::confirm;
    }
    return Outcome::refuse;
}

void addRisks(const Inputs &in, std::vector<Say> &says)
{
    if (!in.risk) {
        return;
    }
    for (const RiskFinding &finding :
         assess({in.proposal, in.kind, merchantOf(in), *in.risk, in.situation.now, in.situation.distance_m,
                 in.situation.minuteOfDay})) {
        const RiskRuleInfo &rule = riskRules()[static_cast<std::size_t>(finding.rule)];
        says.push_back({outcomeOf(finding.action, in.situation), rule.id, rule.forAuditor});
    }
}

} // namespace

Verdict decide(const Inputs &inputs)
{
    std::vector<Say> says;
    for (const Rule &rule : kRules) {
        if (rule.fires(inputs)) {
            says.push_back({rule.outcome, rule.id, rule.forAuditor});
        }
    }
    addRisks(inputs, says);
    // What refuses decides before what holds, and that before what asks; among equals the order of the rules.
    std::ranges::stable_sort(says, {}, [](const Say &say) { return severity(say.outcome); });
    Verdict verdict;
    verdict.outcome = says.front().outcome;
    for (const Say &say : says) {
        verdict.fired.push_back({say.id, payment::driverSentence(say.id), say.forAuditor});
    }
    const base::WallTime now = inputs.situation.now.wall;
    verdict.admitBy = {now.milliseconds + std::max<std::int64_t>(0, millisecondsOf(remaining(inputs)))};
    verdict.settleBy = now;
    if (const FulfilmentTerms *terms = termsOf(inputs)) {
        verdict.fulfilment = terms->fulfilment;
        const std::chrono::milliseconds window =
            payment::settleWindow(*terms, inputs.proposal.amount.value.minor);
        verdict.settleBy.milliseconds += window.count();
    }
    return verdict;
}

std::string auditorSentence(std::string_view id)
{
    const auto rule = std::ranges::find(kRules, id, [](const Rule &one) { return std::string_view(one.id); });
    if (rule != kRules.end()) {
        return rule->forAuditor;
    }
    const auto risk =
        std::ranges::find(riskRules(), id, [](const RiskRuleInfo &one) { return std::string_view(one.id); });
    return risk == riskRules().end() ? std::string() : risk->forAuditor;
}

std::string_view nameOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::refuse:
        return "refuse";
    case Outcome::hold:
        return "hold";
    case Outcome::confirm:
        return "confirm";
    case Outcome::confirmWithPin:
        return "confirm_with_pin";
    case Outcome::allowStanding:
        return "allow_standing";
    }
    return {};
}

} // namespace glovebox::consent
