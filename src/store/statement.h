// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.h"
#include "store/store_fault.h"

#include <memory>
#include <optional>

struct sqlite3_stmt;

namespace glovebox::store
{

struct Connection;

/// A prepared statement, kept and used again. Parameters and columns are counted as SQL does: from 1 and from
/// 0. A fault while binding is reported by the step that follows.
class Statement
{
public:
    Statement(Statement &&) noexcept;
    Statement &operator=(Statement &&) noexcept;
    ~Statement();

    Statement &bind(int parameter, std::int64_t value);
    Statement &bind(int parameter, std::string_view text);
    Statement &bind(int parameter, base::ByteView blob);
    Statement &bind(int parameter, std::nullopt_t null);

    /// True: a row is there. False: done, and ready to be bound anew.
    [[nodiscard]] StoreResult<bool> step();
    /// For statements without rows.
    [[nodiscard]] StoreResult<void> run();
    /// Rows that run() of this statement, and nothing since, inserted or changed.
    [[nodiscard]] std::int64_t changed() const;
    /// After the last row that is wanted; a statement left in the middle keeps old pages alive.
    void reset();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] base::Bytes blob(int column) const;

private:
    friend class Database;
    Statement(std::shared_ptr<Connection> connection, sqlite3_stmt *handle);
    std::shared_ptr<Connection> m_connection;
    sqlite3_stmt *m_handle = nullptr;
    int m_bindFault = 0;
};

/// Resets a statement when the reader of its rows returns, however it does.
class RowsEnd
{
public:
    explicit RowsEnd(Statement &statement) : m_statement(statement) {}
    ~RowsEnd() { m_statement.reset(); }
    RowsEnd(const RowsEnd &) = delete;
    RowsEnd &operator=(const RowsEnd &) = delete;

private:
    Statement &m_statement;
};

} // namespace glovebox::store
