// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/cosigner.h"
#include "daemon/purchase_book.h"
#include "tests/unit/wire/sample.h"

namespace glovebox::testing
{

/// One moment at which the journal said that something is durable.
struct Acknowledgement
{
    std::size_t operations = 0; // of the recording disk, until then
    std::uint64_t size = 0;     // of the log
    base::Hash root{};
    std::string state;   // stateOf(), or what it must be where the disk failed right after the commit
    std::string entries; // hashOf(entriesOf()), where no call is to fail
};

/// Purchases with their approvals, who asked for them, outbox and settings, as one text: all that a program
/// reads of a journal besides its entries.
[[nodiscard]] journal::JournalResult<std::string> stateOf(journal::Journal &journal);
/// Kind and payload of every entry.
[[nodiscard]] journal::JournalResult<std::vector<std::string>> entriesOf(journal::Journal &journal);
[[nodiscard]] std::string hashOf(const std::vector<std::string> &entries);

/// Keys and the way to a journal that several processes open one after the other.
struct Owner
{
    Sample sample;
    crypto::CosigningKey witness = std::move(
        crypto::CosigningKey::create(sample.path("witness.pem"), "gateway.example/witness").value());
    crypto::Secret sealingKey = crypto::Secret::random(32);
    [[nodiscard]] journal::Journal::Options options(const QString &folder) const;
};

/// What a car writes in its life, through the daemon's own book: an entry of every kind, seven purchases that
/// take every road through the outbox, a clean end and a start in the middle, and a driver who is erased with
/// the one purchase that was theirs.
class Workload
{
public:
    /// `longEntries`: the second life begins with so many of half a megabyte; nine make the write-ahead log
    /// long enough to be copied into the file and begun again.
    Workload(const Owner &owner, QString folder, int longEntries = 0);

    /// Makes the journal and lives. False: a write had an unknown outcome, or the disk stayed full; then
    /// nothing more was tried.
    [[nodiscard]] bool run();
    /// One life over a journal that is there.
    [[nodiscard]] bool runOnce(int life);

    [[nodiscard]] const std::vector<Acknowledgement> &acknowledged() const { return m_acknowledged; }
    /// How often the book said for certain that nothing was written.
    [[nodiscard]] int refusals() const { return m_refusals; }
    /// Why the journal could not be made or opened.
    [[nodiscard]] const std::string &refusal() const { return m_refusal; }

    /// The outcome of a write is unknown.
    [[nodiscard]] bool stopped() const { return m_stopped; }

    static constexpr int kLives = 2;

private:
    struct Book;
    [[nodiscard]] bool make();
    [[nodiscard]] bool perform(const std::function<void(Book &, std::function<void(bool)>)> &step,
                               Book &book);
    [[nodiscard]] bool note(Book &book, journal::EntryKind kind, const char *driver, base::Json payload,
                            std::vector<std::pair<std::string, std::string>> settings = {},
                            const char *erased = nullptr);
    /// The log is signed for, cosigned, and ended with one more signature.
    [[nodiscard]] bool checkpoints(Book &book);
    [[nodiscard]] bool purchase(Book &book, const std::string &id, const char *driver,
                                const std::vector<payment::Event> &events);
    [[nodiscard]] bool event(Book &book, const std::string &id, const char *driver, payment::Event event,
                             bool first);
    [[nodiscard]] daemon::Change changeOf(const std::string &id, const char *driver, payment::Event event,
                                          bool first) const;

    const Owner &m_owner;
    QString m_folder;
    int m_longEntries;
    std::vector<Acknowledgement> m_acknowledged;
    int m_refusals = 0;
    bool m_stopped = false;
    std::string m_refusal;
};

} // namespace glovebox::testing
