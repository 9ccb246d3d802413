// SPDX-License-Identifier: Apache-2.0
// What the book knows when the daemon starts.
#include "daemon/purchase_book.h"

#include <array>
#include <ranges>

namespace glovebox::daemon
{

namespace
{

constexpr const char *kBudgets = "budgets";

// Settings that are read at start: settlement's, the driver session's throttle, and what consent counts.
constexpr std::array kSettings = {
    kBudgets, "directory", "events.cursor", "permissions", "permissions.configured", "pin.failures", "time"};

} // namespace

journal::JournalResult<PurchaseBook::Loaded> PurchaseBook::load(journal::Journal &journal)
{
    Loaded loaded;
    auto unfinished = journal.unfinished();
    if (!unfinished) {
        return std::unexpected(std::move(unfinished.error()));
    }
    loaded.unfinished = std::move(*unfinished);
    // More than are kept, since many of them may have been refused.
    auto newest = journal.purchases(static_cast<int>(2 * kFinishedInMemory_max + kRefusedInMemory_max));
    if (!newest) {
        return std::unexpected(std::move(newest.error()));
    }
    for (payment::Purchase &purchase : std::views::reverse(*newest)) {
        if (!payment::isOpen(purchase.state)) {
            loaded.finished.push_back(std::move(purchase));
        }
    }
    for (const char *name : kSettings) {
        auto value = journal.setting(name);
        if (!value) {
            return std::unexpected(std::move(value.error()));
        }
        if (*value) {
            loaded.settings.emplace(name, std::move(**value));
        }
    }
    return readConsent(std::move(loaded));
}

journal::JournalResult<PurchaseBook::Loaded> PurchaseBook::readConsent(Loaded loaded)
{
    auto budgets = consent::Budgets::fromText(loaded.settings[kBudgets]);
    // Read again by the permissions' desk: a text that says nothing must not become "nothing is restricted".
    if (!budgets || !consent::Restrictions::fromText(loaded.settings["permissions"])) {
        return base::fail(journal::JournalFault::corrupt,
                          budgets ? "the setting permissions" : "the setting budgets");
    }
    if (loaded.settings[kBudgets].empty()) {
        // A journal from before budgets were kept: what is in sight counts.
        for (const auto *purchases : {&loaded.finished, &loaded.unfinished}) {
            for (const payment::Purchase &purchase : *purchases) {
                budgets->apply(std::nullopt, purchase);
            }
        }
    }
    loaded.budgets = std::move(*budgets);
    return loaded;
}

} // namespace glovebox::daemon
