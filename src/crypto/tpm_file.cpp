// SPDX-License-Identifier: Apache-2.0
#include "crypto/tpm_file.h"

#include "crypto/private_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace glovebox::crypto
{

namespace
{

constexpr off_t kFile_max = 4096;

std::unexpected<base::Failure<TpmFault>> fileFault(const std::string &path, int error)
{
    const std::string why = path + ": " + std::generic_category().message(error);
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return base::fail(TpmFault::notThere, why);
    case EEXIST:
        return base::fail(TpmFault::exists, why);
    case EPERM:
        return base::fail(TpmFault::malformed, path + " must belong to this user alone, with mode 0600");
    default:
        return base::fail(TpmFault::malformed, why);
    }
}

} // namespace

TpmResult<Secret> readSealedFile(Tpm &tpm, const std::string &path, const PublicKey &authority,
                                 std::span<const SignedPolicy> policies)
{
    const auto file = openPrivateFile(path);
    if (!file) {
        return fileFault(path, file.error());
    }
    struct stat status{};
    if (fstat(file->get(), &status) != 0 || status.st_size <= 0 || status.st_size > kFile_max) {
        return base::fail(TpmFault::malformed, path + " is no object of a TPM");
    }
    base::Bytes sealed(static_cast<std::size_t>(status.st_size));
    if (const auto read = readAtStart(*file, sealed); !read) {
        return fileFault(path, read.error());
    }
    return tpm.unseal(authority, sealed, policies);
}

TpmResult<void> writeSealedFile(Tpm &tpm, const std::string &path, const PublicKey &authority,
                                const Secret &secret)
{
    const auto sealed = tpm.seal(authority, secret);
    if (!sealed) {
        return std::unexpected(sealed.error());
    }
    if (const auto written = writeNewPrivateFile(path, *sealed); !written) {
        return fileFault(path, written.error());
    }
    return {};
}

} // namespace glovebox::crypto
