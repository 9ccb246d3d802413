// SPDX-License-Identifier: Apache-2.0
#include "cockpit/text_geometry.h"

#include <QFontMetricsF>
#include <QJSValue>
#include <QQuickItem>
#include <algorithm>

namespace glovebox::cockpit
{

QRectF paintedRect(const QQuickItem &text)
{
    const qreal width = text.property("contentWidth").toReal();
    const qreal height = text.property("contentHeight").toReal();
    constexpr int alignRight = Qt::AlignRight;
    constexpr int alignCentre = Qt::AlignHCenter;
    constexpr int alignBottom = Qt::AlignBottom;
    constexpr int alignMiddle = Qt::AlignVCenter;
    const int horizontal = text.property("effectiveHorizontalAlignment").toInt();
    const int vertical = text.property("verticalAlignment").toInt();
    qreal left = 0;
    if (horizontal == alignRight)
        left = text.width() - width;
    else if (horizontal == alignCentre)
        left = (text.width() - width) / 2;
    qreal top = 0;
    if (vertical == alignBottom)
        top = text.height() - height;
    else if (vertical == alignMiddle)
        top = (text.height() - height) / 2;
    return {left, top, width, height};
}

QFont drawnFont(const QQuickItem &text)
{
    QFont font = text.property("font").value<QFont>();
    const int drawn =
        text.property("fontInfo").value<QJSValue>().property(QStringLiteral("pixelSize")).toInt();
    if (drawn > 0)
        font.setPixelSize(drawn);
    return font;
}

bool hasEveryGlyph(const QQuickItem &text)
{
    const QFontMetricsF metrics(drawnFont(text));
    const QList<uint> signs = text.property("text").toString().toUcs4();
    return std::all_of(signs.begin(), signs.end(),
                       [&metrics](uint sign) { return QChar::isSpace(sign) || metrics.inFontUcs4(sign); });
}

qreal capHeight(const QQuickItem &text)
{
    const qreal scale = (text.mapToScene(QPointF(0, 100)).y() - text.mapToScene(QPointF(0, 0)).y()) / 100;
    return QFontMetricsF(drawnFont(text)).capHeight() * scale;
}

} // namespace glovebox::cockpit
