// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include "store/connection.h"

#include <utility>

namespace glovebox::store
{

namespace
{

// 4 MiB of write-ahead log at SQLite's page size: the same point at which SQLite would do it by itself, but
// here a failure is seen.
constexpr int kCheckpointFrames = 1000;

} // namespace

StoreResult<void> Connection::checkpointIfDue()
{
    if (!emptyLog && walFrames < kCheckpointFrames) {
        return {};
    }
    const int how = emptyLog ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    const int code = sqlite3_wal_checkpoint_v2(handle, nullptr, how, nullptr, nullptr);
    walFrames = 0;
    if (code != SQLITE_OK && code != SQLITE_FULL) {
        return std::unexpected(failure(code));
    }
    emptyLog = emptyLog && code != SQLITE_OK;
    return {};
}

Transaction::Transaction(Transaction &&) noexcept = default;

Transaction::~Transaction()
{
    // After some failures SQLite has rolled back by itself.
    if (m_connection && sqlite3_get_autocommit(m_connection->handle) == 0) {
        sqlite3_exec(m_connection->handle, "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

StoreResult<void> Transaction::commit()
{
    const auto connection = std::exchange(m_connection, nullptr);
    if (!connection) {
        return base::fail(StoreFault::corrupt, "a transaction ends once");
    }
    if (connection->refusal) {
        return std::unexpected(*connection->refusal);
    }
    const int code = connection->run(connection->commit, "COMMIT");
    if (code != SQLITE_OK) {
        auto failure = connection->failure(code, true);
        if (sqlite3_get_autocommit(connection->handle) == 0) {
            sqlite3_exec(connection->handle, "ROLLBACK", nullptr, nullptr, nullptr);
        }
        return std::unexpected(std::move(failure));
    }
    // Its failure is none of this commit; failure() makes the connection refuse what follows.
    static_cast<void>(connection->checkpointIfDue());
    return {};
}

StoreResult<Statement> Database::prepare(std::string_view sql)
{
    if (m_connection->refusal) {
        return std::unexpected(*m_connection->refusal);
    }
    sqlite3_stmt *handle = nullptr;
    const int code = sqlite3_prepare_v3(m_connection->handle, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    if (code != SQLITE_OK) {
        return std::unexpected(m_connection->failure(code));
    }
    return Statement(m_connection, handle);
}

StoreResult<void> Database::execute(const std::string &sql)
{
    if (m_connection->refusal) {
        return std::unexpected(*m_connection->refusal);
    }
    const int code = sqlite3_exec(m_connection->handle, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return std::unexpected(m_connection->failure(code));
    }
    return {};
}

StoreResult<Transaction> Database::begin()
{
    if (m_connection->refusal) {
        return std::unexpected(*m_connection->refusal);
    }
    if (const int code = m_connection->run(m_connection->begin, "BEGIN IMMEDIATE"); code != SQLITE_OK) {
        return std::unexpected(m_connection->failure(code));
    }
    return Transaction(m_connection);
}

void Database::emptyLogAfterCommit()
{
    m_connection->emptyLog = true;
}

StoreResult<std::string> Database::pragma(const std::string &name)
{
    auto statement = prepare("PRAGMA " + name);
    if (!statement) {
        return std::unexpected(std::move(statement.error()));
    }
    const auto row = statement->step();
    if (!row) {
        return std::unexpected(row.error());
    }
    return *row ? statement->text(0) : std::string();
}

const std::string &Database::path() const
{
    return m_connection->path;
}

} // namespace glovebox::store
