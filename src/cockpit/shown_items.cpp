// SPDX-License-Identifier: Apache-2.0
#include "cockpit/shown_items.h"

#include "cockpit/text_geometry.h"
#include "cockpit/text_of.h"
#include "qml/Glovebox/Theme/contrast.h"

#include <QQuickItem>
#include <QQuickWindow>
#include <algorithm>
#include <vector>

namespace glovebox::cockpit
{

namespace
{

constexpr qreal slack_px = 0.51; // layout rounds to half pixels
constexpr int textFormatPlain = 0;

/// An item in the order in which it is painted.
struct Painted
{
    QQuickItem *item;
    qreal opacity;  // of all parents
    QRectF clip;    // scene coordinates
    bool inVisible; // effective
};

void appendPainted(QQuickItem *item, qreal opacity, const QRectF &clip, std::vector<Painted> &into)
{
    const qreal here = opacity * item->opacity();
    const QRectF clipHere = item->clip() ? clip.intersected(item->mapRectToScene(item->clipRect())) : clip;
    QList<QQuickItem *> children = item->childItems();
    std::stable_sort(children.begin(), children.end(),
                     [](const QQuickItem *one, const QQuickItem *other) { return one->z() < other->z(); });
    const auto firstAbove = std::find_if(children.begin(), children.end(),
                                         [](const QQuickItem *child) { return child->z() >= 0; });
    for (auto child = children.begin(); child != firstAbove; ++child)
        appendPainted(*child, here, clipHere, into);
    into.push_back({item, here, clip, item->isVisible()});
    for (auto child = firstAbove; child != children.end(); ++child)
        appendPainted(*child, here, clipHere, into);
}

bool paintsOver(const Painted &later, const QRectF &rect)
{
    if (!later.inVisible || later.opacity <= 0 || !(later.item->flags() & QQuickItem::ItemHasContents))
        return false;
    const QVariant fill = later.item->property("color");
    const bool isRectangle = later.item->inherits("QQuickRectangle");
    if (isRectangle && fill.value<QColor>().alpha() == 0 &&
        later.item->property("gradient").value<QObject *>() == nullptr) {
        // A frame alone: its line may not touch the text.
        const QObject *border = later.item->property("border").value<QObject *>();
        const qreal line = border != nullptr ? border->property("width").toReal() : 0;
        const QRectF outer = later.item->boundingRect();
        const QRectF inner = outer.adjusted(line, line, -line, -line);
        return later.item->mapRectToScene(outer).intersects(rect) &&
               !later.item->mapRectToScene(inner).contains(rect);
    }
    const bool isText = later.item->inherits("QQuickText");
    const QRectF local = isText ? paintedRect(*later.item) : later.item->boundingRect();
    if (local.isEmpty())
        return false;
    const QRectF covered = later.item->mapRectToScene(local)
                               .intersected(later.clip)
                               .adjusted(slack_px, slack_px, -slack_px, -slack_px);
    return covered.isValid() && covered.intersects(rect);
}

bool upright(const QQuickItem &item)
{
    const QPointF origin = item.mapToScene(QPointF(0, 0));
    const QPointF right = item.mapToScene(QPointF(100, 0));
    const QPointF down = item.mapToScene(QPointF(0, 100));
    constexpr qreal skew_px = 0.01;
    return qAbs(right.y() - origin.y()) < skew_px && qAbs(down.x() - origin.x()) < skew_px &&
           right.x() > origin.x() && down.y() > origin.y();
}

/// Empty: it can be read.
QString faultOf(const std::vector<Painted> &painted, std::size_t index, const SeenBounds &bounds)
{
    const Painted &entry = painted[index];
    const QQuickItem &text = *entry.item;
    if (!entry.inVisible)
        return QStringLiteral("<invisible>");
    if (entry.opacity < 0.999)
        return QStringLiteral("<transparent>");
    if (text.property("textFormat").toInt() != textFormatPlain)
        return QStringLiteral("<markup>");
    if (text.property("truncated").toBool())
        return QStringLiteral("<cut>");
    if (!hasEveryGlyph(text))
        return QStringLiteral("<no glyph>");
    if (!upright(text))
        return QStringLiteral("<turned>");
    const QRectF local = paintedRect(text);
    const QRectF scene = text.mapRectToScene(local);
    const QRectF fits = text.boundingRect().adjusted(-slack_px, -slack_px, slack_px, slack_px);
    if (local.isEmpty() || !fits.contains(local) ||
        !entry.clip.adjusted(-slack_px, -slack_px, slack_px, slack_px).contains(scene))
        return QStringLiteral("<clipped>");
    if (capHeight(text) + slack_px < bounds.capHeightMin_px)
        return QStringLiteral("<small>");
    const auto ink = text.property("color").value<QColor>();
    const auto ground = text.property("ground").value<QColor>();
    if (ink.alpha() != 255 || ground.alpha() != 255 || theme::contrast(ink, ground) < bounds.contrastMin)
        return QStringLiteral("<faint>");
    const bool covered = std::any_of(painted.begin() + static_cast<std::ptrdiff_t>(index) + 1, painted.end(),
                                     [&scene](const Painted &later) { return paintsOver(later, scene); });
    return covered ? QStringLiteral("<covered>") : QString();
}

} // namespace

QList<ShownItem> collectShownItems(const QQuickWindow &window, const QList<ShownItem> &expected,
                                   const SeenBounds &bounds)
{
    std::vector<Painted> painted;
    appendPainted(window.contentItem(), 1.0, QRectF(QPointF(), QSizeF(window.size())), painted);

    struct Found
    {
        QString id;
        QString text;
    };
    std::vector<Found> found;
    for (std::size_t index = 0; index < painted.size(); ++index) {
        const QQuickItem &item = *painted[index].item;
        const QString id = item.property("itemId").toString();
        if (!item.inherits("QQuickText") || id.isEmpty())
            continue;
        const QString text = item.property("text").toString();
        // Nothing to read and nothing expected: a place of the layout that this card does not use.
        if (text.isEmpty() && textOf(expected, id).isEmpty())
            continue;
        const QString fault = faultOf(painted, index, bounds);
        if (fault == QLatin1String("<invisible>") && text.isEmpty())
            continue;
        found.push_back({id, fault.isEmpty() ? text : fault});
    }

    QList<ShownItem> shown;
    for (const ShownItem &wanted : expected) {
        const auto first = std::find_if(found.begin(), found.end(),
                                        [&wanted](const Found &item) { return item.id == wanted.id(); });
        if (first == found.end()) {
            shown.append(
                ShownItem(wanted.id(), wanted.text().isEmpty() ? QString() : QStringLiteral("<absent>")));
            continue;
        }
        shown.append(ShownItem(first->id, first->text));
        found.erase(first);
    }
    for (const Found &extra : found)
        shown.append(ShownItem(extra.id, extra.text));
    return shown;
}

} // namespace glovebox::cockpit
