// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"

#include <functional>
#include <memory>

namespace glovebox::ports
{

/// One-shot alarm on boot time. Precise: never before its moment, a late one fires at once.
class Alarm
{
public:
    virtual ~Alarm() = default;
    virtual void set(base::BootTime at) = 0; // replaces an earlier moment
    virtual void clear() = 0;
};

/// Time as a port: gloveboxd reads CLOCK_BOOTTIME, gloveboxd-desk and the tests a clock that they move.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual base::Moment now() const = 0;
    /// Gateway-signed time was verified: trust goes up, wall time follows it until the next boot.
    virtual void setSignedWallTime(base::WallTime wall) = 0;
    /// `onDue` runs on the thread that made the alarm, from its event loop, never inside set().
    [[nodiscard]] virtual std::unique_ptr<Alarm> makeAlarm(std::function<void()> onDue) = 0;
};

} // namespace glovebox::ports
