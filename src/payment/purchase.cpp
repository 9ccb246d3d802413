// SPDX-License-Identifier: Apache-2.0
#include "payment/purchase.h"

namespace glovebox::payment
{

namespace
{

void takeApproval(Purchase &purchase, const PurchaseEvent &event)
{
    if (event.event == Event::approve || event.event == Event::approveStanding) {
        purchase.approvedAt = event.at;
    }
    if (!event.approvalId.empty()) {
        purchase.approvalId = event.approvalId;
    }
    if (!event.approvalJws.empty()) {
        purchase.approvalJws = event.approvalJws;
    }
    if (event.settleBy) {
        purchase.settleBy = event.settleBy;
    }
    if (event.stop) {
        purchase.stop = event.stop;
    }
    if (event.stopUntil) {
        purchase.stopUntil = event.stopUntil;
    }
}

void takePresentation(Purchase &purchase, const PurchaseEvent &event, State before)
{
    if (!event.nonce.empty()) {
        purchase.nonce = event.nonce;
    } else if (before == State::presented && purchase.state != State::approved) {
        purchase.nonce.clear(); // the card is gone, and its nonce with it
    }
    if (event.shown) {
        purchase.shown = *event.shown;
    }
}

} // namespace

std::expected<Purchase, LifecycleError> fold(std::optional<Purchase> before, const PurchaseEvent &event)
{
    const bool first = !before.has_value();
    // The proposal comes with the first event and never again.
    if (first != event.proposal.has_value() || event.purchase.empty() ||
        (before && before->id != event.purchase)) {
        return std::unexpected(LifecycleError::notAllowed);
    }
    const State from = first ? State::proposed : before->state;
    const auto next = transition(from, event.event);
    if (!next) {
        return std::unexpected(next.error());
    }
    Purchase purchase = std::move(before).value_or(Purchase());
    if (first) {
        purchase.id = event.purchase;
        purchase.agent = event.agent;
        purchase.proposal = *event.proposal;
        purchase.proposalHash = event.proposalHash;
        purchase.merchant = event.merchant;
        purchase.proposedAt = event.at;
    }
    if (!event.driver.empty() && purchase.driver.empty()) {
        purchase.driver = event.driver; // a held proposal learns it when a driver session opens
    }
    purchase.state = next->next;
    purchase.changedAt = event.at;
    purchase.reason = event.reason;
    if (!event.rules.empty()) {
        purchase.rules = event.rules;
    }
    takePresentation(purchase, event, from);
    takeApproval(purchase, event);
    if (event.settlement) {
        purchase.settlement = *event.settlement;
    }
    if (event.attempt > 0) {
        purchase.attempts = event.attempt;
    }
    ++purchase.version;
    return purchase;
}

} // namespace glovebox::payment
