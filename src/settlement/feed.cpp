// SPDX-License-Identifier: Apache-2.0
#include "settlement/feed.h"

#include <algorithm>
#include <charconv>

namespace glovebox::settlement
{

namespace
{

constexpr const char *kCursor = "events.cursor";
constexpr const char *kDirectory = "directory";
constexpr const char *kSignedTime = "time";

std::int64_t cursorFrom(const std::string &text)
{
    std::int64_t cursor = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), cursor);
    return error == std::errc{} && end == text.data() + text.size() ? std::max<std::int64_t>(cursor, 0) : 0;
}

} // namespace

Feed::Feed(Line &line) : m_line(line) {}

Feed::Schedule &Feed::schedule(Topic topic)
{
    switch (topic) {
    case Topic::time:
        return m_time;
    case Topic::directory:
        return m_directory;
    case Topic::events:
        return m_events;
    }
    return m_events;
}

base::Duration Feed::eventsEvery() const
{
    const auto purchases = m_line.book.unsettled();
    const bool held = std::ranges::any_of(purchases, [](const payment::Purchase &purchase) {
        return purchase.state == payment::State::authorised || purchase.state == payment::State::tooLate;
    });
    return held ? m_line.settings.eventsEvery : m_line.settings.eventsIdleEvery;
}

base::BootTime Feed::moment(Topic topic) const
{
    switch (topic) {
    case Topic::time:
        return m_time.backoff.notBefore();
    case Topic::directory:
        return std::max(m_directory.due, m_directory.backoff.notBefore());
    case Topic::events:
        // `due` is the last answer; how long it lasts depends on whether money is held now.
        return std::max(m_events.due == base::BootTime{} ? m_events.due : m_events.due + eventsEvery(),
                        m_events.backoff.notBefore());
    }
    return {};
}

std::optional<base::BootTime> Feed::nextDue(bool contactWanted) const
{
    if (m_busy || !m_line.connectivity.online()) {
        return std::nullopt;
    }
    if (!m_line.timeKnown()) {
        return moment(Topic::time);
    }
    const base::BootTime due = std::min(moment(Topic::directory), moment(Topic::events));
    return contactWanted ? std::min(due, moment(Topic::time)) : due;
}

void Feed::onlineAgain()
{
    m_time = {};
    m_directory.backoff.reset();
    m_events = {};
}

void Feed::pump(bool contactWanted)
{
    if (m_busy || !m_line.connectivity.online()) {
        return;
    }
    if (m_line.inContact()) {
        m_time.backoff.reset(); // whichever question it answered, it is there
    }
    const base::BootTime now = m_line.clock.now().boot;
    if ((contactWanted || !m_line.timeKnown()) && moment(Topic::time) <= now) {
        ask(Topic::time);
        return;
    }
    if (!m_line.timeKnown()) {
        return;
    }
    for (const Topic topic : {Topic::directory, Topic::events}) {
        if (moment(topic) <= now) {
            ask(topic);
            return;
        }
    }
}

void Feed::ask(Topic topic)
{
    m_busy = true;
    switch (topic) {
    case Topic::time: {
        const std::string nonce = wire::CarChannel::makeNonce();
        send(topic, m_line.channel.time(nonce, m_line.now_s()),
             [this, nonce](const ports::HttpAnswer &answer) { readTime(nonce, answer.body); });
        return;
    }
    case Topic::directory:
        send(topic, m_line.channel.directory(m_line.now_s()),
             [this](const ports::HttpAnswer &answer) { readDirectory(answer.body); });
        return;
    case Topic::events: {
        const std::int64_t after = cursorFrom(m_line.book.setting(kCursor));
        send(topic, m_line.channel.events(after, m_line.now_s()),
             [this, after](const ports::HttpAnswer &answer) { readEvents(after, answer.body); });
        return;
    }
    }
}

void Feed::send(Topic topic, const crypto::KeyResult<wire::CarRequest> &request,
                std::function<void(const ports::HttpAnswer &)> onAnswer)
{
    if (!request) {
        qCWarning(logSettlement, "a request could not be signed: %s", request.error().detail.c_str());
        finish(topic, false);
        return;
    }
    m_line.send(*request, [this, alive = std::weak_ptr(m_alive), topic,
                           onAnswer = std::move(onAnswer)](const ports::HttpAnswer &answer) {
        if (alive.expired()) {
            return;
        }
        if (answer.fault || answer.status != 200) {
            m_line.noAnswer(answer);
            qCInfo(logSettlement, "no answer to a question: status %d %s", answer.status,
                   answer.detail.c_str());
            finish(topic, false, answer.retryAfter_s);
            return;
        }
        onAnswer(answer);
    });
}

