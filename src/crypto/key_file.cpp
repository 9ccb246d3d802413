// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_file.h"

#include "crypto/private_file.h"

#include <openssl/pem.h>

#include <cerrno>
#include <cstring>

namespace glovebox::crypto
{

namespace
{

/// A key with a password: nobody is there to type it.
int noPassword(char *, int, int, void *)
{
    return -1;
}

} // namespace

std::unexpected<base::Failure<KeyFault>> openFault(const std::string &path, int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return base::fail(KeyFault::missing, "there is no key file " + path);
    case ELOOP:
        return base::fail(KeyFault::unreadable, "the key file " + path + " is a link; name the file itself");
    case EPERM:
        return base::fail(KeyFault::wrongMode,
                          "the key file " + path + " must belong to this user alone: owner and mode 0600");
    case EINVAL:
        return base::fail(KeyFault::malformed, "the key file " + path + " is not an ordinary file");
    default:
        return base::fail(KeyFault::unreadable,
                          "the key file " + path + " cannot be read: " + std::strerror(error));
    }
}

KeyResult<openssl::Key> readKeyFile(const std::string &path)
{
    const auto file = openPrivateFile(path);
    if (!file) {
        return openFault(path, file.error());
    }
    const openssl::Bio bio(BIO_new_fd(file->get(), BIO_NOCLOSE));
    openssl::Key key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassword, nullptr) : nullptr);
    if (!key) {
        return base::fail(KeyFault::malformed,
                          "the key file " + path + " holds no readable key: " + openssl::takeError());
    }
    return key;
}

KeyResult<void> writeKeyFile(const std::string &path, EVP_PKEY *key)
{
    // A memory BIO wipes its buffer when it is freed.
    const openssl::Bio pem(BIO_new(BIO_s_mem()));
    if (!pem || PEM_write_bio_PKCS8PrivateKey(pem.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        return base::fail(KeyFault::provider, "no key could be written: " + openssl::takeError());
    }
    char *text = nullptr;
    const long size = BIO_get_mem_data(pem.get(), &text);
    if (size <= 0) {
        return base::fail(KeyFault::provider, "no key could be written: " + openssl::takeError());
    }
    if (const auto written = writeNewPrivateFile(path, base::bytesOf({text, static_cast<std::size_t>(size)}));
        !written) {
        if (written.error() == EEXIST) {
            return base::fail(KeyFault::exists, "there is already a key in " + path + "; it was not touched");
        }
        return base::fail(KeyFault::unreadable,
                          "the key file " + path + " cannot be created: " + std::strerror(written.error()));
    }
    return {};
}

} // namespace glovebox::crypto
