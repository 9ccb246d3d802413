// SPDX-License-Identifier: Apache-2.0
#include "wire/messages.h"

#include "crypto/hash.h"

namespace glovebox::wire
{

std::string_view nameOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::authorised:
        return "authorised";
    case Outcome::captured:
        return "captured";
    case Outcome::refusedByIssuer:
        return "refused_by_issuer";
    case Outcome::stepUpRequired:
        return "step_up_required";
    case Outcome::voided:
        return "voided";
    case Outcome::tooLate:
        return "too_late";
    case Outcome::released:
        return "released";
    case Outcome::refunded:
        return "refunded";
    case Outcome::neverSeen:
        return "never_seen";
    case Outcome::neverAcceptedNowRefused:
        return "never_accepted_now_refused";
    }
    return "never_seen";
}

std::string_view nameOf(WireFault fault)
{
    switch (fault) {
    case WireFault::signature:
        return "signature";
    case WireFault::malformed:
        return "malformed";
    case WireFault::otherWallet:
        return "other wallet";
    case WireFault::otherApproval:
        return "other approval";
    case WireFault::otherGateway:
        return "other gateway";
    case WireFault::overCap:
        return "over the cap";
    case WireFault::older:
        return "older";
    }
    return "malformed";
}

std::string hashOfJws(std::string_view jws)
{
    return base::toBase64Url(crypto::sha256(base::bytesOf(jws)));
}

base::Json toJson(const Receipt &receipt)
{
    base::Json json{{"v", 1},
                    {"receipt_id", receipt.receiptId},
                    {"gateway", receipt.gateway},
                    {"wallet_id", receipt.wallet.text()},
                    {"approval_id", receipt.approval.text()},
                    {"approval_hash", receipt.approvalHash},
                    {"outcome", std::string(nameOf(receipt.outcome))},
                    {"currency", receipt.currency},
                    {"merchant_id", receipt.merchant.text()},
                    {"revision", receipt.revision},
                    {"at_ms", receipt.at.milliseconds}};
    if (receipt.authorised_minor) {
        json["authorised_minor"] = *receipt.authorised_minor;
    }
    if (receipt.captured_minor) {
        json["captured_minor"] = *receipt.captured_minor;
    }
    if (receipt.refunded_minor) {
        json["refunded_minor"] = *receipt.refunded_minor;
    }
    if (!receipt.declineCode.empty()) {
        json["decline_code"] = receipt.declineCode;
    }
    if (!receipt.pickupCode.empty()) {
        json["pickup_code"] = receipt.pickupCode;
    }
    return json;
}

base::Json toJson(const Refusal &refusal)
{
    return {{"v", 1},
            {"gateway", refusal.gateway},
            {"wallet_id", refusal.wallet.text()},
            {"approval_id", refusal.approval.text()},
            {"approval_hash", refusal.approvalHash},
            {"code", refusal.code},
            {"at_ms", refusal.at.milliseconds}};
}

base::Json directoryPayload(std::string_view gateway, std::int64_t revision, base::WallTime at,
                            const std::vector<std::string> &entries)
{
    return {{"v", 1},
            {"gateway", std::string(gateway)},
            {"revision", revision},
            {"at_ms", at.milliseconds},
            {"entries", entries}};
}

base::Json eventsPayload(std::string_view gateway, const payment::WalletId &wallet, std::int64_t after,
                         std::int64_t cursor, const std::vector<std::string> &receipts)
{
    return {{"v", 1},
            {"gateway", std::string(gateway)},
            {"wallet_id", wallet.text()},
            {"after", after},
            {"cursor", cursor},
            {"receipts", receipts}};
}

base::Json timePayload(std::string_view gateway, std::string_view nonce, base::WallTime at)
{
    return {{"v", 1},
            {"gateway", std::string(gateway)},
            {"nonce", std::string(nonce)},
            {"at_ms", at.milliseconds}};
}

base::Result<std::string, crypto::JwsFault> signPayload(const crypto::SigningKey &key, std::string_view type,
                                                        const base::CanonicalText &payload)
{
    return crypto::signJws(key, type, base::bytesOf(payload.text()));
}

} // namespace glovebox::wire
