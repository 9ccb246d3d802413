// SPDX-License-Identifier: Apache-2.0
#include "journal/verify_purchases.h"

#include "crypto/seal.h"
#include "journal/faults.h"

#include <algorithm>

namespace glovebox::journal
{

namespace
{

std::string named(const payment::PurchaseId &id)
{
    return "purchase " + id.text();
}

} // namespace

PurchaseCheck::PurchaseCheck(std::array<store::Statement, 6> statements, crypto::Secret requestKey,
                             Report report)
    : m_row(std::move(statements[0])), m_request(std::move(statements[1])),
      m_queued(std::move(statements[2])), m_rows(std::move(statements[3])),
      m_strayRequests(std::move(statements[4])), m_strayQueue(std::move(statements[5])),
      m_requestKey(std::move(requestKey)), m_report(std::move(report))
{}

JournalResult<PurchaseCheck> PurchaseCheck::prepare(store::Database &database,
                                                    const crypto::Secret &sealingKey, Report report)
{
    std::vector<store::Statement> made;
    for (const char *sql :
         {"SELECT first_sequence, last_sequence, unfinished, pseudonym, sealed FROM purchases WHERE "
          "purchase_id = ?1",
          "SELECT purchase_id, (SELECT first_sequence FROM purchases p WHERE p.purchase_id = r.purchase_id) "
          "FROM requests r WHERE request = ?1",
          "SELECT approval_id, attempts, not_before_wall_ms FROM outbox WHERE purchase_id = ?1",
          "SELECT count(*) FROM purchases",
          "SELECT purchase_id FROM requests WHERE purchase_id NOT IN (SELECT purchase_id FROM purchases)",
          "SELECT purchase_id FROM outbox WHERE purchase_id NOT IN (SELECT purchase_id FROM purchases)"}) {
        auto statement = database.prepare(sql);
        if (!statement) {
            return failed(statement.error());
        }
        made.push_back(std::move(*statement));
    }
    return PurchaseCheck({std::move(made[0]), std::move(made[1]), std::move(made[2]), std::move(made[3]),
                          std::move(made[4]), std::move(made[5])},
                         deriveKey(sealingKey, "glovebox request index 1"), std::move(report));
}

JournalResult<bool> PurchaseCheck::readRow(const std::string &id, Row &row)
{
    const auto found = m_row.bind(1, id).step();
    const store::RowsEnd end(m_row);
    if (!found) {
        return failed(found.error());
    }
    if (!*found) {
        return false;
    }
    row.first = static_cast<std::uint64_t>(m_row.integer(0));
    row.last = static_cast<std::uint64_t>(m_row.integer(1));
    row.unfinished = m_row.integer(2) != 0;
    const base::Bytes driver = m_row.blob(3);
    if (driver.size() == row.driver.size()) {
        std::ranges::copy(driver, row.driver.begin());
    }
    row.sealed = m_row.blob(4);
    return true;
}

JournalResult<void> PurchaseCheck::take(std::uint64_t sequence, const payment::PurchaseEvent &event,
                                        DriverKeys &keys)
{
    const auto open = m_open.find(event.purchase);
    const bool first = open == m_open.end();
    const auto step =
        payment::transition(first ? payment::State::proposed : open->second.purchase.state, event.event);
    auto after = payment::fold(first ? std::nullopt : std::optional(open->second.purchase), event);
    if (!after || !step) {
        m_report(sequence, "lifecycle",
                 "is an event that the life of " + event.purchase.text() +
                     " does not allow there, or that its row does not reach");
        return {};
    }
    Folded &folded = m_open[event.purchase];
    if (first) {
        const auto found = readRow(event.purchase.text(), folded.row);
        if (!found) {
            return std::unexpected(found.error());
        }
        folded.rowFound = *found;
        folded.firstEvent = sequence;
        m_found += *found ? 1 : 0;
        if (!*found) {
            m_report(sequence, "purchase", "begins " + named(event.purchase) + ", which has no row");
        } else if (folded.row.last < sequence) {
            m_report(sequence, "purchase", "begins " + named(event.purchase) + ", whose row ends before it");
        }
    }
    folded.purchase = std::move(*after);
    folded.firstFits = folded.firstFits || folded.row.first == sequence;
    if (payment::has(step->effects, payment::Effect::enqueueSettlement)) {
        folded.queuedAttempts = folded.purchase.attempts;
    }
    if (payment::has(step->effects, payment::Effect::dequeueSettlement)) {
        folded.queuedAttempts.reset();
    }
    if (folded.rowFound && folded.row.last == sequence) {
        auto compared = compare(folded, keys);
        m_open.erase(event.purchase);
        return compared;
    }
    return {};
}

JournalResult<void> PurchaseCheck::compare(Folded &folded, DriverKeys &keys)
{
    ++m_compared;
    const payment::Purchase &purchase = folded.purchase;
    const Row &row = folded.row;
    const bool unfinished = payment::isOpen(purchase.state) || payment::isUnsettled(purchase.state);
    if (row.unfinished != unfinished || !folded.firstFits) {
        m_report(row.last, "purchase", "leaves " + named(purchase.id) + " otherwise than its row says");
    }
    const auto found = keys.key(row.driver);
    const crypto::Secret *key = found ? *found : nullptr;
    const auto plain =
        key == nullptr
            ? base::Result<base::Bytes, crypto::SealFault>(base::fail(crypto::SealFault::tampered, "no key"))
            : crypto::unseal(*key, purchaseHeader(purchase.id.text(), row.driver, row.last, row.unfinished),
                             row.sealed);
    if (!plain) {
        m_report(row.last, "purchase", "ends " + named(purchase.id) + ", whose row was changed or damaged");
    } else if (base::textOf(*plain) != payment::toCanonical(purchase).text()) {
        m_report(row.last, "purchase", "ends " + named(purchase.id) + ", whose row differs from the log");
    }
    if (auto request = compareRequest(folded); !request) {
        return request;
    }
    if (auto approval = compareApproval(folded); !approval) {
        return approval;
    }
    return compareQueue(folded);
}

JournalResult<void> PurchaseCheck::compareRequest(const Folded &folded)
{
    const payment::Purchase &purchase = folded.purchase;
    if (purchase.agent.empty()) {
        return {};
    }
    const base::Hash digest = requestDigest(m_requestKey, purchase.agent, purchase.proposal.requestId);
    const auto row = m_request.bind(1, base::ByteView(digest)).step();
    const store::RowsEnd end(m_request);
    if (!row) {
        return failed(row.error());
    }
    // The first purchase of a request stays.
    const bool fits =
        *row &&
        (m_request.text(0) == purchase.id.text() ||
         (!m_request.isNull(1) && static_cast<std::uint64_t>(m_request.integer(1)) < folded.firstEvent));
    if (!fits) {
        m_report(folded.firstEvent, "request",
                 "begins " + named(purchase.id) + ", whose request does not lead to it");
    }
    return {};
}

JournalResult<void> PurchaseCheck::compareApproval(const Folded &folded)
{
    const payment::Purchase &purchase = folded.purchase;
    if (purchase.approvalId.empty() || folded.queuedAttempts) {
        return {}; // one that is queued is found in the outbox
    }
    const base::Hash digest = approvalDigest(m_requestKey, purchase.approvalId);
    const auto row = m_request.bind(1, base::ByteView(digest)).step();
    const store::RowsEnd end(m_request);
    if (!row) {
        return failed(row.error());
    }
    if (!*row || m_request.text(0) != purchase.id.text()) {
        m_report(folded.row.last, "request",
                 "leaves " + named(purchase.id) + ", whose approval does not lead to it");
    }
    return {};
}

JournalResult<void> PurchaseCheck::compareQueue(const Folded &folded)
{
    const auto row = m_queued.bind(1, folded.purchase.id.text()).step();
    const store::RowsEnd end(m_queued);
    if (!row) {
        return failed(row.error());
    }
    const bool fits = *row == folded.queuedAttempts.has_value() &&
                      (!*row || (m_queued.text(0) == folded.purchase.approvalId.text() &&
                                 m_queued.integer(1) == *folded.queuedAttempts && m_queued.integer(2) == 0));
    if (!fits) {
        m_report(folded.row.last, "outbox",
                 "leaves " + named(folded.purchase.id) + " otherwise than the outbox has it");
    }
    return {};
}

JournalResult<void> PurchaseCheck::finish(DriverKeys &keys)
{
    for (const auto &[id, folded] : m_open) {
        const auto key = keys.key(folded.row.driver);
        // The events of an erased driver are gone; a purchase that began without one cannot be followed.
        if (folded.rowFound && (!key || *key != nullptr)) {
            m_report(folded.row.last, "purchase", "should be the last of " + named(id) + ", but is not");
        }
    }
    return findStrays();
}

JournalResult<void> PurchaseCheck::findStrays()
{
    const auto row = m_rows.step();
    const store::RowsEnd end(m_rows);
    if (!row) {
        return failed(row.error());
    }
    if (*row && static_cast<std::uint64_t>(m_rows.integer(0)) != m_found) {
        m_report(std::nullopt, "purchase",
                 std::to_string(m_rows.integer(0)) + " purchases have rows, but the log has " +
                     std::to_string(m_found) + " of them");
    }
    for (auto &[statement, code] :
         {std::pair(&m_strayRequests, "request"), std::pair(&m_strayQueue, "outbox")}) {
        const store::RowsEnd rowsEnd(*statement);
        for (auto stray = statement->step(); !stray || *stray; stray = statement->step()) {
            if (!stray) {
                return failed(stray.error());
            }
            m_report(std::nullopt, code,
                     "a row names the purchase " + statement->text(0) + ", which is not there");
        }
    }
    return {};
}

} // namespace glovebox::journal
