// SPDX-License-Identifier: Apache-2.0
// Rules of what a screen says.
#include "cockpit/cockpit_model.h"
#include "cockpit/shown_items.h"
#include "payment/texts.h"
#include "tests/qml/walker/rules.h"

#include <QQuickItem>
#include <QQuickWindow>
#include <QRegularExpression>

namespace glovebox::walker
{

namespace
{

using payment::State;

/// What a result tells: five claims that no driver may take for one another.
enum class Claim { none, saved, reserved, paid, notPaid };

Claim claimOf(const Screen &screen)
{
    if (!screen.state)
        return Claim::none;
    if (screen.paid)
        return *screen.state == State::captured ? Claim::paid : Claim::none;
    switch (*screen.state) {
    case State::approved:
    case State::queued:
    case State::submitted:
        return Claim::saved;
    case State::authorised:
        return Claim::reserved;
    case State::refused:
    case State::declined:
    case State::expired:
    case State::cancelled:
    case State::lapsed:
    case State::refusedByIssuer:
        return Claim::notPaid;
    default:
        return Claim::none;
    }
}

QString shownText(Scene &scene, const char *id)
{
    const QQuickItem *item = scene.item(QStringLiteral("item.") + QLatin1String(id));
    return item != nullptr ? item->property("text").toString() : QString();
}

/// The sentence of a state in this language, with any sum in it.
QRegularExpression sentence(const Scene &scene, const char *source)
{
    const QString &locale = scene.situation().locale;
    const payment::TextCatalogue texts(locale == pseudoLocale ? QStringLiteral("en") : locale);
    QString words = QRegularExpression::escape(texts.translate("Result", source));
    words.replace(QRegularExpression::escape(QStringLiteral("%1")),
                  QStringLiteral("[^\\p{L}]*\\p{N}[^\\p{L}]*"));
    const QString end = locale == pseudoLocale ? QStringLiteral("~.*$") : QStringLiteral("$");
    return QRegularExpression(QStringLiteral("^") + words + end,
                              QRegularExpression::UseUnicodePropertiesOption);
}

bool isPossiblyMoving(State state)
{
    return state == State::approved || state == State::queued || state == State::submitted ||
           state == State::authorised || state == State::unknown;
}

/// What the driver can read of the texts that are signed is what the daemon sent, item by item.
void checkSigned(Scene &scene, Record &record)
{
    const CockpitView &view = scene.view();
    const QList<ShownItem> expected =
        view.card().nonce().isEmpty() ? view.result().items() : view.card().items();
    const cockpit::SeenBounds bounds{scene.display().pixelsForArc(scene.profile().floorArcMin),
                                     scene.profile().contrastMin};
    const QList<ShownItem> shown = cockpit::collectShownItems(*scene.cockpit().window(), expected, bounds);
    for (qsizetype index = 0; index < expected.size(); ++index) {
        const QString text = shown.value(index).text();
        if (text != expected[index].text())
            record.violation("HONEST", whereIs(scene), 0,
                             QStringLiteral("shows %1 for \"%2\"").arg(text, expected[index].text()));
    }
}

} // namespace

void checkHonest(Scene &scene, Record &record)
{
    checkSigned(scene, record);
    const Screen &screen = *scene.situation().screen;
    if (!screen.state)
        return;
    const QString headline = shownText(scene, "headline");
    const auto says = [&](const char *source) { return sentence(scene, source).match(headline).hasMatch(); };
    const Claim claim = claimOf(screen);
    const std::pair<Claim, bool> claims[] = {
        {Claim::saved, says("Approved, not paid yet") || says("Saved in the car, not paid yet")},
        {Claim::reserved, says("Reserved")},
        {Claim::paid, says("Paid %1")}};
    for (const auto &[meaning, said] : claims) {
        if (said != (claim == meaning))
            record.violation("HONEST", whereIs(scene), 0, QStringLiteral("says \"%1\"").arg(headline));
    }
    const bool drawnAsPaid = scene.cockpit().model().result()->tone() == cockpit::ResultModel::Paid;
    if (drawnAsPaid != (claim == Claim::paid))
        record.violation("HONEST", whereIs(scene), 0, QStringLiteral("is drawn as another result"));
    if (headline.isEmpty())
        record.violation("HONEST", whereIs(scene), 0, QStringLiteral("says nothing"));
}

void checkUndo(Scene &scene, Record &record)
{
    const Screen &screen = *scene.situation().screen;
    if (!screen.state)
        return;
    const QQuickItem *button = scene.item(QStringLiteral("undo"));
    const bool possible = scene.view().result().undoPossible();
    if (possible != (button != nullptr))
        record.violation("UNDO", whereIs(scene), 0,
                         possible ? QStringLiteral("does not offer the undo that there is")
                                  : QStringLiteral("offers an undo that there is not"));
    if (possible && shownText(scene, "undo").isEmpty())
        record.violation("UNDO", whereIs(scene), 0, QStringLiteral("does not say until when"));
    if (!possible && isPossiblyMoving(*screen.state)) {
        const QString &locale = scene.situation().locale;
        const payment::TextCatalogue texts(locale == pseudoLocale ? QStringLiteral("en") : locale);
        if (!shownText(scene, "detail").contains(texts.translate("Result", "Too late to stop.")))
            record.violation("UNDO", whereIs(scene), 0, QStringLiteral("does not say that it is too late"));
    }
}

void checkScreen(Scene &scene, Record &record)
{
    for (const auto check : {checkTarget, checkSize, checkText, checkContrast, checkStill, checkNoSetup,
                             checkHonest, checkUndo, checkSymbol, checkEyesFree, checkFeedback})
        check(scene, record);
}

} // namespace glovebox::walker
