// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/walker/screens.h"

#include "payment/reasons.h"
#include "payment/texts.h"
#include "tests/unit/payment/samples.h"

#include <cmath>
#include <set>

namespace glovebox::walker
{

namespace
{

using namespace payment;

const KindCatalogue &kinds()
{
    static const KindCatalogue catalogue = samples::shippedKinds();
    return catalogue;
}

QString languageOf(const QString &locale)
{
    return locale == pseudoLocale ? QStringLiteral("en") : locale;
}

/// Names and sums are as long as they are in every language.
bool isTranslated(const QString &id)
{
    return id != QLatin1String("merchant") && id != QLatin1String("amount") &&
           id != QLatin1String("paid_with");
}

QList<ShownItem> itemsOf(const std::vector<ShownText> &texts, const QString &locale)
{
    QList<ShownItem> items;
    for (const ShownText &text : texts) {
        const QString id = QString::fromStdString(text.id);
        const QString words = QString::fromStdString(text.text);
        items.append(ShownItem(id, locale == pseudoLocale && isTranslated(id) ? drawnOut(words) : words));
    }
    return items;
}

CockpitView baseView(const QString &screen, const QString &driving, const QString &locale)
{
    static qint64 revision = 0;
    CockpitView view;
    view.setRevision(++revision);
    view.setScreen(screen);
    view.setDriving(driving);
    view.setSessionOpen(true);
    view.setOnline(true);
    view.setLocale(locale);
    return view;
}

/// A proposal of the kind, with the place of its first place type.
Proposal proposalFor(const Kind &kind)
{
    Proposal proposal = samples::fuel();
    proposal.kind = kind.id;
    proposal.amount.type = kind.amounts.front();
    proposal.amount.value.minor = 8000;
    proposal.place = {};
    if (!kind.placeTexts.empty())
        proposal.place = {kind.placeTexts.begin()->first, "4"};
    return proposal;
}

Fulfilment offlineFulfilment(const Kind &kind)
{
    for (const Fulfilment fulfilment : kind.fulfilments) {
        if (fulfilment != Fulfilment::online)
            return fulfilment;
    }
    return Fulfilment::online;
}

CockpitView cardView(const Kind &kind, DrivingState driving, bool offline, const QString &locale)
{
    const Fulfilment fulfilment = offline ? offlineFulfilment(kind) : Fulfilment::online;
    const ShownTexts texts = cardTexts(
        TextCatalogue(languageOf(locale)), kind, samples::merchant(fulfilment, kind.id.text().c_str()),
        proposalFor(kind), {"tok_demo", "Visa ·· 42"}, driving, offline, Surface::reserved);
    const bool parked = driving == DrivingState::parked;
    CockpitView view = baseView(QStringLiteral("card"), QString::fromUtf8(nameOf(driving).data()), locale);
    view.setOnline(!offline);
    CardView card;
    card.setNonce(QStringLiteral("n") + QString::number(view.revision()));
    card.setPurchaseId(QStringLiteral("p-1"));
    card.setPurpose(QStringLiteral("purchase"));
    card.setLayout(parked ? QStringLiteral("details") : QStringLiteral("glance"));
    card.setLocale(locale);
    card.setIcon(QString::fromStdString(kind.icon));
    card.setItems(itemsOf(texts.items, locale));
    view.setCard(card);
    return view;
}

/// What a result depends on.
struct Outcome
{
    State state = State::queued;
    std::string kind = "fuel";
    bool online = true;
    bool undo = false;
    std::string reason = {};
    std::optional<std::int64_t> captured_minor = {};
};

Purchase purchaseOf(const Outcome &outcome)
{
    const Kind &kind = *kinds().find(*KindId::fromText(outcome.kind));
    Purchase purchase;
    purchase.id = *PurchaseId::fromText("p1");
    purchase.state = outcome.state;
    purchase.proposal = proposalFor(kind);
    purchase.merchant = samples::merchant(offlineFulfilment(kind), outcome.kind.c_str());
    purchase.settleBy = base::WallTime{1'772'000'600'000};
    purchase.reason = outcome.reason;
    purchase.stop = stopMoment(kind, purchase.proposal.amount.type, !outcome.online);
    purchase.settlement.captured_minor = outcome.captured_minor;
    if (outcome.state == State::refunded)
        purchase.settlement.refunded_minor = 1000;
    return purchase;
}

CockpitView resultView(const Outcome &outcome, DrivingState driving, const QString &locale)
{
    const Kind &kind = *kinds().find(*KindId::fromText(outcome.kind));
    const ResultTexts texts = resultTexts(TextCatalogue(languageOf(locale)), kind, purchaseOf(outcome),
                                          driving, outcome.online, outcome.undo);
    CockpitView view = baseView(QStringLiteral("result"), QString::fromUtf8(nameOf(driving).data()), locale);
    view.setOnline(outcome.online);
    ResultView result;
    result.setPurchaseId(QStringLiteral("p-") + QString::number(view.revision()));
    result.setTone(QString::fromStdString(texts.tone));
    result.setUndoPossible(outcome.undo);
    result.setResumable(transition(outcome.state, Event::resume).has_value());
    result.setItems(itemsOf(texts.items, locale));
    view.setResult(result);
    return view;
}

void addCards(QList<Screen> &all)
{
    for (const auto &[id, kind] : kinds().all()) {
        for (const DrivingState driving :
             {DrivingState::moving, DrivingState::idling, DrivingState::parked}) {
            for (const bool offline : {false, true}) {
                if (offline && offlineFulfilment(kind) == Fulfilment::online)
                    continue;
                if (driving != DrivingState::parked && (!kind.offerWhileMoving || kind.setUpParked))
                    continue;
                if (driving == DrivingState::idling && id.text() != "parking")
                    continue; // as while moving
                QString name =
                    QStringLiteral("card.%1.%2")
                        .arg(QString::fromUtf8(nameOf(driving).data()), QString::fromStdString(id.text()));
                if (offline)
                    name += QStringLiteral(".offline");
                const Kind *const thisKind = &kind;
                all.append({name,
                            [thisKind, driving, offline](const QString &locale) {
                                return cardView(*thisKind, driving, offline, locale);
                            },
                            std::nullopt});
            }
        }
    }
}

void addResult(QList<Screen> &all, const QString &name, const Outcome &outcome,
               std::initializer_list<DrivingState> states = {DrivingState::moving, DrivingState::parked})
{
    for (const DrivingState driving : states) {
        const bool parked = driving == DrivingState::parked;
        all.append(
            {QStringLiteral("result.") + (parked ? QStringLiteral("parked.") : QString()) + name,
             [outcome, driving](const QString &locale) { return resultView(outcome, driving, locale); },
             outcome.state, outcome.captured_minor.has_value()});
    }
}

void addResults(QList<Screen> &all)
{
    for (int number = 0; number < kStateCount; ++number) {
        const auto state = static_cast<State>(number);
        const QString name = QString::fromUtf8(nameOf(state).data());
        const bool byRule = state == State::refused || state == State::held;
        const std::string reason = byRule ? "fulfilment.offline" : "";
        const bool moneyMoved = state == State::captured || state == State::refunded;
        addResult(all, name,
                  {.state = state,
                   .reason = reason,
                   .captured_minor = moneyMoved ? std::optional<std::int64_t>(6318) : std::nullopt});
        addResult(all, name + QStringLiteral(".offline"),
                  {.state = state,
                   .kind = "parking",
                   .online = false,
                   .reason = reason,
                   .captured_minor = moneyMoved ? std::optional<std::int64_t>(8000) : std::nullopt},
                  {DrivingState::moving});
    }
    for (const auto &[id, kind] : kinds().all()) {
        for (const bool online : {true, false})
            addResult(all,
                      QStringLiteral("undo.%1.%2")
                          .arg(QString::fromStdString(id.text()),
                               online ? QStringLiteral("online") : QStringLiteral("offline")),
                      {.state = State::queued, .kind = id.text(), .online = online, .undo = true});
    }
    addResult(all, QStringLiteral("undo.authorised"), {.state = State::authorised, .undo = true});
    std::set<std::string> sentences;
    for (const std::string_view rule : rulesWithSentence()) {
        if (sentences.insert(driverSentence(rule)).second)
            addResult(all, QStringLiteral("refused.") + QString::fromUtf8(rule.data()),
                      {.state = State::refused, .reason = std::string(rule)}, {DrivingState::moving});
    }
}

void addIdle(QList<Screen> &all, const char *name, const char *driving, bool open, int waiting,
             const char *notice = "", bool paused = false)
{
    all.append({QStringLiteral("idle.") + QLatin1String(name),
                [driving, open, waiting, notice, paused](const QString &locale) {
                    CockpitView view = baseView(QStringLiteral("idle"), QLatin1String(driving), locale);
                    view.setSessionOpen(open);
                    view.setWaiting(waiting);
                    view.setPaused(paused);
                    const QString text = TextCatalogue(languageOf(locale)).translate("Notice", notice);
                    view.setNotice(locale == pseudoLocale ? drawnOut(text) : text);
                    return view;
                },
                std::nullopt});
}

void addPin(QList<Screen> &all, const char *name, const PinView &state, const char *answer)
{
    all.append({QStringLiteral("pin.") + QLatin1String(name),
                [state](const QString &locale) {
                    CockpitView view = baseView(QStringLiteral("pin"), QStringLiteral("parked"), locale);
                    view.setSessionOpen(false);
                    view.setPin(state);
                    return view;
                },
                std::nullopt, false, QLatin1String(answer)});
}

void addQuiet(QList<Screen> &all)
{
    addIdle(all, "ready", "moving", true, 0);
    addIdle(all, "waiting", "parked", true, 2);
    addIdle(all, "locked.moving", "moving", false, 0);
    addIdle(all, "locked.parked", "parked", false, 0);
    addIdle(all, "notice.locked", "moving", false, 1, "A purchase waits. Unlock payments when parked.");
    addIdle(all, "notice.parked", "moving", true, 1, "A purchase waits. Details when parked.");
    addIdle(all, "paused", "moving", true, 0, "Nothing was approved. The car's storage is full.", true);
    addPin(all, "open", PinView(true, 5, 0), "");
    addPin(all, "wrong", PinView(true, 4, 0), "wrong");
    addPin(all, "not_parked", PinView(true, 5, 0), "not_parked");
    addPin(all, "locked", PinView(true, 0, 600), "locked");
    all.append({QStringLiteral("unavailable"),
                [](const QString &locale) {
                    CockpitView view;
                    view.setLocale(locale);
                    return view;
                },
                std::nullopt});
}

} // namespace

QList<Screen> screens()
{
    QList<Screen> all;
    addCards(all);
    addResults(all);
    addQuiet(all);
    return all;
}

const Screen &screenNamed(const QList<Screen> &screens, const QString &name)
{
    for (const Screen &screen : screens) {
        if (screen.name == name)
            return screen;
    }
    qFatal("no screen %s", qPrintable(name));
}

QStringList locales()
{
    QStringList all{QStringLiteral("en")};
    for (const std::string &language : builtInLanguages())
        all.append(QString::fromStdString(language));
    all.append(pseudoLocale);
    return all;
}

QString drawnOut(const QString &text)
{
    constexpr double longer = 1.4;
    const auto more = static_cast<qsizetype>(std::ceil(static_cast<double>(text.size()) * (longer - 1)));
    // In words, as a longer language has them: a wrapped line may end between two.
    static const QString filler = QStringLiteral("ühm öder ");
    QString drawn = text;
    for (qsizetype index = 0; index < more; ++index)
        drawn += index == 0 ? QChar(u'~') : filler.at((index - 1) % filler.size());
    return drawn.trimmed();
}

} // namespace glovebox::walker
