// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/keys.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace glovebox::wire
{

/// RFC 9421 with label "glovebox": components ("@method" "@path" "@query" "content-digest" "content-type")
/// for a body,
/// ("@method" "@path" "@query") without; parameters created, keyid, alg="ecdsa-p256-sha256", nonce,
/// tag="glovebox-v1". RFC 9530 Content-Digest: sha-256.
struct SignedParts
{
    std::string method;
    std::string path;        // without query
    std::string query;       // with "?", or "?" alone where there is none (RFC 9421 section 2.2.7)
    std::string contentType; // empty without a body
    std::string body;
};

/// How a private key is used where it is shared between threads: the owner decides.
using SignMessage = std::function<crypto::KeyResult<base::Bytes>(base::ByteView message)>;

/// Header fields to add: signature-input, signature and, with a body, content-digest. `created_s` is not
/// negative; `nonce` and `keyId` are printable ASCII without quotation mark and backslash, else `malformed`.
[[nodiscard]] crypto::KeyResult<std::vector<std::pair<std::string, std::string>>>
signRequest(const std::string &keyId, const SignMessage &sign, const SignedParts &parts,
            std::int64_t created_s, const std::string &nonce);
[[nodiscard]] crypto::KeyResult<std::vector<std::pair<std::string, std::string>>>
signRequest(const crypto::SigningKey &key, const SignedParts &parts, std::int64_t created_s,
            const std::string &nonce);

struct VerifiedRequest
{
    std::string keyId;
    std::string nonce;
    std::int64_t created_s = 0;
};
[[nodiscard]] std::string contentDigest(std::string_view body); // sha-256=:…:

enum class SignatureFault { missing, malformed, components, digest, algorithm, unknownKey, signature };

using HeaderLookup = std::function<std::string(const std::string &lowerCaseName)>; // "" where absent
using KeyLookup = std::function<const crypto::PublicKey *(const std::string &keyId)>;
/// Age is the caller's business: a car's clock may be years off, so the gateway binds by nonce, not by time.
[[nodiscard]] base::Result<VerifiedRequest, SignatureFault>
verifyRequest(const SignedParts &parts, const HeaderLookup &headers, const KeyLookup &keys);

} // namespace glovebox::wire
