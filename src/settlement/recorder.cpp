// SPDX-License-Identifier: Apache-2.0
#include "settlement/recorder.h"

namespace glovebox::settlement
{

Recorder::Recorder(Book &book, ports::Clock &clock) : m_book(book), m_clock(clock) {}

void Recorder::add(const payment::ApprovalId &id, Plan plan, Done done)
{
    m_tasks.push_back({id, std::move(plan), std::move(done)});
    next();
}

void Recorder::next()
{
    if (m_busy || m_tasks.empty()) {
        return;
    }
    m_busy = true;
    const Task &task = m_tasks.front();
    const auto purchase = m_book.find(task.id);
    std::deque<payment::PurchaseEvent> events;
    if (purchase) {
        for (payment::PurchaseEvent &event : task.plan(*purchase)) {
            event.purchase = purchase->id;
            events.push_back(std::move(event));
        }
    }
    if (events.empty()) {
        finish(Recorded::nothing);
        return;
    }
    recordRest(std::move(events));
}

void Recorder::recordRest(std::deque<payment::PurchaseEvent> rest)
{
    payment::PurchaseEvent event = std::move(rest.front());
    rest.pop_front();
    event.at = m_clock.now();
    m_book.record(event, [this, alive = std::weak_ptr(m_alive), rest = std::move(rest)](bool ok) mutable {
        if (alive.expired()) {
            return;
        }
        if (ok && !rest.empty()) {
            recordRest(std::move(rest));
            return;
        }
        finish(ok ? Recorded::all : Recorded::failed);
    });
}

void Recorder::finish(Recorded result)
{
    const Done done = std::move(m_tasks.front().done);
    m_tasks.pop_front();
    m_busy = false;
    const std::weak_ptr alive(m_alive);
    done(result);
    if (!alive.expired()) {
        next();
    }
}

} // namespace glovebox::settlement
