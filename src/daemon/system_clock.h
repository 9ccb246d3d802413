// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/clock.h"

#include <mutex>
#include <optional>

namespace glovebox::daemon
{

/// The car's time: ages on CLOCK_BOOTTIME, alarms on timerfd, which goes on in suspend and fires at once
/// after it. now() may be called from every thread.
class SystemClock final : public ports::Clock
{
public:
    SystemClock();
    [[nodiscard]] base::Moment now() const override;
    void setSignedWallTime(base::WallTime wall) override;
    [[nodiscard]] std::unique_ptr<ports::Alarm> makeAlarm(std::function<void()> onDue) override;

private:
    std::string m_bootId;
    mutable std::mutex m_mutex;
    std::optional<base::Duration> m_wallAtBoot; // signed wall time minus boot time
};

/// Suspend shows as CLOCK_BOOTTIME running ahead of CLOCK_MONOTONIC. Pure: feed it pairs of readings.
class SuspendDetector
{
public:
    /// Below it is the time between two reads of the clocks, not a suspend.
    static constexpr base::Duration kSlack = std::chrono::milliseconds(50);

    SuspendDetector(base::Duration boot, base::Duration monotonic) : m_difference(boot - monotonic) {}
    /// True once after each suspend.
    [[nodiscard]] bool resumed(base::Duration boot, base::Duration monotonic);

private:
    base::Duration m_difference;
};

/// Calls `onResume` from the event loop after each suspend, as the first thing that an overdue alarm does.
class SuspendWatch
{
public:
    static constexpr base::Duration kPeriod = std::chrono::milliseconds(500);

    explicit SuspendWatch(std::function<void()> onResume);

private:
    void look();

    SystemClock m_clock;
    SuspendDetector m_detector;
    std::function<void()> m_onResume;
    std::unique_ptr<ports::Alarm> m_alarm;
};

} // namespace glovebox::daemon
