// SPDX-License-Identifier: Apache-2.0
#include "daemon/purchase_book.h"

namespace glovebox::daemon
{

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

void PurchaseBook::forget(const payment::DriverId &driver)
{
    for (auto *list : {&m_finished, &m_refused}) {
        std::erase_if(*list, [this, &driver](const payment::PurchaseId &id) {
            const payment::Purchase *purchase = find(id);
            return purchase != nullptr && purchase->driver == driver;
        });
    }
    std::erase_if(m_purchases, [&driver](const auto &one) { return one.second.driver == driver; });
    m_history.forget(driver);
}

} // namespace glovebox::daemon
