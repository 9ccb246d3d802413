// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "base/time.h"
#include "payment/ids.h"

#include <map>
#include <optional>
#include <vector>

namespace glovebox::consent
{

/// A span of the car's own day, in minutes: [from, to), 0 to 1440.
struct Hours
{
    int fromMinute = 0;
    int toMinute = 1440;
    friend bool operator==(const Hours &, const Hours &) = default;
};

/// Limits in force for one agent and driver. What is not said is not permitted: the defaults allow nothing.
struct Permissions
{
    std::vector<payment::KindId> kinds;                        // empty: none
    std::optional<std::vector<payment::MerchantId>> merchants; // nothing: any that the gateway vouches for
    std::int64_t area_m_max = 0;                               // from the car to the merchant; 0: anywhere
    std::string currency = "EUR";                              // the only one; all sums are in it
    std::int64_t perPurchase_minor_max = 0;
    std::int64_t daily_minor_max = 0;            // approved in a day and not given back
    std::int64_t monthly_minor_max = 0;          // in a calendar month
    std::int64_t offlineUnsettled_minor_max = 0; // sum of approvals not yet settled
    int offlineUnsettled_count_max = 0;          // and how many of them
    std::int64_t offlineUnsettled_age_s_max = 0; // and how old the oldest may be
    int openProposals_max = 3;
    Hours hours;
    std::optional<base::WallTime> validUntil; // compared with gateway-signed time
    bool revoked = false;
    bool stopped = false; // the kill switch: of all agents
    std::int64_t revision = 0;
    friend bool operator==(const Permissions &, const Permissions &) = default;
};

/// What a person takes away; nothing: stays as it is.
struct Narrowing
{
    std::optional<std::vector<payment::KindId>> kinds;
    std::optional<std::vector<payment::MerchantId>> merchants;
    std::optional<std::int64_t> area_m_max;
    std::optional<std::int64_t> perPurchase_minor_max;
    std::optional<std::int64_t> daily_minor_max;
    std::optional<std::int64_t> monthly_minor_max;
    std::optional<std::int64_t> offlineUnsettled_minor_max;
    std::optional<std::int64_t> offlineUnsettled_count_max;
    std::optional<std::int64_t> offlineUnsettled_age_s_max;
    std::optional<std::int64_t> openProposals_max;
    std::optional<Hours> hours;
    std::optional<base::WallTime> validUntil;
    friend bool operator==(const Narrowing &, const Narrowing &) = default;
};

/// Every cap is 0 to 2^53 - 1, an area at most 20,000 km (half around the earth, 0 is no area), hours end
/// after they begin.
[[nodiscard]] std::expected<Narrowing, base::JsonError> narrowingFromJson(const base::Json &json,
                                                                          std::string pointer = {});
[[nodiscard]] base::Json toJson(const Narrowing &narrowing);

/// The pointer of the first field that would permit more than `permissions` does, or that says nothing new of
/// any kind; nothing where it only takes away. A set may name only what is permitted, an area or a span of
/// hours must lie inside.
[[nodiscard]] std::optional<std::string> widens(const Permissions &permissions, const Narrowing &narrowing);
/// Each limit is the smaller of the two; never more than `permissions`.
[[nodiscard]] Permissions narrowed(Permissions permissions, const Narrowing &narrowing);

[[nodiscard]] base::Json toJson(const Permissions &permissions);

/// What was taken away since the configuration was granted, by whom it concerns. A value: each change gives
/// the next one, with the next revision, and becomes an entry of the journal.
class Restrictions
{
public:
    static constexpr std::size_t kAgents_max = 128;

    /// Of an empty text: none. `grant`: the number of the configuration's grant; a higher one than before
    /// ends all restrictions, since whoever may write the configuration may grant.
    [[nodiscard]] static std::expected<Restrictions, base::JsonError> fromText(const std::string &text);
    [[nodiscard]] std::string text() const;

    [[nodiscard]] std::int64_t revision() const { return m_revision; }
    [[nodiscard]] std::int64_t grant() const { return m_grant; }
    [[nodiscard]] bool stopped() const { return m_stopped; }

    [[nodiscard]] Permissions inForce(const Permissions &granted, const payment::AgentId &agent) const;

    [[nodiscard]] Restrictions afterGrant(std::int64_t grant) const;
    /// What the configuration permits is another than before; restrictions stay.
    [[nodiscard]] Restrictions afterConfigured() const;
    [[nodiscard]] Restrictions afterStop() const;
    [[nodiscard]] Restrictions afterRevoke(const payment::AgentId &agent) const;
    /// `narrowing` was asked for widens() before.
    [[nodiscard]] Restrictions afterNarrow(const payment::AgentId &agent, const Narrowing &narrowing) const;
    friend bool operator==(const Restrictions &, const Restrictions &) = default;

private:
    struct OfAgent
    {
        bool revoked = false;
        Narrowing narrowing;
        friend bool operator==(const OfAgent &, const OfAgent &) = default;
    };
    std::int64_t m_revision = 0;
    std::int64_t m_grant = 0;
    bool m_stopped = false;
    std::map<payment::AgentId, OfAgent> m_agents;
};

} // namespace glovebox::consent
