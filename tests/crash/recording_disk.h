// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// A shim over SQLite's own VFS that writes down everything a program asks of its disk, and that can let any
/// one of these calls fail. Its io_methods have version 1, so that a write-ahead log without exclusive
/// locking cannot even be opened over it. What is recorded is cut off and damaged by power_cut.h.
namespace glovebox::testing
{

/// One change of the disk. Files have their name in their folder.
struct DiskOperation
{
    enum class Kind { create, write, truncate, sync, remove, rename, syncFolder };
    Kind kind = Kind::write;
    std::string file{};
    std::int64_t offset = 0;           // of a write; the new size of a truncate
    std::vector<std::uint8_t> bytes{}; // of a write
    std::string newName{};             // of a rename
    bool syncsFolder = false;          // names in the folder are durable after it, too
};

struct RecordingDisk
{
    /// What fails: the nth call from now, counted over all calls that SQLite makes, also those that change
    /// nothing.
    struct Fault
    {
        int at = 0; // 0: none
        enum class Kind { inputOutput, noRoom } kind = Kind::inputOutput;
        bool lasting = false; // every later call of its kind fails as well
        bool partial = false; // a failing write leaves its first half behind
    };
    std::vector<DiskOperation> operations;
    Fault fault;
    int calls = 0;
    int failed = 0;                          // calls that were answered with the fault
    std::vector<std::string> changesAfterIt; // asked for after the first failure
    std::string failedCall;                  // the first one, for a message
};

/// The one disk of this process. Only one thread may use it at a time.
[[nodiscard]] RecordingDisk &recordingDisk();

/// From here on SQLite uses it wherever no VFS is named.
void useRecordingDisk();

} // namespace glovebox::testing
