// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/keys.h"

namespace glovebox::crypto
{

enum class JwsFault { malformed, algorithm, type, unknownKey, critical, signature, key };

/// Compact JWS (RFC 7515), ES256 only. Header: {"alg":"ES256","kid":<RFC 7638>,"typ":<type>}.
/// The payload is kept byte for byte.
[[nodiscard]] base::Result<std::string, JwsFault> signJws(const SigningKey &key, std::string_view type,
                                                          base::ByteView payload);

struct VerifiedJws
{
    std::string keyId;
    base::Bytes payload;
};
/// Checks form, alg, typ, kid (one of `keys`), absence of "crit", and the signature; at most 64 KiB.
[[nodiscard]] base::Result<VerifiedJws, JwsFault> verifyJws(std::string_view jws, std::string_view type,
                                                            std::span<const PublicKey> keys);

/// The payload without any check, for display of what was already verified when it was stored.
[[nodiscard]] base::Result<base::Bytes, JwsFault> payloadOf(std::string_view jws);

} // namespace glovebox::crypto
