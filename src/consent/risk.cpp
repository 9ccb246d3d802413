// SPDX-License-Identifier: Apache-2.0
#include "consent/risk.h"

#include "consent/risk_texts.h"
#include "payment/names.h"

#include <algorithm>

namespace glovebox::consent
{

namespace
{

using payment::Energy;

constexpr std::size_t kUsual_min = 8; // amounts, before any of them is called usual
constexpr std::size_t kAnswers_min = 6;
constexpr std::int64_t kPercent = 100;
constexpr std::int64_t kMilli = 1000;
constexpr std::int64_t kHour_s = 3600;
constexpr std::chrono::minutes kVelocityWindow{10};
constexpr std::int64_t kNear_m = 1000; // two places so close are one

/// On boot time, and across starts of the machine on signed time; nothing where nobody knows.
std::optional<base::Duration> since(const base::Moment &then, const base::Moment &now)
{
    if (then.bootId == now.bootId) {
        return now.boot - then.boot;
    }
    if (then.trust == base::ClockTrust::gatewaySigned && now.trust == base::ClockTrust::gatewaySigned) {
        return std::chrono::milliseconds(now.wall.milliseconds - then.wall.milliseconds);
    }
    return std::nullopt;
}

bool isWithin(const base::Moment &then, const base::Moment &now, base::Duration span)
{
    const auto age = since(then, now);
    return age && *age < span;
}

bool amountUnusual(const RiskInputs &in, std::int64_t limit)
{
    if (!in.context.history) {
        return false;
    }
    const base::Money &amount = in.proposal.amount.value;
    const auto found =
        in.context.history->usual.find({in.proposal.kind, std::string(amount.currency.code())});
    if (found == in.context.history->usual.end() || found->second.amounts.size() < kUsual_min) {
        return false;
    }
    const Usual &usual = found->second;
    // Who always pays the same has no spread: a tenth of the median stands in for it.
    const std::int64_t spread = std::max({usual.mad_minor, usual.median_minor / 10, std::int64_t{1}});
    return (amount.minor - usual.median_minor) / spread >= limit;
}

bool velocity(const RiskInputs &in, std::int64_t limit)
{
    return in.context.history && std::ranges::count_if(in.context.history->recent, [&in](const auto &one) {
                                     return isWithin(one.at, in.now, kVelocityWindow);
                                 }) >= limit;
}

bool duplicate(const RiskInputs &in, std::int64_t limit_s)
{
    return in.context.history && std::ranges::any_of(in.context.history->recent, [&](const auto &one) {
               return one.merchant == in.proposal.merchant && one.amount == in.proposal.amount.value &&
                      isWithin(one.at, in.now, std::chrono::seconds(limit_s));
           });
}

bool farFromCar(const RiskInputs &in, std::int64_t limit_percent)
{
    const int usual_m = in.kind ? in.kind->plausibility.distance_m_max : 0;
    return usual_m > 0 && in.distance_m && *in.distance_m * kPercent > usual_m * limit_percent;
}

bool wrongEnergy(const RiskInputs &in, std::int64_t /*limit*/)
{
    const auto &energies = in.context.vehicle.energies;
    return in.kind && in.kind->plausibility.energy != Energy::none && !energies.empty() &&
           std::ranges::find(energies, in.kind->plausibility.energy) == energies.end();
}

bool tankFull(const RiskInputs &in, std::int64_t limit_percent)
{
    return in.kind && in.kind->plausibility.energy != Energy::none && in.context.vehicle.level_percent &&
           *in.context.vehicle.level_percent >= limit_percent;
}

/// Thousandths of the unit that fit into the car; nothing where the unit says nothing of it.
std::optional<std::int64_t> capacity_milli(const RiskInputs &in)
{
    if (in.proposal.amount.unit == "l") {
        return in.context.vehicle.tank_ml;
    }
    return in.proposal.amount.unit == "kWh" ? in.context.vehicle.battery_wh : std::nullopt;
}

/// More than fits: by the quantity that is asked for, or by what the sum buys at the price that is named.
bool moreThanFits(const RiskInputs &in, std::int64_t limit_percent)
{
    const payment::Amount &amount = in.proposal.amount;
    const auto capacity = capacity_milli(in);
    if (!in.kind || in.kind->plausibility.energy == Energy::none || !capacity ||
        amount.unitPrice_minor.value_or(0) <= 0) {
        return false;
    }
    const std::int64_t most = *capacity / kPercent * limit_percent;
    const std::int64_t bought = amount.value.minor / *amount.unitPrice_minor;
    return amount.maxQuantity_milli.value_or(0) > most || bought > most / kMilli;
}

bool impossibleJourney(const RiskInputs &in, std::int64_t limit_kmh)
{
    if (!in.context.history || in.context.history->recent.empty() || !in.merchant || !in.kind ||
        in.kind->plausibility.distance_m_max == 0) {
        return false; // what can be bought from anywhere says nothing about the car
    }
    const RecentApproval &last = in.context.history->recent.back();
    const auto age = since(last.at, in.now);
    if (!last.position || !age || *age < base::Duration(0)) {
        return false;
    }
    const std::int64_t distance_m = payment::distance_m(*last.position, in.merchant->position);
    const std::int64_t span_s =
        std::max<std::int64_t>(1, std::chrono::duration_cast<std::chrono::seconds>(*age).count());
    const std::int64_t slack_m = kNear_m + in.kind->plausibility.distance_m_max;
    return (distance_m - slack_m) * kHour_s / span_s > limit_kmh * kMilli;
}

bool unusualTime(const RiskInputs &in, std::int64_t limit_min)
{
    if (!in.kind || !in.minuteOfDay) {
        return false;
    }
    const payment::Plausibility &hours = in.kind->plausibility;
    return *in.minuteOfDay < hours.fromMinute - limit_min || *in.minuteOfDay >= hours.toMinute + limit_min;
}

bool newAgent(const RiskInputs &in, std::int64_t limit)
{
    if (!in.context.history) {
        return true;
    }
    const auto found = in.context.history->agents.find(in.context.agent);
    return found == in.context.history->agents.end() || found->second.approved < limit;
}

bool newMerchant(const RiskInputs &in, std::int64_t /*limit*/)
{
    return !in.context.history || !in.context.history->merchants.contains(in.proposal.merchant);
}

bool oftenDeclined(const RiskInputs &in, std::int64_t limit_percent)
{
    if (!in.context.history) {
        return false;
    }
    const auto found = in.context.history->agents.find(in.context.agent);
    if (found == in.context.history->agents.end() || found->second.declined.size() < kAnswers_min) {
        return false;
    }
    const auto &answers = found->second.declined;
    return std::ranges::count(answers, true) * kPercent >=
           limit_percent * static_cast<std::int64_t>(answers.size());
}

template<bool (*isSign)(const payment::Proposal &)>
bool textSign(const RiskInputs &in, std::int64_t /*limit*/)
{
    return isSign(in.proposal);
}

using Fires = bool (*)(const RiskInputs &, std::int64_t limit);
constexpr std::array<Fires, kRiskRuleCount> kFires = {amountUnusual,
                                                      velocity,
                                                      duplicate,
                                                      farFromCar,
                                                      wrongEnergy,
                                                      tankFull,
                                                      moreThanFits,
                                                      impossibleJourney,
                                                      unusualTime,
                                                      newAgent,
                                                      newMerchant,
                                                      oftenDeclined,
                                                      textSign<contradictsAmount>,
                                                      textSign<namesPayee>,
                                                      textSign<instructs>,
                                                      textSign<hasConfusableText>};

constexpr std::array<RiskRuleInfo, kRiskRuleCount> kRules = {{
    {"risk.amount_unusual", "amount_unusual", RiskAction::confirmWithPin, 6, 1000,
     "The amount is above this driver's median for the kind by as many median deviations as the limit says, "
     "or more."},
    {"risk.velocity", "velocity", RiskAction::confirmWithPin, 5, 32,
     "As many purchases as the limit says were approved within ten minutes."},
    {"risk.duplicate", "duplicate", RiskAction::confirmWithPin, 600, 86'400,
     "The same amount was approved for the same merchant within as many seconds as the limit says."},
    {"risk.far_from_car", "far_from_car", RiskAction::note, 100, 100'000,
     "The merchant is further from the car than is plausible for the kind, in per cent of that distance."},
    {"risk.wrong_energy", "wrong_energy", RiskAction::refuse, 0, 0, "The car does not run on what is sold."},
    {"risk.tank_full", "tank_full", RiskAction::confirmWithPin, 95, 100,
     "Tank or battery is full to as many per cent as the limit says."},
    {"risk.more_than_fits", "more_than_fits", RiskAction::refuse, 110, 1000,
     "More than fits into the car at that price, in per cent of tank or battery."},
    {"risk.impossible_journey", "impossible_journey", RiskAction::confirmWithPin, 250, 10'000,
     "Since the last purchase the car would have had to go faster than the limit, in km/h."},
    {"risk.unusual_time", "unusual_time", RiskAction::note, 0, 1440,
     "The time of day is not plausible for the kind, by as many minutes as the limit says."},
    {"risk.new_agent", "new_agent", RiskAction::note, 1, 1000,
     "Fewer of this agent's proposals than the limit says were approved before."},
    {"risk.new_merchant", "new_merchant", RiskAction::note, 0, 0,
     "This driver has not paid this merchant before."},
    {"risk.often_declined", "often_declined", RiskAction::confirmWithPin, 50, 100,
     "As many per cent of this agent's last proposals as the limit says were declined."},
    {"risk.text_contradicts_amount", "text_contradicts_amount", RiskAction::confirmWithPin, 0, 0,
     "The agent's utterance or reason names another sum than the proposal."},
    {"risk.text_names_payee", "text_names_payee", RiskAction::confirmWithPin, 0, 0,
     "The agent's utterance or reason names an account or an address."},
    {"risk.text_instructs", "text_instructs", RiskAction::confirmWithPin, 0, 0,
     "The agent's utterance or reason tells somebody to approve, or not to ask."},
    {"risk.confusable_text", "confusable_text", RiskAction::confirmWithPin, 0, 0,
     "A text of the agent holds letters that look like others (Unicode UTS #39)."},
}};

constexpr std::initializer_list<RiskAction> kActions = {
    RiskAction::off, RiskAction::note, RiskAction::confirmWithPin, RiskAction::hold, RiskAction::refuse};

} // namespace

const std::array<RiskRuleInfo, kRiskRuleCount> &riskRules()
{
    return kRules;
}

std::string_view nameOf(RiskAction action)
{
    switch (action) {
    case RiskAction::off:
        return "off";
    case RiskAction::note:
        return "note";
    case RiskAction::confirmWithPin:
        return "confirm_with_pin";
    case RiskAction::hold:
        return "hold";
    case RiskAction::refuse:
        return "refuse";
    }
    return {};
}

RiskSettings::RiskSettings()
{
    for (std::size_t i = 0; i < kRiskRuleCount; ++i) {
        rules[i] = {kRules[i].action, kRules[i].limit};
    }
}

std::expected<RiskSettings, base::JsonError> riskSettingsFromJson(const base::Json &json, std::string pointer)
{
    RiskSettings settings;
    base::ObjectReader reader(json, std::move(pointer));
    for (std::size_t i = 0; i < kRiskRuleCount; ++i) {
        const base::Json *one = reader.optionalObject(kRules[i].name);
        if (!one) {
            continue;
        }
        base::ObjectReader inner(*one, reader.pointerTo(kRules[i].name));
        if (inner.has("action")) {
            const auto action = payment::fromName(kActions, inner.text("action", 32));
            if (!action) {
                inner.refuse("action", base::JsonFault::notAllowed, "is not a known name");
            }
            settings.rules[i].action = action.value_or(RiskAction::refuse);
        }
        settings.rules[i].limit =
            inner.optionalInteger("limit", 0, kRules[i].limit_max).value_or(kRules[i].limit);
        reader.absorb(inner.finish());
    }
    if (auto error = reader.finish()) {
        return std::unexpected(std::move(*error));
    }
    return settings;
}

std::vector<RiskFinding> assess(const RiskInputs &inputs)
{
    std::vector<RiskFinding> findings;
    for (std::size_t i = 0; i < kRiskRuleCount; ++i) {
        const RiskSettings::Of &its = inputs.context.settings.rules[i];
        if (its.action != RiskAction::off && kFires[i](inputs, its.limit)) {
            findings.push_back({static_cast<RiskRule>(i), its.action});
        }
    }
    return findings;
}

} // namespace glovebox::consent
