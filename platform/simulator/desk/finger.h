// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QPointer>
#include <QQuickWindow>

#include <functional>
#include <string>
#include <vector>

namespace glovebox::simulator
{

/// Presses as a person does, through the same window-system events as the real devices: down, long enough for
/// a frame, up. One thing after the other.
class Finger final : public QObject
{
public:
    explicit Finger(QQuickWindow &window);

    using Done = std::function<void(const std::string &why)>; // empty: done
    /// "Left", "Right", "Up", "Down", "Enter", "Escape".
    void pressKey(const QString &name, const Done &done);
    /// An item by its objectName.
    void touch(const QString &objectName, const Done &done);
    void touchAll(const std::vector<QString> &objectNames, const Done &done);

private:
    static constexpr int kDown_ms = 40;
    QQuickWindow &m_window;
    bool m_busy = false;
};

} // namespace glovebox::simulator
