// SPDX-License-Identifier: Apache-2.0
#include "mcp/token.h"

#include "ipc/names.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace glovebox::mcp
{

namespace
{

class File
{
public:
    explicit File(const QByteArray &path)
        : m_fd(::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK))
    {}
    ~File()
    {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    Q_DISABLE_COPY_MOVE(File)
    [[nodiscard]] int fd() const { return m_fd; }

private:
    int m_fd;
};

bool isPrivate(const struct stat &status)
{
    const bool ours = status.st_uid == ::geteuid() || status.st_uid == 0;
    return S_ISREG(status.st_mode) && ours && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

/// Bytes read, at most `size`; -1 with errno.
ssize_t readAll(int fd, unsigned char *to, std::size_t size)
{
    std::size_t done = 0;
    while (done < size) {
        const ssize_t count = ::read(fd, to + done, size - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return -1;
        }
        if (count == 0) {
            break;
        }
        done += static_cast<std::size_t>(count);
    }
    return static_cast<ssize_t>(done);
}

} // namespace

Token::Page::~Page()
{
    if (data) {
        ::explicit_bzero(data, size);
        ::munmap(data, size);
    }
}

std::unique_ptr<Token::Page> Token::lockedPage()
{
    auto page = std::make_unique<Page>();
    const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    void *data = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED) { // NOLINT(performance-no-int-to-ptr): the system's own constant
        return nullptr;
    }
    page->data = static_cast<unsigned char *>(data);
    page->size = size;
    if (::mlock(data, size) != 0 || ::madvise(data, size, MADV_DONTDUMP) != 0) {
        return nullptr;
    }
    return page;
}

base::Result<Token, TokenFault> Token::read(const QByteArray &path)
{
    const File file(path);
    struct stat status = {};
    if (file.fd() < 0 || ::fstat(file.fd(), &status) != 0) {
        return base::fail(TokenFault::missing, std::string("cannot be read: ") + std::strerror(errno));
    }
    if (!isPrivate(status)) {
        return base::fail(TokenFault::notPrivate,
                          "must be a regular file of this user with mode 0600 (chmod 600)");
    }
    auto page = lockedPage();
    if (!page) {
        return base::fail(TokenFault::noMemory,
                          "cannot be kept in locked memory: raise the limit (ulimit -l)");
    }
    const ssize_t count = readAll(file.fd(), page->data, page->size);
    if (count < 0) {
        return base::fail(TokenFault::missing, std::string("cannot be read: ") + std::strerror(errno));
    }
    auto length = static_cast<std::size_t>(count);
    if (length > 0 && page->data[length - 1] == '\n') {
        --length;
    }
    if (length < ipc::kToken_bytes_min || length > ipc::kToken_bytes_max) {
        return base::fail(TokenFault::badLength, "must hold a token of " +
                                                     std::to_string(ipc::kToken_bytes_min) + " to " +
                                                     std::to_string(ipc::kToken_bytes_max) + " bytes");
    }
    return Token(std::move(page), length);
}

base::Result<Token, TokenFault> Token::copyOf(std::string_view bytes)
{
    if (bytes.size() < ipc::kToken_bytes_min || bytes.size() > ipc::kToken_bytes_max) {
        return base::fail(TokenFault::badLength, "has not the length of a token");
    }
    auto page = lockedPage();
    if (!page) {
        return base::fail(TokenFault::noMemory,
                          "cannot be kept in locked memory: raise the limit (ulimit -l)");
    }
    std::memcpy(page->data, bytes.data(), bytes.size());
    return Token(std::move(page), bytes.size());
}

QByteArray Token::view() const
{
    return QByteArray::fromRawData(reinterpret_cast<const char *>(m_page->data),
                                   static_cast<qsizetype>(m_length));
}

} // namespace glovebox::mcp
