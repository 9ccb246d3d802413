// SPDX-License-Identifier: Apache-2.0
#include "daemon/system_clock.h"

#include <QSocketNotifier>

#include <ctime>
#include <sys/timerfd.h>
#include <unistd.h>

namespace glovebox::daemon
{

namespace
{

base::Duration readMonotonic()
{
    timespec at{};
    clock_gettime(CLOCK_MONOTONIC, &at);
    return std::chrono::seconds(at.tv_sec) + std::chrono::nanoseconds(at.tv_nsec);
}

class TimerFdAlarm final : public ports::Alarm
{
public:
    explicit TimerFdAlarm(std::function<void()> onDue)
        : m_fd(timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC)), m_onDue(std::move(onDue))
    {
        if (m_fd < 0) {
            // Every limit of the daemon rests on alarms: without one it must not go on.
            qFatal("timerfd_create failed, errno %d", errno);
        }
        m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] { fire(); });
    }
    ~TimerFdAlarm() override
    {
        m_notifier.reset();
        ::close(m_fd);
    }
    Q_DISABLE_COPY_MOVE(TimerFdAlarm)

    void set(base::BootTime at) override
    {
        // Zero would disarm it; a moment in the past fires at once.
        const auto due = std::max(at.sinceBoot, base::Duration(1));
        const auto seconds = std::chrono::floor<std::chrono::seconds>(due);
        itimerspec spec{};
        spec.it_value.tv_sec = seconds.count();
        spec.it_value.tv_nsec = (due - seconds).count();
        arm(spec);
    }
    void clear() override { arm({}); }

private:
    void arm(const itimerspec &spec)
    {
        if (timerfd_settime(m_fd, TFD_TIMER_ABSTIME, &spec, nullptr) != 0) {
            qFatal("timerfd_settime failed, errno %d", errno);
        }
    }
    void fire()
    {
        std::uint64_t expirations = 0;
        // Nothing to read: it was cleared or moved after the event was queued.
        if (::read(m_fd, &expirations, sizeof expirations) != sizeof expirations) {
            return;
        }
        // The callback may destroy this alarm.
        const auto onDue = m_onDue;
        onDue();
    }

    int m_fd;
    std::function<void()> m_onDue;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace

SystemClock::SystemClock() : m_bootId(base::readBootId()) {}

base::Moment SystemClock::now() const
{
    base::Moment moment{m_bootId, base::readBootTime(), {}, base::ClockTrust::untrusted};
    const std::lock_guard lock(m_mutex);
    if (m_wallAtBoot) {
        const auto wall = *m_wallAtBoot + moment.boot.sinceBoot;
        moment.wall.milliseconds = std::chrono::floor<std::chrono::milliseconds>(wall).count();
        moment.trust = base::ClockTrust::gatewaySigned;
    } else {
        moment.wall = base::readWallTime();
    }
    return moment;
}

void SystemClock::setSignedWallTime(base::WallTime wall)
{
    const auto boot = base::readBootTime();
    const std::lock_guard lock(m_mutex);
    m_wallAtBoot = std::chrono::milliseconds(wall.milliseconds) - boot.sinceBoot;
}

std::unique_ptr<ports::Alarm> SystemClock::makeAlarm(std::function<void()> onDue)
{
    return std::make_unique<TimerFdAlarm>(std::move(onDue));
}

bool SuspendDetector::resumed(base::Duration boot, base::Duration monotonic)
{
    const auto difference = boot - monotonic;
    const bool suspended = difference - m_difference > kSlack;
    if (suspended) {
        m_difference = difference;
    }
    return suspended;
}

SuspendWatch::SuspendWatch(std::function<void()> onResume)
    : m_detector(base::readBootTime().sinceBoot, readMonotonic()), m_onResume(std::move(onResume)),
      m_alarm(m_clock.makeAlarm([this] { look(); }))
{
    m_alarm->set(m_clock.now().boot + kPeriod);
}

void SuspendWatch::look()
{
    m_alarm->set(m_clock.now().boot + kPeriod);
    if (m_detector.resumed(base::readBootTime().sinceBoot, readMonotonic())) {
        m_onResume();
    }
}

} // namespace glovebox::daemon
