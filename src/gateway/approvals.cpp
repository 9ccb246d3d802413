// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "gateway/service.h"
#include "payment/settle_window.h"

namespace glovebox::gateway
{

namespace
{

using payment::Approval;
using wire::Outcome;

// The car reads its clock for the verdict, and again for the record.
constexpr std::int64_t kReadingsApart_ms = 1000;

Answer refusalAnswer(const std::string &code, const std::string &detail, const std::string &refusal)
{
    Answer answer = errorAnswer(422, code.c_str(), detail);
    answer.body["refusal"] = refusal;
    return answer;
}

/// The one text field of a small body, strictly.
std::optional<std::string> onlyField(const std::string &body, const char *name)
{
    const auto json = base::parseJson(body);
    if (!json) {
        return std::nullopt;
    }
    base::ObjectReader reader(*json);
    std::string text = reader.text(name, 65536);
    return reader.finish() ? std::nullopt : std::optional(text);
}

struct Violation
{
    std::string code;
    std::string detail;
};

/// What the approval says against who sends it and when. Clocks: admit_by bounds the signed moment of
/// approval, settle_by ours.
std::optional<Violation> violationOf(const Approval &approval, const Config &config, const Wallet &wallet,
                                     base::WallTime now)
{
    if (approval.gateway != config.id) {
        return Violation{"constraint", "the approval is for another gateway"};
    }
    if (approval.wallet != wallet.id) {
        return Violation{"constraint", "the approval is of another wallet"};
    }
    if (!wallet.instruments.contains(approval.instrument.reference)) {
        return Violation{"constraint", "the instrument does not belong to this wallet"};
    }
    if (approval.cap.minor <= 0) {
        return Violation{"constraint", "the cap is not positive"};
    }
    if (approval.at.wall > approval.admitBy) {
        return Violation{"expired", "it was approved after admit_by"};
    }
    if (now > approval.settleBy) {
        return Violation{"expired", "settle_by has passed"};
    }
    return std::nullopt;
}

/// What the approval says against what the merchant takes. It may come late, up to its settle_by: that this
/// is no later than the merchant lets it be is what is asked. Entries have no such number for `online`.
std::optional<Violation> violationOf(const Approval &approval, const payment::FulfilmentTerms &terms)
{
    const bool offline = terms.fulfilment == payment::Fulfilment::offlineAccepted;
    const bool aboveFloor = offline && approval.cap.minor > terms.offlineFloor_minor;
    if (aboveFloor && approval.stop == payment::StopMoment::untilYouLeaveOrSent) {
        return Violation{"offline_floor", "approved without a connection, above what the merchant takes so"};
    }
    const std::chrono::milliseconds window = payment::settleWindow(terms, approval.cap.minor);
    const std::int64_t asked_ms = approval.settleBy.milliseconds - approval.at.wall.milliseconds;
    if (terms.fulfilment == payment::Fulfilment::online || asked_ms <= window.count() + kReadingsApart_ms) {
        return std::nullopt;
    }
    if (!offline) {
        return Violation{"settle_within", "settle_by is later than the merchant takes it"};
    }
    return aboveFloor ? Violation{"offline_floor", "it could wait, above what the merchant takes unheard of"}
                      : Violation{"offline_age", "it could become older than the merchant takes it"};
}

/// What the approval says against the entry that the driver saw.
std::optional<Violation> violationOf(const Approval &approval, const payment::MerchantEntry &entry)
{
    if (approval.merchant != entry.id) {
        return Violation{"constraint", "the entry is of another merchant"};
    }
    if (approval.cap.currency.code() != entry.currency) {
        return Violation{"constraint", "the merchant takes another currency"};
    }
    const auto terms = entry.kinds.find(approval.kind.text());
    if (terms == entry.kinds.end()) {
        return Violation{"constraint", "the merchant does not offer this kind"};
    }
    if (terms->second.fulfilment != approval.fulfilment) {
        return Violation{"constraint", "the merchant fulfils this kind in another way"};
    }
    if (approval.at.wall.milliseconds > entry.validUntil.milliseconds + kReadingsApart_ms) {
        return Violation{"entry_expired", "the merchant entry had ended before it was approved"};
    }
    return violationOf(approval, terms->second);
}

} // namespace

Answer Service::submit(const Wallet &wallet, const std::string &nonce, const std::string &body)
{
    const auto jws = onlyField(body, "approval");
    const auto id = payment::ApprovalId::fromText(nonce);
    if (!jws || !id) {
        return errorAnswer(400, "malformed", "not {\"approval\":JWS} with the approval id as nonce");
    }
    const auto known = findResolved(wallet, *id);
    if (!known) {
        return known.error();
    }
    const std::string hash = wire::hashOfJws(*jws);
    if (*known) {
        const Row &row = **known;
        if (!row.approvalHash.empty() && row.approvalHash != hash) {
            return errorAnswer(409, "conflict", "another approval has this id");
        }
        return row.refusal.empty() ? Answer{200, {{"receipt", row.receipt}}}
                                   : refusalAnswer(refusalCode(row), "refused for good", row.refusal);
    }
    const auto verified = crypto::verifyJws(*jws, wire::kApprovalType, wallet.keys);
    if (!verified) {
        return errorAnswer(400, "signature", "the approval is not signed by this wallet");
    }
    const auto claims = base::parseJson(base::textOf(verified->payload));
    if (!claims) {
        return refuse(wallet, *id, *jws, "constraint", "the claims are not strict JSON");
    }
    const auto approval = payment::approvalFromClaims(*claims, crypto::hashJson);
    if (!approval) {
        return refuse(wallet, *id, *jws, "constraint",
                      approval.error().pointer + ": " + approval.error().reason);
    }
    if (approval->id != *id) {
        return errorAnswer(400, "signature", "the nonce is not the id of the approval");
    }
    if (const auto violation = violationOf(*approval, m_parts.config, wallet, m_parts.now())) {
        return refuse(wallet, *id, *jws, violation->code, violation->detail);
    }
    const auto json = m_parts.ledger->merchant(approval->merchantEntryHash);
    if (!json) {
        return broken(json.error());
    }
    const auto entry = *json ? std::optional(payment::merchantFromJson(**json)) : std::nullopt;
    if (!entry || !*entry) {
        return errorAnswer(422, "merchant", "this merchant entry was not signed here");
    }
    if (const auto violation = violationOf(*approval, **entry)) {
        return refuse(wallet, *id, *jws, violation->code, violation->detail);
    }
    return claim(wallet, *approval, *jws);
}

Answer Service::refuse(const Wallet &wallet, const payment::ApprovalId &id, const std::string &jws,
                       const std::string &code, const std::string &detail)
{
    Row row;
    row.wallet = wallet.id;
    row.approval = id;
    row.approvalHash = wire::hashOfJws(jws);
    row.approvalJws = jws;
    return refuse(std::move(row), code, detail);
}

Answer Service::refuse(Row row, const std::string &code, const std::string &detail)
{
    wire::Refusal refusal;
    refusal.gateway = m_parts.config.id;
    refusal.wallet = row.wallet;
    refusal.approval = row.approval;
    refusal.approvalHash = row.approvalHash;
    refusal.code = code;
    refusal.at = m_parts.now();
    const auto signedRefusal = wire::signPayload(m_parts.key, wire::kRefusalType, wire::toJson(refusal));
    if (!signedRefusal) {
        return errorAnswer(503, "unavailable", "the gateway cannot sign");
    }
    // Kept, so that what was refused once is refused for ever, whatever the clock says later.
    row.state = Row::State::refused;
    row.refusal = *signedRefusal;
    const Answer stored = store(row, Outcome::neverAcceptedNowRefused, {}, false);
    return stored.status == 422 ? refusalAnswer(code, detail, row.refusal) : stored;
}

Answer Service::status(const Wallet &wallet, const payment::ApprovalId &id)
{
    const auto known = findResolved(wallet, id);
    if (!known) {
        return known.error();
    }
    if (*known) {
        return {200, {{"receipt", (*known)->receipt}}};
    }
    Row row;
    row.wallet = wallet.id;
    row.approval = id;
    return signedAnswer("receipt", wire::kReceiptType, wire::toJson(receiptOf(row, Outcome::neverSeen)));
}

Answer Service::cancel(const Wallet &wallet, const payment::ApprovalId &id, const std::string &body)
{
    if (onlyField(body, "approval_id") != id.text()) {
        return errorAnswer(400, "malformed", "not {\"approval_id\":ID} of the path");
    }
    const auto known = findResolved(wallet, id);
    if (!known) {
        return known.error();
    }
    if (!*known) {
        // Cancelled before it came: should it still come, it gets this receipt.
        Row row;
        row.wallet = wallet.id;
        row.approval = id;
        row.state = Row::State::voided;
        return store(row, Outcome::voided, {}, false);
    }
    Row row = **known;
    switch (row.state) {
    case Row::State::authorised: {
        const Posting back{Posting::Kind::release, "held:" + wallet.id.text(), "wallet:" + wallet.id.text(),
                           row.authorised_minor.value_or(0)};
        row.state = Row::State::voided;
        row.authorised_minor = 0;
        return store(row, Outcome::voided, {back}, false);
    }
    case Row::State::stepUpRequired:
        row.state = Row::State::voided;
        return store(row, Outcome::voided, {}, false);
    case Row::State::captured:
        return signedAnswer("receipt", wire::kReceiptType, wire::toJson(receiptOf(row, Outcome::tooLate)));
    case Row::State::claimed: // findResolved() gives none of them
    case Row::State::refusedByIssuer:
    case Row::State::voided:
    case Row::State::released:
    case Row::State::refused:
    case Row::State::ended:
        return {200, {{"receipt", row.receipt}}};
    }
    return {200, {{"receipt", row.receipt}}};
}

} // namespace glovebox::gateway
