// SPDX-License-Identifier: Apache-2.0
#include "payment/lifecycle.h"

#include <array>

namespace glovebox::payment
{

namespace
{

struct Row
{
    State from;
    Event event;
    State next;
    Effect effects;
};

using enum Effect;

// Architecture, "Life of a purchase". Budgets are reserved by an approval and given back where no money
// moves.
constexpr std::array kTable = {
    Row{State::proposed, Event::refuse, State::refused, showResult},
    Row{State::proposed, Event::hold, State::held, none},
    Row{State::proposed, Event::present, State::presented, showCard},
    Row{State::proposed, Event::approveStanding, State::approved, sign | reserveBudget | showResult},

    Row{State::held, Event::present, State::presented, showCard},
    Row{State::held, Event::expire, State::expired, showResult},
    Row{State::held, Event::withdraw, State::withdrawn, none},
    Row{State::held, Event::supersede, State::superseded, none},

    Row{State::presented, Event::approve, State::approved, sign | reserveBudget | closeCard | showResult},
    Row{State::presented, Event::decline, State::declined, closeCard | showResult},
    Row{State::presented, Event::expire, State::expired, closeCard | showResult},
    Row{State::presented, Event::withdraw, State::withdrawn, closeCard | showResult},
    Row{State::presented, Event::supersede, State::superseded, closeCard},
    Row{State::presented, Event::interrupt, State::held, closeCard},

    Row{State::declined, Event::resume, State::presented, showCard},
    Row{State::expired, Event::resume, State::presented, showCard},

    Row{State::approved, Event::queue, State::queued, enqueueSettlement},
    Row{State::approved, Event::cancel, State::cancelled, releaseBudget | showResult},
    Row{State::approved, Event::handOver, State::handedOver, showResult},

    Row{State::queued, Event::submit, State::submitted, showResult},
    Row{State::queued, Event::cancel, State::cancelled, dequeueSettlement | releaseBudget | showResult},
    Row{State::queued, Event::handOver, State::handedOver, dequeueSettlement | showResult},
    Row{State::queued, Event::lapse, State::lapsed, dequeueSettlement | releaseBudget | showResult},

    Row{State::submitted, Event::authorised, State::authorised, dequeueSettlement | showResult},
    Row{State::submitted, Event::captured, State::captured, dequeueSettlement | showResult},
    Row{State::submitted, Event::refusedByIssuer, State::refusedByIssuer,
        dequeueSettlement | releaseBudget | showResult},
    Row{State::submitted, Event::stepUp, State::stepUpRequired, dequeueSettlement | showResult},
    Row{State::submitted, Event::outcomeUnknown, State::unknown, queryStatus | showResult},
    Row{State::submitted, Event::quarantine, State::quarantined, dequeueSettlement | showResult},
    Row{State::submitted, Event::requestCancel, State::cancelRequested, sendVoid | showResult},

    Row{State::authorised, Event::captured, State::captured, showResult},
    Row{State::authorised, Event::released, State::released, releaseBudget | showResult},
    Row{State::authorised, Event::voided, State::voided, releaseBudget | showResult},
    // The wish to stop is work for the outbox again, and must survive a restart like an approval.
    Row{State::authorised, Event::requestCancel, State::cancelRequested,
        enqueueSettlement | sendVoid | showResult},

    Row{State::cancelRequested, Event::voided, State::voided, dequeueSettlement | releaseBudget | showResult},
    Row{State::cancelRequested, Event::tooLate, State::tooLate, queryStatus | showResult},
    Row{State::tooLate, Event::captured, State::captured, dequeueSettlement | showResult},
    Row{State::tooLate, Event::refusedByIssuer, State::refusedByIssuer,
        dequeueSettlement | releaseBudget | showResult},

    Row{State::stepUpRequired, Event::supersede, State::superseded, releaseBudget | showResult},
    Row{State::stepUpRequired, Event::lapse, State::lapsed, releaseBudget | showResult},

    // `submit` after a query that found it, `queryFoundNothing` after one that did not; never a blind resend.
    Row{State::unknown, Event::submit, State::submitted, none},
    Row{State::unknown, Event::queryFoundNothing, State::submitted, none},
    Row{State::unknown, Event::neverAcceptedNowRefused, State::lapsed,
        dequeueSettlement | releaseBudget | showResult},

    Row{State::quarantined, Event::requeue, State::queued, enqueueSettlement | showResult},
    Row{State::quarantined, Event::abandon, State::abandoned, releaseBudget | showResult},

    Row{State::captured, Event::refund, State::refunded, showResult},
    Row{State::refunded, Event::refund, State::refunded, showResult}, // in parts

    // Any state in which money may have moved or may be held.
    Row{State::submitted, Event::dispute, State::disputed, showResult},
    Row{State::authorised, Event::dispute, State::disputed, showResult},
    Row{State::unknown, Event::dispute, State::disputed, showResult},
    Row{State::cancelRequested, Event::dispute, State::disputed, showResult},
    Row{State::tooLate, Event::dispute, State::disputed, showResult},
    Row{State::captured, Event::dispute, State::disputed, showResult},
    Row{State::refunded, Event::dispute, State::disputed, showResult},
    Row{State::voided, Event::dispute, State::disputed, showResult},
    Row{State::released, Event::dispute, State::disputed, showResult},
    Row{State::handedOver, Event::dispute, State::disputed, showResult},
    Row{State::abandoned, Event::dispute, State::disputed, showResult},
    Row{State::disputed, Event::resolveDispute, State::resolved, showResult},
};

// In the order of the enums.
constexpr std::array<std::string_view, kStateCount> kStateNames = {
    "proposed",         "held",       "presented",   "approved",         "queued",   "submitted",
    "authorised",       "captured",   "refunded",    "refused",          "declined", "expired",
    "withdrawn",        "superseded", "cancelled",   "handed_over",      "lapsed",   "refused_by_issuer",
    "step_up_required", "unknown",    "quarantined", "cancel_requested", "voided",   "too_late",
    "released",         "abandoned",  "disputed",    "resolved"};

constexpr std::array<std::string_view, kEventCount> kEventNames = {"refuse",
                                                                   "hold",
                                                                   "present",
                                                                   "interrupt",
                                                                   "approve",
                                                                   "approve_standing",
                                                                   "decline",
                                                                   "expire",
                                                                   "withdraw",
                                                                   "supersede",
                                                                   "resume",
                                                                   "queue",
                                                                   "cancel",
                                                                   "hand_over",
                                                                   "lapse",
                                                                   "submit",
                                                                   "authorised",
                                                                   "captured",
                                                                   "refused_by_issuer",
                                                                   "step_up",
                                                                   "outcome_unknown",
                                                                   "query_found_nothing",
                                                                   "never_accepted_now_refused",
                                                                   "quarantine",
                                                                   "requeue",
                                                                   "abandon",
                                                                   "request_cancel",
                                                                   "voided",
                                                                   "too_late",
                                                                   "released",
                                                                   "refund",
                                                                   "dispute",
                                                                   "resolve_dispute"};

static_assert(static_cast<int>(State::resolved) + 1 == kStateCount);
static_assert(static_cast<int>(Event::resolveDispute) + 1 == kEventCount);
static_assert(!kStateNames.back().empty() && !kEventNames.back().empty());

template<class Enum, std::size_t N>
std::optional<Enum> fromName(const std::array<std::string_view, N> &names, std::string_view name)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == name) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

} // namespace

