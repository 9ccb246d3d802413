// SPDX-License-Identifier: Apache-2.0
#include "cli/report.h"
#include "cli/report_parts.h"
#include "consent/verdict.h"

namespace glovebox::cli
{

using base::Json;

namespace
{

std::string rulesText(const std::vector<std::string> &rules)
{
    std::string text;
    for (const std::string &rule : rules) {
        text += "  " + rule + ": " + consent::auditorSentence(rule) + "\n";
    }
    return text;
}

Report explain(const payment::Purchase &purchase, const crypto::PublicKey &key)
{
    const payment::Amount &amount = purchase.proposal.amount;
    const std::string payee =
        purchase.merchant ? purchase.merchant->name : "merchant " + purchase.proposal.merchant.text();
    std::string text = "Purchase " + purchase.id.text() + ": " + purchase.proposal.kind.text() + " at " +
                       payee + ", " + amountText(amount.type, amount.value) +
                       ".\nProposed by the assistant " + purchase.agent.text() + ", " +
                       momentText(purchase.proposedAt) + ".\n";
    const Checked checked = check(purchase.approvalJws, key);
    if (checked.signature == Checked::Signature::none) {
        return {text + "Nobody approved it; it is " + std::string(payment::nameOf(purchase.state)) +
                ". The rules that had a say:\n" + rulesText(purchase.rules)};
    }
    if (!checked.approval) {
        return {text + "Its approval is NOT VALID: " + checked.why + ". It proves nothing.\n", 1};
    }
    const payment::Approval &approval = *checked.approval;
    const bool standing = approval.method == payment::ConsentMethod::standing;
    text +=
        "Approved by " + approval.driver.text() + ", " + momentText(approval.at) + ", " +
        (standing
             ? "under a standing permission"
             : "by " + std::string(payment::nameOf(approval.method)) + " on a card that had been shown for " +
                   seconds(approval.answeredAt - approval.shownAt)) +
        ", strong authentication " + std::string(payment::nameOf(approval.sca)) + ".\nSigned by the key " +
        key.thumbprint() + ", which confirms it.\nOn the authority of permission revision " +
        std::to_string(approval.permissionRevision) + ", verdict " + approval.verdict +
        ", by these rules:\n" + rulesText(approval.rules) + "It could be stopped " + stopText(approval) +
        ".\n";
    const auto &captured = purchase.settlement.captured_minor;
    text += captured ? "Paid: " + moneyText(*captured, amount.value.currency) + ".\n"
                     : "Nothing is known to have been paid; it is " +
                           std::string(payment::nameOf(purchase.state)) + ".\n";
    return {text + shownTexts(approval.shown)};
}

} // namespace

ReportResult explainReport(const Json &answer, const crypto::PublicKey &key)
{
    Json record = answer;
    if (record.is_object()) {
        record.erase("doubted");
    }
    const auto purchase = payment::purchaseFromJson(record);
    if (!purchase) {
        return std::unexpected("The daemon's record cannot be read, at " + purchase.error().pointer + ": " +
                               purchase.error().reason + ".");
    }
    return explain(*purchase, key);
}

} // namespace glovebox::cli
