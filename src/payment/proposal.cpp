// SPDX-License-Identifier: Apache-2.0
#include "payment/proposal.h"

#include "base/text.h"
#include "payment/card_number.h"
#include "payment/names.h"
#include "payment/proposal_schema.h"

#include <algorithm>

namespace glovebox::payment
{

namespace
{

constexpr std::size_t kItemLabel_max = 40;
constexpr std::size_t kClaim_max = 280;

std::optional<ProposalError> textFault(const std::string &text, std::size_t codePoints_max,
                                       std::string pointer)
{
    if (const auto fault = base::findTextFault(text, codePoints_max)) {
        return ProposalError{ProposalFault::text, std::move(pointer), std::string(base::sentence(*fault))};
    }
    if (holdsCardNumber(text)) {
        return ProposalError{ProposalFault::cardNumber, std::move(pointer),
                             "looks like it holds a card number"};
    }
    return std::nullopt;
}

/// The label of a place is the one text of an agent's that a moving card shows, beside the amount. The schema
/// lets it be a number with at most one letter on each side, or one letter: no word, no currency. How long a
/// number may be depends on what it counts.
std::size_t digitsMax(PlaceType type)
{
    switch (type) {
    case PlaceType::zone:
        return 6;
    case PlaceType::pickup:
        return 4;
    case PlaceType::pump:
    case PlaceType::gate:
        return 3;
    case PlaceType::none:
        return 0;
    }
    return 0;
}

std::optional<ProposalError> placeFault(const Place &place)
{
    const auto digits = static_cast<std::size_t>(
        std::ranges::count_if(place.label, [](char c) { return c >= '0' && c <= '9'; }));
    const std::size_t digits_max = digitsMax(place.type);
    if (digits <= digits_max) {
        return std::nullopt;
    }
    return ProposalError{ProposalFault::text, "/place/label",
                         "a " + std::string(nameOf(place.type)) + " has at most " +
                             std::to_string(digits_max) + " digits"};
}

ProposalError amountFault(std::string pointer, std::string reason)
{
    return {ProposalFault::amount, std::move(pointer), std::move(reason)};
}

// What follows reads a document that fits the schema: fields have their types and ranges.

std::expected<Amount, ProposalError> readAmount(const base::Json &json)
{
    Amount amount;
    amount.type = fromName(kAmountTypes, json.at("type").get<std::string>()).value_or(AmountType::exact);
    const auto currency = base::Currency::fromCode(json.at("currency").get<std::string>());
    if (!currency) {
        return std::unexpected(amountFault("/amount/currency", "is not a currency in use (ISO 4217)"));
    }
    amount.value = {json.at("value").get<std::int64_t>(), *currency};
    const bool metered = amount.type == AmountType::metered;
    for (const char *field : {"unit", "unit_price", "max_quantity"}) {
        if (json.contains(field) != metered) {
            return std::unexpected(
                amountFault(std::string("/amount/") + field,
                            metered ? "is required with type metered" : "is only for type metered"));
        }
    }
    if (metered) {
        amount.unit = json.at("unit").get<std::string>();
        amount.unitPrice_minor = json.at("unit_price").get<std::int64_t>();
        amount.maxQuantity_milli = json.at("max_quantity").get<std::int64_t>();
        std::int64_t most = 0;
        if (__builtin_mul_overflow(*amount.unitPrice_minor, *amount.maxQuantity_milli, &most) ||
            most / 1000 > base::Money::kMinorMax) {
            return std::unexpected(amountFault("/amount/max_quantity", "times unit_price is too large"));
        }
    }
    return amount;
}

std::optional<ProposalError> readItems(const base::Json &json, Proposal &proposal)
{
    base::Money sum{0, proposal.amount.value.currency};
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string pointer = "/items/" + std::to_string(i);
        const base::Json &line = json[i];
        Item item;
        item.label = line.at("label").get<std::string>();
        item.quantity = line.value("quantity", 1);
        item.amount_minor = line.at("amount").get<std::int64_t>();
        if (auto fault = textFault(item.label, kItemLabel_max, pointer + "/label")) {
            return fault;
        }
        const auto next = base::add(sum, {item.amount_minor, sum.currency});
        if (!next) {
            return amountFault(pointer + "/amount", "makes the sum of the items too large");
        }
        sum = *next;
        proposal.items.push_back(std::move(item));
    }
    const std::int64_t value = proposal.amount.value.minor;
    if (proposal.amount.type == AmountType::exact ? sum.minor != value : sum.minor > value) {
        return amountFault("/items", "do not add up to the amount's value");
    }
    return std::nullopt;
}

std::optional<ProposalError> readClaims(const base::Json &json, Proposal &proposal)
{
    proposal.utterance = json.value("utterance", std::string());
    proposal.reason = json.value("reason", std::string());
    for (const auto &[field, text] :
         {std::pair("/utterance", &proposal.utterance), std::pair("/reason", &proposal.reason)}) {
        if (!text->empty()) {
            if (auto fault = textFault(*text, kClaim_max, field)) {
                return fault;
            }
        }
    }
    return std::nullopt;
}

/// After the schema has passed, the patterns of the ids have too; the strict type still has the last word.
std::optional<ProposalError> readIds(const base::Json &json, Proposal &proposal)
{
    const auto request = RequestId::fromText(json.at("request_id").get_ref<const std::string &>());
    const auto kind = KindId::fromText(json.at("kind").get_ref<const std::string &>());
    const auto merchant = MerchantId::fromText(json.at("merchant_id").get_ref<const std::string &>());
    if (!request || !kind || !merchant) {
        const char *field = !request ? "/request_id" : !kind ? "/kind" : "/merchant_id";
        return ProposalError{ProposalFault::schema, field, "is not an id"};
    }
    proposal.requestId = *request;
    proposal.kind = *kind;
    proposal.merchant = *merchant;
    return std::nullopt;
}

std::expected<Proposal, ProposalError> readProposal(const base::Json &json)
{
    Proposal proposal;
    if (auto fault = readIds(json, proposal)) {
        return std::unexpected(*fault);
    }
    auto amount = readAmount(json.at("amount"));
    if (!amount) {
        return std::unexpected(amount.error());
    }
    proposal.amount = *amount;
    if (json.contains("items")) {
        if (auto fault = readItems(json.at("items"), proposal)) {
            return std::unexpected(*fault);
        }
    }
    if (json.contains("place")) {
        const base::Json &place = json.at("place");
        proposal.place.type =
            fromName(kPlaceTypes, place.at("type").get<std::string>()).value_or(PlaceType::none);
        proposal.place.label = place.at("label").get<std::string>();
        if (auto fault = placeFault(proposal.place)) {
            return std::unexpected(*fault);
        }
    }
    proposal.expiresIn_s = json.value("expires_in_s", proposal.expiresIn_s);
    if (auto fault = readClaims(json, proposal)) {
        return std::unexpected(*fault);
    }
    proposal.canonical = json;
    return proposal;
}

} // namespace

