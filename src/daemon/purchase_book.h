// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/budget.h"
#include "consent/history.h"
#include "consent/permissions.h"
#include "daemon/journal_thread.h"
#include "settlement/settlement.h"

#include <deque>
#include <map>
#include <optional>

namespace glovebox::daemon
{

/// What one turn wants to happen to one purchase: its events in order, made durable in one transaction.
struct Change
{
    std::vector<payment::PurchaseEvent> events;
    /// For an approval: the compact JWS, signed on the journal's thread once its sequence is known.
    std::function<base::Result<std::string, std::string>(std::uint64_t sequence)> sign;
    std::vector<std::pair<std::string, std::string>> settings;
    bool approvedOffline = false;
};

/// Something about the car itself or its driver that belongs in the log.
struct Note
{
    journal::EntryKind kind = journal::EntryKind::session;
    payment::DriverId driver;
    base::Json payload;
    std::vector<std::pair<std::string, std::string>> settings;
    /// Instead of `payload`: made on the journal's thread, with the journal as it is right before this entry.
    std::function<base::Result<base::Json, std::string>(journal::Journal &)> compose = nullptr;
    /// With an entry of kind `erasure`: whom it erases, from the log and from this book.
    std::optional<payment::DriverId> erase = std::nullopt;
};

/// All purchases that are not over, and the order in which they change: one turn at a time. A turn looks at
/// the present state, decides, and is on disk before the next one looks. Whatever is acknowledged is durable.
class PurchaseBook final : public settlement::Book
{
public:
    static constexpr std::size_t kFinishedInMemory_max = 64;
    /// Beside the finished ones, so that refusals push none of them out: a repeated request finds them.
    static constexpr std::size_t kRefusedInMemory_max = 32;
    static constexpr std::size_t kTurns_max = 1024;

    /// What is read once, before the journal moves to its thread.
    struct Loaded
    {
        std::vector<payment::Purchase> unfinished;
        std::vector<payment::Purchase> finished; // the newest, oldest first: a refund may still come
        std::map<std::string, std::string> settings;
        consent::Budgets budgets;
    };
    [[nodiscard]] static journal::JournalResult<Loaded> load(journal::Journal &journal);

    PurchaseBook(JournalThread &journal, Loaded loaded);

    /// Looks at its turn; nothing returned: nothing happens, and `done` gets nothing.
    using Turn = std::function<std::optional<Change>()>;
    /// The purchase as it is on disk now; nothing where the turn did not want, the lifecycle table did not
    /// allow, or the disk refused. Not called where the outcome is unknown: then nobody may be told anything.
    using Done = std::function<void(const payment::Purchase *)>;
    void take(Turn turn, Done done = {});
    void note(Note note, std::function<void(bool)> done = {});

    [[nodiscard]] const payment::Purchase *find(const payment::PurchaseId &id) const;
    [[nodiscard]] const payment::Purchase *findRequest(const payment::AgentId &agent,
                                                       const payment::RequestId &request) const;
    [[nodiscard]] const std::map<payment::PurchaseId, payment::Purchase> &inMemory() const
    {
        return m_purchases;
    }
    /// What agents have spent, as on disk.
    [[nodiscard]] const consent::Budgets &budgets() const { return m_budgets; }
    /// What its driver and agents did, as far as it was read.
    [[nodiscard]] const consent::History &history() const { return m_history; }
    [[nodiscard]] JournalThread &journal() { return m_journal; }
    /// The last write found no room on the disk: nothing of it is there, and nobody knows yet of room again.
    [[nodiscard]] bool lacksRoom() const { return m_lacksRoom; }

    // settlement::Book
    [[nodiscard]] std::vector<payment::Purchase> unsettled() const override;
    [[nodiscard]] std::optional<payment::Purchase> find(const payment::ApprovalId &id) const override;
    void recall(const payment::ApprovalId &id, std::function<void(bool)> done) override;
    void record(const payment::PurchaseEvent &event, std::function<void(bool)> done) override;
    [[nodiscard]] std::string setting(const std::string &name) const override;
    void store(const std::string &name, const std::string &value, std::function<void(bool)> done) override;

    /// After every durable change.
    std::function<void(const payment::Purchase &)> onChanged;
    /// The outcome of a write is unknown: the process must end, and the next one reads what the log says.
    std::function<void(const std::string &detail)> onUnknownOutcome;
    /// lacksRoom() became another; after `done` of the write that found it.
    std::function<void()> onRoomChanged;

private:
    [[nodiscard]] static journal::JournalResult<Loaded> readConsent(Loaded loaded);
    struct Waiting
    {
        Turn turn;
        Done done;
        std::optional<Note> note;
        std::function<void(bool)> noteDone;
    };
    void enqueue(Waiting waiting);
    void next();
    void begin(Change change, Done done);
    void beginNote(Note note, std::function<void(bool)> done);
    using Write = std::function<journal::JournalResult<journal::Committed>(journal::Journal &)>;
    void write(Write job, std::function<void(journal::JournalResult<journal::Committed>)> done);
    void keep(const payment::Purchase &purchase);
    void forget(const payment::DriverId &driver);
    void trim(std::deque<payment::PurchaseId> &list, std::size_t count_max);
    /// Whether the write that ended like this changed what lacksRoom() says.
    [[nodiscard]] bool learnsOfRoom(const journal::JournalResult<journal::Committed> &answer);
    /// Whether it is certain that nothing was written; otherwise the book is closed.
    [[nodiscard]] bool isNothingWritten(const base::Failure<journal::JournalFault> &failure);
    static void turnAway(const Waiting &waiting);

    JournalThread &m_journal;
    std::map<payment::PurchaseId, payment::Purchase> m_purchases;
    std::deque<payment::PurchaseId> m_finished; // oldest first
    std::deque<payment::PurchaseId> m_refused;  // oldest first
    std::map<std::string, std::string> m_settings;
    consent::Budgets m_budgets;
    consent::History m_history;
    std::deque<Waiting> m_turns;
    bool m_busy = false;
    bool m_lacksRoom = false;
    bool m_closed = false; // an outcome is unknown: nothing is written any more
    QObject m_home;        // what is still to be answered ends with it
};

/// Between "approved" and a final state; what the issuer wants more for is in nobody's books, and still open.
[[nodiscard]] bool isInSettlement(payment::State state);

} // namespace glovebox::daemon
