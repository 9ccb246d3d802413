// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "crypto/jws.h"
#include "journal/checkpoints.h"
#include "journal/faults.h"
#include "journal/log.h"
#include "journal/proof.h"
#include "journal/raw_entry.h"
#include "payment/approval.h"

#include <algorithm>

namespace glovebox::journal
{

namespace
{

constexpr int kPage = 256;

/// Where the purchase's approval is, as the signed claims say.
std::optional<std::uint64_t> approvalSequence(const payment::Purchase &purchase)
{
    const auto payload = crypto::payloadOf(purchase.approvalJws);
    const auto claims = payload
                            ? base::parseJson(base::textOf(*payload))
                            : std::expected<base::Json, base::JsonError>(std::unexpected(base::JsonError{}));
    const auto approval =
        claims ? payment::approvalFromClaims(*claims, &crypto::hashJson)
               : std::expected<payment::Approval, base::JsonError>(std::unexpected(claims.error()));
    return approval ? std::optional(approval->sequence) : std::nullopt;
}

JournalResult<std::optional<payment::Purchase>> findPurchase(Journal &journal, const std::string &id)
{
    if (const auto purchase = payment::PurchaseId::fromText(id)) {
        auto found = journal.purchase(*purchase);
        if (!found || *found) {
            return found;
        }
    }
    const auto approval = payment::ApprovalId::fromText(id);
    if (!approval) {
        return std::nullopt;
    }
    const auto purchase = journal.purchaseOfApproval(*approval);
    if (!purchase) {
        return std::unexpected(purchase.error());
    }
    return *purchase ? journal.purchase(**purchase) : std::nullopt;
}

/// The newest note in the log that covers the entry; empty: none.
JournalResult<std::string> newestCheckpoint(Journal &journal, std::uint64_t sequence)
{
    const auto kept = readCosigned(journal);
    if (!kept) {
        return std::unexpected(kept.error());
    }
    if (*kept && (*kept)->checkpoint.size > sequence) {
        return (*kept)->note;
    }
    for (std::uint64_t end = journal.identity().size; end > sequence + 1;) {
        const std::uint64_t begin = std::max(sequence + 1, end - std::min<std::uint64_t>(end, kPage));
        const auto page = journal.entries(begin, static_cast<int>(end - begin));
        if (!page) {
            return std::unexpected(page.error());
        }
        for (auto entry = page->rbegin(); entry != page->rend(); ++entry) {
            const bool may = entry->kind == EntryKind::checkpoint || entry->kind == EntryKind::shutdown;
            if (may && entry->payload && entry->payload->value("type", "") != "conflict" &&
                entry->payload->contains("checkpoint")) {
                return entry->payload->value("checkpoint", "");
            }
        }
        end = begin;
    }
    return std::string();
}

} // namespace

JournalResult<Proof> Log::openLeaf(std::uint64_t sequence)
{
    store::Statement &rows = m.statements.readEntries;
    rows.bind(1, static_cast<std::int64_t>(sequence)).bind(2, std::int64_t{1});
    const store::RowsEnd end(rows);
    const auto row = rows.step();
    if (!row) {
        return failed(row.error());
    }
    const auto raw = *row ? rawOf(rows) : std::nullopt;
    if (!raw || raw->header.sequence != sequence) {
        return base::fail(JournalFault::corrupt, "entry " + std::to_string(sequence) + " is missing");
    }
    Proof proof;
    proof.header = raw->header;
    proof.commitment = raw->entry.commitment;
    const auto key = m.keys.key(raw->header.driver);
    if (!key) {
        return std::unexpected(key.error());
    }
    if (*key != nullptr && !raw->erased) {
        auto opened = openEntry(**key, raw->header, raw->entry);
        if (!opened || !opened->fitsCommitment) {
            return base::fail(JournalFault::corrupt,
                              "entry " + std::to_string(sequence) + " was changed or damaged");
        }
        proof.opening = Proof::Opening{std::move(opened->salt), std::move(opened->payload)};
    }
    return proof;
}

JournalResult<ProofSearch> prove(const ProveOptions &options, const crypto::Secret &sealingKey)
{
    const auto log = Log::openToRead(options.path, sealingKey, options.mountInfo);
    if (!log) {
        return std::unexpected(log.error());
    }
    const auto purchase = findPurchase(**log, options.id);
    if (!purchase) {
        return std::unexpected(purchase.error());
    }
    if (!*purchase) {
        return ProofSearch{};
    }
    const auto sequence = approvalSequence(**purchase);
    if (!sequence) {
        return ProofSearch{}; // nothing was ever approved: there is no more than a proposal
    }
    auto note = newestCheckpoint(**log, *sequence);
    if (!note) {
        return std::unexpected(std::move(note.error()));
    }
    const auto read = crypto::parseNote(*note);
    const auto checkpoint = read ? merkle::checkpointFromText(read->text) : std::nullopt;
    if (!checkpoint) {
        return ProofSearch{ProofSearch::Outcome::notCovered, *sequence, std::nullopt};
    }
    auto proof = (*log)->openLeaf(*sequence);
    if (!proof) {
        return std::unexpected(std::move(proof.error()));
    }
    auto hashes = merkle::inclusionProof(crypto::sha256, *sequence, checkpoint->size, leavesOf(**log));
    if (!hashes) {
        return base::fail(JournalFault::corrupt, "its entries could not be read for a proof");
    }
    proof->hashes = std::move(*hashes);
    proof->checkpoint = std::move(*note);
    return ProofSearch{ProofSearch::Outcome::found, *sequence, std::move(*proof)};
}

} // namespace glovebox::journal
