// SPDX-License-Identifier: Apache-2.0
#include "qml/Glovebox/Controls/glyph.h"

#include <QPainter>
#include <QPainterPath>

namespace glovebox::controls
{

namespace
{

// Every sign is drawn in a square of 24 units.
constexpr qreal unitsAcross = 24.0;

void drawBack(QPainter &painter)
{
    QPainterPath key;
    key.moveTo(8.5, 5.5);
    key.lineTo(21, 5.5);
    key.lineTo(21, 18.5);
    key.lineTo(8.5, 18.5);
    key.lineTo(3, 12);
    key.closeSubpath();
    painter.drawPath(key);
    painter.drawLine(QPointF(11.5, 9.5), QPointF(16.5, 14.5));
    painter.drawLine(QPointF(16.5, 9.5), QPointF(11.5, 14.5));
}

void drawVoice(QPainter &painter)
{
    constexpr qreal heights[] = {5, 11, 15, 9, 4};
    qreal x = 4;
    for (const qreal height : heights) {
        painter.drawLine(QPointF(x, 12 - height / 2), QPointF(x, 12 + height / 2));
        x += 4;
    }
}

void drawSign(QPainter &painter, Glyph::Sign sign, const QColor &colour)
{
    switch (sign) {
    case Glyph::Check:
        painter.drawPolyline(QPolygonF({{5, 12.8}, {9.9, 17.6}, {19.2, 6.8}}));
        return;
    case Glyph::Cross:
        painter.drawLine(QPointF(7, 7), QPointF(17, 17));
        painter.drawLine(QPointF(17, 7), QPointF(7, 17));
        return;
    case Glyph::Bar:
        painter.drawLine(QPointF(6, 12), QPointF(18, 12));
        return;
    case Glyph::Dots:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        for (const qreal x : {5.5, 12.0, 18.5})
            painter.drawEllipse(QPointF(x, 12), 1.9, 1.9);
        return;
    case Glyph::Back:
        drawBack(painter);
        return;
    case Glyph::Voice:
        drawVoice(painter);
        return;
    }
}

} // namespace

Glyph::Glyph(QQuickItem *parent) : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
}

void Glyph::setSign(Sign sign)
{
    if (sign == m_sign)
        return;
    m_sign = sign;
    update();
    Q_EMIT signChanged();
}

void Glyph::setColour(const QColor &colour)
{
    if (colour == m_colour)
        return;
    m_colour = colour;
    update();
    Q_EMIT colourChanged();
}

void Glyph::paint(QPainter *painter)
{
    const qreal side = std::min(width(), height());
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate((width() - side) / 2, (height() - side) / 2);
    painter->scale(side / unitsAcross, side / unitsAcross);
    const bool fine = m_sign == Back || m_sign == Voice;
    painter->setPen(QPen(m_colour, fine ? 1.9 : 2.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    drawSign(*painter, m_sign, m_colour);
}

} // namespace glovebox::controls
