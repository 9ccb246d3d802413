// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSocketNotifier>

#include <memory>

namespace glovebox::simulator
{

/// SIGINT and SIGTERM end every event loop of this thread, so that a run that is interrupted stops its
/// programs and removes its keys. One object at a time.
class StopSignals
{
public:
    StopSignals();
    ~StopSignals();
    Q_DISABLE_COPY_MOVE(StopSignals)

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace glovebox::simulator
