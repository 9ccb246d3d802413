// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/config.h"
#include "payment/approval.h"

#include <memory>

namespace glovebox::gateway
{

/// What the issuer answers.
struct Decision
{
    enum class Kind {
        approved,
        declined,
        stepUp,
        duplicate, // it was asked under this key before: look up what became of that
        noAnswer,  // in time: whether money is held, only a look-up can tell
    };
    Kind kind = Kind::approved;
    std::string declineCode; // declined: "insufficient_funds", "do_not_honour", …
};

[[nodiscard]] std::string_view nameOf(Decision::Kind kind); // "approved", "declined", …

/// The way to the card networks. Thread-safe. Asked about an approval only by whoever claimed it in the
/// ledger. An implementation that talks to a real processor passes the approval id on as its idempotency key,
/// of which the processor may forget that it has seen it (Stripe: after 24 h), gives up after
/// kProcessorWaits_ms at the latest, and finds the payment by that id, which it stored with it.
class Processor
{
public:
    virtual ~Processor() = default;
    [[nodiscard]] virtual Decision authorise(const payment::Approval &approval) = 0;
    /// What became of it, if it was ever asked for. Nothing: the processor has no such payment. noAnswer: it
    /// cannot be told now.
    [[nodiscard]] virtual std::optional<Decision> lookup(const payment::Approval &approval) = 0;
};
inline constexpr std::int64_t kProcessorWaits_ms = 10'000;

/// Approves everything but what its script names:
/// {"decisions":[{"merchant_id"?,"amount_minor"?,"outcome"?,"decline_code"?}]}, first match. `outcome` is
/// "approve", "decline" (with its code), "step_up", "time_out" (never got there: no answer, and not found),
/// "late" (no answer, and approved) or "duplicate" (approved before, under the same key). Without it: a
/// decline where there is a code, else a step-up. What was answered for an approval is remembered as long as
/// the process runs, and a second question about it is a duplicate. An empty path: approves everything.
[[nodiscard]] Started<std::unique_ptr<Processor>> makeSandboxProcessor(const std::string &scriptPath);

} // namespace glovebox::gateway
