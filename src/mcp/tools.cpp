// SPDX-License-Identifier: Apache-2.0
#include "mcp/tools.h"

#include "ipc/names.h"
#include "mcp/tool_definitions.h"
#include "mcp/tool_result.h"

#include <QLoggingCategory>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <memory>

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

ToolSet::Pace Tools::call(const std::string &name, const Json &arguments, Listener listener)
{
    if (name == tool::kPropose) {
        propose(arguments, listener);
        return Pace::takesBack;
    }
    if (name == tool::kGet) {
        return getPurchase(arguments, listener);
    }
    if (name == tool::kWithdraw) {
        withdraw(arguments, listener.done);
    } else if (name == tool::kPermissions) {
        permissions(arguments, listener.done);
    } else {
        Q_ASSERT(name == tool::kFind);
        findMerchants(arguments, listener.done);
    }
    return Pace::prompt;
}

void Tools::propose(const Json &arguments, const Listener &listener)
{
    m_agent.propose(arguments.dump(), [this, listener](const AgentAnswer &answer) {
        const auto purchase = readAnswer(answer);
        const Json id = purchase ? purchase->value("purchase_id", Json()) : Json();
        if (listener.wanted() || !id.is_string()) {
            purchase ? tellPurchase(*purchase, listener.done) : void(listener.done(purchase.error()));
            return;
        }
        // Whoever asked does not know the handle, so nobody else could take it back.
        m_agent.withdraw(id.get<std::string>(), [done = listener.done](const AgentAnswer &withdrawn) {
            if (!withdrawn && withdrawn.error().fault != AgentFault::refused) { // refused: decided before
                qCWarning(lcTools, "A cancelled proposal was not withdrawn; the driver may still see it");
            }
            done(Json::object());
        });
    });
}

ToolSet::Pace Tools::getPurchase(const Json &arguments, const Listener &listener)
{
    base::ObjectReader reader(arguments);
    const std::string id = reader.text("purchase_id", kPurchaseId_bytes_max);
    const auto wait_s =
        static_cast<unsigned>(reader.optionalInteger("wait_s", 0, ipc::kWait_s_max).value_or(0));
    const auto since = reader.optionalInteger("since_version", 0, kVersion_max);
    if (const auto error = reader.finish()) {
        listener.done(argumentResult(*error));
        return Pace::prompt;
    }
    const std::int64_t known = since ? *since : versionTold(id).value_or(kNoVersion);
    if (listener.progress && wait_s > 0 && known != kNoVersion) {
        waitAndTell(id, known, wait_s, listener);
    } else {
        m_agent.purchase(id, known, wait_s, purchaseReply(listener.done));
    }
    return wait_s > 0 ? Pace::waits : Pace::prompt;
}

/// First looks, so that there is something to tell; then waits, and tells it again every few seconds.
void Tools::waitAndTell(const std::string &purchaseId, std::int64_t known, unsigned wait_s,
                        const Listener &listener)
{
    m_agent.purchase(
        purchaseId, kNoVersion, 0, [this, purchaseId, known, wait_s, listener](const AgentAnswer &answer) {
            const auto purchase = readAnswer(answer);
            if (!purchase) {
                listener.done(purchase.error());
                return;
            }
            if (purchase->value("version", Json()) != known || purchase->value("final", Json()) == true) {
                tellPurchase(*purchase, listener.done);
                return;
            }
            const Json text = purchase->value("message", Json());
            const std::string message = text.is_string() ? text.get<std::string>() : std::string();
            if (!listener.progress(0, wait_s, message)) {
                return;
            }
            auto clock = std::make_shared<QTimer>();
            clock->setTimerType(Qt::PreciseTimer);
            const auto tell = [listener, wait_s, message, elapsed_s = 0U]() mutable {
                elapsed_s += kProgress_s;
                listener.progress(elapsed_s, wait_s, message);
            };
            QObject::connect(clock.get(), &QTimer::timeout, tell);
            clock->start(std::chrono::seconds(kProgress_s));
            m_agent.purchase(purchaseId, known, wait_s,
                             [clock, reply = purchaseReply(listener.done)](const AgentAnswer &changed) {
                                 clock->stop();
                                 reply(changed);
                             });
        });
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
        const auto purchase = readAnswer(answer);
        if (purchase) {
            tellPurchase(*purchase, done);
        } else {
            done(purchase.error());
        }
    };
}

void Tools::tellPurchase(const Json &purchase, const Done &done)
{
    // What nobody got to know must not count as known in the next wait.
    if (done(successResult(purchase))) {
        remember(purchase);
    }
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
