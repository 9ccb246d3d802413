// SPDX-License-Identifier: Apache-2.0
#include "cli/report.h"

#include "cli/gateway_report.h"
#include "cli/report_parts.h"
#include "crypto/hash.h"
#include "crypto/jws.h"
#include "payment/purchase.h"
#include "wire/messages.h"

#include <algorithm>

namespace glovebox::cli
{

namespace
{

using base::Json;

std::size_t columns(const std::string &utf8)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string table(const std::vector<std::vector<std::string>> &rows)
{
    std::vector<std::size_t> widths;
    for (const auto &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], columns(row[i]));
        }
    }
    std::string out;
    for (const auto &row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool last = i + 1 == row.size();
            out.append(row[i]).append(last ? 0 : widths[i] + 2 - columns(row[i]), ' ');
        }
        out += '\n';
    }
    return out;
}

void addApproval(Lines &lines, const payment::Approval &approval, const crypto::PublicKey &key)
{
    lines.add("Signature", "valid, key " + key.thumbprint());
    lines.add("Approved", momentText(approval.at));
    lines.add("Consented", approval.driver.text() + ", by " + std::string(payment::nameOf(approval.method)) +
                               ", " + seconds(approval.answeredAt - approval.shownAt) +
                               " after the card was shown");
    lines.add("Driver session", approval.session.text() + ", strong authentication " +
                                    std::string(payment::nameOf(approval.sca)) +
                                    (approval.scaArticle.empty() ? "" : " (" + approval.scaArticle + ")"));
    lines.add("Driving", std::string(payment::nameOf(approval.vehicle.state)) + ", gear " +
                             (approval.vehicle.gear.empty() ? "unknown" : approval.vehicle.gear));
    lines.add("Paid with", approval.instrument.label);
    lines.add("Approved amount", amountText(approval.amountType, approval.cap));
    lines.add("Could be stopped", stopText(approval));
    lines.add("Settles until", wallText(approval.settleBy));
}

std::string textField(const Json &object, const char *name)
{
    const auto field = object.find(name);
    return field != object.end() && field->is_string() ? field->get<std::string>() : std::string();
}

std::string amountField(const Json &purchase)
{
    const Json &amount = purchase.at("amount");
    const auto currency = base::Currency::fromCode(amount.at("currency").get<std::string>());
    if (!currency) {
        return "?";
    }
    if (purchase.contains("captured_minor")) {
        return moneyText(purchase.at("captured_minor").get<std::int64_t>(), *currency);
    }
    return (textField(amount, "type") == "exact" ? "" : "at most ") +
           moneyText(amount.at("value").get<std::int64_t>(), *currency);
}

std::string changedField(const Json &purchase)
{
    const Json &moment = purchase.at("changed");
    return wallText({moment.at("wall_ms").get<std::int64_t>()});
}

Json signatureJson(const Checked &checked)
{
    switch (checked.signature) {
    case Checked::Signature::none:
        return "none";
    case Checked::Signature::valid:
        return "valid";
    case Checked::Signature::invalid:
        return "invalid";
    }
    return "invalid";
}

std::string numberText(const Json &json, const char *name)
{
    return std::to_string(json.at(name).get<std::uint64_t>());
}

std::string cosignedText(const Json &log)
{
    return log.contains("cosigned")
               ? ", the first " + numberText(log, "cosigned") + " cosigned by the gateway"
               : std::string();
}

/// Of "service_needed": why, and from where on.
std::string serviceText(const Json &service)
{
    const std::string from = numberText(service, "first_bad_sequence");
    const std::string reason = service.at("reason").get<std::string>();
    std::string text;
    if (reason == "journal_rolled_back") {
        text = "the journal is older than the TPM remembers: entries are missing from sequence " + from +
               " on (TPM counter " + numberText(service, "counter") + ", journal " +
               numberText(service, "sealed") + ")";
    } else {
        const std::string known = " (" + numberText(service, "entries") + " entries, cosigned " +
                                  numberText(service, "cosigned") + ")";
        text =
            reason == "journal_cut_off"
                ? "the journal is shorter than the gateway has cosigned: entries are missing from sequence " +
                      from + " on" + known
                : "the gateway has cosigned another journal of this car: this one was changed, or a copy of "
                  "it is "
                  "in use; the first entry that may differ is " +
                      from + known;
    }
    return text + ". Nothing is approved. Keep the file as evidence and enrol the car anew: docs/keys.md";
}

} // namespace

