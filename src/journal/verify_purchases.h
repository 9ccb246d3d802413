// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/log.h"
#include "journal/verify.h"

namespace glovebox::journal
{

/// Inside src/journal only: folds the purchases of a log anew while it is read, and compares each with its
/// rows when its last event has passed. Only purchases between their first and their last event are in
/// memory.
class PurchaseCheck
{
public:
    using Report = std::function<void(std::optional<std::uint64_t>, std::string code, std::string text)>;
    [[nodiscard]] static JournalResult<PurchaseCheck>
    prepare(store::Database &database, const crypto::Secret &sealingKey, Report report);

    [[nodiscard]] JournalResult<void> take(std::uint64_t sequence, const payment::PurchaseEvent &event,
                                           DriverKeys &keys);
    /// After the last entry.
    [[nodiscard]] JournalResult<void> finish(DriverKeys &keys);
    [[nodiscard]] std::uint64_t compared() const { return m_compared; }

private:
    struct Row
    {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        bool unfinished = false;
        Pseudonym driver{};
        base::Bytes sealed;
    };
    struct Folded
    {
        Row row;
        payment::Purchase purchase;
        std::uint64_t firstEvent = 0;
        bool rowFound = false;
        bool firstFits = false; // `first` is an event of this purchase
        std::optional<int> queuedAttempts;
    };
    PurchaseCheck(std::array<store::Statement, 6> statements, crypto::Secret requestKey, Report report);
    [[nodiscard]] JournalResult<bool> readRow(const std::string &id, Row &row);
    [[nodiscard]] JournalResult<void> compare(Folded &folded, DriverKeys &keys);
    [[nodiscard]] JournalResult<void> compareRequest(const Folded &folded);
    [[nodiscard]] JournalResult<void> compareApproval(const Folded &folded);
    [[nodiscard]] JournalResult<void> compareQueue(const Folded &folded);
    [[nodiscard]] JournalResult<void> findStrays();

    store::Statement m_row;
    store::Statement m_request;
    store::Statement m_queued;
    store::Statement m_rows;
    store::Statement m_strayRequests;
    store::Statement m_strayQueue;
    crypto::Secret m_requestKey;
    Report m_report;
    std::map<payment::PurchaseId, Folded> m_open;
    std::uint64_t m_compared = 0;
    std::uint64_t m_found = 0; // rows that an event led to
};

} // namespace glovebox::journal
