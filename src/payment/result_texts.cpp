// SPDX-License-Identifier: Apache-2.0
#include "payment/reasons.h"
#include "payment/texts.h"

namespace glovebox::payment
{

namespace
{

/// What a state says. "Paid" as a fact stands in one row only; every other one says "not paid" or nothing of
/// it.
struct Wording
{
    const char *tone;
    const char *headline;
    const char *detail;
};

constexpr const char *kApproved = QT_TRANSLATE_NOOP("Result", "Approved, not paid yet");
constexpr const char *kSavedNotPaid = QT_TRANSLATE_NOOP("Result", "Saved in the car, not paid yet");
constexpr const char *kSavedOffline = QT_TRANSLATE_NOOP("Result", "Saved in the car. Paid when back online.");
constexpr const char *kSavedUntil =
    QT_TRANSLATE_NOOP("Result", "Saved in the car. Sent when back online, until %1.");
constexpr const char *kSaved = QT_TRANSLATE_NOOP("Result", "Saved in the car. Being sent now.");
constexpr const char *kSent = QT_TRANSLATE_NOOP("Result", "Sent. Waiting for the answer.");
constexpr const char *kSentOffline = QT_TRANSLATE_NOOP("Result", "Sent. The answer comes when back online.");
constexpr const char *kPaid = QT_TRANSLATE_NOOP("Result", "Paid %1");
constexpr const char *kRestReleased =
    QT_TRANSLATE_NOOP("Result", "You approved up to %1. The rest is released.");
constexpr const char *kRefunded = QT_TRANSLATE_NOOP("Result", "Refunded %1");
constexpr const char *kReservedUpTo = QT_TRANSLATE_NOOP("Result", "At most %1 is held. Not paid yet.");
constexpr const char *kNothingPaid = QT_TRANSLATE_NOOP("Result", "Nothing was paid.");
constexpr const char *kNotStoppable = QT_TRANSLATE_NOOP("Result", "Too late to stop.");
constexpr const char *kUndoUntil = QT_TRANSLATE_NOOP("Result", "Undo until %1");
constexpr const char *kUndoUntilSent = QT_TRANSLATE_NOOP("Result", "Undo until it is sent");
constexpr const char *kUndoUntilSentOrLeft = QT_TRANSLATE_NOOP("Result", "Undo until sent or leaving");
constexpr const char *kDone = QT_TRANSLATE_NOOP("Result", "Done");
constexpr const char *kAtMost = QT_TRANSLATE_NOOP("Result", "%1 at most");

Wording wordingBeforeApproval(State state)
{
    switch (state) {
    case State::refused:
        return {"problem", QT_TRANSLATE_NOOP("Result", "Not possible"), nullptr};
    case State::declined:
        return {"stopped", QT_TRANSLATE_NOOP("Result", "Not now"), kNothingPaid};
    case State::expired:
        return {"stopped", QT_TRANSLATE_NOOP("Result", "No answer in time"), kNothingPaid};
    case State::withdrawn:
        return {"stopped", QT_TRANSLATE_NOOP("Result", "Withdrawn"),
                QT_TRANSLATE_NOOP("Result", "The assistant took it back. Nothing was paid.")};
    case State::superseded:
        return {"stopped", QT_TRANSLATE_NOOP("Result", "Replaced"),
                QT_TRANSLATE_NOOP("Result", "A newer one took its place. Nothing was paid.")};
    default:
        return {"waiting", QT_TRANSLATE_NOOP("Result", "Waiting for you"), nullptr};
    }
}

Wording wordingAfterApproval(State state)
{
    switch (state) {
    case State::submitted:
        return {"waiting", kApproved, kSent};
    case State::authorised:
        return {"reserved", QT_TRANSLATE_NOOP("Result", "Reserved"), kReservedUpTo};
    case State::cancelled:
        return {"stopped", QT_TRANSLATE_NOOP("Result", "Stopped"), kNothingPaid};
    case State::handedOver:
        return {"saved", QT_TRANSLATE_NOOP("Result", "Handed over, not paid yet"),
                QT_TRANSLATE_NOOP("Result", "The merchant collects it.")};
    case State::lapsed:
        return {"stopped", QT_TRANSLATE_NOOP("Result", "Lapsed"),
                QT_TRANSLATE_NOOP("Result", "It was not accepted in time. Nothing was paid.")};
    case State::refusedByIssuer:
        return {"problem", QT_TRANSLATE_NOOP("Result", "Your bank refused"), kNothingPaid};
    case State::stepUpRequired:
        return {"waiting", QT_TRANSLATE_NOOP("Result", "Your bank asks for more"),
                QT_TRANSLATE_NOOP("Result", "This car cannot give it yet. Nothing was paid.")};
    case State::quarantined:
        return {"problem", QT_TRANSLATE_NOOP("Result", "Held back, not paid yet"),
                QT_TRANSLATE_NOOP("Result", "The payment service did not take it.")};
    case State::cancelRequested:
        return {"waiting", QT_TRANSLATE_NOOP("Result", "Stop requested"),
                QT_TRANSLATE_NOOP("Result", "Not confirmed yet.")};
    case State::voided:
        return {"stopped", QT_TRANSLATE_NOOP("Result", "Stopped"), kNothingPaid};
    case State::tooLate:
        return {"problem", QT_TRANSLATE_NOOP("Result", "Too late to stop"),
                QT_TRANSLATE_NOOP("Result", "The final amount is not confirmed yet.")};
    case State::released:
        return {"stopped", QT_TRANSLATE_NOOP("Result", "Reservation released"), kNothingPaid};
    case State::abandoned:
        return {"stopped", QT_TRANSLATE_NOOP("Result", "Given up"),
                QT_TRANSLATE_NOOP("Result", "It will not be sent again.")};
    case State::disputed:
        return {"waiting", QT_TRANSLATE_NOOP("Result", "Disputed"),
                QT_TRANSLATE_NOOP("Result", "The answer is not here yet.")};
    case State::resolved:
        return {"stopped", QT_TRANSLATE_NOOP("Result", "Dispute closed"),
                QT_TRANSLATE_NOOP("Result", "The record holds the outcome.")};
    case State::unknown:
    default:
        // Also a capture without its verified receipt: nobody knows yet.
        return {"waiting", QT_TRANSLATE_NOOP("Result", "No answer yet"),
                QT_TRANSLATE_NOOP("Result", "It may have gone through. The car asks.")};
    }
}

bool isBeforeApproval(State state)
{
    switch (state) {
    case State::proposed:
    case State::held:
    case State::presented:
    case State::refused:
    case State::declined:
    case State::expired:
    case State::withdrawn:
    case State::superseded:
        return true;
    default:
        return false;
    }
}

/// Whether a person who could stop it a moment ago must be told that this is over. Other open states say it
/// themselves.
bool needsStopNote(State state)
{
    return state == State::approved || state == State::queued || state == State::submitted ||
           state == State::authorised || state == State::unknown;
}

/// Texts of one result, put together piece by piece.
class Composer
{
public:
    /// `glance`: for a driver who drives.
    Composer(const TextCatalogue &texts, const Purchase &purchase, bool glance)
        : m_texts(texts), m_purchase(purchase), m_glance(glance)
    {}

