// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/recording_disk.h"

#include <algorithm>
#include <cstring>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace glovebox::testing
{

namespace
{

using Kind = DiskOperation::Kind;

struct ShimFile
{
    sqlite3_file base;
    const char *path; // lives as long as the file is open; SQLite promises it
    bool syncsFolder; // SQLite's unix VFS syncs the folder with the first sync of a log that it made
    // The real file follows in the same allocation.
};

ShimFile *shimOf(sqlite3_file *file)
{
    return reinterpret_cast<ShimFile *>(file);
}

sqlite3_file *realOf(sqlite3_file *file)
{
    return reinterpret_cast<sqlite3_file *>(reinterpret_cast<char *>(file) + sizeof(ShimFile));
}

std::string nameOf(const char *path)
{
    const char *slash = std::strrchr(path, '/');
    return slash == nullptr ? path : slash + 1;
}

enum class Call { read, write, truncate, sync, size, open, remove };

const char *textOf(Call call)
{
    constexpr const char *kTexts[] = {"read", "write", "truncate", "sync", "size", "open", "remove"};
    return kTexts[static_cast<int>(call)];
}

/// An empty file may go: SQLite makes an empty log when it looks at a journal that has none.
bool changes(Call call, const char *path)
{
    struct stat status{};
    return call == Call::write || call == Call::truncate ||
           (call == Call::remove && stat(path, &status) == 0 && status.st_size > 0);
}

/// Whether this call fails. A full disk fails what needs room.
bool fails(Call call, const char *path)
{
    RecordingDisk &disk = recordingDisk();
    ++disk.calls;
    const RecordingDisk::Fault &fault = disk.fault;
    if (disk.failed > 0 && changes(call, path)) {
        disk.changesAfterIt.push_back(std::string(textOf(call)) + " of " + nameOf(path));
    }
    const bool due = fault.at > 0 && (fault.lasting ? disk.calls >= fault.at : disk.calls == fault.at);
    const bool applies = fault.kind == RecordingDisk::Fault::Kind::inputOutput || call == Call::write ||
                         call == Call::open || call == Call::sync;
    if (!due || !applies) {
        return false;
    }
    if (disk.failed++ == 0) {
        disk.failedCall = std::string(textOf(call)) + " of " + nameOf(path);
    }
    return true;
}

void record(DiskOperation operation)
{
    recordingDisk().operations.push_back(std::move(operation));
}

int shimWrite(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
    const char *path = shimOf(file)->path;
    const bool failing = fails(Call::write, path);
    const RecordingDisk::Fault &fault = recordingDisk().fault;
    const int kept = !failing ? size : fault.partial ? size / 2 : 0;
    if (kept > 0) {
        const auto *bytes = static_cast<const std::uint8_t *>(data);
        record({.kind = Kind::write, .file = nameOf(path), .offset = offset, .bytes = {bytes, bytes + kept}});
        const int code = realOf(file)->pMethods->xWrite(realOf(file), data, kept, offset);
        if (code != SQLITE_OK) {
            return code;
        }
    }
    if (!failing) {
        return SQLITE_OK;
    }
    return fault.kind == RecordingDisk::Fault::Kind::noRoom ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int shimSync(sqlite3_file *file, int)
{
    // The real file is not synced: no test of this process switches the machine off.
    if (fails(Call::sync, shimOf(file)->path)) {
        return SQLITE_IOERR_FSYNC; // a full disk, too, is noticed by fsync where room is given late
    }
    const bool folder = std::exchange(shimOf(file)->syncsFolder, false);
    record({.kind = Kind::sync, .file = nameOf(shimOf(file)->path), .syncsFolder = folder});
    return SQLITE_OK;
}

int shimTruncate(sqlite3_file *file, sqlite3_int64 size)
{
    if (fails(Call::truncate, shimOf(file)->path)) {
        return SQLITE_IOERR_TRUNCATE;
    }
    record({.kind = Kind::truncate, .file = nameOf(shimOf(file)->path), .offset = size});
    return realOf(file)->pMethods->xTruncate(realOf(file), size);
}

int shimClose(sqlite3_file *file)
{
    return realOf(file)->pMethods->xClose(realOf(file));
}
int shimRead(sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
    return fails(Call::read, shimOf(file)->path)
               ? SQLITE_IOERR_READ
               : realOf(file)->pMethods->xRead(realOf(file), data, size, offset);
}
int shimFileSize(sqlite3_file *file, sqlite3_int64 *size)
{
    return fails(Call::size, shimOf(file)->path) ? SQLITE_IOERR_FSTAT
                                                 : realOf(file)->pMethods->xFileSize(realOf(file), size);
}
int shimLock(sqlite3_file *file, int level)
{
    return realOf(file)->pMethods->xLock(realOf(file), level);
}
int shimUnlock(sqlite3_file *file, int level)
{
    return realOf(file)->pMethods->xUnlock(realOf(file), level);
}
int shimCheckReservedLock(sqlite3_file *file, int *reserved)
{
    return realOf(file)->pMethods->xCheckReservedLock(realOf(file), reserved);
}
int shimFileControl(sqlite3_file *file, int operation, void *argument)
{
    return realOf(file)->pMethods->xFileControl(realOf(file), operation, argument);
}
int shimSectorSize(sqlite3_file *file)
{
    return realOf(file)->pMethods->xSectorSize(realOf(file));
}
int shimDeviceCharacteristics(sqlite3_file *file)
{
    return realOf(file)->pMethods->xDeviceCharacteristics(realOf(file));
}

const sqlite3_io_methods kMethods = {.iVersion = 1,
                                     .xClose = shimClose,
                                     .xRead = shimRead,
                                     .xWrite = shimWrite,
                                     .xTruncate = shimTruncate,
                                     .xSync = shimSync,
                                     .xFileSize = shimFileSize,
                                     .xLock = shimLock,
                                     .xUnlock = shimUnlock,
                                     .xCheckReservedLock = shimCheckReservedLock,
                                     .xFileControl = shimFileControl,
                                     .xSectorSize = shimSectorSize,
                                     .xDeviceCharacteristics = shimDeviceCharacteristics,
                                     .xShmMap = nullptr,
                                     .xShmLock = nullptr,
                                     .xShmBarrier = nullptr,
                                     .xShmUnmap = nullptr,
                                     .xFetch = nullptr,
                                     .xUnfetch = nullptr};

sqlite3_vfs *original()
{
    static sqlite3_vfs *const vfs = sqlite3_vfs_find("unix");
    return vfs;
}

bool isThere(const std::string &path)
{
    return access(path.c_str(), F_OK) == 0;
}

bool isKnown(const std::string &name)
{
    return std::ranges::any_of(recordingDisk().operations, [&name](const DiskOperation &operation) {
        return (operation.kind == Kind::create && operation.file == name) ||
               (operation.kind == Kind::rename && operation.newName == name);
    });
}

/// A database is made empty, and gets its name, before and after SQLite has it open: by src/store, not by
/// SQLite.
void recordArrival(const std::string &path)
{
    const std::string name = nameOf(path.c_str());
    if (isKnown(name)) {
        return;
    }
    if (isKnown(name + ".new") && !isThere(path + ".new")) {
        record({.kind = Kind::rename, .file = name + ".new", .newName = name});
        record({.kind = Kind::syncFolder, .file = name, .syncsFolder = true});
    } else {
        record({.kind = Kind::create, .file = name});
    }
}

int shimOpen(sqlite3_vfs *, const char *path, sqlite3_file *file, int flags, int *outFlags)
{
    file->pMethods = nullptr;
    if (fails(Call::open, path)) {
        return SQLITE_CANTOPEN;
    }
    const bool made = (flags & SQLITE_OPEN_CREATE) != 0 && !isThere(path);
    const int code = original()->xOpen(original(), path, realOf(file), flags, outFlags);
    if (code != SQLITE_OK) {
        return code;
    }
    file->pMethods = &kMethods;
    shimOf(file)->path = path;
    shimOf(file)->syncsFolder =
        (flags & SQLITE_OPEN_CREATE) != 0 && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0) {
        recordArrival(path);
    } else if (made) {
        record({.kind = Kind::create, .file = nameOf(path)});
    }
    return SQLITE_OK;
}

int shimDelete(sqlite3_vfs *, const char *path, int syncFolder)
{
    if (fails(Call::remove, path)) {
        return SQLITE_IOERR_DELETE;
    }
    const bool there = isThere(path);
    const int code = original()->xDelete(original(), path, 0);
    if (code == SQLITE_OK && there) {
        record({.kind = Kind::remove, .file = nameOf(path), .syncsFolder = syncFolder != 0});
    }
    return code;
}

} // namespace

RecordingDisk &recordingDisk()
{
    static RecordingDisk disk;
    return disk;
}

void useRecordingDisk()
{
    static sqlite3_vfs shim = [] {
        sqlite3_vfs made = *original();
        made.zName = "glovebox-recording";
        made.pNext = nullptr;
        made.szOsFile = static_cast<int>(sizeof(ShimFile)) + original()->szOsFile;
        made.xOpen = shimOpen;
        made.xDelete = shimDelete;
        return made;
    }();
    sqlite3_vfs_register(&shim, 1);
}

} // namespace glovebox::testing
