// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/raw_entry.h"
#include "journal/verify.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

namespace glovebox::journal
{

/// Inside src/journal only: what can be said of one entry without looking at any other.
struct Examined
{
    EntryHeader header;
    base::Hash leaf{};
    bool erased = false;    // its driver was erased
    bool unsealed = false;  // payload and commitment fit, and the payload is in RFC 8785 form
    bool signature = false; // an approval whose signature verifies
    /// In the order in which they are reported; each is about this entry.
    std::vector<Finding> findings;
    base::Json payload;                          // of entry 0 and of what is no event of a purchase
    std::optional<payment::PurchaseEvent> event; // of a purchase
};

/// An entry as it was read, and the data key of its driver.
struct ToExamine
{
    enum class Key {
        notWanted, // no sealing key was given: only the leaf is hashed
        found,
        none,      // the driver has none
        unreadable // it does not open
    };
    Raw raw;
    Key keyState = Key::notWanted;
    const crypto::Secret *key = nullptr; // outlives the examination
};

[[nodiscard]] Examined examine(const VerifyOptions &options, const ToExamine &entry);

/// Examines entries on every core, and gives them back in the order in which they came. Memory is bounded: a
/// batch ends with its entries or with its bytes, and few batches are under way. One thread uses it.
class Examiners
{
public:
    using Sink = std::function<JournalResult<void>(const Examined &)>;
    /// `options` outlives it.
    Examiners(const VerifyOptions &options, Sink sink);
    ~Examiners();
    Examiners(const Examiners &) = delete;
    Examiners &operator=(const Examiners &) = delete;

    /// May call the sink for earlier entries; its failure is handed on, and nothing more is to be added then.
    [[nodiscard]] JournalResult<void> add(ToExamine entry);
    /// Calls the sink for all that are still under way.
    [[nodiscard]] JournalResult<void> finish();

private:
    struct Batch
    {
        std::vector<ToExamine> entries;
        std::vector<Examined> results;
        std::size_t bytes = 0;
        bool done = false;
    };
    void work();
    void hand();
    [[nodiscard]] JournalResult<void> takeOldest();

    const VerifyOptions &m_options;
    Sink m_sink;
    std::unique_ptr<Batch> m_filling;
    std::deque<std::shared_ptr<Batch>> m_underWay; // in order; of the using thread alone
    std::mutex m_mutex;
    std::condition_variable m_wanted;
    std::condition_variable m_done;
    std::deque<std::shared_ptr<Batch>> m_waiting;
    bool m_ending = false;
    std::vector<std::thread> m_threads; // last: they start when the rest is there
};

} // namespace glovebox::journal
