// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/driver_keys.h"
#include "journal/journal.h"
#include "journal/proof.h"
#include "store/database.h"

namespace glovebox::journal
{

/// The statements of a journal, prepared once: an append costs little more than the commit it ends in.
struct Statements
{
    store::Statement insertEntry;
    store::Statement writeFrontier;
    store::Statement updatePurchase; // where `unfinished` stays as it is: its index is left alone
    store::Statement writePurchase;
    store::Statement insertRequest;
    store::Statement enqueue;
    store::Statement dequeue;
    store::Statement writeSetting;
    store::Statement readEntries;
    store::Statement readPurchase;
    store::Statement readPurchases;
    store::Statement readUnfinished;
    store::Statement readRequest;
    store::Statement readQueued;
    store::Statement readOutbox;
    store::Statement readSetting;

    [[nodiscard]] static JournalResult<Statements> prepare(store::Database &database);
};

/// The journal over one SQLite file.
class Log final : public Journal
{
public:
    struct Parts
    {
        store::Database database;
        Statements statements;
        DriverKeys keys;
        crypto::Secret frontierKey;
        crypto::Secret requestKey;
        merkle::Frontier frontier;
        std::string journalId;
        std::string keyThumbprint;
    };
    explicit Log(Parts parts) : m(std::move(parts)) {}

    /// Opens what is there and checks all that a start can check in the same time for every size of the log.
    [[nodiscard]] static JournalResult<std::unique_ptr<Log>>
    open(const Options &options, const crypto::Secret &sealingKey, const std::string &vfs = {});
    /// Without its signing key; nothing in it may be written, and nothing is.
    [[nodiscard]] static JournalResult<std::unique_ptr<Log>>
    openToRead(const std::string &path, const crypto::Secret &sealingKey, const std::string &mountInfo);
    [[nodiscard]] static JournalResult<void> make(const Options &options, const std::string &path,
                                                  const crypto::Secret &sealingKey);

    [[nodiscard]] JournalResult<Committed> append(const Batch &batch) override;
    [[nodiscard]] JournalIdentity identity() const override;
    [[nodiscard]] JournalResult<std::optional<payment::Purchase>>
    purchase(const payment::PurchaseId &id) override;
    [[nodiscard]] JournalResult<std::vector<payment::Purchase>> purchases(int count_max) override;
    [[nodiscard]] JournalResult<std::vector<payment::Purchase>> unfinished() override;
    [[nodiscard]] JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfRequest(const payment::AgentId &agent, const payment::RequestId &request) override;
    [[nodiscard]] JournalResult<std::optional<payment::PurchaseId>>
    purchaseOfApproval(const payment::ApprovalId &approval) override;
    [[nodiscard]] JournalResult<std::vector<OutboxRow>> outbox() override;
    [[nodiscard]] JournalResult<std::optional<std::string>> setting(const std::string &name) override;
    [[nodiscard]] JournalResult<std::vector<EntryRecord>> entries(std::uint64_t from, int count) override;
    [[nodiscard]] JournalResult<std::vector<base::Hash>> leaves(std::uint64_t from, int count) override;
    /// One entry with what its leaf commits to; the rest of the proof is empty.
    [[nodiscard]] JournalResult<Proof> openLeaf(std::uint64_t sequence);

private:
    [[nodiscard]] JournalResult<std::optional<payment::PurchaseId>> purchaseNamed(store::Statement &rows);
    [[nodiscard]] JournalResult<void> writeIndex(const payment::Purchase &purchase, bool known, bool queued);
    [[nodiscard]] JournalResult<void> appendEntry(const EntryDraft &draft, merkle::Frontier &frontier);
    /// Whether its row was there for certain.
    [[nodiscard]] JournalResult<bool> writePurchase(const payment::Purchase &purchase,
                                                    std::uint64_t sequence);
    [[nodiscard]] JournalResult<void> writeQueue(const Batch &batch);
    [[nodiscard]] JournalResult<void> writeSettings(const Batch &batch);
    [[nodiscard]] JournalResult<void> writeFrontier(const merkle::Frontier &frontier);
    [[nodiscard]] JournalResult<void> writeAll(const Batch &batch, merkle::Frontier &frontier,
                                               std::optional<payment::Purchase> &purchase);
    [[nodiscard]] JournalResult<void> writeProjection(const Batch &batch, payment::Purchase &purchase,
                                                      std::uint64_t sequence);
    /// Whom the batch erases; nothing where it is none that erases. `refused` where that may not be.
    [[nodiscard]] JournalResult<std::optional<Pseudonym>> toErase(const Batch &batch);
    [[nodiscard]] JournalResult<void> erase(const Pseudonym &driver);
    [[nodiscard]] JournalResult<payment::Purchase> purchaseOfRow(store::Statement &row);
    [[nodiscard]] JournalResult<std::vector<payment::Purchase>> purchasesOf(store::Statement &rows);

    Parts m;
};

/// Of a row with sequence, kind, pseudonym, commitment and sealed; unsealed where the driver was not erased.
[[nodiscard]] JournalResult<EntryRecord> entryOfRow(store::Statement &row, DriverKeys &keys);
/// A key for one purpose, of the sealing key: HMAC-SHA-256(sealing key, purpose).
[[nodiscard]] crypto::Secret deriveKey(const crypto::Secret &sealingKey, std::string_view purpose);
/// Of the agent's name and its request's, under a key: the index shows neither.
[[nodiscard]] base::Hash requestDigest(const crypto::Secret &key, const payment::AgentId &agent,
                                       const payment::RequestId &request);
/// In the same index: an agent's name is never empty, so no request has this digest.
[[nodiscard]] base::Hash approvalDigest(const crypto::Secret &key, const payment::ApprovalId &approval);
[[nodiscard]] base::Hash frontierMac(const crypto::Secret &key, std::uint64_t size, base::ByteView hashes);
[[nodiscard]] base::Bytes joined(const std::vector<base::Hash> &hashes);
/// Associated data of sealed projections.
[[nodiscard]] base::Bytes purchaseHeader(const std::string &id, const Pseudonym &driver,
                                         std::uint64_t lastSequence, bool unfinished);
[[nodiscard]] base::Bytes settingHeader(const std::string &name);

} // namespace glovebox::journal
