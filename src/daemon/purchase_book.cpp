// SPDX-License-Identifier: Apache-2.0
#include "daemon/purchase_book.h"

#include "crypto/hash.h"
#include "daemon/purchase_batch.h"

#include <QLoggingCategory>

#include <algorithm>
#include <ranges>
#include <utility>

namespace glovebox::daemon
{

namespace
{

Q_LOGGING_CATEGORY(lcBook, "glovebox.book")

using Compose = std::function<base::Result<base::Json, std::string>(journal::Journal &)>;

/// Runs on the journal's thread; nothing comes between what `compose` sees and the entry.
std::function<journal::JournalResult<journal::Committed>(journal::Journal &)>
appending(journal::Batch batch, Compose compose = nullptr)
{
    return [batch = std::move(batch), compose = std::move(compose)](
               journal::Journal &journal) mutable -> journal::JournalResult<journal::Committed> {
        if (compose) {
            auto payload = compose(journal);
            if (!payload) {
                return base::fail(journal::JournalFault::refused, payload.error().detail);
            }
            batch.entries.front().payload =
                [payload = std::move(*payload)](
                    std::uint64_t) -> base::Result<base::CanonicalText, std::string> { return payload; };
        }
        return journal.append(batch);
    };
}

} // namespace

bool isInSettlement(payment::State state)
{
    return state == payment::State::approved || state == payment::State::queued ||
           state == payment::State::stepUpRequired || payment::isUnsettled(state);
}

PurchaseBook::PurchaseBook(JournalThread &journal, Loaded loaded)
    : m_journal(journal), m_settings(std::move(loaded.settings)), m_budgets(std::move(loaded.budgets))
{
    for (const auto *purchases : {&loaded.finished, &loaded.unfinished}) {
        for (const payment::Purchase &purchase : *purchases) {
            m_history.apply(std::nullopt, purchase);
        }
    }
    for (payment::Purchase &purchase : loaded.unfinished) {
        m_purchases.emplace(purchase.id, std::move(purchase));
    }
    for (const payment::Purchase &purchase : loaded.finished) {
        keep(purchase);
    }
}

void PurchaseBook::take(Turn turn, Done done)
{
    enqueue({std::move(turn), std::move(done), std::nullopt, {}});
}

void PurchaseBook::note(Note note, std::function<void(bool)> done)
{
    enqueue({{}, {}, std::move(note), std::move(done)});
}

void PurchaseBook::enqueue(Waiting waiting)
{
    if (m_turns.size() >= kTurns_max) {
        qCWarning(lcBook, "too much to do at once: a change was turned away");
        turnAway(waiting);
        return;
    }
    m_turns.push_back(std::move(waiting));
    next();
}

void PurchaseBook::turnAway(const Waiting &waiting)
{
    if (waiting.done) {
        waiting.done(nullptr);
    }
    if (waiting.noteDone) {
        waiting.noteDone(false);
    }
}

void PurchaseBook::next()
{
    while (!m_busy && !m_turns.empty()) {
        Waiting waiting = std::move(m_turns.front());
        m_turns.pop_front();
        if (m_closed) {
            turnAway(waiting);
            continue;
        }
        if (waiting.note) {
            beginNote(std::move(*waiting.note), std::move(waiting.noteDone));
            continue;
        }
        m_busy = true; // what a turn asks for comes after it
        auto change = waiting.turn();
        m_busy = false;
        if (change && !change->events.empty()) {
            begin(std::move(*change), std::move(waiting.done));
        } else if (waiting.done) {
            waiting.done(nullptr);
        }
    }
}

void PurchaseBook::begin(Change change, Done done)
{
    const payment::PurchaseId id = change.events.front().purchase;
    const payment::Purchase *present = find(id);
    // Shared: what is called back is copied on its way, and a purchase is large.
    const auto before = std::make_shared<const std::optional<payment::Purchase>>(
        present ? std::optional(*present) : std::nullopt);
    auto settings = change.settings;
    consent::Budgets budgets = m_budgets;
    auto batch = batchOf(*before, std::move(change), budgets);
    if (!batch) {
        if (done) {
            done(nullptr);
        }
        return;
    }
    write(appending(std::move(*batch)),
          [this, before, done = std::move(done), settings = std::move(settings),
           budgets = std::move(budgets)](journal::JournalResult<journal::Committed> committed) mutable {
              if (!committed) {
                  if (isNothingWritten(committed.error()) && done) {
                      done(nullptr);
                  }
                  return;
              }
              for (const auto &[name, value] : settings) {
                  m_settings[name] = value;
              }
              m_budgets = std::move(budgets);
              const payment::Purchase purchase = std::move(*committed->purchase);
              m_history.apply(*before, purchase);
              keep(purchase);
              if (done) {
                  done(&purchase);
              }
              if (onChanged) {
                  onChanged(purchase);
              }
          });
}

void PurchaseBook::beginNote(Note note, std::function<void(bool)> done)
{
    journal::Batch batch;
    batch.entries.push_back(
        {note.kind, note.driver,
         [payload = note.payload](std::uint64_t) -> base::Result<base::CanonicalText, std::string> {
             return payload;
         }});
    batch.settings = note.settings;
    batch.erase = note.erase;
    write(appending(std::move(batch), std::move(note.compose)),
          [this, done = std::move(done), erase = note.erase,
           settings = std::move(note.settings)](journal::JournalResult<journal::Committed> committed) {
              if (committed) {
                  if (erase) {
                      forget(*erase);
                  }
                  for (const auto &[name, value] : settings) {
                      m_settings[name] = value;
                  }
              } else if (!isNothingWritten(committed.error())) {
                  return;
              }
              if (done) {
                  done(committed.has_value());
              }
          });
}

void PurchaseBook::write(Write job, std::function<void(journal::JournalResult<journal::Committed>)> done)
{
    m_busy = true;
    using Answer = journal::JournalResult<journal::Committed>;
    const auto finish = [this, done](Answer answer) {
        m_busy = false;
        const bool roomChanged = learnsOfRoom(answer);
        done(std::move(answer));
        if (roomChanged && onRoomChanged) {
            onRoomChanged();
        }
        next();
    };
    const bool asked = m_journal.ask<Answer>(std::move(job), finish);
    if (!asked) {
        m_busy = false;
        done(base::fail(journal::JournalFault::refused, "the journal's queue is full"));
    }
}

bool PurchaseBook::learnsOfRoom(const journal::JournalResult<journal::Committed> &answer)
{
    const bool lacksRoom = !answer && answer.error().code == journal::JournalFault::full;
    if (!answer && !lacksRoom) {
        return false; // it says nothing about the disk
    }
    return std::exchange(m_lacksRoom, lacksRoom) != lacksRoom;
}

void PurchaseBook::keep(const payment::Purchase &purchase)
{
    const bool unfinished = payment::isOpen(purchase.state);
    auto &list = purchase.state == payment::State::refused ? m_refused : m_finished;
    const bool known = std::ranges::find(list, purchase.id) != list.end();
    m_purchases.insert_or_assign(purchase.id, purchase);
    if (unfinished) {
        std::erase(m_finished, purchase.id); // a declined one came back
    } else if (!known) {
        list.push_back(purchase.id);
    }
    trim(m_finished, kFinishedInMemory_max);
    trim(m_refused, kRefusedInMemory_max);
}

void PurchaseBook::trim(std::deque<payment::PurchaseId> &list, std::size_t count_max)
{
    for (; list.size() > count_max; list.pop_front()) {
        m_purchases.erase(list.front());
    }
}

bool PurchaseBook::isNothingWritten(const base::Failure<journal::JournalFault> &failure)
{
    if (failure.code == journal::JournalFault::full) {
        qCInfo(lcBook, "nothing was written: %s", failure.detail.c_str()); // onRoomChanged warns, once
        return true;
    }
    if (failure.code == journal::JournalFault::refused) {
        qCWarning(lcBook, "nothing was written: %s", failure.detail.c_str());
        return true;
    }
    // Whether the write is there, nobody knows until the file is read again: another process does that.
    qCWarning(lcBook, "the journal stopped: %s", failure.detail.c_str());
    m_closed = true;
    if (onUnknownOutcome) {
        onUnknownOutcome(failure.detail);
    }
    return false;
}

const payment::Purchase *PurchaseBook::find(const payment::PurchaseId &id) const
{
    const auto found = m_purchases.find(id);
    return found == m_purchases.end() ? nullptr : &found->second;
}

const payment::Purchase *PurchaseBook::findRequest(const payment::AgentId &agent,
                                                   const payment::RequestId &request) const
{
    for (const auto &[id, purchase] : m_purchases) {
        if (purchase.agent == agent && purchase.proposal.requestId == request) {
            return &purchase;
        }
    }
    return nullptr;
}

std::vector<payment::Purchase> PurchaseBook::unsettled() const
{
    std::vector<payment::Purchase> list;
    for (const auto &[id, purchase] : m_purchases) {
        if (isInSettlement(purchase.state)) {
            list.push_back(purchase);
        }
    }
    return list;
}

std::optional<payment::Purchase> PurchaseBook::find(const payment::ApprovalId &id) const
{
    for (const auto &[purchaseId, purchase] : m_purchases) {
        if (purchase.approvalId == id) {
            return purchase;
        }
    }
    return std::nullopt;
}

void PurchaseBook::record(const payment::PurchaseEvent &event, std::function<void(bool)> done)
{
    take([event] { return Change{{event}, {}, {}}; },
         [this, done = std::move(done)](const payment::Purchase *purchase) {
             // The answer never comes inside record(), also where the table says no at once.
             QMetaObject::invokeMethod(
                 &m_home, [done, recorded = purchase != nullptr] { done(recorded); }, Qt::QueuedConnection);
         });
}

std::string PurchaseBook::setting(const std::string &name) const
{
    const auto found = m_settings.find(name);
    return found == m_settings.end() ? std::string() : found->second;
}

void PurchaseBook::store(const std::string &name, const std::string &value, std::function<void(bool)> done)
{
    const base::Json payload = {{"v", 1},
                                {"type", "gateway_state"},
                                {"name", name},
                                {"value_hash", base::toBase64Url(crypto::sha256(base::bytesOf(value)))}};
    note({journal::EntryKind::directory, {}, payload, {{name, value}}}, std::move(done));
}

} // namespace glovebox::daemon
