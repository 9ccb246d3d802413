// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settlement/line.h"

namespace glovebox::settlement
{

/// What the car asks for on its own account: signed time first, then the merchant directory, then news about
/// approvals. One request at a time.
class Feed
{
public:
    explicit Feed(Line &line);
    /// `contactWanted`: a verified answer is needed now, and nothing else would bring one.
    void pump(bool contactWanted);
    /// Somebody new waits for contact: the running backoff was not about them.
    void hurry() { m_time.backoff.hurry(); }
    /// The hint says online again: ask at once.
    void onlineAgain();
    [[nodiscard]] std::optional<base::BootTime> nextDue(bool contactWanted) const;
    std::function<void(const std::string &)> onDirectory;

private:
    enum class Topic { time, directory, events };
    struct Schedule
    {
        Backoff backoff;
        base::BootTime due; // of the next regular question
    };
    [[nodiscard]] Schedule &schedule(Topic topic);
    [[nodiscard]] base::BootTime moment(Topic topic) const;
    [[nodiscard]] base::Duration eventsEvery() const;
    void ask(Topic topic);
    void send(Topic topic, const crypto::KeyResult<wire::CarRequest> &request,
              std::function<void(const ports::HttpAnswer &)> onAnswer);
    void readTime(const std::string &nonce, const std::string &body);
    void readDirectory(const std::string &body);
    void readEvents(std::int64_t after, const std::string &body);
    void takeReceipts(std::shared_ptr<wire::Events> events, std::size_t next);
    void takeReceipt(std::shared_ptr<wire::Events> events, std::size_t next);
    void doubt(Topic topic, const std::string &detail);
    void finish(Topic topic, bool ok, std::optional<int> retryAfter_s = std::nullopt);

    Line &m_line;
    bool m_busy = false;
    Schedule m_time;
    Schedule m_directory;
    Schedule m_events;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace glovebox::settlement
