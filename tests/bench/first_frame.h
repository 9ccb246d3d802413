// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <functional>

class QQuickWindow;

namespace glovebox::bench
{

/// Waits for the first frame that takes over a scene of which `isIt` is true, and calls `swapped` when that
/// frame was swapped to the display. Once; begin() waits again.
class FrameWatch : public QObject
{
public:
    FrameWatch(QQuickWindow &window, std::function<bool()> isIt, std::function<void()> swapped);
    void begin() { m_state = State::waiting; }

private:
    enum class State { waiting, drawing, done };
    State m_state = State::waiting;
};

/// Prints "NANOSECONDS KIBIBYTES", the steady clock and the process's resident memory, and ends the process.
[[noreturn]] void reportAndEnd();

} // namespace glovebox::bench
