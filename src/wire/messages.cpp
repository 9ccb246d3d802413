// SPDX-License-Identifier: Apache-2.0
#include "wire/messages.h"

#include <array>

namespace glovebox::wire
{

namespace
{

constexpr std::int64_t kTime_ms_max = 253'402'300'799'999; // year 9999

constexpr std::array kOutcomes{Outcome::authorised,      Outcome::captured,
                               Outcome::refusedByIssuer, Outcome::stepUpRequired,
                               Outcome::voided,          Outcome::tooLate,
                               Outcome::released,        Outcome::refunded,
                               Outcome::neverSeen,       Outcome::neverAcceptedNowRefused};

std::optional<Outcome> outcomeFromName(std::string_view name)
{
    for (const Outcome outcome : kOutcomes) {
        if (nameOf(outcome) == name) {
            return outcome;
        }
    }
    return std::nullopt;
}

std::unexpected<base::Failure<WireFault>> malformed(const base::JsonError &error)
{
    return base::fail(WireFault::malformed, error.pointer + ": " + error.reason);
}

WireResult<base::Json> readPayload(std::string_view jws, std::string_view type,
                                   std::span<const crypto::PublicKey> keys)
{
    const auto verified = crypto::verifyJws(jws, type, keys);
    if (!verified) {
        return base::fail(WireFault::signature, verified.error().detail);
    }
    auto json = base::parseJson(base::textOf(verified->payload));
    if (!json) {
        return malformed(json.error());
    }
    return std::move(*json);
}

template<class IdType> IdType readId(base::ObjectReader &reader, const char *name, bool mayBeEmpty = false)
{
    const std::string text = reader.text(name, 64);
    if (const auto id = IdType::fromText(text)) {
        return *id;
    }
    if (!(text.empty() && mayBeEmpty)) {
        reader.refuse(name, base::JsonFault::notAllowed, "not an identifier");
    }
    return {};
}

void readVersion(base::ObjectReader &reader)
{
    (void)reader.integer("v", 1, 1);
}

/// base64url SHA-256, or nothing where allowed.
std::string readHash(base::ObjectReader &reader, const char *name, bool mayBeEmpty)
{
    std::string text = reader.text(name, 43);
    if (text.empty() && mayBeEmpty) {
        return text;
    }
    const auto bytes = base::fromBase64Url(text);
    if (!bytes || bytes->size() != 32) {
        reader.refuse(name, base::JsonFault::notAllowed, "not a SHA-256 hash");
    }
    return text;
}

/// An outcome that can be stated without ever having seen the approval itself.
bool knowsNoApproval(Outcome outcome)
{
    return outcome == Outcome::neverSeen || outcome == Outcome::neverAcceptedNowRefused ||
           outcome == Outcome::voided;
}

void checkAmounts(base::ObjectReader &reader, const Receipt &receipt)
{
    const auto need = [&reader](const char *name, const std::optional<std::int64_t> &amount) {
        if (!amount) {
            reader.refuse(name, base::JsonFault::missing, "this outcome needs the amount");
        }
    };
    switch (receipt.outcome) {
    case Outcome::authorised:
        need("authorised_minor", receipt.authorised_minor);
        break;
    case Outcome::captured:
        need("captured_minor", receipt.captured_minor);
        break;
    case Outcome::refunded:
        need("captured_minor", receipt.captured_minor);
        need("refunded_minor", receipt.refunded_minor);
        break;
    default:
        break;
    }
    if (receipt.refunded_minor && *receipt.refunded_minor > receipt.captured_minor.value_or(0)) {
        reader.refuse("refunded_minor", base::JsonFault::outOfRange, "more than was captured");
    }
    const bool moved = receipt.outcome == Outcome::captured || receipt.outcome == Outcome::refunded ||
                       receipt.outcome == Outcome::tooLate;
    if (receipt.captured_minor && !moved) {
        reader.refuse("captured_minor", base::JsonFault::notAllowed, "not with this outcome");
    }
}

std::vector<std::string> readStrings(base::ObjectReader &reader, const char *name, std::size_t count_max)
{
    std::vector<std::string> texts;
    for (const base::Json &item : reader.array(name, count_max)) {
        if (!item.is_string()) {
            reader.refuse(name, base::JsonFault::wrongType, "not a list of texts");
            return {};
        }
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

} // namespace

WireResult<Receipt> readReceipt(std::string_view jws, std::span<const crypto::PublicKey> gatewayKeys)
{
    const auto json = readPayload(jws, kReceiptType, gatewayKeys);
    if (!json) {
        return std::unexpected(json.error());
    }
    constexpr std::int64_t most = base::Money::kMinorMax;
    base::ObjectReader reader(*json);
    Receipt receipt;
    readVersion(reader);
    const auto outcome = outcomeFromName(reader.text("outcome", 32));
    if (!outcome) {
        reader.refuse("outcome", base::JsonFault::notAllowed, "unknown outcome");
    }
    receipt.outcome = outcome.value_or(Outcome::neverSeen);
    const bool bare = knowsNoApproval(receipt.outcome);
    receipt.receiptId = reader.text("receipt_id", 64);
    receipt.gateway = reader.text("gateway", 64);
    receipt.wallet = readId<payment::WalletId>(reader, "wallet_id");
    receipt.approval = readId<payment::ApprovalId>(reader, "approval_id");
    receipt.approvalHash = readHash(reader, "approval_hash", bare);
    receipt.currency = reader.text("currency", 3);
    const bool stranger = bare && receipt.currency.empty();
    if (!stranger && !base::Currency::fromCode(receipt.currency)) {
        reader.refuse("currency", base::JsonFault::notAllowed, "unknown currency");
    }
    receipt.authorised_minor = reader.optionalInteger("authorised_minor", 0, most);
    receipt.captured_minor = reader.optionalInteger("captured_minor", 0, most);
    receipt.refunded_minor = reader.optionalInteger("refunded_minor", 0, most);
    receipt.merchant = readId<payment::MerchantId>(reader, "merchant_id", stranger);
    receipt.declineCode = reader.optionalText("decline_code", 32).value_or("");
    receipt.pickupCode = reader.optionalText("pickup_code", 32).value_or("");
    receipt.revision = reader.integer("revision", 0, most);
    receipt.at.milliseconds = reader.integer("at_ms", 0, kTime_ms_max);
    checkAmounts(reader, receipt);
    if (const auto error = reader.finish()) {
        return malformed(*error);
    }
    receipt.jws = jws;
    return receipt;
}

std::optional<WireFault> checkAgainst(const Receipt &receipt, const payment::Approval &approval,
                                      std::string_view approvalJws)
{
    if (receipt.gateway != approval.gateway) {
        return WireFault::otherGateway;
    }
    if (receipt.wallet != approval.wallet) {
        return WireFault::otherWallet;
    }
    if (receipt.approval != approval.id) {
        return WireFault::otherApproval;
    }
    const bool hashFits = receipt.approvalHash == hashOfJws(approvalJws);
    if (knowsNoApproval(receipt.outcome) && receipt.currency.empty()) {
        return hashFits || receipt.approvalHash.empty() ? std::nullopt
                                                        : std::optional(WireFault::otherApproval);
    }
    if (!hashFits || receipt.merchant != approval.merchant ||
        receipt.currency != approval.cap.currency.code()) {
        return WireFault::otherApproval;
    }
    for (const auto &amount : {receipt.authorised_minor, receipt.captured_minor, receipt.refunded_minor}) {
        if (amount.value_or(0) > approval.cap.minor) {
            return WireFault::overCap;
        }
    }
    return std::nullopt;
}

WireResult<payment::MerchantEntry> readMerchant(std::string_view jws,
                                                std::span<const crypto::PublicKey> gatewayKeys)
{
    const auto json = readPayload(jws, kMerchantType, gatewayKeys);
    if (!json) {
        return std::unexpected(json.error());
    }
    auto entry = payment::merchantFromJson(*json);
    if (!entry) {
        return malformed(entry.error());
    }
    entry->jws = jws;
    return std::move(*entry);
}

WireResult<Directory> readDirectory(std::string_view jws, std::span<const crypto::PublicKey> gatewayKeys)
{
    const auto json = readPayload(jws, kDirectoryType, gatewayKeys);
    if (!json) {
        return std::unexpected(json.error());
    }
    base::ObjectReader reader(*json);
    Directory directory;
    readVersion(reader);
    directory.gateway = reader.text("gateway", 64);
    directory.revision = reader.integer("revision", 0, base::Money::kMinorMax);
    directory.at.milliseconds = reader.integer("at_ms", 0, kTime_ms_max);
    const auto entries = readStrings(reader, "entries", kDirectoryEntries_max);
    if (const auto error = reader.finish()) {
        return malformed(*error);
    }
    for (const std::string &entryJws : entries) {
        auto entry = readMerchant(entryJws, gatewayKeys);
        if (!entry) {
            return std::unexpected(entry.error());
        }
        for (const payment::MerchantEntry &other : directory.entries) {
            if (other.id == entry->id) {
                return base::fail(WireFault::malformed, "a merchant is listed twice");
            }
        }
        directory.entries.push_back(std::move(*entry));
    }
    return directory;
}

WireResult<Events> readEvents(std::string_view jws, std::span<const crypto::PublicKey> gatewayKeys)
{
    const auto json = readPayload(jws, kEventsType, gatewayKeys);
    if (!json) {
        return std::unexpected(json.error());
    }
    base::ObjectReader reader(*json);
    Events events;
    readVersion(reader);
    events.gateway = reader.text("gateway", 64);
    events.wallet = readId<payment::WalletId>(reader, "wallet_id");
    events.after = reader.integer("after", 0, base::Money::kMinorMax);
    events.cursor = reader.integer("cursor", 0, base::Money::kMinorMax);
    const auto receipts = readStrings(reader, "receipts", kEventReceipts_max);
    if (events.cursor < events.after || (events.cursor == events.after && !receipts.empty())) {
        reader.refuse("cursor", base::JsonFault::outOfRange, "does not move on");
    }
    if (const auto error = reader.finish()) {
        return malformed(*error);
    }
    for (const std::string &receiptJws : receipts) {
        auto receipt = readReceipt(receiptJws, gatewayKeys);
        if (!receipt) {
            return std::unexpected(receipt.error());
        }
        if (receipt->wallet != events.wallet) {
            return base::fail(WireFault::otherWallet, "an event of another wallet");
        }
        if (receipt->gateway != events.gateway) {
            return base::fail(WireFault::otherGateway, "an event of another gateway");
        }
        events.receipts.push_back(std::move(*receipt));
    }
    return events;
}

WireResult<base::WallTime> readTime(std::string_view jws, std::string_view nonce,
                                    std::span<const crypto::PublicKey> gatewayKeys, std::string_view gateway)
{
    const auto json = readPayload(jws, kTimeType, gatewayKeys);
    if (!json) {
        return std::unexpected(json.error());
    }
    base::ObjectReader reader(*json);
    readVersion(reader);
    const std::string saidGateway = reader.text("gateway", 64);
    const std::string saidNonce = reader.text("nonce", 64);
    const base::WallTime at{reader.integer("at_ms", 0, kTime_ms_max)};
    if (const auto error = reader.finish()) {
        return malformed(*error);
    }
    if (!gateway.empty() && saidGateway != gateway) {
        return base::fail(WireFault::otherGateway, "the time of another gateway");
    }
    if (saidNonce != nonce) {
        return base::fail(WireFault::older, "the time was asked for with another nonce");
    }
    return at;
}

WireResult<Refusal> readRefusal(std::string_view jws, std::span<const crypto::PublicKey> gatewayKeys)
{
    const auto json = readPayload(jws, kRefusalType, gatewayKeys);
    if (!json) {
        return std::unexpected(json.error());
    }
    base::ObjectReader reader(*json);
    Refusal refusal;
    readVersion(reader);
    refusal.gateway = reader.text("gateway", 64);
    refusal.wallet = readId<payment::WalletId>(reader, "wallet_id");
    refusal.approval = readId<payment::ApprovalId>(reader, "approval_id");
    refusal.approvalHash = readHash(reader, "approval_hash", false);
    refusal.code = reader.text("code", 32);
    refusal.at.milliseconds = reader.integer("at_ms", 0, kTime_ms_max);
    if (const auto error = reader.finish()) {
        return malformed(*error);
    }
    return refusal;
}

} // namespace glovebox::wire
