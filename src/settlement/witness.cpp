// SPDX-License-Identifier: Apache-2.0
#include "settlement/witness.h"

#include <utility>

namespace glovebox::settlement
{

Witness::Witness(Line &line) : m_line(line) {}

bool Witness::mayAsk() const
{
    return m_line.channel.hasWitness() && !m_busy && m_line.connectivity.online() && m_line.timeKnown();
}

void Witness::checkpoint(std::function<void()> done)
{
    if (m_line.checkpoints == nullptr) {
        done();
        return;
    }
    m_waiting.push_back(std::move(done));
    sign();
}

void Witness::sign()
{
    // One that is being signed may have begun before what the next one is about was in the log.
    if (m_signing || m_waiting.empty()) {
        return;
    }
    m_signing = true;
    m_greeted = true;
    m_line.checkpoints->sign([this, alive = std::weak_ptr(m_alive),
                              waiting = std::exchange(m_waiting, {})](std::optional<std::string> note) {
        if (alive.expired()) {
            return;
        }
        m_signing = false;
        m_newest = std::move(note);
        for (const auto &done : waiting) {
            done();
        }
        m_line.onProgress();
        sign();
    });
}

void Witness::pump()
{
    if (m_line.checkpoints == nullptr || !mayAsk()) {
        return;
    }
    if (!m_greeted && m_line.inContact()) {
        // An old copy of the journal shows at the first contact, not only when it wants to pay.
        checkpoint([] {});
        return;
    }
    if (m_newest && m_backoff.notBefore() <= m_line.clock.now().boot) {
        send();
    }
}

std::optional<base::BootTime> Witness::nextDue() const
{
    return m_newest && mayAsk() ? std::optional(m_backoff.notBefore()) : std::nullopt;
}

void Witness::send()
{
    m_busy = true;
    m_line.checkpoints->prove(*m_newest, [this, alive = std::weak_ptr(m_alive)](
                                             const std::optional<wire::CheckpointRequest> &request) {
        if (alive.expired()) {
            return;
        }
        if (request) {
            send(*request);
        } else {
            finish(false);
        }
    });
}

void Witness::send(const wire::CheckpointRequest &sent)
{
    const auto request = m_line.channel.checkpoint(sent, m_line.now_s());
    if (!request) {
        qCWarning(logSettlement, "a request could not be signed: %s", request.error().detail.c_str());
        finish(false);
        return;
    }
    m_line.send(*request, [this, alive = std::weak_ptr(m_alive), sent](const ports::HttpAnswer &answer) {
        if (!alive.expired()) {
            answered(sent, answer);
        }
    });
}

void Witness::answered(const wire::CheckpointRequest &sent, const ports::HttpAnswer &answer)
{
    if (answer.fault) {
        m_line.noAnswer(answer);
        qCInfo(logSettlement, "no answer about the journal: %s", answer.detail.c_str());
        finish(false);
        return;
    }
    const auto said = m_line.channel.readAnswer(answer.status, answer.body, sent);
    switch (said.kind) {
    case wire::CheckpointAnswer::Kind::cosigned:
        m_line.contact();
        if (m_newest == sent.note) {
            m_newest.reset();
        }
        cosigned(said.note);
        return;
    case wire::CheckpointAnswer::Kind::conflict:
        m_line.contact();
        conflict(said.note);
        return;
    case wire::CheckpointAnswer::Kind::unverifiable:
        qCWarning(logSettlement, "an answer about the journal cannot be believed: %s", said.detail.c_str());
        m_line.doubt({}, said.detail);
        finish(false, answer.retryAfter_s);
        return;
    case wire::CheckpointAnswer::Kind::unavailable:
        qCInfo(logSettlement, "the journal was not cosigned: %s", said.detail.c_str());
        finish(false, answer.retryAfter_s);
        return;
    }
}

void Witness::cosigned(const std::string &note)
{
    m_line.checkpoints->keep(note, [this, alive = std::weak_ptr(m_alive)](bool ok) {
        if (!alive.expired()) {
            finish(ok);
        }
    });
}

void Witness::conflict(const std::string &note)
{
    m_line.checkpoints->compare(note, [this, alive = std::weak_ptr(m_alive)](Checkpoints::Compared compared) {
        if (alive.expired()) {
            return;
        }
        if (compared == Checkpoints::Compared::contradicts) {
            m_newest.reset();
        }
        // Also where the log goes on, and only an answer was lost: who repeats an old answer must not make
        // the car ask without end.
        finish(false);
    });
}

void Witness::finish(bool ok, std::optional<int> retryAfter_s)
{
    m_busy = false;
    if (ok) {
        m_backoff.reset();
    } else {
        m_backoff.fail(m_line.clock.now().boot, retryAfter_s, m_line.settings, m_line.random);
    }
    m_line.onProgress();
}

} // namespace glovebox::settlement