Proposal boundedFacts(const Proposal &proposal)
{
    Proposal facts = proposal;
    facts.items.clear();
    facts.utterance.clear();
    facts.reason.clear();
    base::Json json = proposal.canonical.value();
    for (const char *text : {"items", "utterance", "reason"}) {
        json.erase(text);
    }
    facts.canonical = json;
    return facts;
}

std::expected<Proposal, ProposalError> parseProposal(std::string_view text)
{
    const auto json = base::parseJson(text);
    if (!json) {
        return std::unexpected(
            ProposalError{ProposalFault::malformed, json.error().pointer, json.error().reason});
    }
    return proposalFromJson(*json);
}

std::expected<Proposal, ProposalError> proposalFromJson(const base::Json &json)
{
    if (json.is_object() && json.contains("merchant_offer")) {
        // A merchant entry names no key yet under which an offer could be verified, and what is not verified
        // has no place in a signed record.
        return std::unexpected(ProposalError{ProposalFault::notOffered, "/merchant_offer",
                                             "this car cannot verify signed offers yet: leave it out"});
    }
    if (auto fault = checkAgainstSchema(json)) {
        return std::unexpected(*fault);
    }
    try {
        return readProposal(json);
    } catch (const base::Json::exception &) {
        return std::unexpected(ProposalError{ProposalFault::schema, "", "does not fit the schema"});
    }
}

} // namespace glovebox::payment
