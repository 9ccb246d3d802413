// SPDX-License-Identifier: Apache-2.0
#include "crypto/private_file.h"

#include "crypto/hash.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace glovebox::crypto
{

namespace
{

std::expected<void, int> writeAll(int descriptor, base::ByteView content)
{
    while (!content.empty()) {
        const ssize_t written = write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return std::unexpected(written < 0 ? errno : EIO);
        }
        content = content.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

std::expected<void, int> syncFolderOf(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const FileDescriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.get() < 0 || fsync(descriptor.get()) != 0) {
        return std::unexpected(errno);
    }
    return {};
}

} // namespace

FileDescriptor::~FileDescriptor()
{
    if (m_descriptor >= 0) {
        close(m_descriptor);
    }
}

FileDescriptor::FileDescriptor(FileDescriptor &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{}

std::expected<FileDescriptor, int> openPrivateFile(const std::string &path)
{
    // O_NONBLOCK: a named pipe in the key's place must not hang the start.
    FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (file.get() < 0) {
        return std::unexpected(errno);
    }
    struct stat status{};
    if (fstat(file.get(), &status) != 0) {
        return std::unexpected(errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return std::unexpected(EINVAL);
    }
    constexpr mode_t kForbidden = 07777 & ~(S_IRUSR | S_IWUSR);
    if (status.st_uid != geteuid() || (status.st_mode & kForbidden) != 0) {
        return std::unexpected(EPERM);
    }
    return file;
}

std::expected<void, int> readAtStart(const FileDescriptor &file, std::span<std::uint8_t> out)
{
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = pread(file.get(), out.data() + done, out.size() - done, static_cast<off_t>(done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return std::unexpected(got < 0 ? errno : EINVAL);
        }
        done += static_cast<std::size_t>(got);
    }
    return {};
}

std::expected<void, int> writeNewPrivateFile(const std::string &path, base::ByteView content)
{
    const std::string temporary = path + "." + randomId('t');
    std::expected<void, int> result;
    {
        const FileDescriptor file(
            open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
        if (file.get() < 0) {
            return std::unexpected(errno);
        }
        // The umask may have taken bits away.
        if (fchmod(file.get(), S_IRUSR | S_IWUSR) != 0) {
            result = std::unexpected(errno);
        }
        if (result) {
            result = writeAll(file.get(), content);
        }
        if (result && fsync(file.get()) != 0) {
            result = std::unexpected(errno);
        }
    }
    if (result && renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) != 0) {
        result = std::unexpected(errno);
    }
    if (!result) {
        unlink(temporary.c_str());
        return result;
    }
    return syncFolderOf(path);
}

} // namespace glovebox::crypto
