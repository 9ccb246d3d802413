// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/purchase.h"

#include <map>

namespace glovebox::consent
{

/// What an agent's approvals take of a day and of a month, in minor units of one currency.
struct Spent
{
    std::int64_t today_minor = 0;
    std::int64_t month_minor = 0;
    friend bool operator==(const Spent &, const Spent &) = default;
};

/// What a purchase holds of a budget in its state: the whole sum or cap from its approval on, what was
/// captured once that is certain, nothing where no money moves.
[[nodiscard]] std::int64_t heldBy(const payment::Purchase &purchase);

/// The budgets: a fold over every change of a purchase, kept in the same transaction as the change. Days and
/// calendar months are those of UTC, and begin with gateway-signed time alone; time that goes back opens no
/// window again, and time that nobody signed leaves the window as it was.
class Budgets
{
public:
    /// Of an empty text: nothing is spent.
    [[nodiscard]] static std::expected<Budgets, base::JsonError> fromText(const std::string &text);
    [[nodiscard]] std::string text() const;

    [[nodiscard]] Spent spent(const payment::AgentId &agent, const base::Currency &currency,
                              const base::Moment &now) const;

    /// `after` is what folding a change of `before` gave, at after.changedAt. What is given back leaves the
    /// windows it was reserved in, where they are not over.
    void apply(const std::optional<payment::Purchase> &before, const payment::Purchase &after);
    friend bool operator==(const Budgets &, const Budgets &) = default;

private:
    struct Window
    {
        std::int64_t number = -1; // days, or months, since 1970
        std::int64_t spent_minor = 0;
        friend bool operator==(const Window &, const Window &) = default;
    };
    struct Line
    {
        Window day;
        Window month;
        friend bool operator==(const Line &, const Line &) = default;
    };
    static void change(Window &window, std::int64_t number, std::int64_t reservedIn, std::int64_t by_minor);

    std::map<std::pair<payment::AgentId, std::string>, Line> m_lines; // agent, currency code
};

} // namespace glovebox::consent
