// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/jws.h"
#include "payment/approval.h"
#include "payment/merchant.h"

#include <span>
#include <vector>

namespace glovebox::wire
{

// JWS types: the `typ` header. Every statement of the gateway is one of these, under its pinned key.
inline constexpr std::string_view kApprovalType = "glovebox-approval+jws";
inline constexpr std::string_view kReceiptType = "glovebox-receipt+jws";
inline constexpr std::string_view kMerchantType = "glovebox-merchant+jws";
inline constexpr std::string_view kDirectoryType = "glovebox-directory+jws";
inline constexpr std::string_view kEventsType = "glovebox-events+jws";
inline constexpr std::string_view kTimeType = "glovebox-time+jws";
inline constexpr std::string_view kRefusalType = "glovebox-refusal+jws";

// A signed answer holds at most 64 KiB, so the lists in it are bounded.
inline constexpr std::size_t kDirectoryEntries_max = 64;
inline constexpr std::size_t kEventReceipts_max = 32;

enum class Outcome {
    authorised,
    captured,
    refusedByIssuer,
    stepUpRequired,
    voided,
    tooLate,
    released,
    refunded,
    neverSeen,               // status query: not known; it may be sent
    neverAcceptedNowRefused, // status query after settle_by: it was never accepted and never will be
};
[[nodiscard]] std::string_view nameOf(Outcome outcome); // "authorised", "captured", "refused_by_issuer", …

/// What the gateway says about one approval. Payload of kReceiptType:
/// {"v":1,"receipt_id","gateway","wallet_id","approval_id","approval_hash","outcome","currency","authorised_minor"?,
///  "captured_minor"?,"refunded_minor"?,"merchant_id","decline_code"?,"pickup_code"?,"revision","at_ms"}
/// `revision` counts up by one for each change of that approval; an older one never replaces a newer.
struct Receipt
{
    std::string receiptId;
    std::string gateway;
    payment::WalletId wallet;
    payment::ApprovalId approval;
    std::string
        approvalHash; // hashOfJws(); empty where the gateway has never seen it (neverSeen, voided before)
    Outcome outcome = Outcome::neverSeen;
    std::string currency;
    std::optional<std::int64_t> authorised_minor;
    std::optional<std::int64_t> captured_minor;
    std::optional<std::int64_t> refunded_minor;
    payment::MerchantId merchant;
    std::string declineCode;
    std::string pickupCode;
    std::int64_t revision = 0;
    base::WallTime at;
    std::string jws; // filled by readReceipt
};
[[nodiscard]] base::Json toJson(const Receipt &receipt);

enum class WireFault { signature, malformed, otherWallet, otherApproval, otherGateway, overCap, older };
[[nodiscard]] std::string_view nameOf(WireFault fault);
template<class T> using WireResult = base::Result<T, WireFault>;

/// Verifies against the pinned keys and takes apart.
[[nodiscard]] WireResult<Receipt> readReceipt(std::string_view jws,
                                              std::span<const crypto::PublicKey> gatewayKeys);
/// Whether it is about this approval: wallet, approval, hash of the JWS, currency, amounts within the cap.
[[nodiscard]] std::optional<WireFault> checkAgainst(const Receipt &receipt, const payment::Approval &approval,
                                                    std::string_view approvalJws);

/// Payload of kDirectoryType: {"v":1,"gateway","revision","at_ms","entries":[<compact JWS of kMerchantType>,
/// …]}
struct Directory
{
    std::string gateway;
    std::int64_t revision = 0;
    base::WallTime at;
    std::vector<payment::MerchantEntry> entries;
};
[[nodiscard]] WireResult<Directory> readDirectory(std::string_view jws,
                                                  std::span<const crypto::PublicKey> gatewayKeys);
[[nodiscard]] WireResult<payment::MerchantEntry> readMerchant(std::string_view jws,
                                                              std::span<const crypto::PublicKey> gatewayKeys);

/// Payload of kEventsType: {"v":1,"gateway","wallet_id","after","cursor","receipts":[<compact JWS>, …]}
struct Events
{
    std::string gateway;
    payment::WalletId wallet;
    std::int64_t after = 0;
    std::int64_t cursor = 0; // ask for what comes after it
    std::vector<Receipt> receipts;
};
[[nodiscard]] WireResult<Events> readEvents(std::string_view jws,
                                            std::span<const crypto::PublicKey> gatewayKeys);

/// Payload of kTimeType: {"v":1,"gateway","nonce","at_ms"}: the nonce is the one that was asked with.
[[nodiscard]] WireResult<base::WallTime>
readTime(std::string_view jws, std::string_view nonce, std::span<const crypto::PublicKey> gatewayKeys,
         std::string_view gateway = {} /* empty: any that holds the key */);

/// Payload of kRefusalType: {"v":1,"gateway","wallet_id","approval_id","approval_hash","code","at_ms"}. From
/// then on the gateway answers every question about this approval with neverAcceptedNowRefused.
struct Refusal
{
    std::string gateway;
    payment::WalletId wallet;
    payment::ApprovalId approval;
    std::string approvalHash;
    std::string code; // "constraint", "expired"
    base::WallTime at;
};
[[nodiscard]] base::Json toJson(const Refusal &refusal);
[[nodiscard]] WireResult<Refusal> readRefusal(std::string_view jws,
                                              std::span<const crypto::PublicKey> gatewayKeys);

/// How an approval is bound in receipts and refusals: base64url SHA-256 of its compact JWS.
[[nodiscard]] std::string hashOfJws(std::string_view jws);

// What the gateway says, before it is signed.
[[nodiscard]] base::Json directoryPayload(std::string_view gateway, std::int64_t revision, base::WallTime at,
                                          const std::vector<std::string> &entries);
[[nodiscard]] base::Json eventsPayload(std::string_view gateway, const payment::WalletId &wallet,
                                       std::int64_t after, std::int64_t cursor,
                                       const std::vector<std::string> &receipts);
[[nodiscard]] base::Json timePayload(std::string_view gateway, std::string_view nonce, base::WallTime at);
/// JWS over the RFC 8785 form.
[[nodiscard]] base::Result<std::string, crypto::JwsFault>
signPayload(const crypto::SigningKey &key, std::string_view type, const base::CanonicalText &payload);

} // namespace glovebox::wire
