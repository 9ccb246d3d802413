// SPDX-License-Identifier: Apache-2.0
#include "wire/signature_input.h"

#include <algorithm>
#include <charconv>

namespace glovebox::wire
{

namespace
{

constexpr std::size_t kField_max = 2048;
constexpr std::size_t kComponents_max = 8;

/// Takes a field apart from the left; after the first fault nothing more is taken.
class Cursor
{
public:
    explicit Cursor(std::string_view text) : m_rest(text) {}

    void expect(std::string_view text)
    {
        if (!m_failed && m_rest.starts_with(text)) {
            m_rest.remove_prefix(text.size());
        } else {
            m_failed = true;
        }
    }
    bool take(std::string_view text)
    {
        const bool there = !m_failed && m_rest.starts_with(text);
        if (there) {
            m_rest.remove_prefix(text.size());
        }
        return there;
    }
    /// sf-string without escapes: none of our values needs one.
    std::string string()
    {
        expect("\"");
        std::size_t end = 0;
        while (end < m_rest.size() && m_rest[end] >= ' ' && m_rest[end] <= '~' && m_rest[end] != '"' &&
               m_rest[end] != '\\') {
            ++end;
        }
        std::string value(m_rest.substr(0, end));
        if (value.empty()) {
            m_failed = true;
        }
        m_rest.remove_prefix(end);
        expect("\"");
        return value;
    }
    std::int64_t integer()
    {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        const auto length = static_cast<std::size_t>(end - m_rest.data());
        // RFC 8941 section 3.3.1: at most 15 digits; no sign, no leading zero for a time.
        if (error != std::errc{} || length > 15 || value < 0 || m_rest.front() == '-' ||
            (m_rest.front() == '0' && length > 1)) {
            m_failed = true;
            return 0;
        }
        m_rest.remove_prefix(length);
        return value;
    }
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] bool complete() const { return !m_failed && m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_failed = false;
};

} // namespace

std::string serialise(const SignatureInput &input)
{
    std::string text = "(";
    for (const std::string &component : input.components) {
        text += (text.size() > 1 ? " \"" : "\"") + component + '"';
    }
    return text + ");created=" + std::to_string(input.created_s) + ";keyid=\"" + input.keyId + "\";alg=\"" +
           input.algorithm + "\";nonce=\"" + input.nonce + "\";tag=\"" + input.tag + '"';
}

std::optional<SignatureInput> parseSignatureInput(std::string_view field, std::string_view label)
{
    if (field.size() > kField_max) {
        return std::nullopt;
    }
    Cursor cursor(field);
    SignatureInput input;
    cursor.expect(label);
    cursor.expect("=(");
    do {
        std::string component = cursor.string();
        if (cursor.failed() || std::ranges::find(input.components, component) != input.components.end() ||
            input.components.size() == kComponents_max) {
            return std::nullopt;
        }
        input.components.push_back(std::move(component));
    } while (cursor.take(" "));
    cursor.expect(");created=");
    input.created_s = cursor.integer();
    cursor.expect(";keyid=");
    input.keyId = cursor.string();
    cursor.expect(";alg=");
    input.algorithm = cursor.string();
    cursor.expect(";nonce=");
    input.nonce = cursor.string();
    cursor.expect(";tag=");
    input.tag = cursor.string();
    if (!cursor.complete()) {
        return std::nullopt;
    }
    return input;
}

std::optional<base::Bytes> parseByteSequence(std::string_view field, std::string_view label)
{
    if (field.size() > kField_max || !field.starts_with(label)) {
        return std::nullopt;
    }
    field.remove_prefix(label.size());
    if (!field.starts_with("=:") || !field.ends_with(":") || field.size() < 3) {
        return std::nullopt;
    }
    return base::fromBase64(field.substr(2, field.size() - 3));
}

} // namespace glovebox::wire
