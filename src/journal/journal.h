// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "crypto/secret.h"
#include "merkle/frontier.h"
#include "payment/purchase.h"

#include <functional>
#include <memory>
#include <vector>

namespace glovebox::journal
{

/// Two bytes in the leaf; numbers are for ever.
enum class EntryKind : std::uint16_t {
    created = 1,
    boot = 2,
    purchase = 3,
    approval = 4,
    settlement = 5,
    session = 6,
    wrongPin = 7,
    directory = 8,
    checkpoint = 9,
    permission = 10,
    erasure = 11,
    keyRotation = 12,
    shutdown = 13
};

enum class JournalFault {
    missing,
    notAJournal,
    newer,
    foreign,
    wrongOwner,
    wrongMode,
    isLink,
    readOnly,
    noBarriers, // the file system is mounted so that a power cut can undo what was synced
    inUse,
    keyWithoutJournal,
    journalWithoutKey,
    sealed,
    corrupt,
    full,
    io,
    refused,       // by the caller's own payload or finish callback: rolled back, the journal can be used on
    unknownOutcome // a failed commit or fsync: stop, reopen, report what the log says; never write again
};
template<class T> using JournalResult = base::Result<T, JournalFault>;

using Pseudonym = std::array<std::uint8_t, 16>; // of a driver; zero: the car itself

struct EntryDraft
{
    EntryKind kind = EntryKind::purchase;
    payment::DriverId driver; // empty: the car itself
    /// An object. Called inside the transaction with the sequence the entry gets, on the journal's thread: an
    /// approval is signed here. A failure aborts the whole batch, and nothing was written.
    std::function<base::Result<base::CanonicalText, std::string>(std::uint64_t sequence)> payload;
};

/// What settlement must do next for one purchase; no personal data.
struct OutboxRow
{
    payment::PurchaseId purchase;
    payment::ApprovalId approval;
    int attempts = 0;
    std::int64_t notBeforeWall_ms = 0; // hint after a restart; ages inside a boot use boot time
};

struct Batch
{
    std::vector<EntryDraft> entries;           // at least one
    std::optional<payment::Purchase> purchase; // projection after the entries; its approvalJws, when it was
                                               // made in this batch, is filled in by `finish`
    std::function<void(payment::Purchase &)>
        finish; // after the payloads were made, before the row is written
    std::optional<OutboxRow> enqueue;
    std::optional<payment::PurchaseId> dequeue;
    std::vector<std::pair<std::string, std::string>>
        settings;                 // small named values: gateway cursor, directory
    bool approvedOffline = false; // an approval among the entries was made without a connection
    /// Everything of this driver goes: the data key, payloads with their salts, purchases. Needs exactly one
    /// entry of kind `erasure`, of the car, an object, which is given the driver's `pseudonym`, and no entry
    /// of the driver. `refused` where nothing is kept of the driver, or a purchase of theirs is still open.
    std::optional<payment::DriverId> erase = std::nullopt;
};

struct Committed
{
    std::uint64_t firstSequence = 0;
    std::uint64_t size = 0; // entries in the log after it
    std::optional<payment::Purchase> purchase;
};

struct JournalIdentity
{
    std::string journalId;     // random, in the first entry
    std::string keyThumbprint; // of the signing key it was made with
    std::uint64_t size = 0;
    base::Hash root{};
    std::vector<base::Hash> edge{}; // of the tree, as merkle::Frontier::hashes(): of an open journal
};

struct EntryRecord
{
    std::uint64_t sequence = 0;
    EntryKind kind = EntryKind::created;
    Pseudonym driver{};
    std::optional<base::Json> payload; // nothing where the driver was erased
};

/// The append-only log with its projections: one SQLite file, one connection, one thread.
/// Not thread-safe: daemon/journal_thread owns it.
class Journal
{
public:
    struct Options
    {
        std::string path; // its folder must exist, 0700, owned by us
        std::string keyThumbprint;
        base::Moment now;
        std::string mountInfo = "/proc/self/mountinfo"; // proc(5)
    };
    /// Refuses before any write: a link, another owner, a mode that lets others in, not a journal, newer
    /// schema, made with another key. Asserts every pragma.
    [[nodiscard]] static JournalResult<std::unique_ptr<Journal>> open(const Options &options,
                                                                      const crypto::Secret &sealingKey);
    /// Together with a new key only; refuses an existing file.
    [[nodiscard]] static JournalResult<std::unique_ptr<Journal>> create(const Options &options,
                                                                        const crypto::Secret &sealingKey);
    virtual ~Journal() = default;

    /// One transaction: entries, leaves, frontier, projections. Durable when it returns.
    [[nodiscard]] virtual JournalResult<Committed> append(const Batch &batch) = 0;

    [[nodiscard]] virtual JournalIdentity identity() const = 0;
    [[nodiscard]] virtual JournalResult<std::optional<payment::Purchase>>
    purchase(const payment::PurchaseId &id) = 0;
    /// Newest first.
    [[nodiscard]] virtual JournalResult<std::vector<payment::Purchase>> purchases(int count_max) = 0;
    [[nodiscard]] virtual JournalResult<std::vector<payment::Purchase>> unfinished() = 0;
    [[nodiscard]] virtual JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfRequest(const payment::AgentId &agent, const payment::RequestId &request) = 0;
    [[nodiscard]] virtual JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfApproval(const payment::ApprovalId &approval) = 0;
    [[nodiscard]] virtual JournalResult<std::vector<OutboxRow>> outbox() = 0;
    [[nodiscard]] virtual JournalResult<std::optional<std::string>> setting(const std::string &name) = 0;
    /// Entries [from, from + count), unsealed where the driver's key is there.
    [[nodiscard]] virtual JournalResult<std::vector<EntryRecord>> entries(std::uint64_t from, int count) = 0;
    /// Their leaf hashes, at most `count`; fewer at the end of the log. Nothing is unsealed.
    [[nodiscard]] virtual JournalResult<std::vector<base::Hash>> leaves(std::uint64_t from, int count) = 0;
};

} // namespace glovebox::journal
