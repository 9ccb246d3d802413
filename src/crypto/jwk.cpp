// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "crypto/keys.h"
#include "crypto/openssl.h"
#include "crypto/public_key.h"
#include "crypto/signature_form.h"

#include <openssl/core_names.h>

#include <algorithm>

namespace glovebox::crypto
{

namespace
{

constexpr std::size_t kCoordinate = 32;
constexpr std::size_t kSignature = 64;
constexpr char kCurve[] = "prime256v1"; // OpenSSL's name of P-256

std::unexpected<base::Failure<KeyFault>> malformed(const char *why)
{
    return base::fail(KeyFault::malformed, std::string("the public key is not usable: ") + why);
}

/// A member that must be this text, where it is there at all.
bool isAbsentOr(const base::Json &jwk, const char *name, const char *wanted)
{
    const auto member = jwk.find(name);
    return member == jwk.end() || (member->is_string() && member->get_ref<const std::string &>() == wanted);
}

bool isText(const base::Json &jwk, const char *name, const char *wanted)
{
    return jwk.contains(name) && isAbsentOr(jwk, name, wanted);
}

std::optional<base::Bytes> coordinate(const base::Json &jwk, const char *name)
{
    const auto member = jwk.find(name);
    if (member == jwk.end() || !member->is_string()) {
        return std::nullopt;
    }
    // RFC 7518 section 6.2.1.2: the full size of the field, leading zeros included.
    auto bytes = base::fromBase64Url(member->get_ref<const std::string &>());
    if (!bytes || bytes->size() != kCoordinate) {
        return std::nullopt;
    }
    return bytes;
}

} // namespace

struct PublicKey::Impl
{
    base::Bytes x;
    base::Bytes y;
    std::string thumbprint;
    openssl::Key key;
};

PublicKey::PublicKey(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}

KeyResult<PublicKey> publicKeyFromPoint(base::ByteView point)
{
    constexpr std::uint8_t kUncompressed = 4; // SEC 1 section 2.3.3
    if (point.size() != 1 + 2 * kCoordinate || point[0] != kUncompressed) {
        return malformed("not an uncompressed point");
    }
    const openssl::ParamBuilder builder(OSSL_PARAM_BLD_new());
    if (!builder ||
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, kCurve, 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                         point.size()) != 1) {
        return malformed("out of memory");
    }
    const openssl::Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY *raw = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
        ERR_clear_error();
        return malformed("the point is not on P-256");
    }
    auto impl = std::make_shared<PublicKey::Impl>();
    impl->key.reset(raw);
    const openssl::KeyContext checker(EVP_PKEY_CTX_new_from_pkey(nullptr, raw, nullptr));
    if (!checker || EVP_PKEY_public_check(checker.get()) != 1) {
        ERR_clear_error();
        return malformed("the point is not on P-256");
    }
    const base::ByteView x = point.subspan(1, kCoordinate);
    const base::ByteView y = point.last(kCoordinate);
    impl->x.assign(x.begin(), x.end());
    impl->y.assign(y.begin(), y.end());
    PublicKey key(impl);
    // RFC 7638 section 3: the required members, in lexicographic order, without white space.
    impl->thumbprint = hashJson(key.jwk());
    return key;
}

KeyResult<PublicKey> PublicKey::fromJwk(const base::Json &jwk)
{
    if (!jwk.is_object() || !isText(jwk, "kty", "EC") || !isText(jwk, "crv", "P-256")) {
        return base::fail(KeyFault::wrongType, "only keys of kty EC and crv P-256 are used");
    }
    if (!isAbsentOr(jwk, "alg", "ES256") || !isAbsentOr(jwk, "use", "sig")) {
        return base::fail(KeyFault::wrongType, "the key is meant for something other than ES256 signatures");
    }
    if (jwk.contains("d")) {
        return malformed("it holds the private part, which must not leave its file");
    }
    const auto x = coordinate(jwk, "x");
    const auto y = coordinate(jwk, "y");
    if (!x || !y) {
        return malformed("x and y must be 32 bytes in base64url");
    }
    base::Bytes point{4};
    point.insert(point.end(), x->begin(), x->end());
    point.insert(point.end(), y->begin(), y->end());
    return publicKeyFromPoint(point);
}

base::Json PublicKey::jwk() const
{
    return {{"crv", "P-256"},
            {"kty", "EC"},
            {"x", base::toBase64Url(m_impl->x)},
            {"y", base::toBase64Url(m_impl->y)}};
}

const std::string &PublicKey::thumbprint() const
{
    return m_impl->thumbprint;
}

bool PublicKey::verify(base::ByteView message, base::ByteView signature) const
{
    if (signature.size() != kSignature) {
        return false;
    }
    const base::Bytes der = derOf(signature);
    const openssl::DigestContext context(EVP_MD_CTX_new());
    const bool ok =
        context &&
        EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, m_impl->key.get(),
                                nullptr) == 1 &&
        EVP_DigestVerify(context.get(), der.data(), der.size(), message.data(), message.size()) == 1;
    ERR_clear_error();
    return ok;
}

} // namespace glovebox::crypto
