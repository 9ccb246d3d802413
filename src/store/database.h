// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/statement.h"

#include <string>
#include <vector>

namespace glovebox::store
{

struct Options
{
    enum class Mode { existing, create };

    std::string path;
    /// Of the program that owns the file (SQLite's application_id): another program's file is refused.
    std::int32_t applicationId = 0;
    /// Migration i takes user_version i to i + 1, in a transaction of its own. The number of them is the
    /// newest version this program knows; a file with a higher one is refused.
    std::vector<std::string> migrations;
    Mode mode = Mode::existing;
    bool privateFolder = false;                     // the folder must be 0700 and ours
    std::string mountInfo = "/proc/self/mountinfo"; // proc(5): how file systems are mounted
    std::string vfs;                                // of SQLite; empty: its default
};

class Database;

/// Rolls back unless it was committed.
class Transaction
{
public:
    Transaction(Transaction &&) noexcept;
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();
    /// Durable when it returns. `full`: rolled back for certain. `unknownOutcome`: it may be there after a
    /// restart.
    [[nodiscard]] StoreResult<void> commit();

private:
    friend class Database;
    explicit Transaction(std::shared_ptr<Connection> connection) : m_connection(std::move(connection)) {}
    std::shared_ptr<Connection> m_connection;
};

/// One SQLite file under one connection: exclusive locking, write-ahead log, synchronous FULL, foreign keys,
/// deleted content overwritten. Not thread-safe: one thread at a time.
///
/// Exclusive locking from the first access on is what keeps SQLite's WAL-reset bug (3.7.0 to 3.51.2) out: it
/// needs two connections. Every setting is read back after it was made.
///
/// Once the disk has failed, every later call gives the same fault, and nothing more is written, not even by
/// closing: a failed fsync marks pages clean, so that a later success proves nothing.
class Database
{
public:
    /// Checks what is there before SQLite sees it; a refused file is untouched. inspect(), then adopt().
    [[nodiscard]] static StoreResult<Database> open(const Options &options);
    /// Opened and locked, to be read in the format it has, write-ahead log included. Nothing was written, and
    /// closing it writes nothing either.
    [[nodiscard]] static StoreResult<Database> inspect(const Options &options);
    /// Settings and migrations; from here on the file is this program's to write.
    [[nodiscard]] StoreResult<void> adopt(const Options &options);

    [[nodiscard]] StoreResult<Statement> prepare(std::string_view sql);
    /// One or more statements without parameters or rows.
    [[nodiscard]] StoreResult<void> execute(const std::string &sql);
    [[nodiscard]] StoreResult<Transaction> begin();
    /// Right after the next commit the write-ahead log is copied into the file and made empty, so that
    /// nothing overwritten is left in it. On a full disk that happens with a later commit; a log that a crash
    /// left is emptied by adopt().
    void emptyLogAfterCommit();
    /// What a pragma reads as; for checks.
    [[nodiscard]] StoreResult<std::string> pragma(const std::string &name);
    [[nodiscard]] const std::string &path() const;

private:
    explicit Database(std::shared_ptr<Connection> connection) : m_connection(std::move(connection)) {}
    [[nodiscard]] StoreResult<void> configure();
    [[nodiscard]] StoreResult<void> set(const std::string &name, const std::string &value,
                                        const std::string &reads);
    [[nodiscard]] StoreResult<void> migrate(const Options &options);
    std::shared_ptr<Connection> m_connection;
};

/// Gives a closed file its name; refuses one that is there, or of which a log is left there, and a file whose
/// closing failed. Durable when it returns.
[[nodiscard]] StoreResult<void> publish(const std::string &from, const std::string &to);
/// Removes a closed database that was never published, with what SQLite put beside it.
void discard(const std::string &path);

} // namespace glovebox::store
