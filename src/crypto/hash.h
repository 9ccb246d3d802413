// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.h"
#include "base/canonical_text.h"

#include <initializer_list>

namespace glovebox::crypto
{

[[nodiscard]] base::Hash sha256(base::ByteView data);
/// Of the concatenation, without building it.
[[nodiscard]] base::Hash sha256(std::initializer_list<base::ByteView> parts);
[[nodiscard]] base::Hash hmacSha256(base::ByteView key, base::ByteView data);
/// base64url(SHA-256(RFC 8785 form)): how every object is hashed.
[[nodiscard]] std::string hashJson(const base::CanonicalText &value);
[[nodiscard]] bool equalInConstantTime(base::ByteView a, base::ByteView b);
[[nodiscard]] base::Bytes randomBytes(std::size_t size);
/// `prefix` and 25 lower-case base32 characters (125 random bits): ids of purchases, approvals, sessions.
[[nodiscard]] std::string randomId(char prefix);

} // namespace glovebox::crypto
