// SPDX-License-Identifier: Apache-2.0
#include "wire/http_signature.h"

#include "crypto/hash.h"
#include "wire/signature_input.h"

#include <algorithm>

namespace glovebox::wire
{

namespace
{

constexpr std::string_view kLabel = "glovebox";
constexpr std::string_view kAlgorithm = "ecdsa-p256-sha256";
constexpr std::string_view kTag = "glovebox-v1";

std::vector<std::string> componentsOf(const SignedParts &parts)
{
    if (parts.contentType.empty()) {
        return {"@method", "@path", "@query"};
    }
    return {"@method", "@path", "@query", "content-digest", "content-type"};
}

/// Nothing for a component that is not part of this profile.
std::optional<std::string> valueOf(const std::string &component, const SignedParts &parts)
{
    if (component == "@method") {
        return parts.method;
    }
    if (component == "@path") {
        return parts.path;
    }
    if (component == "@query") {
        return parts.query;
    }
    if (component == "content-type") {
        return parts.contentType;
    }
    if (component == "content-digest") {
        return contentDigest(parts.body);
    }
    return std::nullopt;
}

/// RFC 9421 section 2.5.
std::optional<std::string> signatureBase(const SignatureInput &input, const SignedParts &parts)
{
    std::string text;
    for (const std::string &component : input.components) {
        const auto value = valueOf(component, parts);
        if (!value || value->find_first_of("\r\n") != std::string::npos) {
            return std::nullopt;
        }
        text += '"' + component + "\": " + *value + '\n';
    }
    return text + "\"@signature-params\": " + serialise(input);
}

bool coversAll(const SignatureInput &input, const SignedParts &parts)
{
    auto said = input.components;
    auto wanted = componentsOf(parts);
    std::ranges::sort(said);
    std::ranges::sort(wanted);
    return said == wanted;
}

} // namespace

std::string contentDigest(std::string_view body)
{
    return "sha-256=:" + base::toBase64(crypto::sha256(base::bytesOf(body))) + ":";
}

crypto::KeyResult<std::vector<std::pair<std::string, std::string>>>
signRequest(const std::string &keyId, const SignMessage &sign, const SignedParts &parts,
            std::int64_t created_s, const std::string &nonce)
{
    const SignatureInput input{componentsOf(parts),     created_s, keyId,
                               std::string(kAlgorithm), nonce,     std::string(kTag)};
    const std::string inputField = std::string(kLabel) + '=' + serialise(input);
    const auto message = signatureBase(input, parts);
    // What the reader would refuse is not sent.
    if (!message || !parseSignatureInput(inputField, kLabel)) {
        return base::fail(crypto::KeyFault::malformed, "a part of the request cannot be signed");
    }
    const auto signature = sign(base::bytesOf(*message));
    if (!signature) {
        return std::unexpected(signature.error());
    }
    std::vector<std::pair<std::string, std::string>> headers{
        {"signature-input", inputField},
        {"signature", std::string(kLabel) + "=:" + base::toBase64(*signature) + ":"}};
    if (!parts.contentType.empty()) {
        headers.emplace_back("content-digest", contentDigest(parts.body));
    }
    return headers;
}

crypto::KeyResult<std::vector<std::pair<std::string, std::string>>> signRequest(const crypto::SigningKey &key,
                                                                                const SignedParts &parts,
                                                                                std::int64_t created_s,
                                                                                const std::string &nonce)
{
    return signRequest(
        key.publicKey().thumbprint(), [&key](base::ByteView message) { return key.sign(message); }, parts,
        created_s, nonce);
}

base::Result<VerifiedRequest, SignatureFault>
verifyRequest(const SignedParts &parts, const HeaderLookup &headers, const KeyLookup &keys)
{
    const std::string inputField = headers("signature-input");
    const std::string signatureField = headers("signature");
    if (inputField.empty() || signatureField.empty()) {
        return base::fail(SignatureFault::missing, "the request is not signed");
    }
    const auto input = parseSignatureInput(inputField, kLabel);
    const auto signature = parseByteSequence(signatureField, kLabel);
    if (!input || !signature) {
        return base::fail(SignatureFault::malformed, "Signature-Input or Signature is malformed");
    }
    if (!coversAll(*input, parts) || input->tag != kTag) {
        return base::fail(SignatureFault::components, "other components are signed than this profile wants");
    }
    if (input->algorithm != kAlgorithm) {
        return base::fail(SignatureFault::algorithm, "the algorithm is not ecdsa-p256-sha256");
    }
    if (!parts.contentType.empty() && headers("content-digest") != contentDigest(parts.body)) {
        return base::fail(SignatureFault::digest, "Content-Digest is not that of the body");
    }
    if (parts.contentType.empty() && !parts.body.empty()) {
        return base::fail(SignatureFault::digest, "a body without Content-Type is not signed");
    }
    const crypto::PublicKey *key = keys(input->keyId);
    if (key == nullptr) {
        return base::fail(SignatureFault::unknownKey, "the key is not one of the configuration");
    }
    const auto message = signatureBase(*input, parts);
    if (!message || !key->verify(base::bytesOf(*message), *signature)) {
        return base::fail(SignatureFault::signature, "the signature does not fit");
    }
    return VerifiedRequest{input->keyId, input->nonce, input->created_s};
}

} // namespace glovebox::wire
