// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cockpit/cockpit.h"
#include "qml/Glovebox/Theme/profile.h"
#include "tests/qml/walker/screens.h"

#include <QImage>
#include <QTranslator>

class QQuickItem;

namespace glovebox::walker
{

/// One way in which a screen may be met.
struct Situation
{
    const Screen *screen = nullptr;
    QString locale;
    QString display; // "1280x480@260mm"
    bool night = true;
    QString style = QStringLiteral("glovebox");
};

/// A cockpit's window, offscreen, on one display; screens come and go in it.
class Scene
{
public:
    explicit Scene(const QString &display);
    ~Scene();
    Scene(const Scene &) = delete;
    Scene &operator=(const Scene &) = delete;

    /// Shows the situation's screen. Its display is this scene's.
    void enter(const Situation &situation);
    [[nodiscard]] const Situation &situation() const { return m_situation; }
    [[nodiscard]] const CockpitView &view() const { return m_view; }
    /// Anything but known to be parked is bound by the rules of driving.
    [[nodiscard]] bool driving() const;

    /// Visible Text items that say something, in the order of the tree.
    [[nodiscard]] QList<QQuickItem *> texts() const;
    /// What can be pressed.
    [[nodiscard]] QList<QQuickItem *> targets() const;
    /// Every visible item.
    [[nodiscard]] QList<QQuickItem *> items() const;
    [[nodiscard]] QQuickItem *item(const QString &objectName) const;
    QImage grab();
    /// The newest that was grabbed.
    [[nodiscard]] const QImage &frame() const { return m_frame; }
    [[nodiscard]] cockpit::Cockpit &cockpit() { return *m_cockpit; }
    [[nodiscard]] const theme::Display &display() const { return m_display; }
    [[nodiscard]] const theme::Profile &profile() const { return m_profile; }

private:
    /// The cockpit's own words, drawn out.
    class DrawnOut : public QTranslator
    {
    public:
        [[nodiscard]] bool isEmpty() const override { return false; }
        [[nodiscard]] QString translate(const char *context, const char *source, const char *disambiguation,
                                        int n) const override;
    };

    theme::Display m_display;
    theme::Profile m_profile;
    std::unique_ptr<cockpit::Cockpit> m_cockpit;
    DrawnOut m_drawnOut;
    bool m_isDrawnOut = false;
    Situation m_situation;
    CockpitView m_view;
    QImage m_frame;
};

/// A button's word or the sum: what has to be the largest.
[[nodiscard]] bool isPrimary(const QQuickItem &text);

} // namespace glovebox::walker
