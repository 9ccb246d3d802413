// SPDX-License-Identifier: Apache-2.0
#include "daemon/purchase_batch.h"

namespace glovebox::daemon
{

namespace
{

constexpr const char *kBudgets = "budgets";

journal::EntryKind entryKind(payment::Event event)
{
    using payment::Event;
    switch (event) {
    case Event::approve:
    case Event::approveStanding:
        return journal::EntryKind::approval;
    case Event::authorised:
    case Event::captured:
    case Event::refusedByIssuer:
    case Event::stepUp:
    case Event::neverAcceptedNowRefused:
    case Event::voided:
    case Event::tooLate:
    case Event::released:
    case Event::refund:
        return journal::EntryKind::settlement;
    default:
        return journal::EntryKind::purchase;
    }
}

/// The row of the outbox follows the table's effects; of several events the last word counts.
void applyQueueEffect(journal::Batch &batch, const payment::Purchase &purchase, payment::Effect effects)
{
    if (payment::has(effects, payment::Effect::enqueueSettlement)) {
        batch.enqueue = journal::OutboxRow{purchase.id, purchase.approvalId, purchase.attempts, 0};
        batch.dequeue.reset();
    }
    if (payment::has(effects, payment::Effect::dequeueSettlement)) {
        batch.dequeue = purchase.id;
        batch.enqueue.reset();
    }
}

} // namespace

std::optional<journal::Batch> batchOf(const std::optional<payment::Purchase> &present, Change change,
                                      consent::Budgets &budgets)
{
    const consent::Budgets before = budgets;
    std::optional<payment::Purchase> purchase = present;
    journal::Batch batch;
    auto signedJws = std::make_shared<std::string>();
    const auto sign = std::make_shared<decltype(change.sign)>(std::move(change.sign));
    for (payment::PurchaseEvent &event : change.events) {
        const payment::State from = purchase ? purchase->state : payment::State::proposed;
        const auto step = payment::transition(from, event.event);
        auto after = payment::fold(std::move(purchase), event);
        if (!step || !after) {
            return std::nullopt;
        }
        purchase = std::move(*after);
        applyQueueEffect(batch, *purchase, step->effects);
        const bool signs = payment::has(step->effects, payment::Effect::sign);
        const journal::EntryKind kind = entryKind(event.event);
        batch.entries.push_back(
            {kind, purchase->driver,
             [event = std::move(event), signs, sign,
              signedJws](std::uint64_t sequence) mutable -> base::Result<base::CanonicalText, std::string> {
                 if (!signs) {
                     return payment::toCanonical(event);
                 }
                 auto jws = (*sign)(sequence);
                 if (!jws) {
                     return std::unexpected(jws.error());
                 }
                 *signedJws = *jws;
                 event.approvalJws = std::move(*jws);
                 return payment::toCanonical(event);
             }});
    }
    budgets.apply(present, *purchase); // once: the events of a change are of one moment
    batch.purchase = std::move(purchase);
    batch.finish = [signedJws](payment::Purchase &projection) {
        if (!signedJws->empty()) {
            projection.approvalJws = *signedJws;
        }
    };
    batch.settings = std::move(change.settings);
    if (budgets != before) {
        batch.settings.emplace_back(kBudgets, budgets.text());
    }
    batch.approvedOffline = change.approvedOffline;
    return batch;
}

} // namespace glovebox::daemon
