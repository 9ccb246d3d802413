// SPDX-License-Identifier: Apache-2.0
#include "cli/report_parts.h"

#include "crypto/hash.h"
#include "crypto/jws.h"
#include "wire/messages.h"

#include <QDateTime>

namespace glovebox::cli
{

std::string wallText(base::WallTime wall)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(wall.milliseconds, Qt::UTC);
    return time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'")).toStdString();
}

std::string momentText(const base::Moment &moment)
{
    return wallText(moment.wall) +
           (moment.trust == base::ClockTrust::gatewaySigned ? "" : " (clock not confirmed)");
}

std::string moneyText(std::int64_t minor, const base::Currency &currency)
{
    return base::plainText(base::Money{minor, currency});
}

std::string amountText(payment::AmountType type, const base::Money &value)
{
    return (type == payment::AmountType::exact ? "" : "at most ") + base::plainText(value);
}

std::string seconds(base::Duration span)
{
    const auto tenths = std::chrono::duration_cast<std::chrono::milliseconds>(span).count() / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

std::string stopText(const payment::Approval &approval)
{
    const std::string until = approval.stopUntil ? wallText(*approval.stopUntil) : std::string();
    std::string text;
    switch (approval.stop) {
    case payment::StopMoment::untilFulfilmentStarts:
        text = "until fulfilment started";
        break;
    case payment::StopMoment::untilYouLeave:
        text = "until the car left";
        break;
    case payment::StopMoment::untilShopAccepts:
        text = "until the shop accepted";
        break;
    case payment::StopMoment::untilSent:
        text = "until it was sent";
        break;
    case payment::StopMoment::untilYouLeaveOrSent:
        text = "until it was sent or the car left";
        break;
    case payment::StopMoment::undoSeconds:
        return until.empty() ? "no longer, once approved" : "until " + until;
    }
    return until.empty() ? text : text + ", at the latest " + until;
}

Checked check(const std::string &jws, const crypto::PublicKey &key)
{
    Checked checked;
    if (jws.empty()) {
        return checked;
    }
    checked.signature = Checked::Signature::invalid;
    const auto verified = crypto::verifyJws(jws, wire::kApprovalType, std::span(&key, 1));
    if (!verified) {
        checked.why = verified.error().detail;
        return checked;
    }
    auto claims = base::parseJson(base::textOf(verified->payload));
    if (!claims) {
        checked.why = claims.error().pointer + " " + claims.error().reason;
        return checked;
    }
    auto approval = payment::approvalFromClaims(*claims, &crypto::hashJson);
    if (!approval) {
        checked.why = approval.error().pointer + " " + approval.error().reason;
        return checked;
    }
    checked.signature = Checked::Signature::valid;
    checked.claims = std::move(*claims);
    checked.approval = std::move(*approval);
    return checked;
}

std::string shownTexts(const payment::ShownTexts &shown)
{
    Lines lines;
    for (const payment::ShownText &item : shown.items) {
        lines.add(item.id, item.text);
    }
    return "\nShown (" + shown.templateId + ", " + shown.locale + ", surface " +
           std::string(payment::nameOf(shown.surface)) + "):\n" + lines.text("  ");
}

} // namespace glovebox::cli
