// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/desk/scene.h"

#include <QQuickItem>
#include <QQuickWindow>

#include <algorithm>
#include <vector>

namespace glovebox::simulator
{
namespace
{

struct Seen
{
    QQuickItem *item;
    QRectF area; // what is left of it inside the window and the clips of its parents
};

/// In paint order: children below zero, the item, the others.
void collect(QQuickItem *item, qreal opacity, const QRectF &clip, std::vector<Seen> &seen)
{
    const qreal here = opacity * item->opacity();
    if (!item->isVisible() || here <= 0) {
        return;
    }
    const QRectF area = item->mapRectToScene(item->boundingRect());
    QList<QQuickItem *> children = item->childItems();
    std::stable_sort(children.begin(), children.end(),
                     [](const QQuickItem *one, const QQuickItem *other) { return one->z() < other->z(); });
    const QRectF clipBelow = item->clip() ? clip.intersected(item->mapRectToScene(item->clipRect())) : clip;
    const auto above = std::find_if(children.begin(), children.end(),
                                    [](const QQuickItem *child) { return child->z() >= 0; });
    for (auto child = children.begin(); child != above; ++child) {
        collect(*child, here, clipBelow, seen);
    }
    seen.push_back({item, area.intersected(clip)});
    for (auto child = above; child != children.end(); ++child) {
        collect(*child, here, clipBelow, seen);
    }
}

std::vector<Seen> collectAll(const QQuickWindow &window)
{
    std::vector<Seen> seen;
    collect(window.contentItem(), 1.0, QRectF(QPointF(), QSizeF(window.size())), seen);
    return seen;
}

bool isInside(const QQuickItem *item, const QQuickItem *outer)
{
    while (item && item != outer) {
        item = item->parentItem();
    }
    return item == outer;
}

} // namespace

base::Json seenItems(const QQuickWindow &window)
{
    base::Json items = base::Json::array();
    for (const Seen &seen : collectAll(window)) {
        const QString id = seen.item->property("itemId").toString();
        const bool isText = seen.item->inherits("QQuickText");
        const QString text = isText ? seen.item->property("text").toString() : QString();
        const QString name = isText && !id.isEmpty() ? QStringLiteral("item.") + id : seen.item->objectName();
        if (seen.area.isEmpty() || (name.isEmpty() && text.isEmpty())) {
            continue;
        }
        items.push_back({{"name", name.toStdString()},
                         {"text", text.toStdString()},
                         {"x", seen.area.x()},
                         {"y", seen.area.y()},
                         {"width", seen.area.width()},
                         {"height", seen.area.height()}});
    }
    return items;
}

std::expected<QPointF, std::string> pressPoint(const QQuickWindow &window, const QString &objectName)
{
    const std::string name = objectName.toStdString();
    const std::vector<Seen> seen = collectAll(window);
    const auto target = std::find_if(seen.begin(), seen.end(),
                                     [&](const Seen &one) { return one.item->objectName() == objectName; });
    if (target == seen.end()) {
        return std::unexpected("no visible item is called " + name);
    }
    if (!target->item->isEnabled()) {
        return std::unexpected(name + " is disabled");
    }
    const QPointF centre = target->item->mapRectToScene(target->item->boundingRect()).center();
    if (!target->area.contains(centre)) {
        return std::unexpected(name + " is not inside the window");
    }
    for (auto above = target + 1; above != seen.end(); ++above) {
        const bool solid = (above->item->flags() & QQuickItem::ItemHasContents) != 0 ||
                           above->item->acceptedMouseButtons() != Qt::NoButton;
        if (solid && above->area.contains(centre) && !isInside(above->item, target->item)) {
            return std::unexpected(name + " is covered by another item");
        }
    }
    return centre;
}

} // namespace glovebox::simulator
