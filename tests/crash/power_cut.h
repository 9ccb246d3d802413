// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/crash/recording_disk.h"

#include <map>
#include <random>

namespace glovebox::testing
{

/// Every file of a folder with its bytes.
using DiskImage = std::map<std::string, std::vector<std::uint8_t>>;

/// What a power cut may leave of the writes that no sync had confirmed.
enum class Leaves {
    nothing, // of them
    everything,
    newest, // of each file the last write alone: it overtook the others
    any // each 512-byte sector by itself: kept, lost, torn at some byte, or filled with rubbish within the
        // bytes written; truncations and names in the folder up to some point
};

/// A disk with a cache: what was synced is there for certain, of the rest anything may be. It allows what
/// POSIX file systems and drives do: writes of any sector in any order, sizes without content (which then
/// reads as zeros), names in the order in which they changed. Bytes beside a write in the same sector stay as
/// they were, which SQLite relies on (SQLITE_IOCAP_POWERSAFE_OVERWRITE).
class CachedDisk
{
public:
    CachedDisk() = default;
    explicit CachedDisk(const DiskImage &image);
    void apply(const DiskOperation &operation);
    [[nodiscard]] DiskImage cut(Leaves leaves, std::mt19937_64 &random) const;

private:
    struct File
    {
        std::vector<std::uint8_t> durable;
        std::vector<DiskOperation> pending; // writes and truncations
    };
    /// Names and their files, changed at once; -1: the name goes.
    using NameChange = std::vector<std::pair<std::string, int>>;
    [[nodiscard]] File &fileOf(const std::string &name);
    void change(NameChange change);
    static void changeNames(std::map<std::string, int> &names, const NameChange &change);
    [[nodiscard]] static std::vector<std::uint8_t> leftOf(const File &file, Leaves leaves,
                                                          std::mt19937_64 &random);

    std::vector<File> m_files;
    std::map<std::string, int> m_names; // as programs see them
    std::map<std::string, int> m_durableNames;
    std::vector<NameChange> m_pendingNames;
};

} // namespace glovebox::testing
