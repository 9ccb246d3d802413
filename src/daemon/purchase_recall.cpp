// SPDX-License-Identifier: Apache-2.0
#include "daemon/purchase_book.h"

#include <array>
#include <ranges>

namespace glovebox::daemon
{

namespace
{

// Settings that are read at start: settlement's, and the driver session's throttle.
constexpr std::array kSettings = {"directory", "events.cursor", "pin.failures", "time"};

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
    return loaded;
}

void PurchaseBook::recall(const payment::ApprovalId &id, std::function<void(bool)> done)
{
    using Stored = journal::JournalResult<std::optional<payment::Purchase>>;
    if (find(id)) {
        done(true);
        return;
    }
    const bool asked = m_journal.ask<Stored>(
        [id](journal::Journal &journal) -> Stored {
            const auto purchase = journal.purchaseOfApproval(id);
            if (!purchase) {
                return std::unexpected(purchase.error());
            }
            return *purchase ? journal.purchase(**purchase) : Stored(std::nullopt);
        },
        [this, done](const Stored &stored) {
            // What changed meanwhile is newer than what was read.
            if (stored && *stored && !find((*stored)->id)) {
                keep(**stored);
            }
            done(stored.has_value());
        });
    if (!asked) {
        done(false);
    }
}

} // namespace glovebox::daemon
