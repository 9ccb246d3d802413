// SPDX-License-Identifier: Apache-2.0
#include "qml/Glovebox/Controls/kind_sign.h"

#include <QPainter>
#include <QPainterPath>

#include <array>

namespace glovebox::controls
{

namespace
{

// Every sign is drawn in a square of 24 units.
constexpr qreal unitsAcross = 24.0;

void drawDrop(QPainter &painter, qreal x, qreal top, qreal height)
{
    QPainterPath drop(QPointF(x, top));
    const qreal half = height * 0.36;
    drop.cubicTo(x + half, top + height * 0.5, x + half, top + height, x, top + height);
    drop.cubicTo(x - half, top + height, x - half, top + height * 0.5, x, top);
    painter.drawPath(drop);
}

void drawCanister(QPainter &painter)
{
    painter.drawPolyline(QPolygonF({{9, 6}, {18, 6}, {18, 21}, {5, 21}, {5, 10}, {9, 6}}));
    painter.drawLine(QPointF(11, 3), QPointF(16, 3));
    painter.drawLine(QPointF(8.5, 17), QPointF(14.5, 11));
}

void drawParking(QPainter &painter)
{
    painter.drawRoundedRect(QRectF(3, 3, 18, 18), 3, 3);
    QPainterPath letter(QPointF(9.5, 17.5));
    letter.lineTo(9.5, 7);
    letter.lineTo(12.5, 7);
    letter.cubicTo(17, 7, 17, 13, 12.5, 13);
    letter.lineTo(9.5, 13);
    painter.drawPath(letter);
}

void drawCup(QPainter &painter)
{
    painter.drawPolyline(QPolygonF({{4, 8}, {5, 18}, {15, 18}, {16, 8}, {4, 8}}));
    painter.drawArc(QRectF(13.5, 9.5, 6, 5.5), -100 * 16, 200 * 16);
    painter.drawLine(QPointF(3, 21), QPointF(17, 21));
}

void drawPlug(QPainter &painter)
{
    painter.drawLine(QPointF(9, 3), QPointF(9, 8));
    painter.drawLine(QPointF(15, 3), QPointF(15, 8));
    painter.drawPolyline(QPolygonF({{6, 8}, {18, 8}, {17, 13}, {14, 16}, {10, 16}, {7, 13}, {6, 8}}));
    painter.drawLine(QPointF(12, 16), QPointF(12, 21));
}

void drawBarrier(QPainter &painter)
{
    painter.drawLine(QPointF(5, 21), QPointF(5, 8));
    painter.drawLine(QPointF(5, 10), QPointF(21, 5));
    painter.drawLine(QPointF(11, 8.2), QPointF(11, 11));
    painter.drawLine(QPointF(16, 6.6), QPointF(16, 9.4));
    painter.drawLine(QPointF(3, 21), QPointF(9, 21));
}

void drawDrops(QPainter &painter)
{
    drawDrop(painter, 7, 3, 8);
    drawDrop(painter, 17, 3, 8);
    drawDrop(painter, 12, 11, 10);
}

void drawBag(QPainter &painter)
{
    painter.drawPolyline(QPolygonF({{5, 8}, {19, 8}, {18, 21}, {6, 21}, {5, 8}}));
    painter.drawArc(QRectF(8.5, 3, 7, 10), 0, 180 * 16);
}

void drawCoin(QPainter &painter)
{
    painter.drawEllipse(QPointF(12, 12), 9, 9);
    painter.drawLine(QPointF(12, 7.5), QPointF(12, 16.5));
    painter.drawLine(QPointF(7.5, 12), QPointF(16.5, 12));
}

void drawMembership(QPainter &painter)
{
    painter.drawRoundedRect(QRectF(2.5, 5, 19, 14), 2.5, 2.5);
    painter.drawEllipse(QPointF(8, 11), 2.2, 2.2);
    painter.drawLine(QPointF(13, 10), QPointF(18, 10));
    painter.drawLine(QPointF(13, 14), QPointF(17, 14));
}

void drawTag(QPainter &painter)
{
    painter.drawPolyline(QPolygonF({{3, 3}, {12, 3}, {21, 12}, {12, 21}, {3, 12}, {3, 3}}));
    painter.drawEllipse(QPointF(8, 8), 1.4, 1.4);
}

struct Sign
{
    const char *name;
    void (*draw)(QPainter &);
};

constexpr std::array signs = {
    Sign{"assistant_credit", drawCoin}, Sign{"car_wash", drawDrops},
    Sign{"charging", drawPlug},         Sign{"coffee", drawCup},
    Sign{"drive_through", drawBag},     Sign{"fuel", drawCanister},
    Sign{"membership", drawMembership}, Sign{"parking", drawParking},
    Sign{"toll", drawBarrier},
};

} // namespace

KindSign::KindSign(QQuickItem *parent) : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
}

QStringList KindSign::names()
{
    QStringList all;
    for (const Sign &sign : signs)
        all.append(QString::fromLatin1(sign.name));
    return all;
}

void KindSign::setName(const QString &name)
{
    if (name == m_name)
        return;
    m_name = name;
    update();
    Q_EMIT nameChanged();
}

void KindSign::setColour(const QColor &colour)
{
    if (colour == m_colour)
        return;
    m_colour = colour;
    update();
    Q_EMIT colourChanged();
}

void KindSign::paint(QPainter *painter)
{
    if (m_name.isEmpty())
        return;
    const qreal side = std::min(width(), height());
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate((width() - side) / 2, (height() - side) / 2);
    painter->scale(side / unitsAcross, side / unitsAcross);
    painter->setPen(QPen(m_colour, 1.9, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (const Sign &sign : signs) {
        if (m_name == QLatin1String(sign.name)) {
            sign.draw(*painter);
            return;
        }
    }
    drawTag(*painter);
}

} // namespace glovebox::controls
