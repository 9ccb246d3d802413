// SPDX-License-Identifier: Apache-2.0
#include "payment/approval.h"

#include "base/text.h"
#include "payment/names.h"

#include <algorithm>

namespace glovebox::payment
{

using base::CanonicalText;
using base::Json;
using base::JsonError;
using base::JsonFault;
using base::Money;
using base::ObjectReader;
using base::ObjectWriter;

namespace
{

constexpr std::size_t kHash_chars = 43; // base64url of 32 bytes
constexpr std::size_t kRules_max = 64;
constexpr std::size_t kClaim_bytes_max = 280 * 4;
constexpr std::size_t kNonce_bytes_max = 64;

void putConsent(ObjectWriter &out, const Approval &approval)
{
    out.integer("answered_boot_ms", approval.answeredAt.milliseconds())
        .text("driver", approval.driver.text())
        .text("method", nameOf(approval.method))
        .text("nonce", approval.nonce)
        .text("session", approval.session.text())
        .integer("shown_boot_ms", approval.shownAt.milliseconds());
}

void putSca(ObjectWriter &out, const Approval &approval)
{
    if (approval.sca == ScaStatus::exempt) {
        out.text("article", approval.scaArticle);
    }
    out.text("status", nameOf(approval.sca));
}

void putVehicle(ObjectWriter &out, const VehicleEvidence &vehicle)
{
    out.text("gear", vehicle.gear)
        .integer("signal_age_ms", vehicle.signalAge_ms)
        .integer("speed_mm_s", vehicle.speed_mm_s)
        .text("state", nameOf(vehicle.state));
}

void putAgent(ObjectWriter &out, const Approval &approval)
{
    out.text("authentication", approval.agentAuthentication)
        .text("id", approval.agent.text())
        .object("untrusted_claims", [&approval](ObjectWriter &claims) {
            claims.text("reason", approval.reason).text("utterance", approval.utterance);
        });
}

void putStop(ObjectWriter &out, const Approval &approval)
{
    out.text("moment", nameOf(approval.stop));
    if (approval.stopUntil) {
        out.integer("until_ms", approval.stopUntil->milliseconds);
    }
}

std::string readHash(ObjectReader &reader, const char *field)
{
    std::string hash = reader.text(field, kHash_chars);
    const auto bytes = base::fromBase64Url(hash);
    if (!bytes || bytes->size() != base::Hash().size()) {
        reader.refuse(field, JsonFault::notAllowed, "must be the base64url of a SHA-256");
    }
    return hash;
}

void readConstraints(ObjectReader &reader)
{
    const std::vector<std::string> &known = approvalConstraints();
    const Json &listed = reader.array("constraints", known.size());
    std::vector<std::string> names;
    for (const Json &entry : listed) {
        names.push_back(entry.is_string() ? entry.get<std::string>() : std::string());
    }
    if (names != known) {
        reader.refuse("constraints", JsonFault::notAllowed,
                      "must list every constraint this version knows, in order, and no other");
    }
}

void readAmount(ObjectReader &reader, Approval &approval)
{
    ObjectReader inner(reader.object("amount"), reader.pointerTo("amount"));
    approval.amountType = readName(inner, "type", kAmountTypes);
    approval.cap.minor = inner.integer("cap_minor", 1, Money::kMinorMax);
    approval.cap.currency = readCurrency(inner, "currency");
    reader.absorb(inner.finish());
}

void readInstrument(ObjectReader &reader, Approval &approval)
{
    constexpr std::size_t kLabel_max = 24;
    ObjectReader inner(reader.object("instrument"), reader.pointerTo("instrument"));
    approval.instrument.reference = readId<Id<struct InstrumentTag>>(inner, "reference").text();
    approval.instrument.label = readShowable(inner, "label", kLabel_max);
    reader.absorb(inner.finish());
}

base::BootTime readBoot(ObjectReader &reader, const char *field)
{
    return {std::chrono::milliseconds(reader.integer(field, 0, Money::kMinorMax / 1'000'000))};
}

void readConsent(ObjectReader &reader, Approval &approval)
{
    ObjectReader inner(reader.object("consent"), reader.pointerTo("consent"));
    approval.driver = readId<DriverId>(inner, "driver");
    approval.method = readName(inner, "method", kConsentMethods);
    approval.nonce = inner.text("nonce", kNonce_bytes_max);
    approval.shownAt = readBoot(inner, "shown_boot_ms");
    approval.answeredAt = readBoot(inner, "answered_boot_ms");
    approval.session = readId<SessionId>(inner, "session");
    reader.absorb(inner.finish());
}

void readSca(ObjectReader &reader, Approval &approval)
{
    ObjectReader inner(reader.object("sca"), reader.pointerTo("sca"));
    approval.sca = readName(inner, "status", kScaStatuses);
    if (approval.sca == ScaStatus::exempt) {
        approval.scaArticle = inner.text("article", 32);
    }
    reader.absorb(inner.finish());
}

void readVehicle(ObjectReader &reader, Approval &approval)
{
    ObjectReader inner(reader.object("vehicle"), reader.pointerTo("vehicle"));
    approval.vehicle.state = readName(inner, "state", kDrivingStates);
    approval.vehicle.gear = inner.text("gear", 16);
    const std::vector<std::string_view> gears = {"park", "drive", "reverse", "neutral", "unknown"};
    if (std::find(gears.begin(), gears.end(), approval.vehicle.gear) == gears.end()) {
        inner.refuse("gear", JsonFault::notAllowed, "is not a known name");
    }
    approval.vehicle.speed_mm_s = inner.integer("speed_mm_s", -1, 1'000'000);
    approval.vehicle.signalAge_ms = inner.integer("signal_age_ms", -1, Money::kMinorMax);
    reader.absorb(inner.finish());
}

void readPolicy(ObjectReader &reader, Approval &approval)
{
    ObjectReader inner(reader.object("policy"), reader.pointerTo("policy"));
    approval.verdict = inner.text("verdict", 32);
    const std::vector<std::string_view> verdicts = {"confirm", "confirm_with_pin", "allow_standing"};
    if (std::find(verdicts.begin(), verdicts.end(), approval.verdict) == verdicts.end()) {
        inner.refuse("verdict", JsonFault::notAllowed, "is not a verdict that approves");
    }
    const Json &rules = inner.array("rules", kRules_max);
    for (const Json &rule : rules) {
        if (!rule.is_string() || rule.get_ref<const std::string &>().size() > 64) {
            inner.refuse("rules", JsonFault::wrongType, "must hold the ids of rules");
            break;
        }
        approval.rules.push_back(rule.get<std::string>());
    }
    approval.permissionRevision = inner.integer("permission_revision", 0, Money::kMinorMax);
    reader.absorb(inner.finish());
}

void readAgent(ObjectReader &reader, Approval &approval)
{
    ObjectReader inner(reader.object("agent"), reader.pointerTo("agent"));
    approval.agent = readId<AgentId>(inner, "id");
    approval.agentAuthentication = inner.text("authentication", 16);
    ObjectReader claims(inner.object("untrusted_claims"), inner.pointerTo("untrusted_claims"));
    approval.utterance = claims.text("utterance", kClaim_bytes_max);
    approval.reason = claims.text("reason", kClaim_bytes_max);
    inner.absorb(claims.finish());
    reader.absorb(inner.finish());
}

void readStop(ObjectReader &reader, Approval &approval)
{
    ObjectReader inner(reader.object("stop"), reader.pointerTo("stop"));
    approval.stop = readName(inner, "moment", kStopMoments);
    if (const auto until = inner.optionalInteger("until_ms", 0, Money::kMinorMax)) {
        approval.stopUntil = base::WallTime{*until};
    }
    reader.absorb(inner.finish());
}

void readShown(ObjectReader &reader, Approval &approval, HashJson hash)
{
    const Json &shown = reader.object("shown");
    const std::string shownHash = readHash(reader, "shown_hash");
    if (reader.failed()) {
        return;
    }
    auto texts = shownTextsFromJson(shown, reader.pointerTo("shown"));
    if (!texts) {
        reader.absorb(texts.error());
        return;
    }
    approval.shown = std::move(*texts);
    if (hash(shown) != shownHash) {
        reader.refuse("shown_hash", JsonFault::notAllowed, "is not the hash of the shown texts");
    }
}

/// The snapshot is the agent's own text; what it fixes may not contradict what was approved.
void readProposal(ObjectReader &reader, Approval &approval, HashJson hash)
{
    const Json &json = reader.object("proposal");
    const std::string proposalHash = readHash(reader, "proposal_hash");
    if (reader.failed()) {
        return;
    }
    approval.proposal = json;
    if (hash(approval.proposal) != proposalHash) {
        reader.refuse("proposal_hash", JsonFault::notAllowed, "is not the hash of the proposal");
        return;
    }
    const auto proposal = proposalFromJson(json);
    if (!proposal) {
        reader.refuse("proposal", JsonFault::notAllowed, "is not a proposal");
        return;
    }
    if (proposal->merchant != approval.merchant || proposal->kind != approval.kind ||
        proposal->amount.type != approval.amountType || !(proposal->amount.value == approval.cap)) {
        reader.refuse("proposal", JsonFault::notAllowed, "contradicts the approval");
    }
}

} // namespace

const std::vector<std::string> &approvalConstraints()
{
    static const std::vector<std::string> names = {
        "audience",      // the gateway named is the one that accepts
        "wallet",        // the key that signed belongs to this wallet
        "once",          // approval_id settles at most once, for ever
        "merchant",      // the payee is the entry with this hash
        "cap",           // no more than cap_minor of this currency is taken
        "instrument",    // from this instrument only
        "proposal_hash", // over the snapshot
        "shown_hash",    // over the texts that were shown
        "admit_by",      // the signed moment of approval is not later
        "settle_by",     // the gateway accepts no later
        "fulfilment"     // offline only as the merchant's entry allows
    };
    return names;
}

CanonicalText toClaims(const Approval &approval, HashJson hash)
{
    const CanonicalText shown = toCanonical(approval.shown);
    return base::canonicalObject([&](ObjectWriter &out) {
        out.integer("admit_by_ms", approval.admitBy.milliseconds)
            .object("agent", [&](ObjectWriter &agent) { putAgent(agent, approval); })
            .object("amount",
                    [&](ObjectWriter &amount) {
                        amount.integer("cap_minor", approval.cap.minor)
                            .text("currency", approval.cap.currency.code())
                            .text("type", nameOf(approval.amountType));
                    })
            .text("approval_id", approval.id.text())
            .object("at", [&](ObjectWriter &at) { putMoment(at, approval.at); })
            .object("consent", [&](ObjectWriter &consent) { putConsent(consent, approval); })
            .texts("constraints", approvalConstraints())
            .text("fulfilment", nameOf(approval.fulfilment))
            .text("gateway", approval.gateway)
            .object("instrument",
                    [&](ObjectWriter &instrument) {
                        instrument.text("label", approval.instrument.label)
                            .text("reference", approval.instrument.reference);
                    })
            .text("kind", approval.kind.text())
            .object("merchant",
                    [&](ObjectWriter &merchant) {
                        merchant.text("entry_hash", approval.merchantEntryHash)
                            .text("id", approval.merchant.text());
                    })
            .object("policy",
                    [&](ObjectWriter &policy) {
                        policy.integer("permission_revision", approval.permissionRevision)
                            .texts("rules", approval.rules)
                            .text("verdict", approval.verdict);
                    })
            .value("proposal", approval.proposal)
            .text("proposal_hash", hash(approval.proposal))
            .text("purchase_id", approval.purchase.text())
            .object("sca", [&](ObjectWriter &sca) { putSca(sca, approval); })
            .integer("sequence", static_cast<std::int64_t>(approval.sequence))
            .integer("settle_by_ms", approval.settleBy.milliseconds)
            .value("shown", shown)
            .text("shown_hash", hash(shown))
            .object("stop", [&](ObjectWriter &stop) { putStop(stop, approval); })
            .integer("v", 1)
            .object("vehicle", [&](ObjectWriter &vehicle) { putVehicle(vehicle, approval.vehicle); })
            .text("wallet_id", approval.wallet.text());
    });
}

std::expected<Approval, JsonError> approvalFromClaims(const Json &claims, HashJson hash)
{
    ObjectReader reader(claims);
    Approval approval;
    reader.integer("v", 1, 1);
    readConstraints(reader);
    approval.id = readId<ApprovalId>(reader, "approval_id");
    approval.purchase = readId<PurchaseId>(reader, "purchase_id");
    approval.wallet = readId<WalletId>(reader, "wallet_id");
    approval.gateway = reader.text("gateway", 64);
    {
        ObjectReader inner(reader.object("merchant"), reader.pointerTo("merchant"));
        approval.merchant = readId<MerchantId>(inner, "id");
        approval.merchantEntryHash = readHash(inner, "entry_hash");
        reader.absorb(inner.finish());
    }
    approval.kind = readId<KindId>(reader, "kind");
    readAmount(reader, approval);
    readInstrument(reader, approval);
    readConsent(reader, approval);
    readSca(reader, approval);
    readVehicle(reader, approval);
    readPolicy(reader, approval);
    readAgent(reader, approval);
    approval.sequence = static_cast<std::uint64_t>(reader.integer("sequence", 0, Money::kMinorMax));
    approval.at = readMoment(reader, "at");
    approval.admitBy = {reader.integer("admit_by_ms", 0, Money::kMinorMax)};
    approval.settleBy = {reader.integer("settle_by_ms", 0, Money::kMinorMax)};
    approval.fulfilment = readName(reader, "fulfilment", kFulfilments);
    readStop(reader, approval);
    readShown(reader, approval, hash);
    readProposal(reader, approval, hash);
    if (auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return approval;
}

} // namespace glovebox::payment
