// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.h"

/// Inside src/crypto only: the two forms of an ECDSA signature on P-256.
namespace glovebox::crypto
{

/// ECDSA-Sig-Value (RFC 3279 section 2.2.3), which EVP and signed notes want, of r || s, which JOSE has.
/// `fixed` has 64 bytes.
[[nodiscard]] base::Bytes derOf(base::ByteView fixed);
/// The other way, RFC 7518 section 3.4. Nothing where it is none, or has anything behind it.
[[nodiscard]] std::optional<base::Bytes> fixedOf(base::ByteView der);

} // namespace glovebox::crypto
