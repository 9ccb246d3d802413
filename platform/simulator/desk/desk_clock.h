// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/clock.h"

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace glovebox::simulator
{

/// A clock that runs with the real one and can be moved forward by command. Boot time and wall time go on
/// together, so that ages, limits and texts agree. It advances in short steps with the event loop in between:
/// alarms fire in their order, and what they start can start, as if the time had really passed.
class DeskClock final : public ports::Clock
{
public:
    /// Shorter than the time after which a signal counts as stale.
    static constexpr base::Duration kStep = std::chrono::milliseconds(200);
    static constexpr base::Duration kAdvanceMax = std::chrono::hours(24);

    /// Starts `ahead` of the real clock: as far as a killed predecessor had been moved.
    explicit DeskClock(base::Duration ahead = base::Duration(0));
    ~DeskClock() override;

    [[nodiscard]] base::Moment now() const override; // on any thread
    void setSignedWallTime(base::WallTime wall) override;
    [[nodiscard]] std::unique_ptr<ports::Alarm> makeAlarm(std::function<void()> onDue) override;

    /// Called after each step with its length, before alarms are looked at: what has to keep up with the
    /// time.
    void setOnStep(std::function<void(base::Duration)> onStep) { m_onStep = std::move(onStep); }
    /// On the thread of the clock's maker; `done` when the last step's alarms were looked at.
    void advance(base::Duration by, std::function<void()> done);

private:
    class DeskAlarm;

    void step(base::Duration left, const std::function<void()> &done);

    mutable std::mutex m_mutex;
    base::Duration m_offset;
    std::optional<base::Duration> m_signedWallMinusBoot;
    std::string m_bootId;
    std::vector<DeskAlarm *> m_alarms;
    std::function<void(base::Duration)> m_onStep;
    QObject m_context;
};

} // namespace glovebox::simulator
