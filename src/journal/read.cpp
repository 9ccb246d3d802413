// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "crypto/seal.h"
#include "journal/entry.h"
#include "journal/faults.h"
#include "journal/log.h"

#include <algorithm>

namespace glovebox::journal
{

namespace
{

constexpr base::JsonLimits kRecord{.bytes_max = 1024 * 1024, .depth_max = 24};

std::unexpected<base::Failure<JournalFault>> damaged(const std::string &what)
{
    return base::fail(JournalFault::corrupt, what + " was changed or damaged");
}

template<std::size_t Size> bool copyExactly(const base::Bytes &from, std::array<std::uint8_t, Size> &to)
{
    if (from.size() != Size) {
        return false;
    }
    std::ranges::copy(from, to.begin());
    return true;
}

} // namespace

JournalIdentity Log::identity() const
{
    return {.journalId = m.journalId,
            .keyThumbprint = m.keyThumbprint,
            .size = m.frontier.size(),
            .root = m.frontier.root(),
            .edge = m.frontier.hashes()};
}

JournalResult<payment::Purchase> Log::purchaseOfRow(store::Statement &row)
{
    const std::string id = row.text(0);
    Pseudonym pseudonym{};
    if (!copyExactly(row.blob(3), pseudonym)) {
        return damaged("purchase " + id);
    }
    const auto key = m.keys.key(pseudonym);
    if (!key) {
        return std::unexpected(key.error());
    }
    if (*key == nullptr) {
        return damaged("purchase " + id);
    }
    const base::Bytes header =
        purchaseHeader(id, pseudonym, static_cast<std::uint64_t>(row.integer(1)), row.integer(2) != 0);
    const auto plain = crypto::unseal(**key, header, row.blob(4));
    if (!plain) {
        return damaged("purchase " + id);
    }
    const auto json = base::parseJson(base::textOf(*plain), kRecord);
    if (!json) {
        return damaged("purchase " + id);
    }
    auto purchase = payment::purchaseFromJson(*json);
    if (!purchase) {
        return base::fail(JournalFault::corrupt,
                          "purchase " + id + " cannot be read at " + purchase.error().pointer);
    }
    return std::move(*purchase);
}

JournalResult<std::vector<payment::Purchase>> Log::purchasesOf(store::Statement &rows)
{
    const store::RowsEnd end(rows);
    std::vector<payment::Purchase> result;
    for (auto row = rows.step(); !row || *row; row = rows.step()) {
        if (!row) {
            return failed(row.error());
        }
        auto purchase = purchaseOfRow(rows);
        if (!purchase) {
            return std::unexpected(std::move(purchase.error()));
        }
        result.push_back(std::move(*purchase));
    }
    return result;
}

JournalResult<std::optional<payment::Purchase>> Log::purchase(const payment::PurchaseId &id)
{
    auto found = purchasesOf(m.statements.readPurchase.bind(1, id.text()));
    if (!found) {
        return std::unexpected(std::move(found.error()));
    }
    return found->empty() ? std::nullopt : std::optional(std::move(found->front()));
}

JournalResult<std::vector<payment::Purchase>> Log::purchases(int count_max)
{
    return purchasesOf(m.statements.readPurchases.bind(1, std::int64_t{std::max(count_max, 0)}));
}

JournalResult<std::vector<payment::Purchase>> Log::unfinished()
{
    return purchasesOf(m.statements.readUnfinished);
}

JournalResult<std::optional<payment::PurchaseId>> Log::purchaseOfRequest(const payment::AgentId &agent,
                                                                         const payment::RequestId &request)
{
    const base::Hash digest = requestDigest(m.requestKey, agent, request);
    return purchaseNamed(m.statements.readRequest.bind(1, base::ByteView(digest)));
}

JournalResult<std::optional<payment::PurchaseId>> Log::purchaseOfApproval(const payment::ApprovalId &approval)
{
    const base::Hash digest = approvalDigest(m.requestKey, approval);
    auto found = purchaseNamed(m.statements.readRequest.bind(1, base::ByteView(digest)));
    return found && !*found ? purchaseNamed(m.statements.readQueued.bind(1, approval.text())) : found;
}

JournalResult<std::optional<payment::PurchaseId>> Log::purchaseNamed(store::Statement &rows)
{
    const auto row = rows.step();
    const store::RowsEnd end(rows);
    if (!row) {
        return failed(row.error());
    }
    if (!*row) {
        return std::nullopt;
    }
    const auto id = payment::PurchaseId::fromText(rows.text(0));
    if (!id) {
        return damaged("the index of purchases");
    }
    return id;
}

JournalResult<std::vector<OutboxRow>> Log::outbox()
{
    store::Statement &rows = m.statements.readOutbox;
    const store::RowsEnd end(rows);
    std::vector<OutboxRow> result;
    for (auto row = rows.step(); !row || *row; row = rows.step()) {
        if (!row) {
            return failed(row.error());
        }
        const auto purchase = payment::PurchaseId::fromText(rows.text(0));
        const auto approval = payment::ApprovalId::fromText(rows.text(1));
        if (!purchase || !approval) {
            return damaged("the outbox");
        }
        result.push_back({.purchase = *purchase,
                          .approval = *approval,
                          .attempts = static_cast<int>(rows.integer(2)),
                          .notBeforeWall_ms = rows.integer(3)});
    }
    return result;
}

JournalResult<std::optional<std::string>> Log::setting(const std::string &name)
{
    store::Statement &rows = m.statements.readSetting;
    const auto row = rows.bind(1, name).step();
    const store::RowsEnd end(rows);
    if (!row) {
        return failed(row.error());
    }
    if (!*row) {
        return std::nullopt;
    }
    const auto car = m.keys.of({});
    if (!car) {
        return std::unexpected(car.error());
    }
    const auto plain = crypto::unseal(*car->key, settingHeader(name), rows.blob(0));
    if (!plain) {
        return damaged("the setting " + name);
    }
    return std::string(base::textOf(*plain));
}

JournalResult<EntryRecord> entryOfRow(store::Statement &row, DriverKeys &keys)
{
    EntryRecord record;
    record.sequence = static_cast<std::uint64_t>(row.integer(0));
    record.kind = static_cast<EntryKind>(row.integer(1));
    const std::string name = "entry " + std::to_string(record.sequence);
    SealedEntry entry;
    if (!copyExactly(row.blob(2), record.driver) || !copyExactly(row.blob(3), entry.commitment)) {
        return damaged(name);
    }
    const auto key = keys.key(record.driver);
    if (!key) {
        return std::unexpected(key.error());
    }
    // Erasure takes the key and the payload away in one transaction: one without the other is no erasure.
    if ((*key == nullptr) != row.isNull(4)) {
        return damaged(name);
    }
    if (*key == nullptr) {
        return record;
    }
    entry.sealed = row.blob(4);
    const EntryHeader header{.sequence = record.sequence, .kind = record.kind, .driver = record.driver};
    const auto payload = unsealEntry(**key, header, entry);
    if (!payload) {
        return damaged(name);
    }
    auto json = base::parseJson(*payload, kRecord);
    if (!json) {
        return damaged(name);
    }
    record.payload = std::move(*json);
    return record;
}

JournalResult<std::vector<EntryRecord>> Log::entries(std::uint64_t from, int count)
{
    store::Statement &rows = m.statements.readEntries;
    rows.bind(1, static_cast<std::int64_t>(from)).bind(2, std::int64_t{std::max(count, 0)});
    const store::RowsEnd end(rows);
    std::vector<EntryRecord> result;
    for (auto row = rows.step(); !row || *row; row = rows.step()) {
        if (!row) {
            return failed(row.error());
        }
        auto record = entryOfRow(rows, m.keys);
        if (!record) {
            return std::unexpected(std::move(record.error()));
        }
        if (record->sequence != from + result.size()) {
            return damaged("entry " + std::to_string(from + result.size()));
        }
        result.push_back(std::move(*record));
    }
    return result;
}

JournalResult<std::vector<base::Hash>> Log::leaves(std::uint64_t from, int count)
{
    store::Statement &rows = m.statements.readEntries;
    rows.bind(1, static_cast<std::int64_t>(from)).bind(2, std::int64_t{std::max(count, 0)});
    const store::RowsEnd end(rows);
    std::vector<base::Hash> result;
    for (auto row = rows.step(); !row || *row; row = rows.step()) {
        if (!row) {
            return failed(row.error());
        }
        EntryHeader header{.sequence = static_cast<std::uint64_t>(rows.integer(0)),
                           .kind = static_cast<EntryKind>(rows.integer(1)),
                           .driver = {}};
        base::Hash commitment{};
        if (header.sequence != from + result.size() || !copyExactly(rows.blob(2), header.driver) ||
            !copyExactly(rows.blob(3), commitment)) {
            return damaged("entry " + std::to_string(from + result.size()));
        }
        result.push_back(leafHash(header, commitment));
    }
    return result;
}

} // namespace glovebox::journal
