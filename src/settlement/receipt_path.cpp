// SPDX-License-Identifier: Apache-2.0
#include "settlement/receipt_path.h"

namespace glovebox::settlement
{

namespace
{

using payment::Event;
using payment::State;
using wire::Outcome;

constexpr std::size_t kSteps_max = 5;

struct Goal
{
    Event event;
    State state;
};

std::optional<Goal> goalOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::authorised:
        return Goal{Event::authorised, State::authorised};
    case Outcome::captured:
        return Goal{Event::captured, State::captured};
    case Outcome::refusedByIssuer:
        return Goal{Event::refusedByIssuer, State::refusedByIssuer};
    case Outcome::stepUpRequired:
        return Goal{Event::stepUp, State::stepUpRequired};
    case Outcome::voided:
        return Goal{Event::voided, State::voided};
    case Outcome::tooLate:
        return Goal{Event::tooLate, State::tooLate};
    case Outcome::released:
        return Goal{Event::released, State::released};
    case Outcome::refunded:
        return Goal{Event::refund, State::refunded};
    case Outcome::neverSeen:
        return Goal{Event::queryFoundNothing, State::submitted};
    case Outcome::neverAcceptedNowRefused:
        return Goal{Event::neverAcceptedNowRefused, State::lapsed};
    }
    return std::nullopt;
}

/// A step that the gateway has taken and the car has not seen.
std::optional<Event> stepBetween(State from, Outcome outcome)
{
    const bool moneyTaken = outcome == Outcome::captured || outcome == Outcome::refunded;
    switch (from) {
    case State::unknown:
        return outcome == Outcome::neverSeen ? std::nullopt : std::optional(Event::submit);
    case State::submitted:
        if (outcome == Outcome::released || outcome == Outcome::voided) {
            return Event::authorised;
        }
        if (outcome == Outcome::neverAcceptedNowRefused) {
            return Event::outcomeUnknown;
        }
        return outcome == Outcome::refunded ? std::optional(Event::captured) : std::nullopt;
    case State::authorised:
    case State::tooLate:
        return outcome == Outcome::refunded ? std::optional(Event::captured) : std::nullopt;
    case State::cancelRequested:
        if (moneyTaken || outcome == Outcome::refusedByIssuer) {
            return Event::tooLate;
        }
        // Nothing is held and nothing will be taken, which is what the driver asked for.
        if (outcome == Outcome::released || outcome == Outcome::neverAcceptedNowRefused) {
            return Event::voided;
        }
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace

std::vector<Event> pathTo(State from, const wire::Receipt &receipt)
{
    // Too late because it was captured: that is the news.
    const bool capturedBefore = receipt.outcome == Outcome::tooLate && receipt.captured_minor;
    const Outcome outcome = capturedBefore ? Outcome::captured : receipt.outcome;
    const auto goal = goalOf(outcome);
    if (from == State::quarantined) { // a person at the gateway has looked at it, and lets it go
        return outcome == Outcome::neverAcceptedNowRefused ? std::vector{Event::abandon}
                                                           : std::vector<Event>();
    }
    std::vector<Event> path;
    State state = from;
    // A refund can be followed by another one; every other goal is reached once.
    while (goal && path.size() < kSteps_max &&
           (state != goal->state || (path.empty() && outcome == Outcome::refunded))) {
        if (const auto last = payment::transition(state, goal->event)) {
            path.push_back(goal->event);
            return path;
        }
        const auto step = stepBetween(state, outcome);
        const auto next =
            step ? payment::transition(state, *step) : std::unexpected(payment::LifecycleError::notAllowed);
        if (!next) {
            return {};
        }
        path.push_back(*step);
        state = next->next;
        if (state == State::voided) {
            return path;
        }
    }
    return {};
}

payment::SettlementFacts mergeFacts(const payment::SettlementFacts &before, const wire::Receipt &receipt)
{
    payment::SettlementFacts facts = before;
    facts.receipt = receipt.jws;
    if (receipt.authorised_minor) {
        facts.authorised_minor = receipt.authorised_minor;
    }
    if (receipt.captured_minor) {
        facts.captured_minor = receipt.captured_minor;
        if (receipt.outcome == Outcome::captured || facts.captureReceipt.empty()) {
            facts.captureReceipt = receipt.jws;
        }
    }
    if (receipt.refunded_minor) {
        facts.refunded_minor = receipt.refunded_minor;
    }
    if (!receipt.declineCode.empty()) {
        facts.declineCode = receipt.declineCode;
    }
    if (!receipt.pickupCode.empty()) {
        facts.pickupCode = receipt.pickupCode;
    }
    return facts;
}

} // namespace glovebox::settlement
