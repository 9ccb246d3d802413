// SPDX-License-Identifier: Apache-2.0
#include "mcp/tools.h"

#include "ipc/names.h"
#include "mcp/tool_definitions.h"
#include "mcp/tool_result.h"

#include <QLoggingCategory>

#include <algorithm>

Q_LOGGING_CATEGORY(lcTools, "glovebox.mcp.tools")

namespace glovebox::mcp
{

namespace
{

using base::Json;

/// Longest answer of the daemon: a directory page.
constexpr std::size_t kAnswer_bytes_max = 262144;
/// No version of a purchase: GetPurchase answers at once.
constexpr std::int64_t kNoVersion = -1;

/// The daemon's object, or what the tool answers instead.
std::expected<Json, Json> readAnswer(const AgentAnswer &answer)
{
    if (!answer) {
        return std::unexpected(errorResult(answer.error()));
    }
    auto value = base::parseJson(*answer, {.bytes_max = kAnswer_bytes_max});
    if (!value || !value->is_object()) {
        qCWarning(lcTools, "The daemon's answer is not a JSON object; do both come from one release?");
        return std::unexpected(errorResult({AgentFault::noAnswer, {}}));
    }
    return std::move(*value);
}

Agent::Reply plainReply(const ToolSet::Done &done)
{
    return [done](const AgentAnswer &answer) {
        auto value = readAnswer(answer);
        done(value ? successResult(std::move(*value)) : std::move(value.error()));
    };
}

} // namespace

Tools::Tools(Agent &agent, const Json &proposalSchema)
    : m_agent(agent), m_definitions(toolDefinitions(proposalSchema))
{}

bool Tools::has(std::string_view name) const
{
    return std::ranges::any_of(m_definitions,
                               [&](const Json &definition) { return definition["name"] == name; });
}

ToolSet::Pace Tools::call(const std::string &name, const Json &arguments, Done done)
{
    if (name == tool::kPropose) {
        m_agent.propose(arguments.dump(), purchaseReply(done));
    } else if (name == tool::kGet) {
        return getPurchase(arguments, done);
    } else if (name == tool::kWithdraw) {
        withdraw(arguments, done);
    } else if (name == tool::kPermissions) {
        permissions(arguments, done);
    } else {
        Q_ASSERT(name == tool::kFind);
        findMerchants(arguments, done);
    }
    return Pace::prompt;
}

ToolSet::Pace Tools::getPurchase(const Json &arguments, const Done &done)
{
    base::ObjectReader reader(arguments);
    const std::string id = reader.text("purchase_id", kPurchaseId_bytes_max);
    const std::int64_t wait_s = reader.optionalInteger("wait_s", 0, ipc::kWait_s_max).value_or(0);
    const auto since = reader.optionalInteger("since_version", 0, kVersion_max);
    if (const auto error = reader.finish()) {
        done(argumentResult(*error));
        return Pace::prompt;
    }
    const std::int64_t known = since ? *since : versionTold(id).value_or(kNoVersion);
    m_agent.purchase(id, known, static_cast<unsigned>(wait_s), purchaseReply(done));
    return wait_s > 0 ? Pace::waits : Pace::prompt;
}

void Tools::withdraw(const Json &arguments, const Done &done)
{
    base::ObjectReader reader(arguments);
    const std::string id = reader.text("purchase_id", kPurchaseId_bytes_max);
    if (const auto error = reader.finish()) {
        done(argumentResult(*error));
        return;
    }
    m_agent.withdraw(id, purchaseReply(done));
}

void Tools::permissions(const Json &arguments, const Done &done)
{
    if (const auto error = base::ObjectReader(arguments).finish()) {
        done(argumentResult(*error));
        return;
    }
    m_agent.permissions(plainReply(done));
}

void Tools::findMerchants(const Json &arguments, const Done &done)
{
    base::ObjectReader reader(arguments);
    const std::string kind = reader.text("kind", kKind_bytes_max);
    const std::int64_t count =
        reader.optionalInteger("count", 1, kMerchants_count_max).value_or(kMerchants_count_default);
    if (const auto error = reader.finish()) {
        done(argumentResult(*error));
        return;
    }
    m_agent.findMerchants(kind, static_cast<unsigned>(count), plainReply(done));
}

Agent::Reply Tools::purchaseReply(const Done &done)
{
    return [this, done](const AgentAnswer &answer) {
        auto value = readAnswer(answer);
        if (!value) {
            done(std::move(value.error()));
            return;
        }
        const Json purchase = *value;
        // What nobody got to know must not count as known in the next wait.
        if (done(successResult(std::move(*value)))) {
            remember(purchase);
        }
    };
}

void Tools::remember(const Json &purchase)
{
    const auto id = purchase.find("purchase_id");
    const auto version = purchase.find("version");
    if (id == purchase.end() || !id->is_string() || version == purchase.end() ||
        !version->is_number_integer()) {
        return;
    }
    const auto &purchaseId = id->get_ref<const std::string &>();
    std::erase_if(m_told, [&](const Told &told) { return told.purchaseId == purchaseId; });
    if (m_told.size() == kTold_count_max) {
        m_told.pop_front();
    }
    m_told.push_back({purchaseId, version->get<std::int64_t>()});
}

std::optional<std::int64_t> Tools::versionTold(const std::string &purchaseId) const
{
    const auto told = std::ranges::find(m_told, purchaseId, &Told::purchaseId);
    return told == m_told.end() ? std::nullopt : std::optional(told->version);
}

} // namespace glovebox::mcp
