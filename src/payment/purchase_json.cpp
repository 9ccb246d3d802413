// SPDX-License-Identifier: Apache-2.0
#include "payment/purchase.h"

#include "payment/names.h"

namespace glovebox::payment
{

using base::Json;
using base::JsonError;
using base::JsonFault;
using base::Money;
using base::ObjectReader;
using base::ObjectWriter;

namespace
{

constexpr std::size_t kJws_bytes_max = 131072;
constexpr std::size_t kRules_max = 64;
constexpr std::size_t kHash_bytes_max = 43; // base64url of 32 bytes

std::optional<std::int64_t> wall_ms(std::optional<base::WallTime> at)
{
    return at ? std::optional(at->milliseconds) : std::nullopt;
}

std::string_view stopName(std::optional<StopMoment> stop)
{
    return stop ? nameOf(*stop) : std::string_view();
}

void putMerchant(ObjectWriter &out, const std::optional<MerchantEntry> &merchant)
{
    if (merchant) {
        out.object("merchant", [&merchant](ObjectWriter &both) {
            both.value("entry", merchant->canonical).text("jws", merchant->jws);
        });
    }
}

void putAt(ObjectWriter &out, const char *name, const base::Moment &moment)
{
    out.object(name, [&moment](ObjectWriter &at) { putMoment(at, moment); });
}

void putSettlement(ObjectWriter &out, const SettlementFacts &facts)
{
    out.object("settlement", [&facts](ObjectWriter &settlement) {
        settlement.optionalInteger("authorised_minor", facts.authorised_minor)
            .optionalText("capture_receipt", facts.captureReceipt)
            .optionalInteger("captured_minor", facts.captured_minor)
            .optionalText("decline_code", facts.declineCode)
            .optionalText("pickup_code", facts.pickupCode)
            .optionalText("receipt", facts.receipt)
            .optionalInteger("refunded_minor", facts.refunded_minor);
    });
}

std::optional<base::WallTime> readWall(ObjectReader &reader, const char *name)
{
    const auto value = reader.optionalInteger(name, 0, Money::kMinorMax);
    return value ? std::optional(base::WallTime{*value}) : std::nullopt;
}

std::optional<StopMoment> readStop(ObjectReader &reader)
{
    return reader.has("stop") ? std::optional(readName(reader, "stop", kStopMoments)) : std::nullopt;
}

std::string readOptionalText(ObjectReader &reader, const char *name, std::size_t bytes_max = 4096)
{
    return reader.optionalText(name, bytes_max).value_or(std::string());
}

template<class IdType> IdType readOptionalId(ObjectReader &reader, const char *name)
{
    return reader.has(name) ? readId<IdType>(reader, name) : IdType();
}

std::optional<Proposal> readProposal(ObjectReader &reader)
{
    const Json *json = reader.optionalObject("proposal");
    if (!json) {
        return std::nullopt;
    }
    auto proposal = proposalFromJson(*json);
    if (!proposal) {
        reader.absorb(JsonError{JsonFault::notAllowed,
                                reader.pointerTo("proposal") + proposal.error().pointer,
                                proposal.error().reason});
        return std::nullopt;
    }
    return std::move(*proposal);
}

std::optional<MerchantEntry> readMerchant(ObjectReader &reader)
{
    const Json *json = reader.optionalObject("merchant");
    if (!json) {
        return std::nullopt;
    }
    ObjectReader inner(*json, reader.pointerTo("merchant"));
    const Json &entryJson = inner.object("entry");
    std::string jws = inner.text("jws", kJws_bytes_max);
    reader.absorb(inner.finish());
    if (reader.failed()) {
        return std::nullopt;
    }
    auto entry = merchantFromJson(entryJson);
    if (!entry) {
        entry.error().pointer.insert(0, inner.pointerTo("entry"));
        reader.absorb(entry.error());
        return std::nullopt;
    }
    entry->jws = std::move(jws);
    return std::move(*entry);
}

std::vector<std::string> readRules(ObjectReader &reader)
{
    std::vector<std::string> rules;
    if (const Json *array = reader.optionalArray("rules", kRules_max)) {
        for (const Json &rule : *array) {
            if (!rule.is_string()) {
                reader.refuse("rules", JsonFault::wrongType, "must hold the ids of rules");
                break;
            }
            rules.push_back(rule.get<std::string>());
        }
    }
    return rules;
}

std::optional<ShownTexts> readShown(ObjectReader &reader)
{
    const Json *json = reader.optionalObject("shown");
    if (!json) {
        return std::nullopt;
    }
    auto shown = shownTextsFromJson(*json, reader.pointerTo("shown"));
    if (!shown) {
        reader.absorb(shown.error());
        return std::nullopt;
    }
    return std::move(*shown);
}

std::optional<SettlementFacts> readSettlement(ObjectReader &reader)
{
    const Json *json = reader.optionalObject("settlement");
    if (!json) {
        return std::nullopt;
    }
    ObjectReader inner(*json, reader.pointerTo("settlement"));
    SettlementFacts facts;
    facts.authorised_minor = inner.optionalInteger("authorised_minor", 0, Money::kMinorMax);
    facts.captured_minor = inner.optionalInteger("captured_minor", 0, Money::kMinorMax);
    facts.refunded_minor = inner.optionalInteger("refunded_minor", 0, Money::kMinorMax);
    facts.receipt = readOptionalText(inner, "receipt", kJws_bytes_max);
    facts.captureReceipt = readOptionalText(inner, "capture_receipt", kJws_bytes_max);
    facts.declineCode = readOptionalText(inner, "decline_code");
    facts.pickupCode = readOptionalText(inner, "pickup_code");
    reader.absorb(inner.finish());
    return facts;
}

int readCount(ObjectReader &reader, const char *name)
{
    return static_cast<int>(reader.optionalInteger(name, 0, 1'000'000'000).value_or(0));
}

} // namespace

base::CanonicalText toCanonical(const PurchaseEvent &event)
{
    return base::canonicalObject([&event](ObjectWriter &out) {
        out.optionalText("agent_id", event.agent.text())
            .optionalText("approval", event.approvalJws)
            .optionalText("approval_id", event.approvalId.text());
        putAt(out, "at", event.at);
        if (event.attempt > 0) {
            out.integer("attempt", event.attempt);
        }
        out.optionalText("driver", event.driver.text()).text("event", nameOf(event.event));
        putMerchant(out, event.merchant);
        out.optionalText("nonce", event.nonce);
        if (event.proposal) {
            out.value("proposal", event.proposal->canonical);
        }
        out.optionalText("proposal_hash", event.proposalHash)
            .text("purchase_id", event.purchase.text())
            .optionalText("reason", event.reason);
        if (!event.rules.empty()) {
            out.texts("rules", event.rules);
        }
        out.optionalInteger("settle_by_ms", wall_ms(event.settleBy));
        if (event.settlement) {
            putSettlement(out, *event.settlement);
        }
        if (event.shown) {
            out.value("shown", toCanonical(*event.shown));
        }
        out.optionalText("stop", stopName(event.stop))
            .optionalInteger("stop_until_ms", wall_ms(event.stopUntil))
            .integer("v", 1);
    });
}

std::expected<PurchaseEvent, JsonError> purchaseEventFromJson(const Json &json)
{
    ObjectReader reader(json);
    PurchaseEvent event;
    reader.integer("v", 1, 1);
    event.purchase = readId<PurchaseId>(reader, "purchase_id");
    const auto name = eventFromName(reader.text("event", 40));
    if (!name) {
        reader.refuse("event", JsonFault::notAllowed, "is not a known name");
    }
    event.event = name.value_or(Event::refuse);
    event.at = readMoment(reader, "at");
    event.proposal = readProposal(reader);
    event.proposalHash = readOptionalText(reader, "proposal_hash", kHash_bytes_max);
    event.merchant = readMerchant(reader);
    event.agent = readOptionalId<AgentId>(reader, "agent_id");
    event.driver = readOptionalId<DriverId>(reader, "driver");
    event.rules = readRules(reader);
    event.reason = readOptionalText(reader, "reason");
    event.nonce = readOptionalText(reader, "nonce");
    event.shown = readShown(reader);
    event.approvalJws = readOptionalText(reader, "approval", kJws_bytes_max);
    event.approvalId = readOptionalId<ApprovalId>(reader, "approval_id");
    event.settleBy = readWall(reader, "settle_by_ms");
    event.stop = readStop(reader);
    event.stopUntil = readWall(reader, "stop_until_ms");
    event.settlement = readSettlement(reader);
    event.attempt = readCount(reader, "attempt");
    if (auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return event;
}

base::CanonicalText toCanonical(const Purchase &purchase)
{
    return base::canonicalObject([&purchase](ObjectWriter &out) {
        out.optionalText("agent_id", purchase.agent.text())
            .optionalText("approval", purchase.approvalJws)
            .optionalText("approval_id", purchase.approvalId.text());
        if (purchase.approvedAt) {
            putAt(out, "approved", *purchase.approvedAt);
        }
        out.integer("attempts", purchase.attempts);
        putAt(out, "changed", purchase.changedAt);
        out.optionalText("driver", purchase.driver.text());
        putMerchant(out, purchase.merchant);
        out.optionalText("nonce", purchase.nonce)
            .value("proposal", purchase.proposal.canonical)
            .optionalText("proposal_hash", purchase.proposalHash);
        putAt(out, "proposed", purchase.proposedAt);
        out.text("purchase_id", purchase.id.text())
            .optionalText("reason", purchase.reason)
            .texts("rules", purchase.rules)
            .optionalInteger("settle_by_ms", wall_ms(purchase.settleBy));
        putSettlement(out, purchase.settlement);
        if (purchase.shown != ShownTexts()) {
            out.value("shown", toCanonical(purchase.shown));
        }
        out.text("state", nameOf(purchase.state))
            .optionalText("stop", stopName(purchase.stop))
            .optionalInteger("stop_until_ms", wall_ms(purchase.stopUntil))
            .integer("v", 1)
            .integer("version", purchase.version);
    });
}

std::expected<Purchase, JsonError> purchaseFromJson(const Json &json)
{
    ObjectReader reader(json);
    Purchase purchase;
    reader.integer("v", 1, 1);
    purchase.id = readId<PurchaseId>(reader, "purchase_id");
    const auto state = stateFromName(reader.text("state", 40));
    if (!state) {
        reader.refuse("state", JsonFault::notAllowed, "is not a known name");
    }
    purchase.state = state.value_or(State::proposed);
    reader.object("proposal"); // required here, optional in events
    purchase.proposal = readProposal(reader).value_or(Proposal());
    purchase.proposalHash = readOptionalText(reader, "proposal_hash", kHash_bytes_max);
    purchase.merchant = readMerchant(reader);
    purchase.agent = readOptionalId<AgentId>(reader, "agent_id");
    purchase.driver = readOptionalId<DriverId>(reader, "driver");
    purchase.rules = readRules(reader);
    purchase.reason = readOptionalText(reader, "reason");
    purchase.proposedAt = readMoment(reader, "proposed");
    purchase.changedAt = readMoment(reader, "changed");
    purchase.shown = readShown(reader).value_or(ShownTexts());
    purchase.nonce = readOptionalText(reader, "nonce");
    purchase.approvalId = readOptionalId<ApprovalId>(reader, "approval_id");
    purchase.approvalJws = readOptionalText(reader, "approval", kJws_bytes_max);
    if (reader.has("approved")) {
        purchase.approvedAt = readMoment(reader, "approved");
    }
    purchase.settleBy = readWall(reader, "settle_by_ms");
    purchase.stop = readStop(reader);
    purchase.stopUntil = readWall(reader, "stop_until_ms");
    purchase.settlement = readSettlement(reader).value_or(SettlementFacts());
    purchase.attempts = readCount(reader, "attempts");
    purchase.version = reader.integer("version", 0, Money::kMinorMax);
    if (auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return purchase;
}

} // namespace glovebox::payment
