// SPDX-License-Identifier: Apache-2.0
#include "gateway/processor.h"

namespace glovebox::gateway
{

namespace
{

constexpr std::size_t kRules_max = 256;

struct Rule
{
    std::optional<std::string> merchant;
    std::optional<std::int64_t> amount_minor;
    std::optional<std::string> declineCode;
};

class SandboxProcessor final : public Processor
{
public:
    explicit SandboxProcessor(std::vector<Rule> rules) : m_rules(std::move(rules)) {}

    Decision authorise(const payment::Approval &approval) override
    {
        for (const Rule &rule : m_rules) {
            if (rule.merchant && *rule.merchant != approval.merchant.text()) {
                continue;
            }
            if (rule.amount_minor && *rule.amount_minor != approval.cap.minor) {
                continue;
            }
            return rule.declineCode ? Decision{Decision::Kind::declined, *rule.declineCode}
                                    : Decision{Decision::Kind::stepUp, {}};
        }
        return {};
    }

private:
    std::vector<Rule> m_rules;
};

} // namespace

base::Result<std::unique_ptr<Processor>, ConfigFault> makeSandboxProcessor(const std::string &scriptPath)
{
    std::vector<Rule> rules;
    if (!scriptPath.empty()) {
        const auto json = readJsonFile(scriptPath);
        if (!json) {
            return std::unexpected(json.error());
        }
        base::ObjectReader reader(*json);
        const base::Json &list = reader.array("decisions", kRules_max);
        for (std::size_t i = 0; i < list.size(); ++i) {
            base::ObjectReader item(list[i], "/decisions/" + std::to_string(i));
            Rule rule;
            rule.merchant = item.optionalText("merchant_id", 64);
            rule.amount_minor = item.optionalInteger("amount_minor", 0, base::Money::kMinorMax);
            rule.declineCode = item.optionalText("decline_code", 32);
            reader.absorb(item.finish());
            rules.push_back(std::move(rule));
        }
        if (const auto error = reader.finish()) {
            return base::fail(ConfigFault::malformed,
                              scriptPath + ": " + error->pointer + ": " + error->reason);
        }
    }
    return std::make_unique<SandboxProcessor>(std::move(rules));
}

} // namespace glovebox::gateway
