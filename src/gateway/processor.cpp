// SPDX-License-Identifier: Apache-2.0
#include "gateway/processor.h"

#include <mutex>

namespace glovebox::gateway
{

namespace
{

using Kind = Decision::Kind;

constexpr std::size_t kRules_max = 256;
constexpr char kWhat[] = "The processor's script";

struct Rule
{
    std::optional<std::string> merchant;
    std::optional<std::int64_t> amount_minor;
    Decision answer;                // to the question
    std::optional<Decision> stored; // what a look-up finds
};

/// `outcome` and its decline code; nothing where they do not fit each other.
std::optional<Rule> ruleOf(const std::optional<std::string> &outcome,
                           const std::optional<std::string> &declineCode)
{
    const Decision approved;
    const Decision noAnswer{Kind::noAnswer, {}};
    if (declineCode && (!outcome || *outcome == "decline")) {
        const Decision declined{Kind::declined, *declineCode};
        return Rule{{}, {}, declined, declined};
    }
    if (declineCode) {
        return std::nullopt;
    }
    if (!outcome || *outcome == "step_up") {
        return Rule{{}, {}, {Kind::stepUp, {}}, Decision{Kind::stepUp, {}}};
    }
    if (*outcome == "approve") {
        return Rule{{}, {}, approved, approved};
    }
    if (*outcome == "time_out") {
        return Rule{{}, {}, noAnswer, std::nullopt};
    }
    if (*outcome == "late") {
        return Rule{{}, {}, noAnswer, approved};
    }
    if (*outcome == "duplicate") {
        return Rule{{}, {}, {Kind::duplicate, {}}, approved};
    }
    return std::nullopt;
}

class SandboxProcessor final : public Processor
{
public:
    explicit SandboxProcessor(std::vector<Rule> rules) : m_rules(std::move(rules)) {}

    Decision authorise(const payment::Approval &approval) override
    {
        const std::scoped_lock lock(m_mutex);
        if (m_stored.contains(approval.id)) {
            return {Kind::duplicate, {}};
        }
        for (const Rule &rule : m_rules) {
            if (rule.merchant && *rule.merchant != approval.merchant.text()) {
                continue;
            }
            if (rule.amount_minor && *rule.amount_minor != approval.cap.minor) {
                continue;
            }
            if (rule.stored) {
                m_stored.emplace(approval.id, *rule.stored);
            }
            return rule.answer;
        }
        m_stored.emplace(approval.id, Decision{});
        return {};
    }

    std::optional<Decision> lookup(const payment::Approval &approval) override
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_stored.find(approval.id);
        return found == m_stored.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::mutex m_mutex;
    std::vector<Rule> m_rules;
    std::map<payment::ApprovalId, Decision> m_stored;
};

} // namespace

std::string_view nameOf(Decision::Kind kind)
{
    switch (kind) {
    case Kind::approved:
        return "approved";
    case Kind::declined:
        return "declined";
    case Kind::stepUp:
        return "step_up";
    case Kind::duplicate:
        return "duplicate";
    case Kind::noAnswer:
        return "no_answer";
    }
    return "no_answer";
}

Started<std::unique_ptr<Processor>> makeSandboxProcessor(const std::string &scriptPath)
{
    std::vector<Rule> rules;
    if (scriptPath.empty()) {
        return std::make_unique<SandboxProcessor>(std::move(rules));
    }
    const auto json = readJsonFile(scriptPath, kWhat);
    if (!json) {
        return std::unexpected(json.error());
    }
    base::ObjectReader reader(*json);
    const base::Json &list = reader.array("decisions", kRules_max);
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string pointer = "/decisions/" + std::to_string(i);
        base::ObjectReader item(list[i], pointer);
        const auto merchant = item.optionalText("merchant_id", 64);
        const auto amount_minor = item.optionalInteger("amount_minor", 0, base::Money::kMinorMax);
        const auto outcome = item.optionalText("outcome", 16);
        const auto declineCode = item.optionalText("decline_code", 32);
        auto rule = ruleOf(outcome, declineCode);
        if (!rule) {
            item.refuse("outcome", base::JsonFault::notAllowed, "no such outcome, or not with this code");
        }
        reader.absorb(item.finish());
        if (rule) {
            rule->merchant = merchant;
            rule->amount_minor = amount_minor;
            rules.push_back(std::move(*rule));
        }
    }
    if (const auto error = reader.finish()) {
        return std::unexpected(contentFailure(*error, std::string(kWhat) + " " + scriptPath));
    }
    return std::make_unique<SandboxProcessor>(std::move(rules));
}

} // namespace glovebox::gateway
