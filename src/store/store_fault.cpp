// SPDX-License-Identifier: Apache-2.0
#include "store/connection.h"

namespace glovebox::store
{

namespace
{

StoreFault faultOf(int code)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return StoreFault::inUse;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_IOERR:
        return StoreFault::io;
    case SQLITE_READONLY:
        return StoreFault::readOnly;
    case SQLITE_NOTADB:
        return StoreFault::notADatabase;
    case SQLITE_CONSTRAINT:
        return StoreFault::constraint;
    case SQLITE_FULL:
        return StoreFault::full;
    default:
        // A misused interface, exhausted memory or a malformed page: in each of them the data cannot be
        // trusted.
        return StoreFault::corrupt;
    }
}

} // namespace

base::Failure<StoreFault> Connection::failure(int code, bool committing)
{
    // The code's own words, never the statement or a value in it: this text reaches logs.
    std::string detail = path + ": " + sqlite3_errstr(code);
    if (const int number = sqlite3_extended_errcode(handle); (number & 0xff) == (code & 0xff)) {
        detail += " (" + std::to_string(number) + ")";
    }
    StoreFault fault = faultOf(code);
    if (committing && fault != StoreFault::full && fault != StoreFault::constraint &&
        fault != StoreFault::inUse) {
        fault = StoreFault::unknownOutcome;
    }
    base::Failure<StoreFault> result{fault, std::move(detail)};
    // A page that fsync failed to write may count as clean from then on: nothing that follows would prove
    // anything.
    if (fault == StoreFault::unknownOutcome || fault == StoreFault::io || fault == StoreFault::corrupt) {
        refusal = result;
    }
    return result;
}

int Connection::run(sqlite3_stmt *&kept, const char *sql)
{
    if (kept == nullptr) {
        const int code = sqlite3_prepare_v3(handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &kept, nullptr);
        if (code != SQLITE_OK) {
            return code;
        }
    }
    const int code = sqlite3_step(kept);
    sqlite3_reset(kept); // repeats the code
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

Connection::~Connection()
{
    if (handle == nullptr) {
        return;
    }
    if (refusal && !hadNoLog) {
        // Closing would copy the write-ahead log into the file: not after a failure.
        sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
    sqlite3_finalize(begin);
    sqlite3_finalize(commit);
    // _v2: statements may still be there; the file is closed with the last of them.
    sqlite3_close_v2(handle);
}

} // namespace glovebox::store
