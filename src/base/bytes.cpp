// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.h"

namespace glovebox::base
{

namespace
{

constexpr std::string_view kUrlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kPlainAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kHexDigits = "0123456789abcdef";

std::string encode(ByteView bytes, std::string_view alphabet, bool padded)
{
    const std::size_t rest = bytes.size() % 3;
    std::string out(bytes.size() / 3 * 4 + (rest == 0 ? 0 : padded ? 4 : rest + 1), '=');
    char *to = out.data();
    const std::uint8_t *from = bytes.data();
    for (const std::uint8_t *const end = from + (bytes.size() - rest); from != end; from += 3) {
        const std::uint32_t group = (std::uint32_t{from[0]} << 16) | (std::uint32_t{from[1]} << 8) | from[2];
        *to++ = alphabet[group >> 18];
        *to++ = alphabet[(group >> 12) & 63u];
        *to++ = alphabet[(group >> 6) & 63u];
        *to++ = alphabet[group & 63u];
    }
    if (rest > 0) {
        const std::uint32_t group =
            (std::uint32_t{from[0]} << 16) | (rest == 2 ? std::uint32_t{from[1]} << 8 : 0u);
        for (std::size_t k = 0; k <= rest; ++k) {
            *to++ = alphabet[(group >> (18 - 6 * k)) & 63u];
        }
    }
    return out;
}

std::optional<Bytes> decode(std::string_view text, std::string_view alphabet)
{
    if (text.size() % 4 == 1) {
        return std::nullopt;
    }
    Bytes out;
    out.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t group = 0;
    int bits = 0;
    for (const char c : text) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        group = (group << 6) | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<std::uint8_t>((group >> bits) & 0xFFu));
        }
    }
    // Unused bits that are not zero would give one value two spellings.
    if ((group & ((1u << bits) - 1u)) != 0) {
        return std::nullopt;
    }
    return out;
}

} // namespace

std::string toBase64Url(ByteView bytes)
{
    return encode(bytes, kUrlAlphabet, false);
}

std::optional<Bytes> fromBase64Url(std::string_view text)
{
    return decode(text, kUrlAlphabet);
}

std::string toBase64(ByteView bytes)
{
    return encode(bytes, kPlainAlphabet, true);
}

std::optional<Bytes> fromBase64(std::string_view text)
{
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) {
        text.remove_suffix(1);
    }
    return decode(text, kPlainAlphabet);
}

std::string toHex(ByteView bytes)
{
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        out += kHexDigits[byte >> 4];
        out += kHexDigits[byte & 15];
    }
    return out;
}

std::optional<Bytes> fromHex(std::string_view text)
{
    if (text.size() % 2 != 0) {
        return std::nullopt;
    }
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const std::size_t high = kHexDigits.find(text[i]);
        const std::size_t low = kHexDigits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) {
            return std::nullopt;
        }
        out.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return out;
}

void appendBigEndian(Bytes &out, std::uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; --i) {
        out.push_back(static_cast<std::uint8_t>((value >> (8 * i)) & 0xFFu));
    }
}

} // namespace glovebox::base