void Feed::doubt(Topic topic, const std::string &detail)
{
    qCWarning(logSettlement, "an answer of the gateway cannot be believed: %s", detail.c_str());
    m_line.doubt({}, detail);
    finish(topic, false);
}

void Feed::readTime(const std::string &nonce, const std::string &body)
{
    const auto wall = m_line.channel.readTimeAnswer(body, nonce);
    if (!wall) {
        doubt(Topic::time, wall.error().detail);
        return;
    }
    if (!m_line.timeKnown()) { // later ones prove contact: the car's time does not jump with each of them
        m_line.clock.setSignedWallTime(*wall);
        // For a daemon that starts again before the machine does.
        const base::Moment now = m_line.clock.now();
        const base::Json kept = {{"boot_id", now.bootId},
                                 {"boot_ms", now.boot.milliseconds()},
                                 {"wall_ms", now.wall.milliseconds}};
        m_line.book.store(kSignedTime, kept.dump(), [](bool) {});
    }
    m_line.contact(*wall);
    finish(Topic::time, true);
}

void Feed::readDirectory(const std::string &body)
{
    std::string jws;
    const auto directory = m_line.channel.readDirectoryAnswer(body, &jws);
    if (!directory) {
        doubt(Topic::directory, directory.error().detail);
        return;
    }
    if (directory->revision < wire::CarChannel::revisionOf(m_line.book.setting(kDirectory))) {
        doubt(Topic::directory, "an older directory than the one that is known");
        return;
    }
    m_line.contact(directory->at);
    m_line.book.store(kDirectory, jws, [this, alive = std::weak_ptr(m_alive), jws](bool ok) {
        if (alive.expired()) {
            return;
        }
        if (ok && onDirectory) {
            onDirectory(jws);
        }
        finish(Topic::directory, ok);
    });
}

void Feed::readEvents(std::int64_t after, const std::string &body)
{
    auto events = m_line.channel.readEventsAnswer(body, after);
    if (!events) {
        doubt(Topic::events, events.error().detail);
        return;
    }
    m_line.contact();
    takeReceipts(std::make_shared<wire::Events>(std::move(*events)), 0);
}

void Feed::takeReceipts(std::shared_ptr<wire::Events> events, std::size_t next)
{
    if (next < events->receipts.size()) {
        // It may be about a purchase that has been over for weeks.
        m_line.book.recall(events->receipts[next].approval,
                           [this, alive = std::weak_ptr(m_alive), events, next](bool ok) {
                               if (alive.expired()) {
                                   return;
                               }
                               if (ok) {
                                   takeReceipt(events, next);
                               } else {
                                   finish(Topic::events, false); // the cursor stays: it comes again
                               }
                           });
        return;
    }
    if (events->cursor == events->after) {
        finish(Topic::events, true);
        return;
    }
    m_line.book.store(kCursor, std::to_string(events->cursor),
                      [this, alive = std::weak_ptr(m_alive)](bool ok) {
                          if (alive.expired()) {
                              return;
                          }
                          finish(Topic::events, ok);
                          if (ok) {
                              m_events.due = {}; // perhaps there is more
                          }
                      });
}

void Feed::takeReceipt(std::shared_ptr<wire::Events> events, std::size_t next)
{
    const wire::Receipt &receipt = events->receipts[next];
    const auto purchase = m_line.book.find(receipt.approval);
    const auto fault = purchase ? m_line.channel.check(receipt, purchase->approvalJws)
                                : std::optional(wire::WireFault::otherApproval);
    if (fault) {
        // What does not fit is said and left behind: it must not hold up the news about other purchases.
        qCWarning(logSettlement, "defect of the gateway: event about %s refused: %s",
                  receipt.approval.text().c_str(), std::string(wire::nameOf(*fault)).c_str());
        m_line.onDoubt(receipt.approval, "an event is refused: " + std::string(wire::nameOf(*fault)));
        takeReceipts(events, next + 1);
        return;
    }
    m_line.recorder.add(
        receipt.approval, [receipt](const payment::Purchase &now) { return eventsOf(now, receipt); },
        [this, alive = std::weak_ptr(m_alive), events, next](Recorded result) {
            if (alive.expired()) {
                return;
            }
            if (result == Recorded::failed) {
                finish(Topic::events, false); // the cursor stays: it comes again
                return;
            }
            takeReceipts(events, next + 1);
        });
}

void Feed::finish(Topic topic, bool ok, std::optional<int> retryAfter_s)
{
    m_busy = false;
    const base::BootTime now = m_line.clock.now().boot;
    Schedule &of = schedule(topic);
    if (ok) {
        of.backoff.reset();
        of.due = topic == Topic::directory ? now + m_line.settings.directoryEvery : now;
    } else {
        of.backoff.fail(now, retryAfter_s, m_line.settings, m_line.random);
    }
    m_line.onProgress();
}

} // namespace glovebox::settlement
