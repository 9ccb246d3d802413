// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/journal.h"

#include <QObject>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace glovebox::daemon
{

/// The journal on a thread of its own: everything that touches the disk, or may take a chip tens of
/// milliseconds (a signature, scrypt), happens there, in the order in which it was asked for.
class JournalThread
{
public:
    static constexpr std::size_t kQueue_max = 4096;

    explicit JournalThread(std::unique_ptr<journal::Journal> journal);
    /// Finishes what was asked, answers nobody any more.
    ~JournalThread();
    JournalThread(const JournalThread &) = delete;
    JournalThread &operator=(const JournalThread &) = delete;

    /// `job` runs on the journal's thread, `done` with its answer from the event loop of the thread that made
    /// this object. False where the queue is full: neither runs.
    template<class Answer>
    [[nodiscard]] bool ask(std::function<Answer(journal::Journal &)> job, std::function<void(Answer)> done)
    {
        return push([this, job = std::move(job), done = std::move(done)] {
            auto answer = std::make_shared<Answer>(job(*m_journal));
            QMetaObject::invokeMethod(
                &m_home, [done, answer] { done(std::move(*answer)); }, Qt::QueuedConnection);
        });
    }

private:
    bool push(std::function<void()> job);
    void work();

    std::unique_ptr<journal::Journal> m_journal;
    QObject m_home; // answers are delivered to its thread, and dropped when it is gone
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_jobs;
    bool m_ending = false;
    std::thread m_thread; // last: starts when the rest is there
};

} // namespace glovebox::daemon
