// SPDX-License-Identifier: Apache-2.0
// Rules that are measured on the items of a screen.
#include "cockpit/cockpit_model.h"
#include "cockpit/text_geometry.h"
#include "payment/texts.h"
#include "tests/qml/walker/rules.h"

#include <QFontMetricsF>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>
#include <algorithm>

namespace glovebox::walker
{

namespace
{

constexpr double rounding_mm = 0.01;
constexpr double rounding_arcMin = 0.05;
constexpr qreal rounding_px = 0.51;

QRectF onScreen(const QQuickItem *item)
{
    return item->mapRectToScene(item->boundingRect());
}

QRectF inkOnScreen(const QQuickItem *text)
{
    return text->mapRectToScene(cockpit::paintedRect(*text));
}

double apart_px(const QRectF &one, const QRectF &other)
{
    return std::max({other.left() - one.right(), one.left() - other.right(), other.top() - one.bottom(),
                     one.top() - other.bottom()});
}

bool isWide(QChar character)
{
    switch (character.script()) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
        return true;
    default:
        // Their full stop, comma and brackets.
        return character.unicode() >= 0x3000 && character.unicode() <= 0x303F;
    }
}

/// The sign whose height tells how large a text is, in the script of the text.
QString measureOf(const QString &text)
{
    for (const QChar character : text) {
        if (character.script() == QChar::Script_Arabic)
            return QStringLiteral("\u0627");
        if (character.script() == QChar::Script_Hangul)
            return QStringLiteral("\uAC00");
        if (isWide(character))
            return QStringLiteral("\u56FD");
    }
    return QStringLiteral("H");
}

} // namespace

QString whereIs(const Scene &scene, const QQuickItem *item)
{
    const Situation &situation = scene.situation();
    const QString light = situation.night ? QStringLiteral("night") : QStringLiteral("day");
    QString where =
        QStringList{situation.screen->name, situation.locale, situation.display, situation.style, light}.join(
            QChar(u' '));
    if (item != nullptr)
        where += QStringLiteral(": %1 \"%2\"").arg(item->objectName(), item->property("text").toString());
    return where;
}

void checkTarget(Scene &scene, Record &record)
{
    const double mm = scene.display().pixelsPerMillimetre();
    const QList<QQuickItem *> targets = scene.targets();
    const QRectF window(QPointF(), QSizeF(scene.display().pixels));
    for (qsizetype one = 0; one < targets.size(); ++one) {
        const QRectF rect = onScreen(targets[one]);
        const double side_mm = std::min(rect.width(), rect.height()) / mm;
        record.measured(QStringLiteral("touch target, mm"), side_mm);
        if (side_mm < scene.profile().targetMin_mm() - rounding_mm)
            record.violation("TARGET", whereIs(scene, targets[one]), side_mm, QStringLiteral("mm across"));
        if (!window.contains(rect))
            record.violation("TARGET", whereIs(scene, targets[one]), rect.right(),
                             QStringLiteral("reaches out of the display"));
        for (qsizetype other = one + 1; other < targets.size(); ++other) {
            const double gap_mm = apart_px(rect, onScreen(targets[other])) / mm;
            record.measured(QStringLiteral("gap between targets, mm"), gap_mm);
            if (gap_mm < scene.profile().targetGap_mm - rounding_mm)
                record.violation("TARGET", whereIs(scene, targets[one]), gap_mm,
                                 QStringLiteral("mm to ") + targets[other]->objectName());
        }
    }
}

void checkSize(Scene &scene, Record &record)
{
    for (const QQuickItem *text : scene.texts()) {
        const QString words = text->property("text").toString();
        const QFontMetricsF metrics(cockpit::drawnFont(*text));
        const QRectF unit = text->mapRectToScene(QRectF(0, 0, 1, 1));
        const double height_px = metrics.tightBoundingRect(measureOf(words)).height() * unit.height();
        const double arc = scene.display().arcForPixels(height_px);
        const bool primary = isPrimary(*text);
        record.measured(primary ? QStringLiteral("sum or button, arc minutes")
                                : QStringLiteral("other text, arc minutes"),
                        arc);
        const double least = primary ? scene.profile().primaryArcMin : scene.profile().textArcMin;
        if (arc < least - rounding_arcMin)
            record.violation("SIZE", whereIs(scene, text), arc, QStringLiteral("arc minutes"));
    }
}

double shareOfText(const QString &text, const theme::Profile &profile)
{
    const auto wide = std::count_if(text.begin(), text.end(), isWide);
    return static_cast<double>(wide) / profile.wideCharactersMax +
           static_cast<double>(text.size() - wide) / profile.latinCharactersMax;
}

