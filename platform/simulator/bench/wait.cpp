// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/wait.h"

#include "base/time.h"

#include <QEventLoop>
#include <QTimer>

namespace glovebox::simulator
{

bool waitUntil(const std::function<bool()> &done, std::chrono::milliseconds limit,
               std::chrono::milliseconds pause)
{
    const base::BootTime end = base::readBootTime() + limit;
    QEventLoop loop;
    bool answer = done();
    if (answer) {
        return true;
    }
    QTimer look;
    look.setTimerType(Qt::PreciseTimer);
    look.setInterval(pause);
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        answer = done();
        if (answer || base::readBootTime() >= end) {
            loop.quit();
        }
    });
    look.start();
    loop.exec();
    return answer;
}

} // namespace glovebox::simulator
