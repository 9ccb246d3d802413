// SPDX-License-Identifier: Apache-2.0
#include "failing_vfs.h"

#include <csignal>
#include <sqlite3.h>

namespace glovebox::testing
{

namespace
{

struct ShimFile
{
    sqlite3_file base;
    // The real file follows in the same allocation.
};

sqlite3_file *realOf(sqlite3_file *file)
{
    return reinterpret_cast<sqlite3_file *>(reinterpret_cast<char *>(file) + sizeof(ShimFile));
}

void mayDie()
{
    Disk &state = disk();
    if (state.killAt > 0 && state.writes + state.syncs >= state.killAt) {
        std::raise(SIGKILL);
    }
}

int shimWrite(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
    Disk &state = disk();
    ++state.writes;
    mayDie();
    if (state.failWriteAt > 0 && state.writes >= state.failWriteAt) {
        if (state.partial) {
            realOf(file)->pMethods->xWrite(realOf(file), data, size / 2, offset);
        }
        return state.failCode;
    }
    return realOf(file)->pMethods->xWrite(realOf(file), data, size, offset);
}

int shimSync(sqlite3_file *file, int flags)
{
    Disk &state = disk();
    ++state.syncs;
    mayDie();
    if (state.failSyncAt > 0 && state.syncs >= state.failSyncAt) {
        return state.failCode;
    }
    return realOf(file)->pMethods->xSync(realOf(file), flags);
}

int shimClose(sqlite3_file *file)
{
    return realOf(file)->pMethods->xClose(realOf(file));
}
int shimRead(sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
    return realOf(file)->pMethods->xRead(realOf(file), data, size, offset);
}
int shimTruncate(sqlite3_file *file, sqlite3_int64 size)
{
    Disk &state = disk();
    ++state.writes;
    mayDie();
    if (state.failWriteAt > 0 && state.writes >= state.failWriteAt && state.failCode != SQLITE_FULL) {
        return state.failCode;
    }
    return realOf(file)->pMethods->xTruncate(realOf(file), size);
}
int shimFileSize(sqlite3_file *file, sqlite3_int64 *size)
{
    return realOf(file)->pMethods->xFileSize(realOf(file), size);
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

const sqlite3_io_methods *methods()
{
    static const sqlite3_io_methods table = [] {
        sqlite3_io_methods made{};
        made.iVersion = 1;
        made.xClose = shimClose;
        made.xRead = shimRead;
        made.xWrite = shimWrite;
        made.xTruncate = shimTruncate;
        made.xSync = shimSync;
        made.xFileSize = shimFileSize;
        made.xLock = shimLock;
        made.xUnlock = shimUnlock;
        made.xCheckReservedLock = shimCheckReservedLock;
        made.xFileControl = shimFileControl;
        made.xSectorSize = shimSectorSize;
        made.xDeviceCharacteristics = shimDeviceCharacteristics;
        return made;
    }();
    return &table;
}

sqlite3_vfs *original()
{
    static sqlite3_vfs *const vfs = sqlite3_vfs_find("unix");
    return vfs;
}

int shimOpen(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    file->pMethods = nullptr;
    const int code = original()->xOpen(original(), name, realOf(file), flags, outFlags);
    if (code == SQLITE_OK) {
        file->pMethods = methods();
    }
    return code;
}

} // namespace

Disk &disk()
{
    static Disk state;
    return state;
}

void useFailingVfs()
{
    static sqlite3_vfs shim = [] {
        sqlite3_vfs made = *original();
        made.zName = kFailingVfs;
        made.pNext = nullptr;
        made.szOsFile = static_cast<int>(sizeof(ShimFile)) + original()->szOsFile;
        made.xOpen = shimOpen;
        return made;
    }();
    sqlite3_vfs_register(&shim, 0);
}

} // namespace glovebox::testing
