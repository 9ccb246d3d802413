// SPDX-License-Identifier: Apache-2.0
#include "gateway/service.h"

namespace glovebox::gateway
{

namespace
{

std::string heldBy(const Row &row)
{
    return "held:" + row.wallet.text();
}

std::string walletOf(const Row &row)
{
    return "wallet:" + row.wallet.text();
}

Answer unknownApproval()
{
    return errorAnswer(404, "merchant", "this merchant has no such approval");
}

} // namespace

Answer Service::complete(const payment::MerchantId &merchant, const payment::ApprovalId &id,
                         const std::string &body)
{
    const auto json = base::parseJson(body);
    if (!json) {
        return errorAnswer(400, "malformed", json.error().reason);
    }
    base::ObjectReader reader(*json);
    const std::string said = reader.text("approval_id", 64);
    const std::int64_t amount_minor = reader.integer("amount_minor", 1, base::Money::kMinorMax);
    const std::string currency = reader.text("currency", 3);
    if (const auto error = reader.finish()) {
        return errorAnswer(400, "malformed", error->pointer + ": " + error->reason);
    }
    if (said != id.text()) {
        return errorAnswer(400, "malformed", "the body names another approval than the path");
    }
    const auto known = m_parts.ledger->findForMerchant(merchant, id);
    if (!known) {
        return broken(known.error());
    }
    if (!*known || (*known)->state == Row::State::claimed) {
        return unknownApproval(); // not yet, perhaps
    }
    Row row = **known;
    if (row.state == Row::State::captured && row.captured_minor == amount_minor && row.currency == currency) {
        return {200, {{"receipt", row.receipt}}};
    }
    if (row.state != Row::State::authorised) {
        return errorAnswer(409, "conflict", "it is " + std::string(nameOf(row.state)));
    }
    if (row.currency != currency || amount_minor > row.cap_minor) {
        return errorAnswer(422, "constraint", "more than the driver approved, or another currency");
    }
    std::vector<Posting> postings{
        {Posting::Kind::capture, heldBy(row), "merchant:" + row.merchant.text(), amount_minor}};
    if (row.cap_minor > amount_minor) {
        postings.push_back(
            {Posting::Kind::release, heldBy(row), walletOf(row), row.cap_minor - amount_minor});
    }
    row.state = Row::State::captured;
    row.captured_minor = amount_minor;
    return store(row, wire::Outcome::captured, postings, true);
}

Answer Service::release(const payment::MerchantId &merchant, const payment::ApprovalId &id,
                        const std::string &body)
{
    const auto json = base::parseJson(body);
    if (!json) {
        return errorAnswer(400, "malformed", json.error().reason);
    }
    base::ObjectReader reader(*json);
    const std::string said = reader.text("approval_id", 64);
    if (reader.finish() || said != id.text()) {
        return errorAnswer(400, "malformed", "not {\"approval_id\":ID} of the path");
    }
    const auto known = m_parts.ledger->findForMerchant(merchant, id);
    if (!known) {
        return broken(known.error());
    }
    if (!*known || (*known)->state == Row::State::claimed) {
        return unknownApproval(); // not yet, perhaps
    }
    Row row = **known;
    if (row.state == Row::State::released) {
        return {200, {{"receipt", row.receipt}}};
    }
    if (row.state != Row::State::authorised) {
        return errorAnswer(409, "conflict", "it is " + std::string(nameOf(row.state)));
    }
    row.state = Row::State::released;
    const Posting back{Posting::Kind::release, heldBy(row), walletOf(row), row.cap_minor};
    row.authorised_minor = 0;
    return store(row, wire::Outcome::released, {back}, true);
}

} // namespace glovebox::gateway
