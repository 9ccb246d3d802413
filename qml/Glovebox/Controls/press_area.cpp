// SPDX-License-Identifier: Apache-2.0
#include "qml/Glovebox/Controls/press_area.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QTouchEvent>

namespace glovebox::controls
{

namespace
{

bool isPressKey(int key)
{
    return key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space || key == Qt::Key_Select;
}

} // namespace

PressArea::PressArea(QQuickItem *parent) : QQuickItem(parent)
{
    setAcceptedMouseButtons(Qt::LeftButton);
    setAcceptTouchEvents(true);
    setActiveFocusOnTab(true);
}

void PressArea::setGeneration(int generation)
{
    if (generation == m_generation)
        return;
    m_generation = generation;
    cancel();
    Q_EMIT generationChanged();
}

void PressArea::begin(By by)
{
    if (m_by != By::nothing) {
        cancel(); // two things press at once: neither was meant
        return;
    }
    m_by = by;
    Q_EMIT began();
    Q_EMIT pressedChanged();
}

void PressArea::end(By by, const QString &method)
{
    if (m_by != by)
        return;
    m_by = By::nothing;
    Q_EMIT pressedChanged();
    Q_EMIT triggered(method);
}

void PressArea::cancel()
{
    if (m_by == By::nothing)
        return;
    m_by = By::nothing;
    m_key = 0;
    Q_EMIT pressedChanged();
}

void PressArea::mousePressEvent(QMouseEvent *event)
{
    begin(By::mouse);
    event->accept();
}

void PressArea::mouseMoveEvent(QMouseEvent *event)
{
    if (m_by == By::mouse && !contains(event->position()))
        cancel();
}

void PressArea::mouseReleaseEvent(QMouseEvent *event)
{
    if (contains(event->position()))
        end(By::mouse, QStringLiteral("touch"));
    else
        cancel();
}

void PressArea::mouseUngrabEvent()
{
    if (m_by == By::mouse)
        cancel();
}

void PressArea::touchEvent(QTouchEvent *event)
{
    event->accept();
    const QList<QEventPoint> &points = event->points();
    const bool oneInside = points.size() == 1 && contains(points.first().position());
    if (!oneInside || event->type() == QEvent::TouchCancel) {
        if (m_by == By::touch)
            cancel();
        return;
    }
    if (event->type() == QEvent::TouchBegin && points.first().state() == QEventPoint::Pressed)
        begin(By::touch);
    else if (event->type() == QEvent::TouchEnd)
        end(By::touch, QStringLiteral("touch"));
}

void PressArea::touchUngrabEvent()
{
    if (m_by == By::touch)
        cancel();
}

void PressArea::keyPressEvent(QKeyEvent *event)
{
    if (!isPressKey(event->key())) {
        event->ignore();
        return;
    }
    if (event->isAutoRepeat())
        return;
    m_key = event->key();
    begin(By::key);
}

void PressArea::keyReleaseEvent(QKeyEvent *event)
{
    if (!isPressKey(event->key())) {
        event->ignore();
        return;
    }
    if (event->isAutoRepeat() || event->key() != m_key)
        return;
    m_key = 0;
    end(By::key, QStringLiteral("key"));
}

void PressArea::focusOutEvent(QFocusEvent *event)
{
    if (m_by == By::key)
        cancel();
    QQuickItem::focusOutEvent(event);
}

void PressArea::itemChange(ItemChange change, const ItemChangeData &data)
{
    const bool gone = (change == ItemVisibleHasChanged || change == ItemEnabledHasChanged) && !data.boolValue;
    if (gone)
        cancel();
    QQuickItem::itemChange(change, data);
}

} // namespace glovebox::controls
