// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "crypto/seal.h"
#include "journal/entry.h"
#include "journal/erasure.h"
#include "journal/faults.h"
#include "journal/log.h"

namespace glovebox::journal
{

namespace
{

constexpr std::size_t kPayload_max =
    512 * 1024; // a purchase carries a merchant entry, texts and signed messages

std::unexpected<base::Failure<JournalFault>> sealFailed(const base::Failure<crypto::SealFault> &failure)
{
    return base::fail(JournalFault::sealed, failure.detail);
}

/// What a caller wants to keep; what it passes in is not ours to trust.
JournalResult<base::CanonicalText> payloadOf(const EntryDraft &draft, std::uint64_t sequence)
{
    try {
        auto payload = draft.payload(sequence);
        if (!payload) {
            return base::fail(JournalFault::refused, payload.error().detail);
        }
        if (payload->empty() || payload->text().size() > kPayload_max) {
            return base::fail(JournalFault::refused, "an entry has a payload of at most 512 KiB");
        }
        return std::move(*payload);
    } catch (const std::exception &) {
        return base::fail(JournalFault::refused, "an entry's payload could not be made");
    }
}

} // namespace

JournalResult<Committed> Log::append(const Batch &batch)
{
    if (batch.entries.empty()) {
        return base::fail(JournalFault::refused, "a batch has at least one entry");
    }
    const auto erased = toErase(batch);
    if (!erased) {
        return std::unexpected(erased.error());
    }
    auto transaction = m.database.begin();
    if (!transaction) {
        return failed(transaction.error());
    }
    merkle::Frontier frontier = m.frontier;
    Committed committed{.firstSequence = frontier.size(), .size = 0, .purchase = batch.purchase};
    auto written = *erased ? writeAll(naming(batch, **erased), frontier, committed.purchase)
                           : writeAll(batch, frontier, committed.purchase);
    written = written && *erased ? erase(**erased) : written;
    if (!written) {
        m.keys.settle(false);
        return std::unexpected(std::move(written.error()));
    }
    if (*erased) {
        m.database.emptyLogAfterCommit();
    }
    if (auto durable = transaction->commit(); !durable) {
        m.keys.settle(false);
        return failed(durable.error());
    }
    m.keys.settle(true);
    m.frontier = std::move(frontier);
    committed.size = m.frontier.size();
    return committed;
}

JournalResult<void> Log::writeAll(const Batch &batch, merkle::Frontier &frontier,
                                  std::optional<payment::Purchase> &purchase)
{
    for (const EntryDraft &draft : batch.entries) {
        if (auto written = appendEntry(draft, frontier); !written) {
            return written;
        }
    }
    if (purchase) {
        if (auto written = writeProjection(batch, *purchase, frontier.size() - 1); !written) {
            return written;
        }
    }
    if (auto written = writeQueue(batch); !written) {
        return written;
    }
    if (auto written = writeSettings(batch); !written) {
        return written;
    }
    return writeFrontier(frontier);
}

JournalResult<void> Log::writeProjection(const Batch &batch, payment::Purchase &purchase,
                                         std::uint64_t sequence)
{
    if (batch.finish) {
        try {
            batch.finish(purchase);
        } catch (const std::exception &) {
            return base::fail(JournalFault::refused, "a purchase could not be finished");
        }
    }
    const auto known = writePurchase(purchase, sequence);
    if (!known) {
        return std::unexpected(known.error());
    }
    return writeIndex(purchase, *known, batch.enqueue.has_value());
}

JournalResult<void> Log::appendEntry(const EntryDraft &draft, merkle::Frontier &frontier)
{
    const std::uint64_t sequence = frontier.size();
    const auto payload = payloadOf(draft, sequence);
    if (!payload) {
        return std::unexpected(payload.error());
    }
    const auto driver = m.keys.of(draft.driver);
    if (!driver) {
        return std::unexpected(driver.error());
    }
    const EntryHeader header{.sequence = sequence, .kind = draft.kind, .driver = driver->pseudonym};
    const auto entry = sealEntry(*driver->key, header, payload->text());
    if (!entry) {
        return sealFailed(entry.error());
    }
    const auto done = m.statements.insertEntry.bind(1, static_cast<std::int64_t>(sequence))
                          .bind(2, static_cast<std::int64_t>(draft.kind))
                          .bind(3, base::ByteView(driver->pseudonym))
                          .bind(4, base::ByteView(entry->commitment))
                          .bind(5, base::ByteView(entry->sealed))
                          .run();
    if (!done) {
        return failed(done.error());
    }
    frontier.append(leafHash(header, entry->commitment));
    return {};
}

JournalResult<bool> Log::writePurchase(const payment::Purchase &purchase, std::uint64_t sequence)
{
    const auto driver = m.keys.of(purchase.driver);
    if (!driver) {
        return std::unexpected(driver.error());
    }
    const bool unfinished = payment::isOpen(purchase.state) || payment::isUnsettled(purchase.state);
    const base::Bytes header = purchaseHeader(purchase.id.text(), driver->pseudonym, sequence, unfinished);
    const base::CanonicalText record = payment::toCanonical(purchase);
    const auto sealed = crypto::seal(*driver->key, header, base::bytesOf(record.text()));
    if (!sealed) {
        return sealFailed(sealed.error());
    }
    for (store::Statement *statement : {&m.statements.updatePurchase, &m.statements.writePurchase}) {
        const auto done = statement->bind(1, purchase.id.text())
                              .bind(2, static_cast<std::int64_t>(sequence))
                              .bind(3, std::int64_t{unfinished})
                              .bind(4, base::ByteView(driver->pseudonym))
                              .bind(5, base::ByteView(*sealed))
                              .run();
        if (!done) {
            return failed(done.error());
        }
        if (statement->changed() > 0) {
            return statement == &m.statements.updatePurchase;
        }
    }
    return false;
}

JournalResult<void> Log::writeIndex(const payment::Purchase &purchase, bool known, bool queued)
{
    const auto write = [this, &purchase](const base::Hash &digest) {
        return m.statements.insertRequest.bind(1, base::ByteView(digest)).bind(2, purchase.id.text()).run();
    };
    store::StoreResult<void> done;
    if (!known && !purchase.agent.empty()) {
        done = write(requestDigest(m.requestKey, purchase.agent, purchase.proposal.requestId));
    }
    // An approval in the outbox is found there. Its key is random and has a page of its own to be written,
    // for which no driver has to wait.
    if (done && !queued && !purchase.approvalId.empty()) {
        done = write(approvalDigest(m.requestKey, purchase.approvalId));
    }
    if (!done) {
        return failed(done.error());
    }
    return {};
}

JournalResult<void> Log::writeQueue(const Batch &batch)
{
    if (batch.enqueue) {
        const OutboxRow &row = *batch.enqueue;
        const auto done = m.statements.enqueue.bind(1, row.purchase.text())
                              .bind(2, row.approval.text())
                              .bind(3, std::int64_t{row.attempts})
                              .bind(4, row.notBeforeWall_ms)
                              .run();
        if (!done) {
            return failed(done.error());
        }
    }
    if (batch.dequeue) {
        if (const auto done = m.statements.dequeue.bind(1, batch.dequeue->text()).run(); !done) {
            return failed(done.error());
        }
    }
    return {};
}

JournalResult<void> Log::writeSettings(const Batch &batch)
{
    for (const auto &[name, value] : batch.settings) {
        const auto car = m.keys.of({});
        if (!car) {
            return std::unexpected(car.error());
        }
        const auto sealed = crypto::seal(*car->key, settingHeader(name), base::bytesOf(value));
        if (!sealed) {
            return sealFailed(sealed.error());
        }
        if (const auto done = m.statements.writeSetting.bind(1, name).bind(2, base::ByteView(*sealed)).run();
            !done) {
            return failed(done.error());
        }
    }
    return {};
}

JournalResult<void> Log::writeFrontier(const merkle::Frontier &frontier)
{
    const base::Bytes hashes = joined(frontier.hashes());
    const base::Hash mac = frontierMac(m.frontierKey, frontier.size(), hashes);
    const auto done = m.statements.writeFrontier.bind(1, static_cast<std::int64_t>(frontier.size()))
                          .bind(2, base::ByteView(hashes))
                          .bind(3, base::ByteView(mac))
                          .run();
    if (!done) {
        return failed(done.error());
    }
    return {};
}

} // namespace glovebox::journal
