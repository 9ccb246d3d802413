// SPDX-License-Identifier: Apache-2.0
#include "gateway/quarantine.h"

#include "crypto/hash.h"
#include "crypto/jws.h"
#include "payment/approval.h"

namespace glovebox::gateway
{

namespace
{

/// What this gateway signed or took itself, for a person to read: not verified again.
base::Json payloadOf(const std::string &jws)
{
    const auto payload = crypto::payloadOf(jws);
    auto json = payload ? base::parseJson(base::textOf(*payload)) : std::unexpected(base::JsonError{});
    return json && json->is_object() ? std::move(*json) : base::Json::object();
}

/// A car lets what came too late lapse by itself.
bool isQuarantined(const Row &row)
{
    return row.state == Row::State::refused && refusalCode(row) != "expired";
}

base::Json describe(const Row &row)
{
    const base::Json refusal = payloadOf(row.refusal);
    base::Json described{{"wallet_id", row.wallet.text()},
                         {"approval_id", row.approval.text()},
                         {"code", refusalCode(row)},
                         {"refused_at_ms", refusal.value("at_ms", base::Json())}};
    if (const auto approval = payment::approvalFromClaims(payloadOf(row.approvalJws), crypto::hashJson)) {
        described["merchant_id"] = approval->merchant.text();
        described["amount"] = {{"value", approval->cap.minor}, {"currency", approval->cap.currency.code()}};
        described["settle_by_ms"] = approval->settleBy.milliseconds;
    }
    return described;
}

} // namespace

wire::Receipt receiptOf(const Row &row, wire::Outcome outcome, const std::string &gateway, base::WallTime at)
{
    wire::Receipt receipt;
    receipt.receiptId = crypto::randomId('r');
    receipt.gateway = gateway;
    receipt.wallet = row.wallet;
    receipt.approval = row.approval;
    receipt.approvalHash = row.approvalHash;
    receipt.outcome = outcome;
    receipt.currency = row.currency;
    receipt.authorised_minor = row.authorised_minor;
    receipt.captured_minor = row.captured_minor;
    receipt.merchant = row.merchant;
    receipt.revision = row.revision;
    receipt.at = at;
    return receipt;
}

std::string refusalCode(const Row &row)
{
    const base::Json refusal = payloadOf(row.refusal);
    const auto code = refusal.find("code");
    return code != refusal.end() && code->is_string() ? code->get<std::string>() : "constraint";
}

LedgerResult<base::Json> Quarantine::list()
{
    const auto rows = m_ledger.inState(Row::State::refused);
    if (!rows) {
        return std::unexpected(rows.error());
    }
    base::Json quarantined = base::Json::array();
    for (const Row &row : *rows) {
        if (isQuarantined(row)) {
            quarantined.push_back(describe(row));
        }
    }
    const bool more = static_cast<std::int64_t>(rows->size()) == Ledger::kRows_max;
    return base::Json{{"quarantined", quarantined}, {"more", more}};
}

base::Result<void, QuarantineFault> Quarantine::end(const std::string &wallet, const std::string &approval,
                                                    const crypto::SigningKey &key, base::WallTime now)
{
    const auto walletId = payment::WalletId::fromText(wallet);
    const auto approvalId = payment::ApprovalId::fromText(approval);
    if (!walletId || !approvalId) {
        return base::fail(QuarantineFault::notThere, "no ids of a wallet and of an approval");
    }
    const auto found = m_ledger.find(*walletId, *approvalId);
    if (!found) {
        return base::fail(QuarantineFault::ledger, found.error().detail);
    }
    if (!*found) {
        return base::fail(QuarantineFault::notThere, "this gateway has never seen it");
    }
    Row row = **found;
    if (!isQuarantined(row)) {
        return base::fail(QuarantineFault::notThere, "it is " + std::string(nameOf(row.state)));
    }
    row.state = Row::State::ended;
    ++row.revision;
    const auto receipt = wire::signPayload(
        key, wire::kReceiptType,
        wire::toJson(receiptOf(row, wire::Outcome::neverAcceptedNowRefused, m_gateway, now)));
    if (!receipt) {
        return base::fail(QuarantineFault::signing, receipt.error().detail);
    }
    row.receipt = *receipt;
    if (const auto written = m_ledger.write(row, {}, true, now); !written) {
        return base::fail(QuarantineFault::ledger, written.error().detail);
    }
    return {};
}

} // namespace glovebox::gateway
