// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cockpit/card_model.h"
#include "cockpit/shown_items.h"

#include <QObject>
#include <QTimer>

class QQuickWindow;

namespace glovebox::cockpit
{

/// Watches the window for the card: when its frame reached the display, that the UI thread still runs,
/// whether the window can be seen at all, and what it showed at the moment of consent.
class Presentation : public QObject
{
    Q_OBJECT
public:
    Presentation(QQuickWindow &window, CardModel &card, int heartbeat_ms, QObject *parent = nullptr);
    void setBounds(const SeenBounds &bounds) { m_bounds = bounds; }
    [[nodiscard]] QList<ShownItem> collect() const;

Q_SIGNALS:
    /// After the swap of the first frame that has this nonce's texts.
    void shown(const QString &nonce);
    /// From the UI thread's event loop while the window is exposed; the nonce is empty until a card's frame
    /// was swapped.
    void alive(const QString &nonce);
    /// The window left the screen under a card.
    void interrupted(const QString &nonce);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void cardChanged();
    void frameSynchronised();
    void frameSwapped(int generation);
    void exposeChanged();

    QQuickWindow &m_window;
    CardModel &m_card;
    QTimer m_heartbeat;
    SeenBounds m_bounds;
    int m_synchronised = 0; // card generation of the frame under way; written while the UI thread is blocked
    int m_shown = 0;        // card generation that was reported
    int m_interrupted = 0;
};

} // namespace glovebox::cockpit
