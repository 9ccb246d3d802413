// SPDX-License-Identifier: Apache-2.0
#include "consent/permissions.h"

#include <algorithm>

namespace glovebox::consent
{

namespace
{

/// The two optional limits merged: the smaller one counts.
template<class T> std::optional<T> smaller(const std::optional<T> &a, const std::optional<T> &b)
{
    if (!a || !b) {
        return a ? a : b;
    }
    return std::min(*a, *b);
}

template<class Id> bool isSubset(const std::vector<Id> &part, const std::vector<Id> &whole)
{
    return std::ranges::all_of(
        part, [&whole](const Id &id) { return std::ranges::find(whole, id) != whole.end(); });
}

template<class Id> std::vector<Id> common(std::vector<Id> a, const std::vector<Id> &b)
{
    std::erase_if(a, [&b](const Id &id) { return std::ranges::find(b, id) == b.end(); });
    return a;
}

template<class Id>
std::optional<std::vector<Id>> common(const std::optional<std::vector<Id>> &a,
                                      const std::optional<std::vector<Id>> &b)
{
    if (!a || !b) {
        return a ? a : b;
    }
    return common(*a, *b);
}

/// 0 is no area at all, and so wider than any.
std::int64_t smallerArea(std::int64_t a, std::int64_t b)
{
    return a == 0 || b == 0 ? std::max(a, b) : std::min(a, b);
}

Hours overlap(const Hours &a, const Hours &b)
{
    const int from = std::max(a.fromMinute, b.fromMinute);
    return {from, std::max(from, std::min(a.toMinute, b.toMinute))};
}

template<class T> void lower(T &limit, const std::optional<std::int64_t> &most)
{
    if (most && *most < std::int64_t{limit}) {
        limit = static_cast<T>(*most);
    }
}

Narrowing merged(const Narrowing &a, const Narrowing &b)
{
    Narrowing both;
    both.kinds = common(a.kinds, b.kinds);
    both.merchants = common(a.merchants, b.merchants);
    both.area_m_max = smaller(a.area_m_max, b.area_m_max);
    both.perPurchase_minor_max = smaller(a.perPurchase_minor_max, b.perPurchase_minor_max);
    both.daily_minor_max = smaller(a.daily_minor_max, b.daily_minor_max);
    both.monthly_minor_max = smaller(a.monthly_minor_max, b.monthly_minor_max);
    both.offlineUnsettled_minor_max = smaller(a.offlineUnsettled_minor_max, b.offlineUnsettled_minor_max);
    both.offlineUnsettled_count_max = smaller(a.offlineUnsettled_count_max, b.offlineUnsettled_count_max);
    both.offlineUnsettled_age_s_max = smaller(a.offlineUnsettled_age_s_max, b.offlineUnsettled_age_s_max);
    both.openProposals_max = smaller(a.openProposals_max, b.openProposals_max);
    both.validUntil = smaller(a.validUntil, b.validUntil);
    both.hours = a.hours && b.hours ? std::optional(overlap(*a.hours, *b.hours))
                 : a.hours          ? a.hours
                                    : b.hours;
    return both;
}

bool isAbove(const std::optional<std::int64_t> &value, std::int64_t limit)
{
    return value && *value > limit;
}

} // namespace

std::optional<std::string> widens(const Permissions &permissions, const Narrowing &narrowing)
{
    if (narrowing == Narrowing()) {
        return "";
    }
    if (narrowing.kinds && !isSubset(*narrowing.kinds, permissions.kinds)) {
        return "/kinds";
    }
    if (narrowing.merchants && permissions.merchants &&
        !isSubset(*narrowing.merchants, *permissions.merchants)) {
        return "/merchants";
    }
    if (permissions.area_m_max != 0 && isAbove(narrowing.area_m_max, permissions.area_m_max)) {
        return "/area_m_max";
    }
    const std::pair<const char *, bool> caps[] = {
        {"/per_purchase_minor_max",
         isAbove(narrowing.perPurchase_minor_max, permissions.perPurchase_minor_max)},
        {"/daily_minor_max", isAbove(narrowing.daily_minor_max, permissions.daily_minor_max)},
        {"/monthly_minor_max", isAbove(narrowing.monthly_minor_max, permissions.monthly_minor_max)},
        {"/offline_unsettled_minor_max",
         isAbove(narrowing.offlineUnsettled_minor_max, permissions.offlineUnsettled_minor_max)},
        {"/offline_unsettled_count_max",
         isAbove(narrowing.offlineUnsettled_count_max, permissions.offlineUnsettled_count_max)},
        {"/offline_unsettled_age_s_max",
         isAbove(narrowing.offlineUnsettled_age_s_max, permissions.offlineUnsettled_age_s_max)},
        {"/open_proposals_max", isAbove(narrowing.openProposals_max, permissions.openProposals_max)},
        {"/hours", narrowing.hours && (narrowing.hours->fromMinute < permissions.hours.fromMinute ||
                                       narrowing.hours->toMinute > permissions.hours.toMinute)},
        {"/valid_until_ms",
         narrowing.validUntil && permissions.validUntil && *narrowing.validUntil > *permissions.validUntil}};
    for (const auto &[pointer, above] : caps) {
        if (above) {
            return pointer;
        }
    }
    return std::nullopt;
}

Permissions narrowed(Permissions permissions, const Narrowing &narrowing)
{
    if (narrowing.kinds) {
        permissions.kinds = common(std::move(permissions.kinds), *narrowing.kinds);
    }
    permissions.merchants = common(permissions.merchants, narrowing.merchants);
    permissions.area_m_max = smallerArea(permissions.area_m_max, narrowing.area_m_max.value_or(0));
    lower(permissions.perPurchase_minor_max, narrowing.perPurchase_minor_max);
    lower(permissions.daily_minor_max, narrowing.daily_minor_max);
    lower(permissions.monthly_minor_max, narrowing.monthly_minor_max);
    lower(permissions.offlineUnsettled_minor_max, narrowing.offlineUnsettled_minor_max);
    lower(permissions.offlineUnsettled_count_max, narrowing.offlineUnsettled_count_max);
    lower(permissions.offlineUnsettled_age_s_max, narrowing.offlineUnsettled_age_s_max);
    lower(permissions.openProposals_max, narrowing.openProposals_max);
    if (narrowing.hours) {
        permissions.hours = overlap(permissions.hours, *narrowing.hours);
    }
    permissions.validUntil = smaller(permissions.validUntil, narrowing.validUntil);
    return permissions;
}

Permissions Restrictions::inForce(const Permissions &granted, const payment::AgentId &agent) const
{
    Permissions permissions = granted;
    permissions.revision = granted.revision + m_revision;
    permissions.stopped = granted.stopped || m_stopped;
    const auto found = m_agents.find(agent);
    if (found != m_agents.end()) {
        permissions = narrowed(std::move(permissions), found->second.narrowing);
        permissions.revoked = permissions.revoked || found->second.revoked;
    }
    return permissions;
}

Restrictions Restrictions::afterGrant(std::int64_t grant) const
{
    Restrictions next;
    next.m_revision = m_revision + 1;
    next.m_grant = grant;
    return next;
}

Restrictions Restrictions::afterConfigured() const
{
    Restrictions next = *this;
    ++next.m_revision;
    return next;
}

Restrictions Restrictions::afterStop() const
{
    Restrictions next = *this;
    ++next.m_revision;
    next.m_stopped = true;
    return next;
}

Restrictions Restrictions::afterRevoke(const payment::AgentId &agent) const
{
    Restrictions next = *this;
    ++next.m_revision;
    next.m_agents[agent].revoked = true;
    return next;
}

Restrictions Restrictions::afterNarrow(const payment::AgentId &agent, const Narrowing &narrowing) const
{
    Restrictions next = *this;
    ++next.m_revision;
    OfAgent &its = next.m_agents[agent];
    its.narrowing = merged(its.narrowing, narrowing);
    return next;
}

} // namespace glovebox::consent
