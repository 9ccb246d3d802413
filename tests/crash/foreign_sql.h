// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <sqlite3.h>

/// SQL on a closed journal, as somebody else's program would run it. A mistake in it ends the test.
namespace glovebox::testing
{

inline sqlite3 *openForeign(const QString &path)
{
    sqlite3 *database = nullptr;
    if (sqlite3_open_v2(path.toUtf8().constData(), &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) {
        qFatal("%s cannot be opened", qPrintable(path));
    }
    return database;
}

[[nodiscard]] inline std::int64_t numberIn(const QString &path, const QByteArray &select)
{
    sqlite3 *database = openForeign(path);
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(database, select.constData(), -1, &statement, nullptr) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        qFatal("%s", select.constData());
    }
    const std::int64_t result = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return result;
}

/// At least one row has to change.
inline void change(const QString &path, const QByteArray &statements)
{
    sqlite3 *database = openForeign(path);
    if (sqlite3_exec(database, statements.constData(), nullptr, nullptr, nullptr) != SQLITE_OK ||
        sqlite3_total_changes(database) == 0) {
        qFatal("%s", statements.constData());
    }
    sqlite3_close(database);
}

} // namespace glovebox::testing
