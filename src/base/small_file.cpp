// SPDX-License-Identifier: Apache-2.0
#include "base/small_file.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace glovebox::base
{

namespace
{

std::unexpected<Failure<FileFault>> errnoFault(int error)
{
    const std::string why = std::generic_category().message(error);
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return fail(FileFault::missing, "is not there");
    case EACCES:
    case EPERM:
        return fail(FileFault::notPermitted, "may not be read by this user");
    case ENXIO: // a socket
    case ELOOP:
        return fail(FileFault::notAFile, "is no ordinary file (" + why + ")");
    default:
        return fail(FileFault::io, "cannot be read (" + why + ")");
    }
}

struct Closed
{
    int descriptor;
    ~Closed() { close(descriptor); }
};

} // namespace

Result<std::string, FileFault> readSmallFile(const std::string &path, std::size_t bytes_max)
{
    // O_NONBLOCK: opening a named pipe would wait for whoever writes into it.
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0) {
        return errnoFault(errno);
    }
    const Closed closed{descriptor};
    struct stat status{};
    if (fstat(descriptor, &status) != 0) {
        return errnoFault(errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(FileFault::notAFile,
                    S_ISDIR(status.st_mode) ? "is a folder" : "is no ordinary file (a pipe or a device)");
    }
    std::string text;
    // One byte more than may be there shows the excess; it may have grown since it was looked at.
    while (text.size() <= bytes_max) {
        const std::size_t had = text.size();
        text.resize(std::min(bytes_max + 1, had + 65536));
        const ssize_t got = read(descriptor, text.data() + had, text.size() - had);
        if (got < 0 && errno != EINTR) {
            return errnoFault(errno);
        }
        text.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got == 0) {
            return text;
        }
    }
    return fail(FileFault::tooLarge, "is larger than " + std::to_string(bytes_max) + " bytes");
}

} // namespace glovebox::base
