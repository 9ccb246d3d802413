// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/history.h"
#include "payment/kind.h"

#include <array>

namespace glovebox::consent
{

/// What a risk rule that fires asks for. `note`: the rule is recorded, and nothing else.
enum class RiskAction { off, note, confirmWithPin, hold, refuse };

[[nodiscard]] std::string_view nameOf(RiskAction action); // "confirm_with_pin"

/// The rules, in the order in which they are recorded. Ids are for ever: "risk." and the name.
enum class RiskRule {
    amountUnusual,
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
    textContradictsAmount,
    textNamesPayee,
    textInstructs,
    confusableText
};
inline constexpr std::size_t kRiskRuleCount = 16;

struct RiskRuleInfo
{
    const char *id;     // "risk.amount_unusual"
    const char *name;   // in the configuration: "amount_unusual"
    RiskAction action;  // unless the configuration says otherwise
    std::int64_t limit; // likewise; what it counts is in `forAuditor` of the rule, and in docs/formats.md
    std::int64_t limit_max;
    const char *forAuditor;
};
[[nodiscard]] const std::array<RiskRuleInfo, kRiskRuleCount> &riskRules();

struct RiskSettings
{
    struct Of
    {
        RiskAction action = RiskAction::off;
        std::int64_t limit = 0;
    };
    RiskSettings(); // as riskRules() says
    [[nodiscard]] const Of &of(RiskRule rule) const { return rules[static_cast<std::size_t>(rule)]; }
    [[nodiscard]] Of &of(RiskRule rule) { return rules[static_cast<std::size_t>(rule)]; }
    std::array<Of, kRiskRuleCount> rules;
};
/// {rule name: {"action"?, "limit"?}}; what is not named stays as it is.
[[nodiscard]] std::expected<RiskSettings, base::JsonError> riskSettingsFromJson(const base::Json &json,
                                                                                std::string pointer = {});

/// What the car is, as its configuration says; nothing: unknown.
struct VehicleFacts
{
    std::vector<payment::Energy> energies; // empty: unknown
    std::optional<std::int64_t> tank_ml;
    std::optional<std::int64_t> battery_wh;
    std::optional<int> level_percent; // of what the kind fills, as the car says it now
};

struct RiskContext
{
    const RiskSettings &settings;
    const DriverHistory *history = nullptr; // nothing is known of the driver
    payment::AgentId agent;
    VehicleFacts vehicle;
};

/// What the rules look at.
struct RiskInputs
{
    const payment::Proposal &proposal;
    const payment::Kind *kind = nullptr;
    const payment::MerchantEntry *merchant = nullptr;
    const RiskContext &context;
    base::Moment now;
    std::optional<std::int64_t> distance_m;
    std::optional<int> minuteOfDay;
};

struct RiskFinding
{
    RiskRule rule;
    RiskAction action; // never off
};

/// Pure. Every rule that is on and fires.
[[nodiscard]] std::vector<RiskFinding> assess(const RiskInputs &inputs);

} // namespace glovebox::consent
