// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

namespace glovebox::payment
{

/// Life of a purchase; architecture, "Life of a purchase". Names in records: snake_case of these.
enum class State {
    proposed,
    held,
    presented,
    approved,
    queued,
    submitted,
    authorised,
    captured,
    refunded,
    refused,
    declined,
    expired,
    withdrawn,
    superseded,
    cancelled,
    handedOver,
    lapsed,
    refusedByIssuer,
    stepUpRequired,
    unknown,
    quarantined,
    cancelRequested,
    voided,
    tooLate,
    released,
    abandoned,
    disputed,
    resolved
};
inline constexpr int kStateCount = 28;

enum class Event {
    refuse,          // the verdict
    hold,            // the verdict: not now, keep it
    present,         // a card is handed to the cockpit with a new nonce
    interrupt,       // the card left without an answer (call, reverse camera, another state of driving)
    approve,         // consent was given, checked and signed
    approveStanding, // under a standing permission
    decline,
    expire,
    withdraw, // by the agent
    supersede,
    resume, // by the driver: a declined or expired one again
    queue,  // the approval is in the outbox
    cancel, // undo, local and certain: it was never sent
    handOver,
    lapse,      // settle_by or place left
    submit,     // about to be sent: from here on cancelling is a request
    authorised, // signed by the gateway, like all that follow
    captured,
    refusedByIssuer,
    stepUp,
    outcomeUnknown,    // sent, and no verified answer
    queryFoundNothing, // the status query says: never seen; may be sent again
    neverAcceptedNowRefused,
    quarantine,
    requeue,
    abandon,
    requestCancel,
    voided,
    tooLate,
    released,
    refund,
    dispute,
    resolveDispute
};
inline constexpr int kEventCount = 33;

/// What the caller must do in the same transaction as the transition, or directly after it.
enum class Effect : std::uint32_t {
    none = 0,
    showCard = 1u << 0,
    closeCard = 1u << 1,
    showResult = 1u << 2,
    sign = 1u << 3,
    reserveBudget = 1u << 4,
    releaseBudget = 1u << 5,
    enqueueSettlement = 1u << 6,
    dequeueSettlement = 1u << 7,
    sendVoid = 1u << 8,
    queryStatus = 1u << 9,
};
constexpr Effect operator|(Effect a, Effect b)
{
    return static_cast<Effect>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}
constexpr bool has(Effect set, Effect one)
{
    return (static_cast<std::uint32_t>(set) & static_cast<std::uint32_t>(one)) != 0;
}

struct Transition
{
    State next;
    Effect effects = Effect::none;
};

enum class LifecycleError { notAllowed };

/// The one table. Pure and total: any pair that the architecture does not list is notAllowed.
[[nodiscard]] std::expected<Transition, LifecycleError> transition(State from, Event event);

[[nodiscard]] std::string_view nameOf(State state); // "refused_by_issuer"
[[nodiscard]] std::string_view nameOf(Event event);
[[nodiscard]] std::optional<State> stateFromName(std::string_view name);
[[nodiscard]] std::optional<Event> eventFromName(std::string_view name);

/// Nothing happens to it by itself any more: only a refund, a dispute, or the driver's resume leaves it.
[[nodiscard]] bool isFinal(State state);
/// Whether an agent or driver still waits for something.
[[nodiscard]] bool isOpen(State state);
/// It was sent and is not final: money may have moved or may be held, and settlement must find out. An
/// approval that was never sent (approved, queued) is not among them.
[[nodiscard]] bool isUnsettled(State state);

} // namespace glovebox::payment
