// SPDX-License-Identifier: Apache-2.0
#include "store/connection.h"
#include "store/database.h"
#include "store/mount.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace glovebox::store
{

namespace
{

constexpr std::array kBeside = {"-wal", "-journal", "-shm"}; // what SQLite puts beside a database

int countFrames(void *connection, sqlite3 *, const char *, int frames)
{
    static_cast<Connection *>(connection)->walFrames = frames;
    return SQLITE_OK;
}

/// What is said of a file by its header, or later by its write-ahead log.
StoreResult<void> checkIdentity(const Options &options, std::int64_t applicationId, std::int64_t userVersion)
{
    const bool isNew = applicationId == 0 && userVersion == 0 && options.mode == Options::Mode::create;
    if (!isNew && applicationId != options.applicationId) {
        return base::fail(StoreFault::notADatabase, options.path + " was not made by this program");
    }
    const auto known = static_cast<std::int64_t>(options.migrations.size());
    if (userVersion > known) {
        return base::fail(StoreFault::newer, options.path + " has format " + std::to_string(userVersion) +
                                                 "; this program knows up to " + std::to_string(known));
    }
    return {};
}

StoreResult<void> prepareFile(const Options &options)
{
    if (options.privateFolder) {
        if (auto folder = checkFolder(options.path); !folder) {
            return folder;
        }
    }
    return options.mode == Options::Mode::existing ? StoreResult<void>() : makeFile(options.path);
}

StoreResult<void> checkHeader(const Options &options)
{
    const auto header = checkFile(options.path);
    if (!header) {
        return std::unexpected(header.error());
    }
    if (header->empty && options.mode == Options::Mode::existing) {
        return base::fail(StoreFault::notADatabase,
                          options.path + " is empty: making it was interrupted, or it was emptied");
    }
    if (header->hasRollbackJournal && options.mode == Options::Mode::existing) {
        // SQLite would write it back into the file at the first read; none of ours ever has one.
        return base::fail(StoreFault::notADatabase,
                          options.path + " has another program's unfinished change beside it (-journal)");
    }
    if (header->torn) {
        return {}; // its identity is asked for again when SQLite has read the log
    }
    return checkIdentity(options, static_cast<std::int32_t>(header->applicationId), header->userVersion);
}

} // namespace

StoreResult<Database> Database::open(const Options &options)
{
    auto database = inspect(options);
    if (!database) {
        return database;
    }
    if (auto adopted = database->adopt(options); !adopted) {
        return std::unexpected(std::move(adopted.error()));
    }
    return database;
}

StoreResult<Database> Database::inspect(const Options &options)
{
    if (auto safe = checkMount(options.path, options.mountInfo); !safe) {
        return std::unexpected(std::move(safe.error()));
    }
    if (auto prepared = prepareFile(options); !prepared) {
        return std::unexpected(std::move(prepared.error()));
    }
    auto connection = std::make_shared<Connection>();
    connection->path = options.path;
    auto reserved = OpenFile::reserve(options.path);
    if (!reserved) {
        return std::unexpected(std::move(reserved.error()));
    }
    connection->reservation.emplace(std::move(*reserved));
    if (auto checked = checkHeader(options); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    struct stat log{};
    connection->hadNoLog = lstat((options.path + "-wal").c_str(), &log) != 0;
    constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(options.path.c_str(), &connection->handle, kFlags,
                                     options.vfs.empty() ? nullptr : options.vfs.c_str());
    if (code != SQLITE_OK) {
        return std::unexpected(connection->failure(code));
    }
    if (sqlite3_db_readonly(connection->handle, "main") != 0) {
        return base::fail(StoreFault::readOnly, options.path + " cannot be written");
    }
    // Until it is known that this program may write the file, not even closing may. An empty log is another
    // matter: SQLite makes one where there is none, and only this takes it away again.
    sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, connection->hadNoLog ? 0 : 1,
                      nullptr);
    sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_wal_hook(connection->handle, countFrames, connection.get());
    Database database(connection);
    // The very first: any read before it would make the shared-memory file of an unlocked write-ahead log.
    if (auto locked = database.set("locking_mode", "EXCLUSIVE", "exclusive"); !locked) {
        return std::unexpected(std::move(locked.error()));
    }
    // Again, since a newer version may still stand in the write-ahead log alone.
    const auto applicationId = database.pragma("application_id");
    const auto userVersion = applicationId ? database.pragma("user_version") : applicationId;
    if (!userVersion) {
        return std::unexpected(userVersion.error());
    }
    if (auto identity =
            checkIdentity(options, std::atoll(applicationId->c_str()), std::atoll(userVersion->c_str()));
        !identity) {
        return std::unexpected(std::move(identity.error()));
    }
    return database;
}

StoreResult<void> Database::adopt(const Options &options)
{
    // One that a crash left may hold what an erasure has overwritten.
    m_connection->emptyLog = !std::exchange(m_connection->hadNoLog, false);
    sqlite3_db_config(m_connection->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    if (auto configured = configure(); !configured) {
        return configured;
    }
    if (auto migrated = migrate(options); !migrated) {
        return migrated;
    }
    if (auto emptied = m_connection->checkpointIfDue(); !emptied) {
        return emptied;
    }
    sqlite3_db_config(m_connection->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    return {};
}

StoreResult<void> Database::set(const std::string &name, const std::string &value, const std::string &reads)
{
    if (auto written = pragma(name + " = " + value); !written) {
        return std::unexpected(std::move(written.error()));
    }
    const auto now = pragma(name);
    if (!now) {
        return std::unexpected(now.error());
    }
    if (*now != reads) {
        return base::fail(StoreFault::io,
                          path() + ": SQLite keeps " + name + " at " + *now + " instead of " + reads);
    }
    return {};
}

StoreResult<void> Database::configure()
{
    struct Setting
    {
        const char *name;
        const char *value;
        const char *reads;
    };
    // secure_delete and temp_store keep erased and intermediate content off the disk.
    constexpr Setting kSettings[] = {
        {"journal_mode", "WAL", "wal"}, {"synchronous", "FULL", "2"},
        {"foreign_keys", "ON", "1"},    {"secure_delete", "ON", "1"},
        {"trusted_schema", "OFF", "0"}, {"cell_size_check", "ON", "1"},
        {"temp_store", "MEMORY", "2"},  {"locking_mode", "EXCLUSIVE", "exclusive"},
    };
    for (const Setting &setting : kSettings) {
        if (auto made = set(setting.name, setting.value, setting.reads); !made) {
            return made;
        }
    }
    return {};
}

StoreResult<void> Database::migrate(const Options &options)
{
    const auto version = pragma("user_version");
    if (!version) {
        return std::unexpected(version.error());
    }
    for (auto at = static_cast<std::size_t>(std::atoll(version->c_str())); at < options.migrations.size();
         ++at) {
        auto transaction = begin();
        if (!transaction) {
            return std::unexpected(std::move(transaction.error()));
        }
        const std::string ending = "; PRAGMA application_id = " + std::to_string(options.applicationId) +
                                   "; PRAGMA user_version = " + std::to_string(at + 1);
        if (auto done = execute(options.migrations[at] + ending); !done) {
            return done;
        }
        if (auto committed = transaction->commit(); !committed) {
            return committed;
        }
    }
    const auto reached = pragma("user_version");
    if (!reached) {
        return std::unexpected(reached.error());
    }
    if (*reached != std::to_string(options.migrations.size())) {
        return base::fail(StoreFault::corrupt, path() + " did not reach the newest format");
    }
    return {};
}

StoreResult<void> publish(const std::string &from, const std::string &to)
{
    // Closing tells nobody that the disk failed while the log was copied into the file.
    struct stat log{};
    if (lstat((from + "-wal").c_str(), &log) == 0) {
        return base::fail(StoreFault::io, from + ": its write-ahead log was not copied into it");
    }
    // It would be read as the log of the new one.
    for (const char *suffix : kBeside) {
        if (lstat((to + suffix).c_str(), &log) == 0) {
            return base::fail(StoreFault::exists, to + suffix + " is there, of a database that is gone");
        }
    }
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
        if (errno == EEXIST) {
            return base::fail(StoreFault::exists, to + " is there already");
        }
        return base::fail(StoreFault::io, to + ": " + std::strerror(errno));
    }
    const std::size_t slash = to.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : to.substr(0, slash + 1);
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && fsync(descriptor) == 0;
    if (descriptor >= 0) {
        close(descriptor);
    }
    if (!synced) {
        return base::fail(StoreFault::unknownOutcome, to + ": the folder cannot be made durable");
    }
    return {};
}

void discard(const std::string &path)
{
    unlink(path.c_str());
    for (const char *suffix : kBeside) {
        unlink((path + suffix).c_str());
    }
}

} // namespace glovebox::store
