// SPDX-License-Identifier: Apache-2.0
#include "store/statement.h"

#include "store/connection.h"

#include <utility>

namespace glovebox::store
{

namespace
{

// SQLITE_TRANSIENT of the header is a cast of -1 to a function: SQLite copies the value.
const sqlite3_destructor_type kCopy = SQLITE_TRANSIENT;

} // namespace

Statement::Statement(std::shared_ptr<Connection> connection, sqlite3_stmt *handle)
    : m_connection(std::move(connection)), m_handle(handle)
{}

Statement::Statement(Statement &&other) noexcept
    : m_connection(std::move(other.m_connection)), m_handle(std::exchange(other.m_handle, nullptr)),
      m_bindFault(other.m_bindFault)
{}

Statement &Statement::operator=(Statement &&other) noexcept
{
    if (this != &other) {
        sqlite3_finalize(m_handle);
        m_connection = std::move(other.m_connection);
        m_handle = std::exchange(other.m_handle, nullptr);
        m_bindFault = other.m_bindFault;
    }
    return *this;
}

Statement::~Statement()
{
    sqlite3_finalize(m_handle);
}

Statement &Statement::bind(int parameter, std::int64_t value)
{
    if (const int code = sqlite3_bind_int64(m_handle, parameter, value); code != SQLITE_OK) {
        m_bindFault = code;
    }
    return *this;
}

Statement &Statement::bind(int parameter, std::string_view text)
{
    const char *data = text.empty() ? "" : text.data();
    if (const int code = sqlite3_bind_text64(m_handle, parameter, data, text.size(), kCopy, SQLITE_UTF8);
        code != SQLITE_OK) {
        m_bindFault = code;
    }
    return *this;
}

Statement &Statement::bind(int parameter, base::ByteView blob)
{
    // A null pointer would bind NULL in place of a blob of no bytes.
    const void *data = blob.empty() ? static_cast<const void *>("") : blob.data();
    if (const int code = sqlite3_bind_blob64(m_handle, parameter, data, blob.size(), kCopy);
        code != SQLITE_OK) {
        m_bindFault = code;
    }
    return *this;
}

Statement &Statement::bind(int parameter, std::nullopt_t)
{
    if (const int code = sqlite3_bind_null(m_handle, parameter); code != SQLITE_OK) {
        m_bindFault = code;
    }
    return *this;
}

StoreResult<bool> Statement::step()
{
    if (m_connection->refusal) {
        reset();
        return std::unexpected(*m_connection->refusal);
    }
    const int bindFault = std::exchange(m_bindFault, 0);
    const int code = bindFault != 0 ? bindFault : sqlite3_step(m_handle);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    auto failure = m_connection->failure(code);
    reset();
    return std::unexpected(std::move(failure));
}

StoreResult<void> Statement::run()
{
    const auto row = step();
    if (!row) {
        return std::unexpected(row.error());
    }
    if (*row) {
        reset();
    }
    return {};
}

void Statement::reset()
{
    // Repeats the code of the step before it, which was reported.
    sqlite3_reset(m_handle);
    sqlite3_clear_bindings(m_handle);
}

std::int64_t Statement::changed() const
{
    return sqlite3_changes64(m_connection->handle);
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_handle, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_handle, column);
}

std::string Statement::text(int column) const
{
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(m_handle, column));
    return data == nullptr
               ? std::string()
               : std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(m_handle, column)));
}

base::Bytes Statement::blob(int column) const
{
    const auto *data = static_cast<const std::uint8_t *>(sqlite3_column_blob(m_handle, column));
    return data == nullptr ? base::Bytes() : base::Bytes(data, data + sqlite3_column_bytes(m_handle, column));
}

} // namespace glovebox::store