ReportResult statusReport(const Json &status)
try {
    Lines lines;
    const Json &key = status.at("key");
    const Json &gateway = status.at("gateway");
    const bool desk = status.at("insecure_desk").get<bool>();
    lines.add("Version", status.at("version").get<std::string>());
    lines.add("Mode", desk ? "insecure desk: development keys, sandbox payments" : "normal");
    lines.add("Signing key",
              key.at("thumbprint").get<std::string>() + " (" + key.at("protection").get<std::string>() + ")");
    lines.add("Journal", std::to_string(status.at("journal").at("entries").get<std::uint64_t>()) +
                             " entries, root " + status.at("journal").at("root").get<std::string>() +
                             cosignedText(status.at("journal")));
    if (const Json &log = status.at("journal"); log.contains("full_since")) {
        lines.add("Storage", "FULL since " +
                                 wallText({log.at("full_since").at("wall_ms").get<std::int64_t>()}) +
                                 ": nothing is proposed or approved. Free space on the journal's disk; the "
                                 "daemon goes on by itself within half a minute.");
    }
    if (const auto service = status.find("service_needed"); service != status.end()) {
        lines.add("Service needed", serviceText(*service));
    }
    lines.add("Driving", status.at("driving").get<std::string>());
    lines.add("Driver session", status.at("session_open").get<bool>() ? "open"
                                : status.at("pin") == "enrolled"
                                    ? "closed"
                                    : "closed, and no PIN opens one: enrol it with "
                                      "gloveboxd --enrol-pin");
    const auto trouble = gateway.find("trouble");
    const bool online = status.at("online").get<bool>();
    lines.add("Connection", !online                    ? "offline"
                            : trouble == gateway.end() ? "online"
                                                       : "online, but the gateway gives no answer");
    lines.add("Cockpit", status.at("cockpit").get<std::string>());
    lines.add("Not settled yet", std::to_string(status.at("unsettled").get<std::int64_t>()));
    const auto contact = gateway.find("last_contact_ms");
    lines.add("Gateway",
              gateway.at("id").get<std::string>() + ", " +
                  (contact == gateway.end() ? "no contact yet"
                                            : "last contact " + wallText({contact->get<std::int64_t>()})));
    if (gateway.at("directory") == "unknown") {
        lines.add("Merchants", "none known: the gateway's directory was never received");
    }
    if (trouble != gateway.end() && trouble->at("kind") != "not_believed") {
        lines.add("Trouble", troubleText(*trouble));
    }
    if (const auto doubt = gateway.find("doubted"); doubt != gateway.end()) {
        lines.add("Warning", doubtText(*doubt));
    }
    return Report{lines.text()};
} catch (const Json::exception &) {
    return std::unexpected("The daemon's status has another form: is it of another version?");
}

ReportResult purchasesReport(const Json &answer)
try {
    std::vector<std::vector<std::string>> rows{{"ID", "STATE", "KIND", "MERCHANT", "AMOUNT", "CHANGED"}};
    for (const Json &purchase : answer.at("purchases")) {
        rows.push_back({purchase.at("purchase_id").get<std::string>(),
                        purchase.at("state").get<std::string>(), purchase.at("kind").get<std::string>(),
                        textField(purchase, "merchant_name"), amountField(purchase), changedField(purchase)});
    }
    return Report{rows.size() == 1 ? "No purchases.\n" : table(rows)};
} catch (const Json::exception &) {
    return std::unexpected("The daemon's purchases have another form: is it of another version?");
}

ReportResult purchaseReport(const Json &answer, const crypto::PublicKey &key)
try {
    Json record = answer;
    std::string doubts; // of this process of the daemon, and not part of the record
    if (record.is_object() && record.contains("doubted")) {
        doubts = doubtText(record.at("doubted"));
        record.erase("doubted");
    }
    const auto purchase = payment::purchaseFromJson(record);
    if (!purchase) {
        return std::unexpected("The daemon's record cannot be read, at " + purchase.error().pointer + ": " +
                               purchase.error().reason + ".");
    }
    const auto &currency = purchase->proposal.amount.value.currency;
    Lines lines;
    lines.add("Purchase", purchase->id.text());
    lines.add("State", std::string(payment::nameOf(purchase->state)) +
                           (purchase->reason.empty() ? "" : " (" + purchase->reason + ")"));
    lines.add("Kind", purchase->proposal.kind.text());
    lines.add("Merchant", (purchase->merchant ? purchase->merchant->name + ", " : "") +
                              purchase->proposal.merchant.text());
    lines.add("Proposed", amountText(purchase->proposal.amount.type, purchase->proposal.amount.value));
    lines.add("Proposed by", purchase->agent.text() + ", " + momentText(purchase->proposedAt));
    const payment::SettlementFacts &facts = purchase->settlement;
    if (facts.authorised_minor) {
        lines.add("Reserved", moneyText(*facts.authorised_minor, currency));
    }
    lines.add("Paid", facts.captured_minor ? moneyText(*facts.captured_minor, currency) : "nothing yet");
    if (facts.refunded_minor) {
        lines.add("Refunded", moneyText(*facts.refunded_minor, currency));
    }
    if (!doubts.empty()) {
        lines.add("Warning", doubts);
    }
    const Checked checked = check(purchase->approvalJws, key);
    if (checked.signature == Checked::Signature::none) {
        lines.add("Approval", "none");
        return Report{lines.text()};
    }
    lines.add("Approval", purchase->approvalId.text());
    if (!checked.approval) {
        lines.add("Signature", "NOT VALID: " + checked.why);
        return Report{lines.text(), 1};
    }
    addApproval(lines, *checked.approval, key);
    return Report{lines.text() + shownTexts(checked.approval->shown)};
} catch (const Json::exception &) {
    return std::unexpected("The daemon's record has another form: is it of another version?");
}

ReportResult purchaseJson(const Json &record, const crypto::PublicKey &key)
{
    if (!record.is_object()) {
        return std::unexpected("The daemon's record has another form: is it of another version?");
    }
    const Checked checked = check(textField(record, "approval"), key);
    Json out = record;
    out["signature"] = signatureJson(checked);
    if (checked.signature == Checked::Signature::valid) {
        out["claims"] = checked.claims;
    }
    return Report{out.dump(2) + "\n", checked.signature == Checked::Signature::invalid ? 1 : 0};
}

} // namespace glovebox::cli
