// SPDX-License-Identifier: Apache-2.0
#include "daemon/journal_thread.h"

namespace glovebox::daemon
{

JournalThread::JournalThread(std::unique_ptr<journal::Journal> journal)
    : m_journal(std::move(journal)), m_thread([this] { work(); })
{}

JournalThread::~JournalThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

bool JournalThread::push(std::function<void()> job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_ending || m_jobs.size() >= kQueue_max) {
            return false;
        }
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
    return true;
}

void JournalThread::work()
{
    while (true) {
        std::function<void()> job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_ending || !m_jobs.empty(); });
            if (m_jobs.empty()) {
                return; // only when ending: the queue is drained first
            }
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        job();
    }
}

} // namespace glovebox::daemon
