// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/desk/desk_clock.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>

#include <algorithm>

namespace glovebox::simulator
{

using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr QEvent::Type kTimeMoved = QEvent::User;

/// A timer of the thread that made it; the clock tells it when time moved.
class DeskClock::DeskAlarm final : public QObject, public ports::Alarm
{
public:
    DeskAlarm(DeskClock &clock, std::function<void()> onDue) : m_clock(clock), m_onDue(std::move(onDue))
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &DeskAlarm::look);
        const std::lock_guard lock(m_clock.m_mutex);
        m_clock.m_alarms.push_back(this);
    }
    ~DeskAlarm() override
    {
        const std::lock_guard lock(m_clock.m_mutex);
        std::erase(m_clock.m_alarms, this);
    }
    Q_DISABLE_COPY_MOVE(DeskAlarm)

    void set(base::BootTime at) override
    {
        m_at = at;
        arm(at);
    }
    void clear() override
    {
        m_at.reset();
        m_timer.stop();
    }
    /// Time moved, or the timer ran out (which it may do up to a millisecond early).
    void look()
    {
        if (!m_at) {
            return;
        }
        if (m_clock.now().boot < *m_at) {
            arm(*m_at);
            return;
        }
        clear();
        const auto onDue = m_onDue; // it may destroy this alarm
        onDue();
    }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() == kTimeMoved) {
            look();
            return true;
        }
        return QObject::event(event);
    }

private:
    void arm(base::BootTime at)
    {
        const auto left = std::max(base::Duration(0), at - m_clock.now().boot);
        m_timer.start(std::chrono::ceil<milliseconds>(std::min<base::Duration>(left, kAdvanceMax)));
    }

    DeskClock &m_clock;
    std::function<void()> m_onDue;
    std::optional<base::BootTime> m_at;
    QTimer m_timer{this};
};

DeskClock::DeskClock(base::Duration ahead) : m_offset(ahead), m_bootId(base::readBootId()) {}

DeskClock::~DeskClock()
{
    Q_ASSERT(m_alarms.empty());
}

base::Moment DeskClock::now() const
{
    const std::lock_guard lock(m_mutex);
    base::Moment moment{m_bootId, base::readBootTime() + m_offset, {}, base::ClockTrust::untrusted};
    if (m_signedWallMinusBoot) {
        moment.wall.milliseconds =
            duration_cast<milliseconds>(*m_signedWallMinusBoot + moment.boot.sinceBoot).count();
        moment.trust = base::ClockTrust::gatewaySigned;
    } else {
        moment.wall.milliseconds =
            base::readWallTime().milliseconds + duration_cast<milliseconds>(m_offset).count();
    }
    return moment;
}

void DeskClock::setSignedWallTime(base::WallTime wall)
{
    const std::lock_guard lock(m_mutex);
    m_signedWallMinusBoot = milliseconds(wall.milliseconds) - (base::readBootTime() + m_offset).sinceBoot;
}

std::unique_ptr<ports::Alarm> DeskClock::makeAlarm(std::function<void()> onDue)
{
    return std::make_unique<DeskAlarm>(*this, std::move(onDue));
}

void DeskClock::advance(base::Duration by, std::function<void()> done)
{
    step(std::clamp(by, base::Duration(0), kAdvanceMax), done);
}

void DeskClock::step(base::Duration left, const std::function<void()> &done)
{
    if (left <= base::Duration(0)) {
        done();
        return;
    }
    const base::Duration length = std::min(left, kStep);
    {
        const std::lock_guard lock(m_mutex);
        m_offset += length;
        for (DeskAlarm *alarm : m_alarms) {
            QCoreApplication::postEvent(alarm, new QEvent(kTimeMoved));
        }
    }
    if (m_onStep) {
        m_onStep(length);
    }
    // A timer comes after what was posted: the alarms of this thread have looked before the next step.
    QTimer::singleShot(0, &m_context, [this, left, length, done] { step(left - length, done); });
}

} // namespace glovebox::simulator
