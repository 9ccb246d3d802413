// SPDX-License-Identifier: Apache-2.0
#include "cli/dispute_check.h"
#include "cli/report_parts.h"
#include "consent/verdict.h"

#include <algorithm>

namespace glovebox::cli
{

namespace
{

using base::Json;

const wire::Receipt *newestOf(const std::vector<wire::Receipt> &receipts)
{
    const auto newest = std::ranges::max_element(receipts, {}, &wire::Receipt::revision);
    return newest == receipts.end() ? nullptr : &*newest;
}

std::string paidText(const DisputeCheck &check)
{
    const wire::Receipt *receipt = newestOf(check.receipts);
    if (receipt == nullptr) {
        return "Nothing is known to have been paid";
    }
    const auto currency = base::Currency::fromCode(receipt->currency);
    const auto money = [&currency](const std::optional<std::int64_t> &minor) {
        return currency && minor ? moneyText(*minor, *currency) : std::string();
    };
    std::string text = std::string(wire::nameOf(receipt->outcome));
    text += receipt->captured_minor ? ", paid " + money(receipt->captured_minor) : ", nothing paid";
    text += receipt->refunded_minor ? ", refunded " + money(receipt->refunded_minor) : "";
    return text + ", says the gateway " + receipt->gateway + " on " + wallText(receipt->at);
}

std::string limitsText(const Json &permissions)
{
    std::string text;
    const auto currency = permissions.find("currency");
    for (const auto &[name, what] :
         {std::pair("per_purchase_minor_max", "a purchase"), std::pair("daily_minor_max", "a day"),
          std::pair("monthly_minor_max", "a month")}) {
        const auto found = permissions.find(name);
        const auto code = currency != permissions.end() && currency->is_string()
                              ? base::Currency::fromCode(currency->get<std::string>())
                              : std::nullopt;
        if (code && found != permissions.end() && found->is_number_integer()) {
            text += (text.empty() ? "at most " : ", ") + moneyText(found->get<std::int64_t>(), *code) + " " +
                    what;
        }
    }
    return text;
}

/// The permission in force, and what had been taken away from it.
std::string permissionText(const Json &payload)
{
    std::string text = payload.value("type", Json()).is_string() ? payload["type"].get<std::string>() : "?";
    const auto agent = payload.find("agent");
    text += agent != payload.end() && agent->is_string() ? " " + agent->get<std::string>() : "";
    for (const char *name : {"permissions", "narrowing"}) {
        const auto limits = payload.find(name);
        const std::string said =
            limits != payload.end() && limits->is_object() ? limitsText(*limits) : std::string();
        text += said.empty() ? "" : ": " + said;
    }
    return text;
}

void addApproval(Lines &lines, const payment::Approval &approval)
{
    const bool standing = approval.method == payment::ConsentMethod::standing;
    lines.add("Approved by", approval.driver.text() + ", as this car knows its driver");
    lines.add("When", momentText(approval.at));
    lines.add("How", standing ? std::string("under a standing permission")
                              : "by " + std::string(payment::nameOf(approval.method)) +
                                    " on a card that had been shown for " +
                                    seconds(approval.answeredAt - approval.shownAt));
    lines.add("Authentication", std::string(payment::nameOf(approval.sca)) +
                                    (approval.scaArticle.empty() ? "" : " (" + approval.scaArticle + ")"));
    lines.add("Driving", std::string(payment::nameOf(approval.vehicle.state)) + ", gear " +
                             (approval.vehicle.gear.empty() ? "unknown" : approval.vehicle.gear));
    lines.add("Proposed by", "the assistant " + approval.agent.text());
    lines.add("Amount",
              amountText(approval.amountType, approval.cap) + ", with " + approval.instrument.label);
    lines.add("Could be stopped", stopText(approval));
}

std::string rulesText(const payment::Approval &approval)
{
    std::string text = "\nVerdict " + approval.verdict + ", by these rules:\n";
    for (const std::string &rule : approval.rules) {
        text += "  " + rule + ": " + consent::auditorSentence(rule) + "\n";
    }
    return text;
}

std::string authorityText(const DisputeCheck &check)
{
    std::string text =
        "\nAuthority: permission revision " + std::to_string(check.approval->permissionRevision);
    for (const Json &payload : check.permissions) {
        text += "\n  " + permissionText(payload);
    }
    return text + "\n";
}

std::string journalText(const DisputeBundle &bundle, const DisputeCheck &check)
{
    std::string text = "entry " + std::to_string(bundle.proof.header.sequence) + " of " +
                       check.checkpoint->origin + ", in its first " + std::to_string(check.checkpoint->size);
    return text + (check.cosigned_s
                       ? ", cosigned " + wallText({static_cast<std::int64_t>(*check.cosigned_s) * 1000})
                       : "");
}

std::string keyText(std::span<const crypto::PublicKey> given, std::span<const crypto::PublicKey> inFile)
{
    std::string text;
    for (const crypto::PublicKey &key : given.empty() ? inFile : given) {
        text += (text.empty() ? "" : ", ") + key.thumbprint();
    }
    return text + (given.empty() ? " (only in this file)" : " (given)");
}

Json keysJson(std::span<const crypto::PublicKey> given, std::span<const crypto::PublicKey> inFile)
{
    Json thumbprints = Json::array();
    for (const crypto::PublicKey &key : given.empty() ? inFile : given) {
        thumbprints.push_back(key.thumbprint());
    }
    return {{"thumbprints", std::move(thumbprints)}, {"known", !given.empty()}};
}

void addApprovalJson(const payment::Approval &approval, Json &out)
{
    out["approval_id"] = approval.id.text();
    out["who"] = {{"driver", approval.driver.text()}, {"agent", approval.agent.text()}};
    out["what"] = {{"kind", approval.kind.text()},
                   {"merchant_id", approval.merchant.text()},
                   {"amount",
                    {{"type", payment::nameOf(approval.amountType)},
                     {"cap_minor", approval.cap.minor},
                     {"currency", approval.cap.currency.code()}}}};
    out["when"] = {{"wall_ms", approval.at.wall.milliseconds},
                   {"confirmed", approval.at.trust == base::ClockTrust::gatewaySigned}};
    out["how"] = {{"method", payment::nameOf(approval.method)},
                  {"shown_ms", std::chrono::duration_cast<std::chrono::milliseconds>(approval.answeredAt -
                                                                                     approval.shownAt)
                                   .count()},
                  {"sca", payment::nameOf(approval.sca)},
                  {"driving", payment::nameOf(approval.vehicle.state)}};
    out["authority"] = {{"permission_revision", approval.permissionRevision},
                        {"verdict", approval.verdict},
                        {"rules", approval.rules}};
    out["stop"] = {{"moment", payment::nameOf(approval.stop)}};
    if (approval.stopUntil) {
        out["stop"]["until_ms"] = approval.stopUntil->milliseconds;
    }
}

Json receiptsJson(const std::vector<wire::Receipt> &receipts)
{
    Json list = Json::array();
    for (const wire::Receipt &receipt : receipts) {
        Json one{{"outcome", wire::nameOf(receipt.outcome)},
                 {"revision", receipt.revision},
                 {"at_ms", receipt.at.milliseconds}};
        for (const auto &[name, amount] : {std::pair("authorised_minor", receipt.authorised_minor),
                                           std::pair("captured_minor", receipt.captured_minor),
                                           std::pair("refunded_minor", receipt.refunded_minor)}) {
            if (amount) {
                one[name] = *amount;
            }
        }
        list.push_back(std::move(one));
    }
    return list;
}

std::string stepsText(const DisputeCheck &check)
{
    std::string text = check.steps.empty() ? "" : "\nHistory:\n";
    for (const DisputeCheck::Step &step : check.steps) {
        text += "  " + wallText({step.wall_ms}) + "  " + step.event +
                (step.covered ? "" : " (newer than the checkpoint)") + "\n";
    }
    return text;
}

/// Whose word the keys are. A receipt binds the approval by its hash, and so vouches for the key that signed
/// it.
std::string vouchText(const DisputeCheck &check, const KnownKeys &known)
{
    const bool bound = std::ranges::any_of(
        check.receipts, [](const wire::Receipt &receipt) { return !receipt.approvalHash.empty(); });
    std::string text;
    if (known.car.empty() && (known.gateway.empty() || !bound)) {
        text += "Note: nothing vouches for the car's key but this file. Name the key with --public-key, or "
                "that of the gateway, where there is a receipt, with --gateway-key.\n";
    }
    if (known.gateway.empty() && !check.receipts.empty()) {
        text +=
            "Note: nothing vouches for the gateway's key, and so for the receipts, but this file. Name it "
            "with --gateway-key.\n";
    }
    return text;
}

} // namespace

std::string disputeText(const DisputeBundle &bundle, const DisputeCheck &check, const KnownKeys &known)
{
    Lines lines;
    lines.add("Purchase", bundle.purchase);
    if (check.approval) {
        lines.add("What", check.approval->kind.text() + " at " +
                              (check.merchant ? check.merchant->name + ", " : "") +
                              check.approval->merchant.text());
        addApproval(lines, *check.approval);
    }
    lines.add("Settled", paidText(check));
    if (check.checkpoint) {
        lines.add("Journal", journalText(bundle, check));
    }
    lines.add("Car's key", keyText(known.car, bundle.car));
    lines.add("Gateway's key", keyText(known.gateway, bundle.gateway));
    std::string text = lines.text();
    if (check.approval) {
        text += authorityText(check) + rulesText(*check.approval);
        text += shownTexts(check.approval->shown);
    }
    text += stepsText(check) + "\n";
    for (const std::string &note : check.notes) {
        text += "Note: " + note + "\n";
    }
    text += vouchText(check, known);
    for (const DisputeFinding &finding : check.findings) {
        text += "DAMAGED " + finding.part + ": " + finding.text + "\n";
    }
    return text +
           (check.findings.empty() ? "Every part holds.\n" : "This file does not prove what it says.\n");
}

base::Json disputeJson(const DisputeBundle &bundle, const DisputeCheck &check, const KnownKeys &known)
{
    Json findings = Json::array();
    for (const DisputeFinding &finding : check.findings) {
        findings.push_back({{"part", finding.part}, {"text", finding.text}});
    }
    Json out{
        {"v", 1},
        {"ok", check.findings.empty()},
        {"purchase_id", bundle.purchase},
        {"receipts", receiptsJson(check.receipts)},
        {"keys",
         {{"car", keysJson(known.car, bundle.car)}, {"gateway", keysJson(known.gateway, bundle.gateway)}}},
        {"notes", check.notes},
        {"findings", std::move(findings)}};
    if (check.approval) {
        addApprovalJson(*check.approval, out);
        out["authority"]["permissions"] = check.permissions;
        out["shown"] = bundle.shown;
    }
    if (check.approval && check.merchant) {
        out["what"]["merchant_name"] = check.merchant->name;
    }
    if (check.checkpoint) {
        out["journal"] = {{"origin", check.checkpoint->origin},
                          {"size", check.checkpoint->size},
                          {"sequence", bundle.proof.header.sequence},
                          {"cosigned_s", check.cosigned_s ? Json(*check.cosigned_s) : Json()}};
    }
    out["history"] = Json::array();
    for (const DisputeCheck::Step &step : check.steps) {
        out["history"].push_back(
            {{"event", step.event}, {"wall_ms", step.wall_ms}, {"in_checkpoint", step.covered}});
    }
    return out;
}

} // namespace glovebox::cli