std::expected<Transition, LifecycleError> transition(State from, Event event)
{
    for (const Row &row : kTable) {
        if (row.from == from && row.event == event) {
            return Transition{row.next, row.effects};
        }
    }
    return std::unexpected(LifecycleError::notAllowed);
}

std::string_view nameOf(State state)
{
    return kStateNames[static_cast<std::size_t>(state)];
}

std::string_view nameOf(Event event)
{
    return kEventNames[static_cast<std::size_t>(event)];
}

std::optional<State> stateFromName(std::string_view name)
{
    return fromName<State>(kStateNames, name);
}

std::optional<Event> eventFromName(std::string_view name)
{
    return fromName<Event>(kEventNames, name);
}

bool isFinal(State state)
{
    return !isOpen(state) && state != State::disputed;
}

bool isOpen(State state)
{
    switch (state) {
    case State::proposed:
    case State::held:
    case State::presented:
    case State::approved:
    case State::queued:
    case State::submitted:
    case State::authorised:
    case State::stepUpRequired:
    case State::unknown:
    case State::quarantined:
    case State::cancelRequested:
    case State::tooLate:
        return true;
    case State::captured:
    case State::refunded:
    case State::refused:
    case State::declined:
    case State::expired:
    case State::withdrawn:
    case State::superseded:
    case State::cancelled:
    case State::handedOver:
    case State::lapsed:
    case State::refusedByIssuer:
    case State::voided:
    case State::released:
    case State::abandoned:
    case State::disputed:
    case State::resolved:
        return false;
    }
    return false;
}

bool isUnsettled(State state)
{
    switch (state) {
    case State::submitted:
    case State::authorised:
    case State::unknown:
    case State::quarantined:
    case State::cancelRequested:
    case State::tooLate:
        return true;
    default:
        return false;
    }
}

} // namespace glovebox::payment