void checkText(Scene &scene, Record &record)
{
    double share = 0;
    const QList<QQuickItem *> texts = scene.texts();
    const QRectF window(QPointF(), QSizeF(scene.display().pixels));
    for (qsizetype one = 0; one < texts.size(); ++one) {
        const QQuickItem *text = texts[one];
        share += shareOfText(text->property("text").toString(), scene.profile());
        const int lines = text->property("lineCount").toInt();
        record.measured(QStringLiteral("lines of a text"), lines);
        if (lines > scene.profile().linesMax)
            record.violation("TEXT", whereIs(scene, text), lines, QStringLiteral("lines"));
        if (text->property("truncated").toBool())
            record.violation("TEXT", whereIs(scene, text), 0, QStringLiteral("is cut"));
        if (!cockpit::hasEveryGlyph(*text))
            record.violation("TEXT", whereIs(scene, text), 0, QStringLiteral("has signs that no font has"));
        const QRectF ink = cockpit::paintedRect(*text);
        const QRectF place =
            text->boundingRect().adjusted(-rounding_px, -rounding_px, rounding_px, rounding_px);
        if (!place.contains(ink) || !window.contains(inkOnScreen(text)))
            record.violation("TEXT", whereIs(scene, text), ink.width(), QStringLiteral("leaves its place"));
        for (qsizetype other = one + 1; other < texts.size(); ++other) {
            const double gap_px = apart_px(inkOnScreen(text), inkOnScreen(texts[other]));
            if (gap_px < -rounding_px)
                record.violation(
                    "TEXT", whereIs(scene, text), gap_px,
                    QStringLiteral("runs into \"%1\"").arg(texts[other]->property("text").toString()));
        }
    }
    if (!scene.driving())
        return;
    record.measured(QStringLiteral("share of what may be read while driving"), share);
    if (share > 1)
        record.violation("TEXT", whereIs(scene), share, QStringLiteral("of what may be read while driving"));
}

void checkStill(Scene &scene, Record &record)
{
    if (!scene.driving())
        return;
    const auto moves = [](const QObject *object) {
        return (object->inherits("QQuickAbstractAnimation") || object->inherits("QQmlTimer")) &&
               object->property("running").toBool();
    };
    for (const QQuickItem *item : scene.items()) {
        const QList<QObject *> parts = item->findChildren<QObject *>();
        if (std::any_of(parts.begin(), parts.end(), moves) || item->inherits("QQuickAnimatedImage"))
            record.violation("STILL", whereIs(scene, item), 0, QStringLiteral("moves by itself"));
    }
    const QImage before = scene.frame();
    if (before != scene.grab())
        record.violation("STILL", whereIs(scene), 0, QStringLiteral("two pictures without an input differ"));
}

void checkNoSetup(Scene &scene, Record &record)
{
    if (!scene.driving())
        return;
    constexpr qsizetype choices_max = 3;
    const QList<QQuickItem *> targets = scene.targets();
    record.measured(QStringLiteral("things to press while driving"), static_cast<double>(targets.size()));
    if (targets.size() > choices_max)
        record.violation("NOSETUP", whereIs(scene), static_cast<double>(targets.size()),
                         QStringLiteral("things to press"));
    for (const QQuickItem *item : scene.items()) {
        const bool list = item->inherits("QQuickItemView") && item->property("count").toInt() > choices_max;
        if (item->flags().testFlag(QQuickItem::ItemAcceptsInputMethod) || list)
            record.violation("NOSETUP", whereIs(scene, item), 0, QStringLiteral("keyboard or long list"));
    }
}

void checkEyesFree(Scene &scene, Record &record)
{
    const qsizetype count = scene.targets().size();
    QQuickWindow *window = scene.cockpit().window();
    const auto focused = [window]() -> QQuickItem * {
        QQuickItem *item = window->activeFocusItem();
        return item != nullptr && item->inherits("glovebox::controls::PressArea") ? item : nullptr;
    };
    const QQuickItem *first = focused();
    if (count > 0 && (first == nullptr || first->objectName() == QLatin1String("primary")))
        record.violation("EYESFREE", whereIs(scene, first), 0, QStringLiteral("the focus starts elsewhere"));
    for (const int key : {Qt::Key_Right, Qt::Key_Left}) {
        QSet<const QQuickItem *> reached;
        for (qsizetype step = 0; step < count; ++step) {
            reached.insert(focused());
            QTest::keyClick(window, static_cast<Qt::Key>(key));
        }
        reached.remove(nullptr);
        if (reached.size() != count || focused() != first)
            record.violation("EYESFREE", whereIs(scene), static_cast<double>(reached.size()),
                             QStringLiteral("of %1 targets are reached by one key").arg(count));
    }
}

} // namespace glovebox::walker
