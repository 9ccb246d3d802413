// SPDX-License-Identifier: Apache-2.0
#include "consent/budget.h"

#include "base/canonical_text.h"

#include <algorithm>
#include <chrono>

namespace glovebox::consent
{

namespace
{

constexpr std::int64_t kDay_ms = 86'400'000;
constexpr std::int64_t kMonthsInYear = 12;
constexpr std::size_t kLines_max = 256;
constexpr std::int64_t kNever = -1; // before the first window

/// A sum cannot leave the range: what is above its end is above every cap too.
std::int64_t saturated(std::int64_t a, std::int64_t b)
{
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) {
        return base::Money::kMinorMax;
    }
    return std::clamp<std::int64_t>(sum, 0, base::Money::kMinorMax);
}

std::int64_t dayOf(const base::Moment &at)
{
    if (at.trust != base::ClockTrust::gatewaySigned || at.wall.milliseconds < 0) {
        return kNever;
    }
    return at.wall.milliseconds / kDay_ms;
}

std::int64_t monthOf(const base::Moment &at)
{
    const std::int64_t day = dayOf(at);
    if (day == kNever) {
        return kNever;
    }
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
    return (static_cast<int>(date.year()) - 1970) * kMonthsInYear + static_cast<unsigned>(date.month()) - 1;
}

} // namespace

std::int64_t heldBy(const payment::Purchase &purchase)
{
    using payment::State;
    switch (purchase.state) {
    case State::approved:
    case State::queued:
    case State::submitted:
    case State::authorised:
    case State::unknown:
    case State::quarantined:
    case State::cancelRequested:
    case State::tooLate:
    case State::stepUpRequired:
    case State::handedOver:
    case State::captured:
    case State::refunded:
    case State::disputed:
    case State::resolved:
        // What came back later does not open the budget again.
        return purchase.settlement.captured_minor.value_or(purchase.proposal.amount.value.minor);
    case State::proposed:
    case State::held:
    case State::presented:
    case State::refused:
    case State::declined:
    case State::expired:
    case State::withdrawn:
    case State::superseded:
    case State::cancelled:
    case State::lapsed:
    case State::refusedByIssuer:
    case State::voided:
    case State::released:
    case State::abandoned:
        return 0;
    }
    return 0;
}

void Budgets::change(Window &window, std::int64_t number, std::int64_t reservedIn, std::int64_t by_minor)
{
    if (by_minor > 0 && number > window.number) {
        window = {number, 0};
    }
    // A window that is over gives nothing back to the one after it.
    if (by_minor > 0 || reservedIn == window.number) {
        window.spent_minor = saturated(window.spent_minor, by_minor);
    }
}

void Budgets::apply(const std::optional<payment::Purchase> &before, const payment::Purchase &after)
{
    const std::int64_t by = heldBy(after) - (before ? heldBy(*before) : 0);
    if (by == 0 || !after.approvedAt) {
        return;
    }
    const std::pair key(after.agent, std::string(after.proposal.amount.value.currency.code()));
    Line &line = m_lines[key];
    change(line.day, dayOf(after.changedAt), dayOf(*after.approvedAt), by);
    change(line.month, monthOf(after.changedAt), monthOf(*after.approvedAt), by);
}

Spent Budgets::spent(const payment::AgentId &agent, const base::Currency &currency,
                     const base::Moment &now) const
{
    const auto found = m_lines.find({agent, std::string(currency.code())});
    if (found == m_lines.end()) {
        return {};
    }
    const auto in = [](const Window &window, std::int64_t number) {
        return number > window.number ? 0 : window.spent_minor;
    };
    return {in(found->second.day, dayOf(now)), in(found->second.month, monthOf(now))};
}

std::string Budgets::text() const
{
    return base::canonicalObject([this](base::ObjectWriter &out) {
               out.objects("lines", m_lines,
                           [](base::ObjectWriter &inner, const auto &entry) {
                               const auto &[key, line] = entry;
                               inner.text("agent", key.first.text())
                                   .text("currency", key.second)
                                   .integer("day", line.day.number)
                                   .integer("day_minor", line.day.spent_minor)
                                   .integer("month", line.month.number)
                                   .integer("month_minor", line.month.spent_minor);
                           })
                   .integer("v", 1);
           })
        .text();
}

std::expected<Budgets, base::JsonError> Budgets::fromText(const std::string &text)
{
    Budgets budgets;
    if (text.empty()) {
        return budgets;
    }
    const auto json = base::parseJson(text, payment::kRecordLimits);
    if (!json) {
        return std::unexpected(json.error());
    }
    base::ObjectReader reader(*json);
    static_cast<void>(reader.integer("v", 1, 1));
    const base::Json &lines = reader.array("lines", kLines_max);
    for (std::size_t i = 0; !reader.failed() && i < lines.size(); ++i) {
        base::ObjectReader inner(lines[i], reader.pointerTo("lines") + "/" + std::to_string(i));
        const auto agent = payment::AgentId::fromText(inner.text("agent", 64));
        const auto currency = base::Currency::fromCode(inner.text("currency", 3));
        Line line;
        const auto number = [&inner](const char *name) {
            return inner.integer(name, kNever, base::Money::kMinorMax);
        };
        line.day = {number("day"), inner.integer("day_minor", 0, base::Money::kMinorMax)};
        line.month = {number("month"), inner.integer("month_minor", 0, base::Money::kMinorMax)};
        if (!inner.failed() && (!agent || !currency)) {
            inner.refuse("agent", base::JsonFault::notAllowed, "must be an id, with a known currency");
        }
        reader.absorb(inner.finish());
        if (agent && currency) {
            budgets.m_lines.emplace(std::pair(*agent, std::string(currency->code())), line);
        }
    }
    if (auto error = reader.finish()) {
        return std::unexpected(std::move(*error));
    }
    return budgets;
}

} // namespace glovebox::consent
