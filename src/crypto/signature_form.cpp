// SPDX-License-Identifier: Apache-2.0
#include "crypto/signature_form.h"

#include "crypto/openssl.h"

namespace glovebox::crypto
{

namespace
{

constexpr std::size_t kCoordinate = 32;

} // namespace

base::Bytes derOf(base::ByteView fixed)
{
    const openssl::Signature signature(ECDSA_SIG_new());
    openssl::Number r(BN_bin2bn(fixed.data(), kCoordinate, nullptr));
    openssl::Number s(BN_bin2bn(fixed.data() + kCoordinate, kCoordinate, nullptr));
    if (!signature || !r || !s || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) {
        openssl::stop("ECDSA_SIG");
    }
    // Both now belong to the signature.
    [[maybe_unused]] const BIGNUM *const ownedR = r.release();
    [[maybe_unused]] const BIGNUM *const ownedS = s.release();
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    if (size <= 0) {
        openssl::stop("i2d_ECDSA_SIG");
    }
    base::Bytes der(static_cast<std::size_t>(size));
    std::uint8_t *cursor = der.data();
    if (i2d_ECDSA_SIG(signature.get(), &cursor) != size) {
        openssl::stop("i2d_ECDSA_SIG");
    }
    return der;
}

std::optional<base::Bytes> fixedOf(base::ByteView der)
{
    const std::uint8_t *cursor = der.data();
    const openssl::Signature signature(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(der.size())));
    base::Bytes fixed(2 * kCoordinate);
    constexpr int kSize = static_cast<int>(kCoordinate);
    if (!signature || cursor != der.data() + der.size() ||
        BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), fixed.data(), kSize) != kSize ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), fixed.data() + kCoordinate, kSize) != kSize) {
        return std::nullopt;
    }
    return fixed;
}

} // namespace glovebox::crypto
