// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace glovebox::base
{

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using Hash = std::array<std::uint8_t, 32>; // SHA-256

[[nodiscard]] inline ByteView bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view textOf(ByteView bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

/// RFC 4648 section 5, without padding.
[[nodiscard]] std::string toBase64Url(ByteView bytes);
/// Strict: no padding, no white space, no other alphabet, and unused trailing bits are zero.
[[nodiscard]] std::optional<Bytes> fromBase64Url(std::string_view text);
/// RFC 4648 section 4, with padding (HTTP fields).
[[nodiscard]] std::string toBase64(ByteView bytes);
[[nodiscard]] std::optional<Bytes> fromBase64(std::string_view text);
[[nodiscard]] std::string toHex(ByteView bytes);
[[nodiscard]] std::optional<Bytes> fromHex(std::string_view text);

/// Big-endian, as RFC 6962 and the journal's leaf data want it.
void appendBigEndian(Bytes &out, std::uint64_t value, int bytes);

} // namespace glovebox::base
