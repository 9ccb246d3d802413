// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/desk/finger.h"

#include "platform/simulator/desk/scene.h"

#include <QTimer>
#include <qpa/qwindowsysteminterface.h>

#include <map>

namespace glovebox::simulator
{
namespace
{

const std::map<QString, Qt::Key> kKeys = {
    {QStringLiteral("Left"), Qt::Key_Left},    {QStringLiteral("Right"), Qt::Key_Right},
    {QStringLiteral("Up"), Qt::Key_Up},        {QStringLiteral("Down"), Qt::Key_Down},
    {QStringLiteral("Enter"), Qt::Key_Return}, {QStringLiteral("Escape"), Qt::Key_Escape},
};

void sendMouse(QQuickWindow &window, const QPointF &at, bool down)
{
    QWindowSystemInterface::handleMouseEvent<QWindowSystemInterface::SynchronousDelivery>(
        &window, at, window.mapToGlobal(at), down ? Qt::LeftButton : Qt::NoButton, Qt::LeftButton,
        down ? QEvent::MouseButtonPress : QEvent::MouseButtonRelease, Qt::NoModifier);
}

} // namespace

Finger::Finger(QQuickWindow &window) : m_window(window) {}

void Finger::pressKey(const QString &name, const Done &done)
{
    const auto key = kKeys.find(name);
    if (key == kKeys.end() || m_busy) {
        done(m_busy ? "another press is under way" : "there is no such key");
        return;
    }
    m_busy = true;
    using Synchronous = QWindowSystemInterface::SynchronousDelivery;
    QWindowSystemInterface::handleKeyEvent<Synchronous>(&m_window, QEvent::KeyPress, key->second,
                                                        Qt::NoModifier);
    QTimer::singleShot(kDown_ms, Qt::PreciseTimer, this, [this, key, done] {
        QWindowSystemInterface::handleKeyEvent<Synchronous>(&m_window, QEvent::KeyRelease, key->second,
                                                            Qt::NoModifier);
        m_busy = false;
        done({});
    });
}

void Finger::touch(const QString &objectName, const Done &done)
{
    if (m_busy) {
        done("another press is under way");
        return;
    }
    const auto at = pressPoint(m_window, objectName);
    if (!at) {
        done(at.error());
        return;
    }
    m_busy = true;
    sendMouse(m_window, *at, true);
    QTimer::singleShot(kDown_ms, Qt::PreciseTimer, this, [this, at, done] {
        sendMouse(m_window, *at, false);
        m_busy = false;
        done({});
    });
}

void Finger::touchAll(const std::vector<QString> &objectNames, const Done &done)
{
    if (objectNames.empty()) {
        done({});
        return;
    }
    touch(objectNames.front(), [this, objectNames, done](const std::string &why) {
        if (!why.empty()) {
            done(why);
            return;
        }
        touchAll({objectNames.begin() + 1, objectNames.end()}, done);
    });
}

} // namespace glovebox::simulator
