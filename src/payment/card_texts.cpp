// SPDX-License-Identifier: Apache-2.0
#include "payment/texts.h"

namespace glovebox::payment
{

namespace
{

constexpr const char *kContext = "Card";
constexpr const char *kAtMost = QT_TRANSLATE_NOOP("Card", "at most");
constexpr const char *kNotNow = QT_TRANSLATE_NOOP("Card", "Not now");
constexpr const char *kPaidWith = QT_TRANSLATE_NOOP("Card", "Paid with");
constexpr const char *kStopLabel = QT_TRANSLATE_NOOP("Card", "You can stop it");
constexpr const char *kUntilSent = QT_TRANSLATE_NOOP("Card", "until it is sent");
constexpr const char *kUntilYouLeaveOrSent = QT_TRANSLATE_NOOP("Card", "until it is sent or you leave");
constexpr const char *kPaidLater = QT_TRANSLATE_NOOP("Card", "saved, paid later");
constexpr const char *kAtMostPaidLater = QT_TRANSLATE_NOOP("Card", "at most; saved, paid later");
constexpr const char *kSentLater = QT_TRANSLATE_NOOP("Card", "saved, sent later");
constexpr const char *kAtMostSentLater = QT_TRANSLATE_NOOP("Card", "at most; saved, sent later");

std::string titleOf(const TextCatalogue &texts, const Kind &kind, const Place &place)
{
    QString title = texts.translate("Kind", kind.title.c_str());
    const auto it = kind.placeTexts.find(place.type);
    if (place.type != PlaceType::none && it != kind.placeTexts.end()) {
        const QString label = QString::fromStdString(place.label);
        title += QStringLiteral(" · ") + texts.translate("Kind", it->second.c_str()).arg(label);
    }
    return title.toStdString();
}

/// What bounds the amount and, without a connection, that it is not paid now; nothing for an exact one paid
/// now.
const char *amountNote(const Kind &kind, const MerchantEntry &merchant, bool exact, bool offline)
{
    const auto terms = merchant.kinds.find(kind.id.text());
    if (offline && terms != merchant.kinds.end()) {
        switch (terms->second.fulfilment) {
        case Fulfilment::offlineAccepted:
            return exact ? kPaidLater : kAtMostPaidLater;
        case Fulfilment::deferred:
            return exact ? kSentLater : kAtMostSentLater;
        case Fulfilment::online:
            break; // refused while offline
        }
    }
    return exact ? nullptr : kAtMost;
}

QString stopText(const TextCatalogue &texts, const Kind &kind, StopMoment moment)
{
    switch (moment) {
    case StopMoment::untilSent:
        return texts.translate(kContext, kUntilSent);
    case StopMoment::untilYouLeaveOrSent:
        return texts.translate(kContext, kUntilYouLeaveOrSent);
    default:
        return texts.translate("Kind", kind.stopText.c_str());
    }
}

} // namespace

ShownTexts cardTexts(const TextCatalogue &texts, const Kind &kind, const MerchantEntry &merchant,
                     const Proposal &proposal, const Instrument &instrument, DrivingState driving,
                     bool offline, Surface surface)
{
    const bool parked = driving == DrivingState::parked;
    ShownTexts shown;
    shown.templateId = parked ? "card.parked.1" : "card.moving.1";
    shown.locale = texts.locale().bcp47Name().toStdString();
    shown.surface = surface;
    const auto put = [&shown](const char *id, std::string text) {
        shown.items.push_back({id, std::move(text)});
    };
    const auto putOurs = [&](const char *id, const char *context, const char *source) {
        put(id, texts.translate(context, source).toStdString());
    };

    put("title", titleOf(texts, kind, proposal.place));
    put("merchant", merchant.name);
    put("amount", texts.money(proposal.amount.value).toStdString());
    const bool exact = proposal.amount.type == AmountType::exact;
    if (const char *note = amountNote(kind, merchant, exact, offline)) {
        putOurs("amount_note", kContext, note);
    } else if (!kind.amountNote.empty()) {
        putOurs("amount_note", "Kind", kind.amountNote.c_str());
    }
    if (parked) {
        putOurs("paid_with_label", kContext, kPaidWith);
        put("paid_with", instrument.label);
        putOurs("stop_label", kContext, kStopLabel);
        const StopMoment moment = stopMoment(kind, proposal.amount.type, offline);
        put("stop", stopText(texts, kind, moment).toStdString());
    }
    putOurs("primary", "Kind", kind.verb.c_str());
    putOurs("secondary", kContext, kNotNow);
    return shown;
}

} // namespace glovebox::payment
