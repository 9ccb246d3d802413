// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/power_cut.h"

#include <algorithm>

namespace glovebox::testing
{

namespace
{

using Kind = DiskOperation::Kind;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kSector = 512;

std::size_t upTo(std::mt19937_64 &random, std::size_t most)
{
    return std::uniform_int_distribution<std::size_t>(0, most)(random);
}

void put(Bytes &content, std::size_t at, const std::uint8_t *from, std::size_t count)
{
    if (content.size() < at + count) {
        content.resize(at + count);
    }
    std::copy_n(from, count, content.begin() + static_cast<std::ptrdiff_t>(at));
}

void applyWhole(Bytes &content, const DiskOperation &operation)
{
    if (operation.kind == Kind::truncate) {
        content.resize(static_cast<std::size_t>(operation.offset));
    } else {
        put(content, static_cast<std::size_t>(operation.offset), operation.bytes.data(),
            operation.bytes.size());
    }
}

void applySectors(Bytes &content, const DiskOperation &operation, std::mt19937_64 &random)
{
    const auto begin = static_cast<std::size_t>(operation.offset);
    const std::size_t end = begin + operation.bytes.size();
    if (upTo(random, 1) == 0 && content.size() < end) {
        content.resize(end); // the new size came through before the bytes
    }
    for (std::size_t at = begin; at < end;) {
        const std::size_t count = std::min(end, (at / kSector + 1) * kSector) - at;
        Bytes piece(operation.bytes.begin() + static_cast<std::ptrdiff_t>(at - begin),
                    operation.bytes.begin() + static_cast<std::ptrdiff_t>(at - begin + count));
        switch (upTo(random, 7)) {
        case 0:
        case 1:
        case 2: // lost
            piece.clear();
            break;
        case 3: // torn
            piece.resize(upTo(random, count));
            break;
        case 4:
            std::ranges::generate(piece, [&random] { return static_cast<std::uint8_t>(random()); });
            break;
        default: // kept
            break;
        }
        if (!piece.empty()) {
            put(content, at, piece.data(), piece.size());
        }
        at += count;
    }
}

} // namespace

CachedDisk::CachedDisk(const DiskImage &image)
{
    for (const auto &[name, bytes] : image) {
        m_names[name] = static_cast<int>(m_files.size());
        m_files.push_back({bytes, {}});
    }
    m_durableNames = m_names;
}

CachedDisk::File &CachedDisk::fileOf(const std::string &name)
{
    return m_files.at(static_cast<std::size_t>(m_names.at(name)));
}

void CachedDisk::change(NameChange change)
{
    changeNames(m_names, change);
    m_pendingNames.push_back(std::move(change));
}

void CachedDisk::changeNames(std::map<std::string, int> &names, const NameChange &change)
{
    for (const auto &[name, file] : change) {
        if (file < 0) {
            names.erase(name);
        } else {
            names[name] = file;
        }
    }
}

void CachedDisk::apply(const DiskOperation &operation)
{
    switch (operation.kind) {
    case Kind::create:
        if (!m_names.contains(operation.file)) {
            change({{operation.file, static_cast<int>(m_files.size())}});
            m_files.emplace_back();
        }
        break;
    case Kind::write:
    case Kind::truncate:
        fileOf(operation.file).pending.push_back(operation);
        break;
    case Kind::sync: {
        File &file = fileOf(operation.file);
        for (const DiskOperation &pending : file.pending) {
            applyWhole(file.durable, pending);
        }
        file.pending.clear();
        break;
    }
    case Kind::remove:
        change({{operation.file, -1}});
        break;
    case Kind::rename:
        change({{operation.file, -1}, {operation.newName, m_names.at(operation.file)}});
        break;
    case Kind::syncFolder:
        break;
    }
    if (operation.syncsFolder) {
        m_durableNames = m_names;
        m_pendingNames.clear();
    }
}

std::vector<std::uint8_t> CachedDisk::leftOf(const File &file, Leaves leaves, std::mt19937_64 &random)
{
    Bytes content = file.durable;
    switch (leaves) {
    case Leaves::nothing:
        break;
    case Leaves::everything:
        for (const DiskOperation &pending : file.pending) {
            applyWhole(content, pending);
        }
        break;
    case Leaves::newest:
        if (!file.pending.empty()) {
            applyWhole(content, file.pending.back());
        }
        break;
    case Leaves::any:
        for (const DiskOperation &pending : file.pending) {
            if (pending.kind == Kind::write) {
                applySectors(content, pending, random);
            } else if (upTo(random, 1) == 0) {
                applyWhole(content, pending);
            }
        }
        break;
    }
    return content;
}

DiskImage CachedDisk::cut(Leaves leaves, std::mt19937_64 &random) const
{
    // A file system writes the changes of a folder in their order.
    const std::size_t kept = leaves == Leaves::nothing ? 0
                             : leaves == Leaves::any   ? upTo(random, m_pendingNames.size())
                                                       : m_pendingNames.size();
    std::map<std::string, int> names = m_durableNames;
    for (std::size_t i = 0; i < kept; ++i) {
        changeNames(names, m_pendingNames[i]);
    }
    DiskImage image;
    for (const auto &[name, file] : names) {
        image[name] = leftOf(m_files.at(static_cast<std::size_t>(file)), leaves, random);
    }
    return image;
}

} // namespace glovebox::testing
