// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/approval.h"
#include "payment/lifecycle.h"

namespace glovebox::payment
{

/// For parseJson() of a record that holds an event or a purchase: a proposal of 64 KiB, its approval and
/// receipts.
inline constexpr base::JsonLimits kRecordLimits{.bytes_max = 512 * 1024, .depth_max = 16};

/// What the gateway signed about a purchase (wire/receipt verifies); the newest of each is kept.
struct SettlementFacts
{
    std::optional<std::int64_t> authorised_minor;
    std::optional<std::int64_t>
        captured_minor; // "paid" is said only where this is set, by a verified receipt
    std::optional<std::int64_t> refunded_minor;
    std::string receipt;        // the newest compact JWS receipt
    std::string captureReceipt; // the compact JWS that proves the capture
    std::string declineCode;    // of the issuer
    std::string pickupCode;
};

/// One journal entry's worth of a purchase: the transition, and what came with it. The first one carries the
/// proposal and the merchant entry; `approve` the approval; those of the gateway their receipt.
struct PurchaseEvent
{
    PurchaseId purchase;
    Event event = Event::present;
    base::Moment at;
    // first event
    std::optional<Proposal> proposal;
    std::string proposalHash; // refused: of the whole proposal, where `proposal` is boundedFacts() of it
    std::optional<MerchantEntry> merchant;
    AgentId agent;
    DriverId driver;
    // verdict
    std::vector<std::string> rules;
    std::string reason; // stable code: "unknown_merchant", "offline", "time_out"; from the rule that decided
    // presentation
    std::string nonce;
    std::optional<ShownTexts> shown;
    // approval
    std::string approvalJws;
    ApprovalId approvalId;
    std::optional<base::WallTime> settleBy;
    std::optional<StopMoment> stop;
    std::optional<base::WallTime> stopUntil;
    // gateway
    std::optional<SettlementFacts> settlement; // replaces the facts as a whole
    int attempt = 0;                           // of a submission
};

/// A purchase is the fold of its events; the projection in the database and a rebuild use the same function.
struct Purchase
{
    PurchaseId id;
    AgentId agent;
    DriverId driver;
    State state = State::proposed;
    Proposal proposal;
    std::string proposalHash;              // refused: as in its event
    std::optional<MerchantEntry> merchant; // as bound; nothing where it was refused
    std::vector<std::string> rules;
    std::string reason;
    base::Moment proposedAt;
    base::Moment changedAt;
    ShownTexts shown;
    std::string nonce;
    ApprovalId approvalId;
    std::string approvalJws;
    std::optional<base::Moment> approvedAt;
    std::optional<base::WallTime> settleBy;
    std::optional<StopMoment> stop; // as signed; nothing in a record that is older than this field
    std::optional<base::WallTime> stopUntil;
    SettlementFacts settlement;
    int attempts = 0;
    std::int64_t version = 0; // number of events folded
};

/// The lifecycle table decides; an event it does not allow leaves nothing behind.
[[nodiscard]] std::expected<Purchase, LifecycleError> fold(std::optional<Purchase> before,
                                                           const PurchaseEvent &event);

[[nodiscard]] base::CanonicalText toCanonical(const PurchaseEvent &event);
[[nodiscard]] std::expected<PurchaseEvent, base::JsonError> purchaseEventFromJson(const base::Json &json);
[[nodiscard]] base::CanonicalText toCanonical(const Purchase &purchase);
[[nodiscard]] std::expected<Purchase, base::JsonError> purchaseFromJson(const base::Json &json);

} // namespace glovebox::payment
