// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/canonical_text.h"
#include "base/time.h"
#include "payment/kind.h"
#include "payment/merchant.h"
#include "payment/proposal.h"

namespace glovebox::payment
{

/// A payment instrument as the car knows it: a token, never a card number.
struct Instrument
{
    std::string reference; // "tok_…", 1 to 64 characters of an Id
    std::string label;     // "Visa ·· 42", at most 24 code points
};

/// One text as it was shown. `id` names the item: "title", "merchant", "amount", "amount_note", "primary", ….
struct ShownText
{
    std::string id;
    std::string text;
    friend bool operator==(const ShownText &, const ShownText &) = default;
};

enum class Surface { reserved, embedded, desk };

/// The texts of one presentation, composed by the daemon (payment/texts), in the order in which they are
/// read.
struct ShownTexts
{
    std::string templateId; // "card.moving.1"
    std::string locale;     // BCP 47
    Surface surface = Surface::reserved;
    std::vector<ShownText> items;
    friend bool operator==(const ShownTexts &, const ShownTexts &) = default;
};
[[nodiscard]] base::CanonicalText toCanonical(const ShownTexts &shown);

enum class ConsentMethod { touch, key, voice, standing };
enum class DrivingState { parked, idling, moving };
enum class ScaStatus { performed, exempt, none };

struct VehicleEvidence
{
    DrivingState state = DrivingState::moving;
    std::string gear;             // "park", "drive", "reverse", "neutral", "unknown"
    std::int64_t speed_mm_s = -1; // -1: unknown
    std::int64_t signalAge_ms = -1;
};

/// Everything an approval says; architecture, "Approval record". toClaims() writes the JWS payload and
/// claimsFromJson() is its strict inverse. Formats are described in docs/formats.md.
struct Approval
{
    ApprovalId id;
    PurchaseId purchase;
    WalletId wallet;
    std::string gateway;           // audience
    base::CanonicalText proposal;  // snapshot, hashed as "proposal_hash"
    std::string merchantEntryHash; // base64url SHA-256 of the entry's RFC 8785 form
    MerchantId merchant;
    KindId kind;
    AmountType amountType = AmountType::exact;
    base::Money cap; // the sum, or at most this
    Instrument instrument;
    ShownTexts shown;
    DriverId driver;
    ConsentMethod method = ConsentMethod::touch;
    std::string nonce;
    base::BootTime shownAt;
    base::BootTime answeredAt;
    SessionId session;
    ScaStatus sca = ScaStatus::none;
    std::string scaArticle; // for exempt: "RTS-11"
    VehicleEvidence vehicle;
    std::string verdict;            // "confirm", "confirm_with_pin", "allow_standing"
    std::vector<std::string> rules; // ids that fired
    std::int64_t permissionRevision = 0;
    AgentId agent;
    std::string agentAuthentication; // "token", "none"
    std::string utterance;           // untrusted claims of the agent, kept as evidence
    std::string reason;
    std::uint64_t sequence = 0; // of the journal entry that carries this approval
    base::Moment at;
    base::WallTime admitBy;  // last moment at which the daemon or an offline merchant may accept
    base::WallTime settleBy; // last moment at which the gateway accepts
    Fulfilment fulfilment = Fulfilment::online;
    StopMoment stop = StopMoment::undoSeconds;
    std::optional<base::WallTime> stopUntil;
};

/// Constraints a verifier must know and check; one it does not know, or one of these missing: refuse.
[[nodiscard]] const std::vector<std::string> &approvalConstraints();

/// Hash: SHA-256 over RFC 8785 of a value. Passed in, so that payment stays free of OpenSSL.
using HashJson = std::string (*)(const base::CanonicalText &);

[[nodiscard]] base::CanonicalText toClaims(const Approval &approval, HashJson hash);
/// Checks the inner hashes as well (proposal, shown texts).
[[nodiscard]] std::expected<Approval, base::JsonError> approvalFromClaims(const base::Json &claims,
                                                                          HashJson hash);

[[nodiscard]] std::string_view nameOf(ConsentMethod method);
[[nodiscard]] std::string_view nameOf(DrivingState state);
[[nodiscard]] std::string_view nameOf(Surface surface);
[[nodiscard]] std::string_view nameOf(AmountType type);
[[nodiscard]] std::string_view nameOf(ScaStatus status);
[[nodiscard]] std::string_view nameOf(StopMoment moment); // "until_fulfilment_starts", …

} // namespace glovebox::payment
