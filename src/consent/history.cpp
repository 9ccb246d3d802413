// SPDX-License-Identifier: Apache-2.0
#include "consent/history.h"

#include <algorithm>
#include <cstdlib>

namespace glovebox::consent
{

namespace
{

/// The lower one of the two middle values where their number is even.
std::int64_t medianOf(std::vector<std::int64_t> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

template<class T> void keepNewest(std::deque<T> &list, std::size_t count_max)
{
    while (list.size() > count_max) {
        list.pop_front();
    }
}

void addAnswer(Answers &answers, bool declined)
{
    answers.declined.push_back(declined);
    keepNewest(answers.declined, Answers::kAnswers_max);
}

} // namespace

void Usual::add(std::int64_t minor)
{
    amounts.push_back(minor);
    keepNewest(amounts, kAmounts_max);
    std::vector<std::int64_t> values(amounts.begin(), amounts.end());
    median_minor = medianOf(values);
    for (std::int64_t &value : values) {
        value = std::abs(value - median_minor);
    }
    mad_minor = medianOf(std::move(values));
}

void History::addApproval(DriverHistory &history, const payment::Purchase &purchase)
{
    const base::Money &amount = purchase.proposal.amount.value;
    history.usual[{purchase.proposal.kind, std::string(amount.currency.code())}].add(amount.minor);
    history.recent.push_back({purchase.proposal.merchant, amount, *purchase.approvedAt,
                              purchase.merchant ? std::optional(purchase.merchant->position) : std::nullopt});
    keepNewest(history.recent, DriverHistory::kRecent_max);
    history.merchants.insert(purchase.proposal.merchant);
    if (history.merchants.size() > DriverHistory::kMerchants_max) {
        history.merchants.erase(history.merchants.begin());
    }
    Answers &answers = history.agents[purchase.agent];
    ++answers.approved;
    addAnswer(answers, false);
}

void History::apply(const std::optional<payment::Purchase> &before, const payment::Purchase &after)
{
    const bool approved = after.approvedAt && !(before && before->approvedAt);
    const bool declined =
        after.state == payment::State::declined && !(before && before->state == after.state);
    if (approved) {
        addApproval(m_drivers[after.driver], after);
    } else if (declined) {
        addAnswer(m_drivers[after.driver].agents[after.agent], true);
    }
}

const DriverHistory *History::of(const payment::DriverId &driver) const
{
    const auto found = m_drivers.find(driver);
    return found == m_drivers.end() ? nullptr : &found->second;
}

} // namespace glovebox::consent
