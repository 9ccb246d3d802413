// SPDX-License-Identifier: Apache-2.0
#pragma once

/// A shim over SQLite's own VFS whose disk fails on demand. Its io_methods have version 1, so that a
/// write-ahead log without exclusive locking cannot even be opened over it.
namespace glovebox::testing
{

inline constexpr char kFailingVfs[] = "glovebox-failing";

struct Disk
{
    int failWriteAt = 0; // the nth write from now fails; 0: none
    int failSyncAt = 0;
    int killAt = 0;       // the process dies by SIGKILL before the nth write or sync from now
    int failCode = 0;     // of SQLite: SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC
    bool partial = false; // a failing write leaves its first half behind
    int writes = 0;
    int syncs = 0;
};
[[nodiscard]] Disk &disk();

/// Registers the VFS, once.
void useFailingVfs();

} // namespace glovebox::testing
