// SPDX-License-Identifier: Apache-2.0
#include "crypto/seal.h"

#include "crypto/hash.h"
#include "crypto/openssl.h"
#include "crypto/private_file.h"

#include <openssl/core_names.h>
#include <openssl/rand.h>

#include <cerrno>
#include <limits>
#include <sys/stat.h>

namespace glovebox::crypto
{

namespace
{

constexpr std::size_t kKey = 32;
constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;
constexpr std::size_t kOverhead = kNonce + kTag;
constexpr auto kInput_max = static_cast<std::size_t>(std::numeric_limits<int>::max());

const EVP_CIPHER *algorithm()
{
    static const openssl::Cipher cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
    if (!cipher) {
        openssl::stop("no AES-256-GCM");
    }
    return cipher.get();
}

std::unexpected<base::Failure<SealFault>> keySize()
{
    return base::fail(SealFault::keySize, "a sealing key has 32 bytes");
}

std::unexpected<base::Failure<SealFault>> library()
{
    return base::fail(SealFault::crypto, "AES-256-GCM failed: " + openssl::takeError());
}

/// One pass in either direction; `out` has room for the input. The tag is not handled here.
bool run(EVP_CIPHER_CTX *context, base::ByteView header, base::ByteView in, std::uint8_t *out)
{
    int size = 0;
    if (header.size() > kInput_max || in.size() > kInput_max) {
        return false;
    }
    if (!header.empty() &&
        EVP_CipherUpdate(context, nullptr, &size, header.data(), static_cast<int>(header.size())) != 1) {
        return false;
    }
    // An empty input would be read as "finish".
    if (in.empty()) {
        return true;
    }
    return EVP_CipherUpdate(context, out, &size, in.data(), static_cast<int>(in.size())) == 1 &&
           size == static_cast<int>(in.size());
}

/// Unseals into `out`, which has the size of the plain text.
std::optional<SealFault> unsealInto(const Secret &key, base::ByteView header, base::ByteView sealed,
                                    std::span<std::uint8_t> out)
{
    const openssl::CipherContext context(EVP_CIPHER_CTX_new());
    const base::ByteView nonce = sealed.first(kNonce);
    const base::ByteView tag = sealed.last(kTag);
    base::Bytes expected(tag.begin(), tag.end());
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, expected.data(), expected.size()),
        OSSL_PARAM_construct_end()};
    if (!context ||
        EVP_DecryptInit_ex2(context.get(), algorithm(), key.view().data(), nonce.data(), params) != 1 ||
        !run(context.get(), header, sealed.subspan(kNonce, out.size()), out.data())) {
        return SealFault::crypto;
    }
    std::uint8_t rest[kTag];
    int size = 0;
    if (EVP_DecryptFinal_ex(context.get(), rest, &size) != 1) {
        // What was decrypted is not authentic: nobody may see it.
        OPENSSL_cleanse(out.data(), out.size());
        ERR_clear_error();
        return SealFault::tampered;
    }
    return std::nullopt;
}

std::unexpected<base::Failure<SealFault>> report(SealFault fault)
{
    if (fault == SealFault::tampered) {
        return base::fail(fault, "sealed data does not match its key or its header");
    }
    return library();
}

} // namespace

base::Result<base::Bytes, SealFault> seal(const Secret &key, base::ByteView header, base::ByteView plain)
{
    if (key.view().size() != kKey) {
        return keySize();
    }
    base::Bytes sealed(plain.size() + kOverhead);
    if (RAND_bytes_ex(nullptr, sealed.data(), kNonce, 0) != 1) {
        return library();
    }
    const openssl::CipherContext context(EVP_CIPHER_CTX_new());
    if (!context ||
        EVP_EncryptInit_ex2(context.get(), algorithm(), key.view().data(), sealed.data(), nullptr) != 1 ||
        !run(context.get(), header, plain, sealed.data() + kNonce)) {
        return library();
    }
    std::uint8_t *const tag = sealed.data() + kNonce + plain.size();
    OSSL_PARAM params[] = {OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, tag, kTag),
                           OSSL_PARAM_construct_end()};
    int size = 0;
    if (EVP_EncryptFinal_ex(context.get(), tag, &size) != 1 ||
        EVP_CIPHER_CTX_get_params(context.get(), params) != 1) {
        return library();
    }
    return sealed;
}

base::Result<base::Bytes, SealFault> unseal(const Secret &key, base::ByteView header, base::ByteView sealed)
{
    if (key.view().size() != kKey) {
        return keySize();
    }
    if (sealed.size() < kOverhead) {
        return report(SealFault::tampered);
    }
    base::Bytes plain(sealed.size() - kOverhead);
    if (const auto fault = unsealInto(key, header, sealed, plain)) {
        return report(*fault);
    }
    return plain;
}

base::Result<base::Bytes, SealFault> wrapKey(const Secret &sealingKey, base::ByteView label,
                                             const Secret &dataKey)
{
    return seal(sealingKey, label, dataKey.view());
}

base::Result<Secret, SealFault> unwrapKey(const Secret &sealingKey, base::ByteView label,
                                          base::ByteView wrapped)
{
    if (sealingKey.view().size() != kKey) {
        return keySize();
    }
    if (wrapped.size() != kKey + kOverhead) {
        return report(SealFault::tampered);
    }
    // Straight into locked memory: a data key never lies in an ordinary buffer.
    Secret dataKey(kKey);
    if (const auto fault = unsealInto(sealingKey, label, wrapped, dataKey.writable())) {
        return report(*fault);
    }
    return dataKey;
}

base::Result<Secret, int> readSealingKey(const std::string &path)
{
    const auto file = openPrivateFile(path);
    if (!file) {
        const bool foreign = file.error() == EPERM;
        return base::fail(file.error(), "the sealing key " + path +
                                            (foreign ? " must belong to this user alone (mode 0600)"
                                                     : " cannot be opened as an ordinary file"));
    }
    struct stat status{};
    Secret key(kKey);
    if (fstat(file->get(), &status) != 0 || status.st_size != static_cast<off_t>(kKey) ||
        !readAtStart(*file, key.writable())) {
        return base::fail(EINVAL, "the sealing key " + path + " does not hold 32 bytes");
    }
    return key;
}

base::Result<Secret, int> createSealingKey(const std::string &path)
{
    Secret key = Secret::random(kKey);
    if (const auto written = writeNewPrivateFile(path, key.view()); !written) {
        return base::fail(written.error(),
                          "the sealing key " + path +
                              (written.error() == EEXIST ? " is there already" : " cannot be created"));
    }
    return key;
}

} // namespace glovebox::crypto
