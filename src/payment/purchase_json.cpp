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

namespace
{

constexpr std::size_t kJws_bytes_max = 131072;
constexpr std::size_t kRules_max = 64;
constexpr std::size_t kHash_bytes_max = 43; // base64url of 32 bytes

void putText(Json &out, const char *name, const std::string &text)
{
    if (!text.empty()) {
        out[name] = text;
    }
}

void putInteger(Json &out, const char *name, std::optional<std::int64_t> value)
{
    if (value) {
        out[name] = *value;
    }
}

void putWall(Json &out, const char *name, std::optional<base::WallTime> at)
{
    if (at) {
        out[name] = at->milliseconds;
    }
}

void putMerchant(Json &out, const std::optional<MerchantEntry> &merchant)
{
    if (merchant) {
        out["merchant"] = {{"entry", merchant->json}, {"jws", merchant->jws}};
    }
}

void putSettlement(Json &out, const SettlementFacts &facts)
{
    Json settlement = Json::object();
    putInteger(settlement, "authorised_minor", facts.authorised_minor);
    putInteger(settlement, "captured_minor", facts.captured_minor);
    putInteger(settlement, "refunded_minor", facts.refunded_minor);
    putText(settlement, "receipt", facts.receipt);
    putText(settlement, "capture_receipt", facts.captureReceipt);
    putText(settlement, "decline_code", facts.declineCode);
    putText(settlement, "pickup_code", facts.pickupCode);
    out["settlement"] = std::move(settlement);
}

std::optional<base::WallTime> readWall(ObjectReader &reader, const char *name)
{
    const auto value = reader.optionalInteger(name, 0, Money::kMinorMax);
    return value ? std::optional(base::WallTime{*value}) : std::nullopt;
}

void putStop(Json &out, std::optional<StopMoment> stop)
{
    if (stop) {
        out["stop"] = nameOf(*stop);
    }
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

Json toJson(const PurchaseEvent &event)
{
    Json out = {{"v", 1},
                {"purchase_id", event.purchase.text()},
                {"event", nameOf(event.event)},
                {"at", momentToJson(event.at)}};
    if (event.proposal) {
        out["proposal"] = event.proposal->json;
    }
    putText(out, "proposal_hash", event.proposalHash);
    putMerchant(out, event.merchant);
    putText(out, "agent_id", event.agent.text());
    putText(out, "driver", event.driver.text());
    if (!event.rules.empty()) {
        out["rules"] = event.rules;
    }
    putText(out, "reason", event.reason);
    putText(out, "nonce", event.nonce);
    if (event.shown) {
        out["shown"] = toJson(*event.shown);
    }
    putText(out, "approval", event.approvalJws);
    putText(out, "approval_id", event.approvalId.text());
    putWall(out, "settle_by_ms", event.settleBy);
    putStop(out, event.stop);
    putWall(out, "stop_until_ms", event.stopUntil);
    if (event.settlement) {
        putSettlement(out, *event.settlement);
    }
    if (event.attempt > 0) {
        out["attempt"] = event.attempt;
    }
    return out;
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

Json toJson(const Purchase &purchase)
{
    Json out = {{"v", 1},
                {"purchase_id", purchase.id.text()},
                {"state", nameOf(purchase.state)},
                {"proposal", purchase.proposal.json},
                {"rules", purchase.rules},
                {"proposed", momentToJson(purchase.proposedAt)},
                {"changed", momentToJson(purchase.changedAt)},
                {"attempts", purchase.attempts},
                {"version", purchase.version}};
    putText(out, "proposal_hash", purchase.proposalHash);
    putMerchant(out, purchase.merchant);
    putText(out, "agent_id", purchase.agent.text());
    putText(out, "driver", purchase.driver.text());
    putText(out, "reason", purchase.reason);
    putText(out, "nonce", purchase.nonce);
    if (purchase.shown != ShownTexts()) {
        out["shown"] = toJson(purchase.shown);
    }
    putText(out, "approval", purchase.approvalJws);
    putText(out, "approval_id", purchase.approvalId.text());
    if (purchase.approvedAt) {
        out["approved"] = momentToJson(*purchase.approvedAt);
    }
    putWall(out, "settle_by_ms", purchase.settleBy);
    putStop(out, purchase.stop);
    putWall(out, "stop_until_ms", purchase.stopUntil);
    putSettlement(out, purchase.settlement);
    return out;
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
