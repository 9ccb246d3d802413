// SPDX-License-Identifier: Apache-2.0
#include "daemon/log_checkpoints.h"

#include "crypto/hash.h"
#include "crypto/signed_note.h"

#include <QLoggingCategory>

namespace glovebox::daemon
{

namespace
{

Q_LOGGING_CATEGORY(lcCheckpoints, "glovebox.checkpoints")

using Signed = base::Result<std::string, std::string>;

Signed signNow(const crypto::SigningKey &key, const journal::JournalIdentity &now)
{
    const merkle::Checkpoint checkpoint = journal::checkpointOf(now);
    auto note = crypto::signNote(key, checkpoint.origin, merkle::textOf(checkpoint));
    if (!note) {
        return base::fail(note.error().detail, note.error().detail);
    }
    return std::move(*note);
}

/// Made on the journal's thread, read on the main one.
struct Made
{
    std::string note;
    std::optional<merkle::Frontier> edge;
};

std::optional<wire::CheckpointRequest> proofOf(journal::Journal &journal, const std::string &note,
                                               std::uint64_t size, std::optional<merkle::Frontier> from)
{
    if (!from) {
        auto kept = journal::readCosigned(journal);
        if (!kept) {
            return std::nullopt;
        }
        from = *kept ? std::move((*kept)->edge) : merkle::Frontier(crypto::sha256);
    }
    auto proof = merkle::consistencyProof(crypto::sha256, *from, size, journal::leavesOf(journal));
    if (!proof) {
        return std::nullopt;
    }
    return wire::CheckpointRequest{note, from->size(), std::move(*proof)};
}

std::optional<merkle::Checkpoint> checkpointIn(const std::string &note)
{
    const auto read = crypto::parseNote(note);
    return read ? merkle::checkpointFromText(read->text) : std::nullopt;
}

} // namespace

LogCheckpoints::LogCheckpoints(PurchaseBook &book, const crypto::SigningKey &key, bool stopped)
    : m_book(book), m_key(key), m_stopped(stopped)
{}

void LogCheckpoints::sign(std::function<void(std::optional<std::string>)> done)
{
    if (m_stopped) {
        done(std::nullopt);
        return;
    }
    auto made = std::make_shared<Made>();
    Note note;
    note.kind = journal::EntryKind::checkpoint;
    note.compose = [made, &key = m_key](journal::Journal &journal) -> base::Result<base::Json, std::string> {
        const journal::JournalIdentity now = journal.identity();
        auto signedNote = signNow(key, now);
        if (!signedNote) {
            return std::unexpected(std::move(signedNote.error()));
        }
        made->note = std::move(*signedNote);
        made->edge = merkle::Frontier::load(crypto::sha256, now.size, now.edge);
        return journal::signedPayload(made->note);
    };
    m_book.note(std::move(note), [this, made, done = std::move(done)](bool written) {
        if (!written || !made->edge) {
            done(std::nullopt);
            return;
        }
        const std::uint64_t size = made->edge->size();
        m_signed.insert_or_assign(size, std::move(*made->edge));
        if (m_signed.size() > kSigned_max) {
            m_signed.erase(m_signed.begin());
        }
        done(std::move(made->note));
    });
}

void LogCheckpoints::prove(const std::string &note,
                           std::function<void(std::optional<wire::CheckpointRequest>)> done)
{
    using Request = std::optional<wire::CheckpointRequest>;
    const auto checkpoint = checkpointIn(note);
    const auto job = [note, size = checkpoint ? checkpoint->size : 0, from = m_from](
                         journal::Journal &journal) { return proofOf(journal, note, size, from); };
    if (!checkpoint || !m_book.journal().ask<Request>(job, done)) {
        done(std::nullopt);
    }
}

void LogCheckpoints::keep(const std::string &note, std::function<void(bool)> done)
{
    const auto checkpoint = checkpointIn(note);
    const auto edge = checkpoint ? m_signed.find(checkpoint->size) : m_signed.end();
    if (m_stopped || edge == m_signed.end() || edge->second.root() != checkpoint->root) {
        done(false);
        return;
    }
    const std::string value = journal::cosignedSetting(note, edge->second);
    m_book.note({journal::EntryKind::checkpoint,
                 {},
                 journal::cosignedPayload(note, value),
                 {{journal::kCosignedSetting, value}},
                 {}},
                [this, size = checkpoint->size, done = std::move(done)](bool written) {
                    if (written) {
                        m_from.reset();
                        m_signed.erase(m_signed.begin(), m_signed.upper_bound(size));
                    }
                    done(written);
                });
}

void LogCheckpoints::compare(const std::string &note, std::function<void(Compared)> done)
{
    if (note.empty()) {
        m_from = merkle::Frontier(crypto::sha256);
        done(Compared::goesOn);
        return;
    }
    const auto read = crypto::parseNote(note);
    const auto checkpoint = read ? merkle::checkpointFromText(read->text) : std::nullopt;
    if (!checkpoint || m_stopped) {
        done(Compared::failed);
        return;
    }
    // The witness answers for what it cosigned, and still only a log that this key signed for stops this car.
    const bool byKey = crypto::verifyNote(*read, checkpoint->origin, {&m_key.publicKey(), 1}).has_value();
    using Answer = journal::JournalResult<journal::Compared>;
    struct Judged
    {
        Answer compared;
        bool ours;
    };
    const bool asked = m_book.journal().ask<Judged>(
        [known = *checkpoint](journal::Journal &journal) {
            return Judged{journal::compareWith(journal, known),
                          known.origin == journal::originOf(journal.identity().journalId)};
        },
        [this, note, byKey, done](Judged judged) {
            if (!judged.compared || (!judged.ours && !byKey)) {
                qCWarning(lcCheckpoints, "what the witness knows could not be compared: %s",
                          judged.compared ? "it is about another log"
                                          : judged.compared.error().detail.c_str());
                done(Compared::failed);
            } else if (judged.compared->rollback) {
                stop(note, *judged.compared->rollback, done);
            } else {
                // An answer of the witness was lost, or its memory is an older one: the next proof starts
                // there.
                m_from = std::move(judged.compared->edge);
                done(Compared::goesOn);
            }
        });
    if (!asked) {
        done(Compared::failed);
    }
}

void LogCheckpoints::stop(const std::string &note, const journal::Rollback &rollback,
                          std::function<void(Compared)> done)
{
    qCWarning(lcCheckpoints, "the witness has cosigned another journal (%s): nothing is approved any more",
              std::string(journal::nameOf(rollback.reason)).c_str());
    m_stopped = true;
    if (onRollback) {
        onRollback(rollback); // at once; the disk comes after it
    }
    m_book.note({journal::EntryKind::checkpoint,
                 {},
                 journal::conflictPayload(note, rollback),
                 {journal::settingOf(rollback)},
                 {}},
                [done = std::move(done)](bool) { done(Compared::contradicts); });
}

std::function<base::Result<base::Json, std::string>(journal::Journal &)>
LogCheckpoints::withCheckpoint(base::Json payload) const
{
    return [payload = std::move(payload), stopped = m_stopped,
            &key = m_key](journal::Journal &journal) -> base::Result<base::Json, std::string> {
        base::Json whole = payload;
        if (!stopped) {
            if (auto note = signNow(key, journal.identity())) {
                whole["checkpoint"] = std::move(*note);
            } else {
                qCWarning(lcCheckpoints, "the last entry has no checkpoint: %s", note.error().detail.c_str());
            }
        }
        return whole;
    };
}

} // namespace glovebox::daemon
