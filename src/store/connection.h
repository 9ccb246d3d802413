// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/file_checks.h"
#include "store/store_fault.h"

#include <sqlite3.h>

#include <optional>
#include <string>

/// Inside src/store only: what a database and its statements share.
namespace glovebox::store
{

struct Connection
{
    sqlite3 *handle = nullptr;
    std::string path;
    std::optional<OpenFile> reservation;
    std::optional<base::Failure<StoreFault>> refusal; // set once the disk failed; answers every later call
    sqlite3_stmt *begin = nullptr;                    // both prepared once: each transaction runs them
    sqlite3_stmt *commit = nullptr;
    int walFrames = 0;
    bool emptyLog = false; // content that was overwritten may be in the write-ahead log
    bool hadNoLog = false; // and nothing was written since: the log there is SQLite's own empty one

    Connection() = default;
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;
    ~Connection();

    /// Runs a statement without rows, which is prepared when it is first needed.
    [[nodiscard]] int run(sqlite3_stmt *&kept, const char *sql);
    /// The failure of the call that just returned `code`. A failed disk makes the connection refuse from here
    /// on.
    [[nodiscard]] base::Failure<StoreFault> failure(int code, bool committing = false);
    /// Copies the write-ahead log into the file where it is long, and empties it where that was asked for.
    /// What was committed is durable in the log either way: without room it grows on, and the next commit
    /// tries again.
    [[nodiscard]] StoreResult<void> checkpointIfDue();
};

} // namespace glovebox::store
