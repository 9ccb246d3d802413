// SPDX-License-Identifier: Apache-2.0
#include "store/file_checks.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <set>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace glovebox::store
{

namespace
{

using FileKey = std::pair<dev_t, ino_t>;

struct Registry
{
    std::mutex mutex;
    std::set<FileKey> open;
};

Registry &registry()
{
    static Registry instance;
    return instance;
}

// SQLite's file format, section 1.3.
constexpr std::size_t kHeader = 100;
constexpr std::string_view kMagic{"SQLite format 3\0", 16};
constexpr std::size_t kUserVersionAt = 60;
constexpr std::size_t kApplicationIdAt = 68;

std::unexpected<base::Failure<StoreFault>> errnoFault(const std::string &path)
{
    const int error = errno;
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return base::fail(StoreFault::missing, "there is no file " + path);
    case ELOOP:
        return base::fail(StoreFault::isLink, path + " is a symbolic link");
    case EACCES:
    case EPERM:
        return base::fail(StoreFault::wrongMode, path + " may not be opened by this user");
    case EROFS:
        return base::fail(StoreFault::readOnly, path + " is on a read-only file system");
    case EEXIST:
        return base::fail(StoreFault::exists, path + " is there already");
    case ENOSPC:
    case EDQUOT:
        return base::fail(StoreFault::full, path + ": no room on the disk");
    default:
        return base::fail(StoreFault::io, path + ": " + std::strerror(error));
    }
}

StoreResult<void> checkStatus(const std::string &path, const struct stat &status)
{
    if (S_ISLNK(status.st_mode)) {
        return base::fail(StoreFault::isLink, path + " is a symbolic link");
    }
    if (!S_ISREG(status.st_mode)) {
        return base::fail(StoreFault::notADatabase, path + " is not an ordinary file");
    }
    if (status.st_nlink != 1) {
        // Under its other name it would get another write-ahead log.
        return base::fail(StoreFault::isLink, path + " has a second name (hard link)");
    }
    if (status.st_uid != geteuid()) {
        return base::fail(StoreFault::wrongOwner, path + " belongs to another user");
    }
    if ((status.st_mode & 07777) != (S_IRUSR | S_IWUSR)) {
        return base::fail(StoreFault::wrongMode, path + " must have mode 0600");
    }
    return {};
}

std::uint32_t bigEndian(const std::uint8_t *at)
{
    return (std::uint32_t{at[0]} << 24U) | (std::uint32_t{at[1]} << 16U) | (std::uint32_t{at[2]} << 8U) |
           std::uint32_t{at[3]};
}

StoreResult<FileHeader> readHeader(int descriptor, const std::string &path)
{
    struct stat status{};
    if (fstat(descriptor, &status) != 0) {
        return errnoFault(path);
    }
    if (auto checked = checkStatus(path, status); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    if (status.st_size == 0) {
        return FileHeader{.empty = true};
    }
    std::array<std::uint8_t, kHeader> bytes{};
    const ssize_t got = pread(descriptor, bytes.data(), bytes.size(), 0);
    if (got < 0) {
        return errnoFault(path);
    }
    if (static_cast<std::size_t>(got) < kHeader ||
        std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0) {
        return FileHeader{.torn = true};
    }
    return FileHeader{.empty = false,
                      .torn = false,
                      .userVersion = bigEndian(bytes.data() + kUserVersionAt),
                      .applicationId = bigEndian(bytes.data() + kApplicationIdAt)};
}

} // namespace

StoreResult<OpenFile> OpenFile::reserve(const std::string &path)
{
    struct stat status{};
    if (lstat(path.c_str(), &status) != 0) {
        return errnoFault(path);
    }
    const FileKey key{status.st_dev, status.st_ino};
    Registry &all = registry();
    const std::scoped_lock lock(all.mutex);
    if (!all.open.insert(key).second) {
        return base::fail(StoreFault::inUse, path + " is open in this program already");
    }
    return OpenFile(key);
}

OpenFile::OpenFile(OpenFile &&other) noexcept
    : m_key(other.m_key), m_owner(std::exchange(other.m_owner, false))
{}

OpenFile::~OpenFile()
{
    if (m_owner) {
        Registry &all = registry();
        const std::scoped_lock lock(all.mutex);
        all.open.erase(m_key);
    }
}

StoreResult<void> checkFolder(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    const std::string folder =
        slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
    struct stat status{};
    if (lstat(folder.c_str(), &status) != 0) {
        return errnoFault(folder);
    }
    if (S_ISLNK(status.st_mode)) {
        return base::fail(StoreFault::isLink, "the folder " + folder + " is a symbolic link");
    }
    if (!S_ISDIR(status.st_mode)) {
        return base::fail(StoreFault::missing, folder + " is not a folder");
    }
    if (status.st_uid != geteuid()) {
        return base::fail(StoreFault::wrongOwner, "the folder " + folder + " belongs to another user");
    }
    if ((status.st_mode & 0777) != S_IRWXU) {
        return base::fail(StoreFault::wrongMode, "the folder " + folder + " must have mode 0700");
    }
    return {};
}

StoreResult<FileHeader> checkFile(const std::string &path)
{
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) {
        return errnoFault(path);
    }
    auto header = readHeader(descriptor, path);
    close(descriptor);
    if (!header) {
        return header;
    }
    // SQLite would read these as part of the database.
    bool log = false;
    for (const std::string_view suffix : {"-wal", "-journal", "-shm"}) {
        const std::string beside = path + std::string(suffix);
        struct stat status{};
        if (lstat(beside.c_str(), &status) == 0) {
            if (auto checked = checkStatus(beside, status); !checked) {
                return std::unexpected(std::move(checked.error()));
            }
            header->hasRollbackJournal |= suffix == "-journal";
            log = log || (suffix == "-wal" && status.st_size > 0);
        } else if (errno != ENOENT) {
            return errnoFault(beside);
        }
    }
    if (header->torn && !log) {
        return base::fail(StoreFault::notADatabase, path + " does not begin as a SQLite database");
    }
    return header;
}

StoreResult<void> makeFile(const std::string &path)
{
    const int descriptor =
        open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        return errnoFault(path);
    }
    const bool ok = fchmod(descriptor, S_IRUSR | S_IWUSR) == 0;
    close(descriptor);
    if (!ok) {
        return errnoFault(path);
    }
    return {};
}

} // namespace glovebox::store
