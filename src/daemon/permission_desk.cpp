// SPDX-License-Identifier: Apache-2.0
#include "daemon/permission_desk.h"

#include "crypto/hash.h"
#include "daemon/moment_json.h"

#include <algorithm>

namespace glovebox::daemon
{

namespace
{

constexpr const char *kSetting = "permissions";
constexpr const char *kConfigured = "permissions.configured";
constexpr base::JsonLimits kNarrowingLimits{.bytes_max = 16'384, .depth_max = 4};

std::unexpected<CallError> callError(CallFault fault, std::string message)
{
    return std::unexpected(CallError{fault, std::move(message)});
}

std::unexpected<CallError> malformed(const std::string &pointer, const std::string &reason)
{
    return callError(CallFault::malformed, base::Json{{"pointer", pointer}, {"reason", reason}}.dump());
}

/// Whether what was approved would still be permitted, whatever else is true of this moment.
bool allows(const consent::Permissions &permissions, const payment::Proposal &proposal)
{
    const auto holds = [](const auto &list, const auto &id) {
        return std::ranges::find(list, id) != list.end();
    };
    return !permissions.stopped && !permissions.revoked && holds(permissions.kinds, proposal.kind) &&
           (!permissions.merchants || holds(*permissions.merchants, proposal.merchant)) &&
           permissions.currency == proposal.amount.value.currency.code() &&
           proposal.amount.value.minor <= permissions.perPurchase_minor_max;
}

} // namespace

PermissionDesk::PermissionDesk(World &world) : m_world(world)
{
    if (auto kept = consent::Restrictions::fromText(world.book.setting(kSetting))) {
        world.restrictions = std::move(*kept); // a text that cannot be read has refused the start
    }
}

void PermissionDesk::start()
{
    const base::Json granted = consent::toJson(m_world.settings.permissions);
    const std::string hash = crypto::hashJson(granted);
    const bool newGrant = m_world.settings.grant > m_world.restrictions.grant();
    if (!newGrant && m_world.book.setting(kConfigured) == hash) {
        return;
    }
    m_world.restrictions = newGrant ? m_world.restrictions.afterGrant(m_world.settings.grant)
                                    : m_world.restrictions.afterConfigured();
    m_world.book.note({journal::EntryKind::permission,
                       m_world.settings.driver,
                       {{"v", 1},
                        {"type", newGrant ? "granted" : "configured"},
                        {"revision", m_world.restrictions.revision()},
                        {"grant", m_world.restrictions.grant()},
                        {"permissions", granted},
                        {"at", momentJson(m_world.clock.now())}},
                       {{kSetting, m_world.restrictions.text()}, {kConfigured, hash}}});
}

std::optional<payment::AgentId> PermissionDesk::known(const std::string &agent) const
{
    const auto id = payment::AgentId::fromText(agent);
    const bool there = id && std::ranges::find(m_world.settings.agents, *id) != m_world.settings.agents.end();
    return there ? id : std::nullopt;
}

Answer PermissionDesk::list() const
{
    const base::Moment now = m_world.clock.now();
    const auto currency = base::Currency::fromCode(m_world.settings.permissions.currency);
    base::Json agents = base::Json::array();
    for (const payment::AgentId &agent : m_world.settings.agents) {
        const consent::Permissions permissions = m_world.permissionsOf(agent);
        base::Json json = consent::toJson(permissions);
        const consent::Spent spent =
            currency ? m_world.book.budgets().spent(agent, *currency, now) : consent::Spent{};
        json["agent_id"] = agent.text();
        json["spent_today_minor"] = spent.today_minor;
        json["spent_month_minor"] = spent.month_minor;
        agents.push_back(std::move(json));
    }
    return base::Json{{"driver", m_world.settings.driver.text()},
                      {"revision", m_world.restrictions.revision()},
                      {"stopped", m_world.restrictions.stopped()},
                      {"agents", std::move(agents)}}
        .dump();
}

void PermissionDesk::revoke(const std::string &agent, Reply reply)
{
    const auto id = known(agent);
    if (!id) {
        reply(callError(CallFault::notFound, "No such agent."));
        return;
    }
    change(m_world.restrictions.afterRevoke(*id), {{"type", "revoked"}, {"agent", id->text()}},
           "permission.revoked", std::move(reply));
}

void PermissionDesk::narrow(const std::string &agent, const std::string &text, Reply reply)
{
    const auto id = known(agent);
    if (!id) {
        reply(callError(CallFault::notFound, "No such agent."));
        return;
    }
    const auto json = base::parseJson(text, kNarrowingLimits);
    if (!json) {
        reply(malformed(json.error().pointer, json.error().reason));
        return;
    }
    const auto narrowing = consent::narrowingFromJson(*json);
    if (!narrowing) {
        reply(malformed(narrowing.error().pointer, narrowing.error().reason));
        return;
    }
    if (const auto wider = consent::widens(m_world.permissionsOf(*id), *narrowing)) {
        reply(malformed(*wider, wider->empty() ? "takes nothing away" : "permits more than is in force"));
        return;
    }
    change(m_world.restrictions.afterNarrow(*id, *narrowing),
           {{"type", "narrowed"}, {"agent", id->text()}, {"narrowing", consent::toJson(*narrowing)}},
           "permission.narrowed", std::move(reply));
}

void PermissionDesk::stopAll(Reply reply)
{
    change(m_world.restrictions.afterStop(), {{"type", "stopped"}}, "permission.stopped", std::move(reply));
}

void PermissionDesk::change(consent::Restrictions next, base::Json what, const char *reason, Reply reply)
{
    // At once: it only takes away, so nothing is lost if it should not reach the disk.
    m_world.restrictions = std::move(next);
    what["v"] = 1;
    what["revision"] = m_world.restrictions.revision();
    what["at"] = momentJson(m_world.clock.now());
    m_world.book.note({journal::EntryKind::permission,
                       m_world.settings.driver,
                       std::move(what),
                       {{kSetting, m_world.restrictions.text()}}},
                      [this, reason, reply = std::move(reply)](bool written) {
                          stopInFlight(reason); // what was being approved when the change came
                          reply(written ? list()
                                        : callError(CallFault::unavailable,
                                                    "It is in force now, but could not be kept: it ends with "
                                                    "the next start. Do it again."));
                      });
    stopInFlight(reason);
    if (onChanged) {
        onChanged();
    }
}

void PermissionDesk::stopInFlight(const char *reason)
{
    std::vector<payment::PurchaseId> ids;
    for (const auto &[id, purchase] : m_world.book.inMemory()) {
        if (m_world.canBeStopped(purchase) &&
            !allows(m_world.permissionsOf(purchase.agent), purchase.proposal)) {
            ids.push_back(id);
        }
    }
    for (const payment::PurchaseId &id : ids) {
        stop(id, reason);
    }
}

void PermissionDesk::stop(const payment::PurchaseId &id, const char *reason)
{
    m_world.book.take(
        [this, id, reason]() -> std::optional<Change> {
            const payment::Purchase *purchase = m_world.book.find(id);
            if (!purchase || !m_world.canBeStopped(*purchase)) {
                return std::nullopt;
            }
            const bool local =
                purchase->state == payment::State::queued || purchase->state == payment::State::approved;
            payment::PurchaseEvent event;
            event.purchase = id;
            event.event = local ? payment::Event::cancel : payment::Event::requestCancel;
            event.at = m_world.clock.now();
            event.reason = reason;
            return Change{{std::move(event)}, {}, {}};
        },
        [this](const payment::Purchase *purchase) {
            if (purchase && onSettlementWork) {
                onSettlementWork();
            }
        });
}

} // namespace glovebox::daemon