    [[nodiscard]] bool glance() const { return m_glance; }

    void put(const char *id, const QString &text) { result.items.push_back({id, text.toStdString()}); }
    [[nodiscard]] QString say(const char *source) const { return m_texts.translate("Result", source); }
    [[nodiscard]] QString sum(std::int64_t minor) const
    {
        return m_texts.money({minor, m_purchase.proposal.amount.value.currency});
    }
    [[nodiscard]] QString cap() const { return sum(m_purchase.proposal.amount.value.minor); }

    void putWording(const Wording &wording, const QString &argument = {})
    {
        result.tone = wording.tone;
        put("headline", say(wording.headline));
        if (wording.detail) {
            const QString detail = say(wording.detail);
            put("detail", detail.contains(QStringLiteral("%1")) ? detail.arg(argument) : detail);
        }
    }

    void appendToDetail(const QString &note)
    {
        for (ShownText &item : result.items) {
            if (item.id == "detail") {
                item.text += ' ' + note.toStdString();
                return;
            }
        }
        put("detail", note);
    }

    void putAmount()
    {
        const bool exact = m_purchase.proposal.amount.type == AmountType::exact;
        put("amount", exact ? cap() : say(kAtMost).arg(cap()));
    }

    ResultTexts result;

private:
    const TextCatalogue &m_texts;
    const Purchase &m_purchase;
    bool m_glance;
};

void composeSaved(Composer &composer, const TextCatalogue &texts, const Kind &kind, const Purchase &purchase,
                  bool sendsNow)
{
    const auto terms = purchase.merchant ? purchase.merchant->kinds.find(kind.id.text())
                                         : std::map<std::string, FulfilmentTerms>::const_iterator();
    const bool lapses = purchase.merchant && purchase.settleBy && terms != purchase.merchant->kinds.end() &&
                        (terms->second.fulfilment != Fulfilment::offlineAccepted ||
                         purchase.proposal.amount.value.minor > terms->second.offlineFloor_minor);
    if (composer.glance()) {
        composer.putWording({"saved", sendsNow ? kApproved : kSavedNotPaid, nullptr});
    } else if (sendsNow) {
        composer.putWording({"saved", kApproved, kSaved});
    } else if (lapses) {
        composer.putWording({"saved", kApproved, kSavedUntil}, texts.timeOfDay(*purchase.settleBy));
    } else {
        composer.putWording({"saved", kApproved, kSavedOffline});
    }
}

void composePaid(Composer &composer, const Purchase &purchase)
{
    const SettlementFacts &facts = purchase.settlement;
    const bool refunded = purchase.state == State::refunded && facts.refunded_minor;
    composer.result.tone = refunded ? "stopped" : "paid";
    composer.put("headline",
                 composer.say(refunded ? kRefunded : kPaid)
                     .arg(composer.sum(refunded ? *facts.refunded_minor : *facts.captured_minor)));
    if (refunded) {
        composer.put("detail", composer.say(kPaid).arg(composer.sum(*facts.captured_minor)));
    } else if (*facts.captured_minor < purchase.proposal.amount.value.minor) {
        composer.put("detail", composer.say(kRestReleased).arg(composer.cap()));
    }
}

/// The part that tells the states apart.
void composeState(Composer &composer, const TextCatalogue &texts, const Kind &kind, const Purchase &purchase,
                  bool sendsNow)
{
    const SettlementFacts &facts = purchase.settlement;
    const State state = purchase.state;
    if ((state == State::captured || state == State::refunded) && facts.captured_minor) {
        composePaid(composer, purchase);
        return;
    }
    if (state == State::approved || state == State::queued) {
        composeSaved(composer, texts, kind, purchase, sendsNow);
    } else if (composer.glance() && state == State::submitted) {
        composer.putWording({"waiting", kApproved, nullptr});
    } else if (composer.glance() && state == State::authorised) {
        composer.putWording({"reserved", wordingAfterApproval(state).headline, nullptr});
    } else if (state == State::submitted && !sendsNow) {
        composer.putWording({"waiting", kApproved, kSentOffline});
    } else if (endedByRule(purchase)) {
        composer.putWording(wordingBeforeApproval(State::refused));
        composer.put("detail", texts.translate("Rules", driverSentence(purchase.reason)));
    } else if (isBeforeApproval(state)) {
        composer.putWording(wordingBeforeApproval(state));
        if (state == State::refused || state == State::held) {
            composer.put("detail", texts.translate("Rules", driverSentence(purchase.reason)));
        }
    } else {
        const std::int64_t held = facts.authorised_minor.value_or(purchase.proposal.amount.value.minor);
        composer.putWording(wordingAfterApproval(state), composer.sum(held));
    }
    composer.putAmount();
}

QString undoText(const Composer &composer, const TextCatalogue &texts, const Kind &kind,
                 const Purchase &purchase)
{
    switch (purchase.stop.value_or(kind.stop)) {
    case StopMoment::untilSent:
        return composer.say(kUndoUntilSent);
    case StopMoment::untilYouLeaveOrSent:
        return composer.say(kUndoUntilSentOrLeft);
    case StopMoment::undoSeconds:
        if (purchase.stopUntil) {
            return composer.say(kUndoUntil).arg(texts.timeOfDay(*purchase.stopUntil));
        }
        [[fallthrough]];
    default:
        return texts.translate("Kind", kind.undoText.c_str());
    }
}

} // namespace

ResultTexts resultTexts(const TextCatalogue &texts, const Kind &kind, const Purchase &purchase,
                        DrivingState driving, bool sendsNow, bool undoPossible)
{
    Composer composer(texts, purchase, driving != DrivingState::parked);
    composeState(composer, texts, kind, purchase, sendsNow);
    if (purchase.merchant && !composer.glance()) {
        composer.put("merchant", QString::fromStdString(purchase.merchant->name));
    }
    if (undoPossible) {
        composer.put("undo", undoText(composer, texts, kind, purchase));
    } else if (needsStopNote(purchase.state)) {
        composer.appendToDetail(composer.say(kNotStoppable));
    }
    composer.put("done", composer.say(kDone));
    return std::move(composer.result);
}

} // namespace glovebox::payment
