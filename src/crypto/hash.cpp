// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"

#include "crypto/openssl.h"

#include <openssl/core_names.h>
#include <openssl/rand.h>

#include <QtGlobal>

namespace glovebox::crypto
{

namespace
{

constexpr char kBase32[] = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::size_t kIdCharacters = 25;

// Fetched once: an implicit fetch costs more than hashing a leaf.
const EVP_MD *sha256Algorithm()
{
    static const openssl::Digest digest(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    if (!digest) {
        openssl::stop("no SHA-256");
    }
    return digest.get();
}

/// HMAC with its digest and without a key: a copy of it costs less than naming the digest again.
const EVP_MAC_CTX *hmacSha256Algorithm()
{
    static const openssl::MacContext context = [] {
        char digestName[] = "SHA256";
        const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digestName, 0),
                                     OSSL_PARAM_construct_end()};
        const openssl::Mac mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
        openssl::MacContext made(mac ? EVP_MAC_CTX_new(mac.get()) : nullptr);
        if (!made || EVP_MAC_CTX_set_params(made.get(), params) != 1) {
            openssl::stop("no HMAC-SHA-256");
        }
        return made;
    }();
    return context.get();
}

} // namespace

std::string openssl::takeError()
{
    const unsigned long code = ERR_peek_last_error();
    const char *reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
    ERR_clear_error();
    return reason != nullptr ? reason : "no further detail";
}

void openssl::stop(const char *what)
{
    qFatal("crypto: %s: %s", what, takeError().c_str());
}

base::Hash sha256(base::ByteView data)
{
    return sha256({data});
}

base::Hash sha256(std::initializer_list<base::ByteView> parts)
{
    base::Hash hash{};
    const openssl::DigestContext context(EVP_MD_CTX_new());
    bool ok = context && EVP_DigestInit_ex2(context.get(), sha256Algorithm(), nullptr) == 1;
    for (const base::ByteView part : parts) {
        ok = ok && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
    }
    unsigned int size = 0;
    if (!ok || EVP_DigestFinal_ex(context.get(), hash.data(), &size) != 1 || size != hash.size()) {
        openssl::stop("SHA-256 failed");
    }
    return hash;
}

base::Hash hmacSha256(base::ByteView key, base::ByteView data)
{
    base::Hash result{};
    // A null pointer would mean "keep the key from before", also for a key of no bytes.
    const unsigned char none = 0;
    const unsigned char *keyData = key.empty() ? &none : key.data();
    const openssl::MacContext context(EVP_MAC_CTX_dup(hmacSha256Algorithm()));
    std::size_t size = 0;
    if (!context || EVP_MAC_init(context.get(), keyData, key.size(), nullptr) != 1 ||
        EVP_MAC_update(context.get(), data.data(), data.size()) != 1 ||
        EVP_MAC_final(context.get(), result.data(), &size, result.size()) != 1 || size != result.size()) {
        openssl::stop("HMAC-SHA-256 failed");
    }
    return result;
}

std::string hashJson(const base::CanonicalText &value)
{
    return base::toBase64Url(sha256(base::bytesOf(value.text())));
}

bool equalInConstantTime(base::ByteView a, base::ByteView b)
{
    // The size is no secret anywhere in Glovebox.
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

base::Bytes randomBytes(std::size_t size)
{
    base::Bytes bytes(size);
    if (size > 0 && RAND_bytes_ex(nullptr, bytes.data(), size, 0) != 1) {
        openssl::stop("no random numbers");
    }
    return bytes;
}

std::string randomId(char prefix)
{
    // 32 divides 256: the low five bits of a random byte are uniform.
    std::string id(1, prefix);
    for (const std::uint8_t byte : randomBytes(kIdCharacters)) {
        id += kBase32[byte & 31U];
    }
    return id;
}

} // namespace glovebox::crypto
