// SPDX-License-Identifier: Apache-2.0
#include "cockpit/presentation.h"

#include <QEvent>
#include <QQuickWindow>

namespace glovebox::cockpit
{

Presentation::Presentation(QQuickWindow &window, CardModel &card, int heartbeat_ms, QObject *parent)
    : QObject(parent), m_window(window), m_card(card)
{
    m_heartbeat.setTimerType(Qt::PreciseTimer);
    m_heartbeat.setInterval(heartbeat_ms);
    connect(&m_heartbeat, &QTimer::timeout, this,
            [this] { Q_EMIT alive(m_shown == m_card.generation() ? m_card.nonce() : QString()); });
    connect(&m_card, &CardModel::generationChanged, this, &Presentation::cardChanged);
    // On the render thread, while the UI thread waits: what the frame takes over is what the model says now.
    connect(
        &m_window, &QQuickWindow::afterSynchronizing, this, [this] { frameSynchronised(); },
        Qt::DirectConnection);
    connect(
        &m_window, &QQuickWindow::frameSwapped, this,
        [this] {
            const int generation = m_synchronised;
            QMetaObject::invokeMethod(
                this, [this, generation] { frameSwapped(generation); }, Qt::QueuedConnection);
        },
        Qt::DirectConnection);
    m_window.installEventFilter(this);
}

QList<ShownItem> Presentation::collect() const
{
    return collectShownItems(m_window, m_card.view().items(), m_bounds);
}

void Presentation::cardChanged()
{
    if (!m_card.nonce().isEmpty())
        m_window.update();
}

void Presentation::frameSynchronised()
{
    m_synchronised = m_card.generation();
}

void Presentation::frameSwapped(int generation)
{
    if (generation != m_card.generation() || generation == m_shown || m_card.nonce().isEmpty() ||
        !m_window.isExposed())
        return;
    m_shown = generation;
    m_card.markShown(m_card.nonce());
    Q_EMIT shown(m_card.nonce());
}

void Presentation::exposeChanged()
{
    if (m_window.isExposed()) {
        if (!m_heartbeat.isActive())
            m_heartbeat.start(); // also without a card: after an interruption the daemon waits for it
        m_window.update();
        return;
    }
    m_heartbeat.stop();
    if (m_card.nonce().isEmpty() || m_interrupted == m_card.generation())
        return;
    m_interrupted = m_card.generation();
    Q_EMIT interrupted(m_card.nonce());
}

bool Presentation::eventFilter(QObject *watched, QEvent *event)
{
    // After the window has handled it: isExposed() is the new state only then.
    if (event->type() == QEvent::Expose || event->type() == QEvent::Hide)
        QMetaObject::invokeMethod(this, &Presentation::exposeChanged, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

} // namespace glovebox::cockpit
