// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/purchase.h"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace glovebox::consent
{

/// What is usual for one kind and currency: the newest amounts, their median and the median of the distances
/// from it (MAD), in minor units. Worked out when an amount comes, not when a verdict is asked for.
struct Usual
{
    static constexpr std::size_t kAmounts_max = 64;
    std::deque<std::int64_t> amounts; // oldest first
    std::int64_t median_minor = 0;
    std::int64_t mad_minor = 0;
    void add(std::int64_t minor);
};

/// What was approved lately.
struct RecentApproval
{
    payment::MerchantId merchant;
    base::Money amount;
    base::Moment at;
    std::optional<payment::Position> position; // of the merchant
};

/// How the driver answered an agent.
struct Answers
{
    static constexpr std::size_t kAnswers_max = 20;
    std::int64_t approved = 0;
    std::deque<bool> declined; // the newest answers, oldest first
};

/// The summary of a driver's purchases, kept and bounded: asking it takes as long after 100,000 purchases as
/// after one.
struct DriverHistory
{
    static constexpr std::size_t kRecent_max = 32;
    static constexpr std::size_t kMerchants_max =
        4096; // beyond, the smallest id is forgotten, and is new again
    std::map<std::pair<payment::KindId, std::string>, Usual> usual; // kind, currency code
    std::deque<RecentApproval> recent;                              // oldest first
    std::set<payment::MerchantId> merchants;                        // those that were paid before
    std::map<payment::AgentId, Answers> agents;
};

/// A fold over the changes of purchases, by driver. Not written to the disk: after a start it holds what the
/// daemon read, and what is older than that is unknown, hence new.
class History
{
public:
    /// `before`: nothing where the purchase is read as a whole.
    void apply(const std::optional<payment::Purchase> &before, const payment::Purchase &after);
    /// Null where nothing is known of the driver.
    [[nodiscard]] const DriverHistory *of(const payment::DriverId &driver) const;

    /// A driver who was erased.
    void forget(const payment::DriverId &driver) { m_drivers.erase(driver); }

private:
    static void addApproval(DriverHistory &history, const payment::Purchase &purchase);
    std::map<payment::DriverId, DriverHistory> m_drivers;
};

} // namespace glovebox::consent
