// SPDX-License-Identifier: Apache-2.0
#include "settlement/outbox.h"

#include "settlement/receipt_path.h"

#include <algorithm>

namespace glovebox::settlement
{

using payment::Event;
using payment::State;

namespace
{

constexpr base::Duration kTick = std::chrono::milliseconds(1); // the last moment itself is still in time

}

Outbox::Outbox(Line &line, Witness &witness) : m_line(line), m_witness(witness) {}

bool Outbox::wantsGateway(State state)
{
    return state == State::queued || state == State::submitted || state == State::unknown ||
           state == State::cancelRequested || state == State::tooLate;
}

bool Outbox::endsAtSettleBy(State state)
{
    return state == State::queued || state == State::quarantined || state == State::stepUpRequired;
}

bool Outbox::mayUseGateway() const
{
    return m_line.connectivity.online() && m_line.timeKnown();
}

int Outbox::requestsInFlight() const
{
    return static_cast<int>(std::ranges::count_if(m_jobs, [](const auto &job) { return job.second.busy; }));
}

bool Outbox::pump()
{
    auto purchases = m_line.book.unsettled();
    std::erase_if(m_jobs, [&purchases](const auto &job) {
        return !job.second.busy && std::ranges::none_of(purchases, [&job](const payment::Purchase &purchase) {
            return purchase.approvalId == job.first;
        });
    });
    // Who waited longest goes first, so that one approval that always fails holds nobody up.
    std::ranges::stable_sort(purchases, {}, [this](const payment::Purchase &purchase) {
        return m_jobs[purchase.approvalId].backoff.notBefore();
    });
    bool isNew = false;
    m_coverWanted = false;
    for (const payment::Purchase &purchase : purchases) {
        Job &job = m_jobs[purchase.approvalId];
        if (!wantsGateway(purchase.state) && !endsAtSettleBy(purchase.state)) {
            continue;
        }
        isNew = isNew || (!job.known && wantsGateway(purchase.state));
        job.known = true;
        if (!job.busy) {
            begin(purchase);
        }
    }
    if (m_coverWanted && !m_covering) {
        coverQueued(purchases);
    }
    return isNew;
}

bool Outbox::waitsForCheckpoint(const payment::Purchase &purchase) const
{
    const auto job = m_jobs.find(purchase.approvalId);
    return m_line.checkpoints != nullptr && purchase.state == State::queued &&
           (job == m_jobs.end() || !job->second.covered);
}

void Outbox::coverQueued(const std::vector<payment::Purchase> &purchases)
{
    std::vector<payment::ApprovalId> waiting;
    for (const payment::Purchase &purchase : purchases) {
        if (waitsForCheckpoint(purchase)) {
            waiting.push_back(purchase.approvalId);
        }
    }
    m_covering = true;
    m_witness.checkpoint([this, alive = std::weak_ptr(m_alive), waiting = std::move(waiting)] {
        if (alive.expired()) {
            return;
        }
        m_covering = false;
        // Also where it could not be made: a disk or a key that fails holds the upload up by itself, and a
        // log that is signed for no more still settles what was approved.
        for (const payment::ApprovalId &id : waiting) {
            m_jobs[id].covered = true;
        }
    });
}

std::optional<base::BootTime> Outbox::nextDue() const
{
    std::optional<base::BootTime> due;
    const auto take = [&due](std::optional<base::BootTime> at) {
        if (at && (!due || *at < *due)) {
            due = at;
        }
    };
    const base::Moment now = m_line.clock.now();
    for (const payment::Purchase &purchase : m_line.book.unsettled()) {
        const auto job = m_jobs.find(purchase.approvalId);
        if (job != m_jobs.end() && job->second.busy) {
            continue;
        }
        const base::BootTime notBefore =
            job == m_jobs.end() ? base::BootTime{} : job->second.backoff.notBefore();
        if (endsAtSettleBy(purchase.state)) {
            if (const auto lastMoment = lapseMoment(purchase, now)) {
                take(std::max(*lastMoment + kTick, notBefore));
            }
        }
        // What waits for contact alone goes on with the answer that proves it.
        const bool waitsForContact =
            purchase.state == State::queued && !m_line.inContact() && notBefore <= now.boot;
        // So does what waits for a checkpoint.
        const bool waits = waitsForContact || (m_covering && waitsForCheckpoint(purchase));
        if (wantsGateway(purchase.state) && mayUseGateway() && !full() && !waits) {
            take(notBefore);
        }
    }
    return due;
}

bool Outbox::wantsContact() const
{
    if (m_line.inContact() || !mayUseGateway() || full()) {
        return false;
    }
    const base::BootTime now = m_line.clock.now().boot;
    return std::ranges::any_of(m_line.book.unsettled(), [this, now](const payment::Purchase &purchase) {
        const auto job = m_jobs.find(purchase.approvalId);
        return purchase.state == State::queued &&
               (job == m_jobs.end() || (!job->second.busy && job->second.backoff.notBefore() <= now));
    });
}

void Outbox::forgetBackoff()
{
    for (auto &[id, job] : m_jobs) {
        job.backoff.reset();
    }
}

void Outbox::begin(const payment::Purchase &purchase)
{
    const base::Moment now = m_line.clock.now();
    Job &job = m_jobs[purchase.approvalId];
    if (job.backoff.notBefore() > now.boot) {
        return;
    }
    const auto lastMoment = lapseMoment(purchase, now);
    if (endsAtSettleBy(purchase.state) && lastMoment && *lastMoment < now.boot) {
        job.busy = true;
        lapse(purchase);
        return;
    }
    if (!wantsGateway(purchase.state) || !mayUseGateway() || full() ||
        (purchase.state == State::queued && !m_line.inContact())) {
        return;
    }
    if (waitsForCheckpoint(purchase)) {
        m_coverWanted = true;
        return;
    }
    job.busy = true;
    switch (purchase.state) {
    case State::queued:
        submit(purchase);
        return;
    case State::unknown:
    case State::tooLate: // what was captured is not recorded yet: a crash came between both
        request(Request::status, purchase.approvalId, purchase.approvalJws);
        return;
    case State::cancelRequested:
        request(Request::cancel, purchase.approvalId, purchase.approvalJws);
        return;
    default:
        // Submitted, and nobody waits for the answer: it was sent before a restart.
        markUnknown(purchase.approvalId);
        return;
    }
}

void Outbox::lapse(const payment::Purchase &purchase)
{
    payment::PurchaseEvent event;
    event.event = purchase.state == State::quarantined ? Event::abandon : Event::lapse;
    event.reason = "settle_by";
    record(purchase.approvalId, purchase.state, std::move(event),
           [this, id = purchase.approvalId](Recorded result) {
               if (result == Recorded::failed) {
                   backOff(id);
               }
               release(id);
           });
}

void Outbox::record(const payment::ApprovalId &id, State expected, payment::PurchaseEvent event,
                    Recorder::Done done)
{
    m_line.recorder.add(
        id,
        [expected, event = std::move(event)](const payment::Purchase &purchase) {
            std::vector<payment::PurchaseEvent> events;
            if (purchase.state == expected) {
                events.push_back(event);
            }
            return events;
        },
        [alive = std::weak_ptr(m_alive), done = std::move(done)](Recorded result) {
            if (!alive.expired()) {
                done(result);
            }
        });
}

void Outbox::submit(const payment::Purchase &purchase)
{
    payment::PurchaseEvent event;
    event.event = Event::submit;
    event.attempt = purchase.attempts + 1;
    // Durable before the request leaves: after a crash the car asks before it sends again.
    record(purchase.approvalId, State::queued, std::move(event),
           [this, id = purchase.approvalId, jws = purchase.approvalJws](Recorded result) {
               if (result == Recorded::all) {
                   request(Request::submit, id, jws);
                   return;
               }
               if (result == Recorded::failed) {
                   backOff(id);
               }
               release(id);
           });
}

void Outbox::request(Request what, const payment::ApprovalId &id, const std::string &approvalJws)
{
    const auto &channel = m_line.channel;
    const auto signedRequest = what == Request::submit   ? channel.submit(id, approvalJws, m_line.now_s())
                               : what == Request::status ? channel.status(id, m_line.now_s())
                                                         : channel.cancel(id, m_line.now_s());
    if (!signedRequest) {
        qCWarning(logSettlement, "a request could not be signed: %s", signedRequest.error().detail.c_str());
        failed(what, id, std::nullopt);
        return;
    }
    m_line.send(*signedRequest, [this, alive = std::weak_ptr(m_alive), what, id,
                                 approvalJws](const ports::HttpAnswer &answer) {
        if (!alive.expired()) {
            answered(what, id, approvalJws, answer);
        }
    });
}

void Outbox::answered(Request what, const payment::ApprovalId &id, const std::string &approvalJws,
                      const ports::HttpAnswer &answer)
{
    if (answer.fault) {
        m_line.noAnswer(answer);
        qCInfo(logSettlement, "no answer about %s: %s", id.text().c_str(), answer.detail.c_str());
        failed(what, id, std::nullopt);
        return;
    }
    const auto said = m_line.channel.readAnswer(answer.status, answer.body, approvalJws);
    Job &job = m_jobs[id];
    switch (said.kind) {
    case wire::ApprovalAnswer::Kind::receipt:
        job.unverifiable = 0;
        m_line.contact(said.receipt.at);
        apply(what, id, approvalJws, said.receipt);
        return;
    case wire::ApprovalAnswer::Kind::refusal:
        job.unverifiable = 0;
        m_line.contact();
        refused(id, said.refusalCode);
        return;
    case wire::ApprovalAnswer::Kind::unverifiable:
        ++job.unverifiable;
        qCWarning(logSettlement, "answer %d about %s cannot be believed: %s", job.unverifiable,
                  id.text().c_str(), said.detail.c_str());
        m_line.doubt(id, said.detail);
        failed(what, id, answer.retryAfter_s);
        return;
    case wire::ApprovalAnswer::Kind::unavailable:
        m_line.noAnswer(answer);
        qCInfo(logSettlement, "the gateway gave no receipt for %s: %s", id.text().c_str(),
               said.detail.c_str());
        failed(what, id, answer.retryAfter_s);
        return;
    }
}

void Outbox::apply(Request what, const payment::ApprovalId &id, const std::string &approvalJws,
                   const wire::Receipt &receipt)
{
    const bool sendAgain = receipt.outcome == wire::Outcome::neverSeen;
    m_line.recorder.add(
        id, [receipt](const payment::Purchase &purchase) { return eventsOf(purchase, receipt); },
        [this, alive = std::weak_ptr(m_alive), what, id, approvalJws, sendAgain](Recorded result) {
            if (alive.expired()) {
                return;
            }
            if (sendAgain && result == Recorded::all) {
                request(Request::submit, id, approvalJws);
                return;
            }
            if (result == Recorded::all) {
                m_jobs[id].backoff.reset();
            } else if (result == Recorded::failed || what != Request::submit) {
                backOff(id); // the answer did not help, and the same question would get the same answer
            }
            release(id);
        });
}

void Outbox::refused(const payment::ApprovalId &id, const std::string &code)
{
    payment::PurchaseEvent event;
    // Too late is no poison: the status query brings the signed "never accepted, now refused", and it lapses.
    event.event = code == "expired" ? Event::outcomeUnknown : Event::quarantine;
    event.reason = "gateway_refused_" + code;
    qCWarning(logSettlement, "the gateway refuses %s for good: %s", id.text().c_str(), code.c_str());
    record(id, State::submitted, std::move(event), [this, id](Recorded) {
        backOff(id);
        release(id);
    });
}

void Outbox::failed(Request what, const payment::ApprovalId &id, std::optional<int> retryAfter_s)
{
    backOff(id, retryAfter_s);
    if (what == Request::submit) {
        markUnknown(id);
    } else {
        release(id);
    }
}

void Outbox::markUnknown(const payment::ApprovalId &id)
{
    payment::PurchaseEvent event;
    event.event = Event::outcomeUnknown;
    record(id, State::submitted, std::move(event), [this, id](Recorded result) {
        if (result == Recorded::failed) {
            backOff(id);
        }
        release(id);
    });
}

void Outbox::release(const payment::ApprovalId &id)
{
    m_jobs[id].busy = false;
    m_line.onProgress();
}

void Outbox::backOff(const payment::ApprovalId &id, std::optional<int> retryAfter_s)
{
    m_jobs[id].backoff.fail(m_line.clock.now().boot, retryAfter_s, m_line.settings, m_line.random);
}

} // namespace glovebox::settlement
