// SPDX-License-Identifier: Apache-2.0
#include "crypto/jws.h"

#include "base/canonical_text.h"

#include <algorithm>

namespace glovebox::crypto
{

namespace
{

constexpr std::size_t kJws_max = 65536;
constexpr std::size_t kSignature = 64;

struct Parts
{
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
    std::string_view signedText; // header "." payload, as RFC 7515 section 5.2 signs it
};

std::unexpected<base::Failure<JwsFault>> refuse(JwsFault fault, const char *why)
{
    return base::fail(fault, std::string("the signed message is refused: ") + why);
}

base::Result<Parts, JwsFault> split(std::string_view jws)
{
    if (jws.size() > kJws_max) {
        return refuse(JwsFault::malformed, "longer than 64 KiB");
    }
    const std::size_t first = jws.find('.');
    const std::size_t second = first == std::string_view::npos ? first : jws.find('.', first + 1);
    if (second == std::string_view::npos || jws.find('.', second + 1) != std::string_view::npos) {
        return refuse(JwsFault::malformed, "not three parts");
    }
    return Parts{jws.substr(0, first), jws.substr(first + 1, second - first - 1), jws.substr(second + 1),
                 jws.substr(0, second)};
}

/// The key id, where the header is exactly alg, kid and typ with the wanted values.
base::Result<std::string, JwsFault> readHeader(std::string_view encoded, std::string_view type)
{
    const auto bytes = base::fromBase64Url(encoded);
    if (!bytes) {
        return refuse(JwsFault::malformed, "the header is not base64url");
    }
    const auto json = base::parseJson(base::textOf(*bytes), {.bytes_max = 1024, .depth_max = 2});
    if (!json || !json->is_object()) {
        return refuse(JwsFault::malformed, "the header is not one JSON object");
    }
    if (json->contains("crit")) {
        return refuse(JwsFault::critical, "it asks for an extension");
    }
    base::ObjectReader reader(*json);
    const std::string algorithm = reader.text("alg", 64);
    std::string keyId = reader.text("kid", 128);
    const std::string actualType = reader.text("typ", 128);
    if (reader.finish()) {
        return refuse(JwsFault::malformed, "the header is not exactly alg, kid and typ");
    }
    if (algorithm != "ES256") {
        return refuse(JwsFault::algorithm, "the algorithm is not ES256");
    }
    if (actualType != type) {
        return refuse(JwsFault::type, "it is of another type");
    }
    return keyId;
}

} // namespace

base::Result<std::string, JwsFault> signJws(const SigningKey &key, std::string_view type,
                                            base::ByteView payload)
{
    const base::CanonicalText header = base::canonicalObject([&](base::ObjectWriter &out) {
        out.text("alg", "ES256").text("kid", key.publicKey().thumbprint()).text("typ", type);
    });
    std::string jws = base::toBase64Url(base::bytesOf(header.text()));
    jws += '.';
    jws += base::toBase64Url(payload);
    const auto signature = key.sign(base::bytesOf(jws));
    if (!signature) {
        return base::fail(JwsFault::key, signature.error().detail);
    }
    jws += '.';
    jws += base::toBase64Url(*signature);
    if (jws.size() > kJws_max) {
        return base::fail(JwsFault::malformed, "a signed message may have at most 64 KiB");
    }
    return jws;
}

base::Result<VerifiedJws, JwsFault> verifyJws(std::string_view jws, std::string_view type,
                                              std::span<const PublicKey> keys)
{
    const auto parts = split(jws);
    if (!parts) {
        return std::unexpected(parts.error());
    }
    auto keyId = readHeader(parts->header, type);
    if (!keyId) {
        return std::unexpected(std::move(keyId.error()));
    }
    const auto key = std::ranges::find_if(
        keys, [&](const PublicKey &candidate) { return candidate.thumbprint() == *keyId; });
    if (key == keys.end()) {
        return refuse(JwsFault::unknownKey, "it was signed with a key that is not known here");
    }
    auto payload = base::fromBase64Url(parts->payload);
    const auto signature = base::fromBase64Url(parts->signature);
    if (!payload || !signature || signature->size() != kSignature) {
        return refuse(JwsFault::malformed, "payload or signature is not base64url of the right size");
    }
    if (!key->verify(base::bytesOf(parts->signedText), *signature)) {
        return refuse(JwsFault::signature, "the signature does not fit");
    }
    return VerifiedJws{std::move(*keyId), std::move(*payload)};
}

base::Result<base::Bytes, JwsFault> payloadOf(std::string_view jws)
{
    const auto parts = split(jws);
    if (!parts) {
        return std::unexpected(parts.error());
    }
    auto payload = base::fromBase64Url(parts->payload);
    if (!payload) {
        return refuse(JwsFault::malformed, "the payload is not base64url");
    }
    return std::move(*payload);
}

} // namespace glovebox::crypto
