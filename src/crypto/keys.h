// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.h"
#include "base/json.h"
#include "base/result.h"

#include <memory>

namespace glovebox::crypto
{

enum class KeyFault { missing, unreadable, wrongMode, wrongType, wrongPassword, provider, exists, malformed };
template<class T> using KeyResult = base::Result<T, KeyFault>;

/// Public P-256 key. From a JWK (RFC 7517, 7518 section 6.2): kty EC, crv P-256, x, y; the point is checked.
class PublicKey
{
public:
    [[nodiscard]] static KeyResult<PublicKey> fromJwk(const base::Json &jwk);
    [[nodiscard]] base::Json jwk() const; // {"crv","kty","x","y"}
    /// RFC 7638, base64url: the key id everywhere.
    [[nodiscard]] const std::string &thumbprint() const;
    /// ES256; signature is r || s, 64 bytes (RFC 7518 section 3.4).
    [[nodiscard]] bool verify(base::ByteView message, base::ByteView signature) const;

    struct Impl;
    explicit PublicKey(std::shared_ptr<const Impl> impl);

private:
    std::shared_ptr<const Impl> m_impl;
};

/// Private P-256 key, opened by URI through OSSL_STORE: "file:/path" (mode 0600, owner only: PKCS#8, a
/// development key, or TSS2 PRIVATE KEY, which only the TPM that wrapped it opens) or "handle:0x81000010", a
/// key that a TPM keeps. The private part stays inside OpenSSL or the chip. Any thread may sign.
class SigningKey
{
public:
    /// `tcti`: how to reach the TPM, as the TPM2 software stack names it ("device:/dev/tpmrm0"); empty: its
    /// default. Sets an environment variable while it runs: called before the program has threads.
    [[nodiscard]] static KeyResult<SigningKey> open(const std::string &uri, const std::string &tcti = {});
    /// Makes a development key; refuses to overwrite. The file is written, synced and renamed into place.
    [[nodiscard]] static KeyResult<SigningKey> createDevelopmentKey(const std::string &path);

    [[nodiscard]] const PublicKey &publicKey() const;
    /// "development" or "hardware": said on screen, in status and in the record.
    [[nodiscard]] std::string_view protection() const;
    [[nodiscard]] KeyResult<base::Bytes> sign(base::ByteView message) const; // r || s

    SigningKey(SigningKey &&) noexcept;
    SigningKey &operator=(SigningKey &&) noexcept;
    ~SigningKey();

private:
    struct Impl;
    explicit SigningKey(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace glovebox::crypto
