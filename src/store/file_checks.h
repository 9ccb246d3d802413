// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store_fault.h"

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <utility>

/// Inside src/store only: what is checked before SQLite may touch a file.
namespace glovebox::store
{

/// Marks a file as open in this process. POSIX drops all locks of a process on a file when any of its
/// descriptors for it is closed: looking at the header of an open database would unlock it.
class OpenFile
{
public:
    /// Nothing where it is open already.
    [[nodiscard]] static StoreResult<OpenFile> reserve(const std::string &path);
    ~OpenFile();
    OpenFile(OpenFile &&) noexcept;
    OpenFile &operator=(OpenFile &&) = delete;

private:
    using Key = std::pair<dev_t, ino_t>;
    explicit OpenFile(Key key) : m_key(key) {}
    Key m_key;
    bool m_owner = true;
};

/// 0700 and ours.
[[nodiscard]] StoreResult<void> checkFolder(const std::string &path);

struct FileHeader
{
    bool empty = false; // no bytes at all
    /// It does not begin as a database, but has a write-ahead log beside it: the power may have gone while
    /// the log was copied over the header. SQLite reads the header from the log then, or finds no database
    /// either.
    bool torn = false;
    std::uint32_t userVersion = 0;
    std::uint32_t applicationId = 0;
    bool hasRollbackJournal = false;
};
/// Link, kind, owner, mode and the header's magic of the database; kind, owner and mode of the files beside
/// it. The caller holds the reservation.
[[nodiscard]] StoreResult<FileHeader> checkFile(const std::string &path);

/// Makes an empty file with mode 0600; refuses one that is there.
[[nodiscard]] StoreResult<void> makeFile(const std::string &path);

} // namespace glovebox::store
