// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/clock.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace glovebox::testing
{

/// Time that stands still until the test moves it. Starts 100 s after the boot, on 2026-05-04 10:00 UTC,
/// untrusted. Needs a QCoreApplication. Outlives its alarms.
class FakeClock : public ports::Clock
{
public:
    FakeClock();
    ~FakeClock() override;

    [[nodiscard]] base::Moment now() const override;
    void setSignedWallTime(base::WallTime wall) override;
    [[nodiscard]] std::unique_ptr<ports::Alarm> makeAlarm(std::function<void()> onDue) override;

    /// Boot and wall time go on by `span` (0 or more). Every alarm up to the new moment has run when it
    /// returns, in the order of their moments, each at its own moment, also those that a running alarm sets;
    /// each on its own thread, as an event. Threads of other alarms need a running event loop.
    void advance(base::Duration span);
    /// Boot and wall time go on by `span` and no alarm runs: those that are due run late, in the next
    /// advance().
    void suspend(base::Duration span);
    /// Wall time alone jumps, as when somebody sets the clock.
    void jumpWallTime(base::WallTime wall);
    /// As after a restart of the machine: new boot id, boot time near 0, no trust, alarms forgotten.
    void reboot();
    /// Alarms that are set and have not run.
    [[nodiscard]] int pendingAlarms() const;
    /// The earliest of them; it may have passed in a suspend.
    [[nodiscard]] std::optional<base::BootTime> nextAlarm() const;

private:
    struct Entry;
    class FakeAlarm;
    static void post(const std::shared_ptr<Entry> &entry);
    std::shared_ptr<Entry> takeDue(base::BootTime until);

    mutable std::mutex m_mutex;
    base::Moment m_now;
    int m_boots = 0;
    std::uint64_t m_order = 0;
    std::vector<std::shared_ptr<Entry>> m_entries;
};

} // namespace glovebox::testing
