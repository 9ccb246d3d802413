// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/wire/sample.h"

#include "crypto/hash.h"

namespace glovebox::testing
{

using base::Json;

namespace
{

const base::Currency kEuro = base::Currency::fromCode("EUR").value();

Json proposal(const payment::Approval &approval, const char *type)
{
    return {{"request_id", "r-" + approval.id.text()},
            {"kind", approval.kind.text()},
            {"merchant_id", approval.merchant.text()},
            {"amount", {{"type", type}, {"value", approval.cap.minor}, {"currency", "EUR"}}}};
}

} // namespace

Sample::Sample()
    : car(makeKey("car.pem")), gateway(makeKey("gateway.pem")), stranger(makeKey("stranger.pem")),
      merchant(makeKey("merchant.pem"))
{}

std::string Sample::path(const char *name) const
{
    return dir.filePath(QString::fromLatin1(name)).toStdString();
}

crypto::SigningKey Sample::makeKey(const char *name) const
{
    return std::move(crypto::SigningKey::createDevelopmentKey(path(name)).value());
}

Json Sample::entry(const char *id, const char *kind) const
{
    Json terms{{"fulfilment", "online"}};
    if (std::string_view(kind) == "parking") {
        terms = {
            {"fulfilment", "offline_accepted"}, {"offline_floor_minor", 5000}, {"offline_age_s_max", 604800}};
    }
    return {{"v", 1},
            {"id", id},
            {"name", "Garage Marktplatz"},
            {"category", "7523"},
            {"position", {{"latitude_e6", 48775300}, {"longitude_e6", 9178600}}},
            {"currency", "EUR"},
            {"kinds", {{kind, terms}}},
            {"valid_until_ms", now_ms + 86'400'000},
            {"revision", 1}};
}

payment::Approval Sample::approval(const std::string &id) const
{
    payment::Approval approval;
    approval.id = payment::ApprovalId::fromText(id).value();
    approval.purchase = payment::PurchaseId::fromText("p-" + id).value();
    approval.wallet = payment::WalletId::fromText("w-1").value();
    approval.gateway = "sandbox";
    approval.merchant = payment::MerchantId::fromText("garage-marktplatz").value();
    approval.merchantEntryHash = crypto::hashJson(entry("garage-marktplatz", "parking"));
    approval.kind = payment::KindId::fromText("parking").value();
    approval.cap = {1200, kEuro};
    approval.proposal = proposal(approval, "exact");
    approval.instrument = {"tok_demo", "Visa 42"};
    approval.shown = {"card.parked.1", "en", payment::Surface::desk, {{"amount", "€12.00"}}};
    approval.driver = payment::DriverId::fromText("mia").value();
    approval.nonce = "n1";
    approval.session = payment::SessionId::fromText("s1").value();
    approval.vehicle = {payment::DrivingState::parked, "park", 0, 10};
    approval.verdict = "confirm";
    approval.agent = payment::AgentId::fromText("assistant").value();
    approval.agentAuthentication = "token";
    approval.at.bootId = "0b0e7f5e-0000-4000-8000-000000000000";
    approval.at.wall.milliseconds = now_ms;
    approval.admitBy.milliseconds = now_ms + 60'000;
    approval.settleBy.milliseconds = now_ms + 3'600'000;
    approval.fulfilment = payment::Fulfilment::offlineAccepted;
    return approval;
}

payment::Approval Sample::fuelApproval(const std::string &id) const
{
    payment::Approval fuel = approval(id);
    fuel.merchant = payment::MerchantId::fromText("tankhof-koenigstrasse").value();
    fuel.merchantEntryHash = crypto::hashJson(entry("tankhof-koenigstrasse", "fuel"));
    fuel.kind = payment::KindId::fromText("fuel").value();
    fuel.amountType = payment::AmountType::upTo;
    fuel.cap = {8000, kEuro};
    fuel.fulfilment = payment::Fulfilment::online;
    fuel.proposal = proposal(fuel, "up_to");
    return fuel;
}

std::string Sample::signApproval(const payment::Approval &approval) const
{
    return wire::signPayload(car, wire::kApprovalType, payment::toClaims(approval, crypto::hashJson)).value();
}

wire::Receipt Sample::receipt(const payment::Approval &approval, const std::string &approvalJws,
                              wire::Outcome outcome, std::int64_t revision) const
{
    wire::Receipt receipt;
    receipt.receiptId = "r" + std::to_string(revision);
    receipt.gateway = "sandbox";
    receipt.wallet = approval.wallet;
    receipt.approval = approval.id;
    receipt.outcome = outcome;
    receipt.revision = revision;
    receipt.at.milliseconds = now_ms;
    if (outcome == wire::Outcome::neverSeen) {
        return receipt;
    }
    receipt.approvalHash = wire::hashOfJws(approvalJws);
    receipt.currency = "EUR";
    receipt.merchant = approval.merchant;
    if (outcome == wire::Outcome::authorised) {
        receipt.authorised_minor = approval.cap.minor;
    }
    if (outcome == wire::Outcome::captured || outcome == wire::Outcome::refunded) {
        receipt.captured_minor = approval.cap.minor;
    }
    if (outcome == wire::Outcome::refunded) {
        receipt.refunded_minor = 100;
    }
    return receipt;
}

std::string Sample::signReceipt(const wire::Receipt &receipt) const
{
    return wire::signPayload(gateway, wire::kReceiptType, wire::toJson(receipt)).value();
}

wire::CarChannel Sample::channel(const std::optional<crypto::CosignerKey> &witness) const
{
    return wire::CarChannel({"sandbox",
                             payment::WalletId::fromText("w-1").value(),
                             {gateway.publicKey()},
                             car.publicKey().thumbprint(),
                             [this](base::ByteView message) { return car.sign(message); },
                             witness});
}

} // namespace glovebox::testing
