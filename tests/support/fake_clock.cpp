// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_clock.h"

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <atomic>

namespace glovebox::testing
{

struct FakeClock::Entry
{
    std::function<void()> onDue;
    QObject context; // events for it arrive on the thread that made the alarm
    std::optional<base::BootTime> at;
    std::uint64_t order = 0;             // among alarms of one moment: first set, first run
    std::atomic<std::uint64_t> round{0}; // a posted event of an earlier round is stale
};

class FakeClock::FakeAlarm : public ports::Alarm
{
public:
    FakeAlarm(FakeClock &clock, std::shared_ptr<Entry> entry) : m_clock(clock), m_entry(std::move(entry)) {}
    ~FakeAlarm() override
    {
        clear();
        const std::lock_guard lock(m_clock.m_mutex);
        std::erase(m_clock.m_entries, m_entry);
    }
    Q_DISABLE_COPY_MOVE(FakeAlarm)

    void set(base::BootTime at) override
    {
        const std::lock_guard lock(m_clock.m_mutex);
        ++m_entry->round;
        m_entry->order = ++m_clock.m_order;
        if (at > m_clock.m_now.boot) {
            m_entry->at = at;
            return;
        }
        m_entry->at.reset();
        post(m_entry);
    }

    void clear() override
    {
        const std::lock_guard lock(m_clock.m_mutex);
        ++m_entry->round;
        m_entry->at.reset();
    }

private:
    FakeClock &m_clock;
    std::shared_ptr<Entry> m_entry;
};

FakeClock::FakeClock()
{
    reboot();
    m_now.boot = base::BootTime{std::chrono::seconds{100}};
    m_now.wall = base::WallTime{1'777'888'800'000};
}

FakeClock::~FakeClock() = default;

base::Moment FakeClock::now() const
{
    const std::lock_guard lock(m_mutex);
    return m_now;
}

void FakeClock::setSignedWallTime(base::WallTime wall)
{
    const std::lock_guard lock(m_mutex);
    m_now.wall = wall;
    m_now.trust = base::ClockTrust::gatewaySigned;
}

std::unique_ptr<ports::Alarm> FakeClock::makeAlarm(std::function<void()> onDue)
{
    auto entry = std::make_shared<Entry>();
    entry->onDue = std::move(onDue);
    const std::lock_guard lock(m_mutex);
    m_entries.push_back(entry);
    return std::make_unique<FakeAlarm>(*this, std::move(entry));
}

void FakeClock::post(const std::shared_ptr<Entry> &entry)
{
    QMetaObject::invokeMethod(
        &entry->context,
        [entry, round = entry->round.load()] {
            if (entry->round.load() == round) {
                entry->onDue();
            }
        },
        Qt::QueuedConnection);
}

std::shared_ptr<FakeClock::Entry> FakeClock::takeDue(base::BootTime until)
{
    const std::lock_guard lock(m_mutex);
    std::shared_ptr<Entry> first;
    for (const auto &entry : m_entries) {
        if (!entry->at || *entry->at > until) {
            continue;
        }
        if (!first || std::pair(*entry->at, entry->order) < std::pair(*first->at, first->order)) {
            first = entry;
        }
    }
    if (!first) {
        return nullptr;
    }
    const base::Duration step = std::max(*first->at - m_now.boot, base::Duration::zero());
    m_now.boot = m_now.boot + step;
    m_now.wall.milliseconds += std::chrono::duration_cast<std::chrono::milliseconds>(step).count();
    first->at.reset();
    post(first);
    return first;
}

void FakeClock::advance(base::Duration span)
{
    const base::Moment start = now();
    const base::BootTime until = start.boot + std::max(span, base::Duration::zero());
    const auto walk = [](const std::shared_ptr<Entry> &entry) {
        if (entry->context.thread() == QThread::currentThread()) {
            QCoreApplication::sendPostedEvents(&entry->context, QEvent::MetaCall);
        } else {
            // Runs after the event that was just posted to the same object.
            QMetaObject::invokeMethod(&entry->context, [] {}, Qt::BlockingQueuedConnection);
        }
    };
    std::vector<std::shared_ptr<Entry>> late; // set to a moment that had passed: their events are under way
    {
        const std::lock_guard lock(m_mutex);
        late = m_entries;
    }
    std::ranges::for_each(late, walk);
    while (const auto entry = takeDue(until)) {
        walk(entry);
    }
    const std::lock_guard lock(m_mutex);
    const base::Duration rest = until - m_now.boot;
    m_now.boot = until;
    m_now.wall.milliseconds += std::chrono::duration_cast<std::chrono::milliseconds>(rest).count();
}

void FakeClock::suspend(base::Duration span)
{
    const std::lock_guard lock(m_mutex);
    m_now.boot = m_now.boot + span;
    m_now.wall.milliseconds += std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

void FakeClock::jumpWallTime(base::WallTime wall)
{
    const std::lock_guard lock(m_mutex);
    m_now.wall = wall;
}

void FakeClock::reboot()
{
    const std::lock_guard lock(m_mutex);
    ++m_boots;
    m_now.bootId = "00000000-0000-4000-8000-" + std::string(8, '0') + std::to_string(1000 + m_boots);
    m_now.boot = base::BootTime{std::chrono::seconds{5}};
    m_now.trust = base::ClockTrust::untrusted;
    for (const auto &entry : m_entries) {
        ++entry->round;
        entry->at.reset();
    }
}

std::optional<base::BootTime> FakeClock::nextAlarm() const
{
    const std::lock_guard lock(m_mutex);
    std::optional<base::BootTime> first;
    for (const auto &entry : m_entries) {
        if (entry->at && (!first || *entry->at < *first)) {
            first = entry->at;
        }
    }
    return first;
}

int FakeClock::pendingAlarms() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(
        std::ranges::count_if(m_entries, [](const auto &entry) { return entry->at.has_value(); }));
}

} // namespace glovebox::testing
