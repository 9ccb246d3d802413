// SPDX-License-Identifier: Apache-2.0
#include "base/canonical_text.h"

#include <QString>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <type_traits>

namespace glovebox::base
{

namespace
{

/// ECMA-262, 7.1.12.1 Number::toString: RFC 8785 3.2.2.3 prescribes it.
void appendNumber(std::string &out, double value)
{
    Q_ASSERT(std::isfinite(value)); // JSON has no other numbers, and parseJson() never makes one
    if (value == 0) {
        out += '0'; // minus zero too
        return;
    }
    if (value < 0) {
        out += '-';
        value = -value;
    }
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
    const std::string_view text(buffer, static_cast<std::size_t>(end.ptr - buffer));
    const std::size_t mark = text.find('e');
    std::string digits(text.substr(0, 1));
    if (mark > 2) {
        digits += text.substr(2, mark - 2);
    }
    int exponent = 0;
    const std::string_view exponentText = text.substr(text[mark + 1] == '+' ? mark + 2 : mark + 1);
    std::from_chars(exponentText.data(), exponentText.data() + exponentText.size(), exponent);
    const int count = static_cast<int>(digits.size());
    const int point = exponent + 1; // the value is 0.digits times ten to the power of point
    if (count <= point && point <= 21) {
        out += digits + std::string(static_cast<std::size_t>(point - count), '0');
    } else if (0 < point && point <= 21) {
        out += digits.insert(static_cast<std::size_t>(point), 1, '.');
    } else if (-6 < point && point <= 0) {
        out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    } else {
        if (count > 1) {
            digits.insert(1, 1, '.');
        }
        out += digits + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
    }
}

/// Whether RFC 8785 3.2.2.2 writes a character in another form.
constexpr std::array<bool, 256> kEscaped = [] {
    std::array<bool, 256> escaped{};
    std::fill_n(escaped.begin(), 0x20, true);
    escaped['"'] = true;
    escaped['\\'] = true;
    return escaped;
}();

void appendString(std::string &out, std::string_view text)
{
    constexpr std::string_view kHexDigits = "0123456789abcdef";
    constexpr std::string_view kShort = "\b\t\n\f\r\"\\";
    constexpr std::string_view kShortNames = "btnfr\"\\";
    out += '"';
    const char *plain = text.data(); // not written yet
    const char *const end = plain + text.size();
    for (const char *at = plain; at != end; ++at) {
        const auto c = static_cast<unsigned char>(*at);
        if (!kEscaped[c]) {
            continue;
        }
        out.append(plain, at);
        plain = at + 1;
        if (const std::size_t known = kShort.find(*at); known != std::string_view::npos) {
            out += '\\';
            out += kShortNames[known];
        } else {
            out += "\\u00";
            out += kHexDigits[c >> 4];
            out += kHexDigits[c & 15];
        }
    }
    out.append(plain, end);
    out += '"';
}

template<class Integer> void appendInteger(std::string &out, Integer value)
{
    // Up to here every integer is a double of its own, and ECMA-262 writes it with its plain digits.
    constexpr Integer kExact = Integer(1) << 53;
    if (value > kExact || (std::is_signed_v<Integer> && value < -kExact)) {
        appendNumber(out, static_cast<double>(value));
        return;
    }
    char buffer[20];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    out.append(buffer, end.ptr);
}

void append(std::string &out, const Json &value);

void appendMember(std::string &out, const Json::const_iterator &member)
{
    if (out.back() != '{') {
        out += ',';
    }
    appendString(out, member.key());
    out += ':';
    append(out, member.value());
}

void appendObject(std::string &out, const Json &object)
{
    const auto isAscii = [](const std::string &key) {
        return std::all_of(key.begin(), key.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
    };
    bool ascii = true;
    for (auto it = object.cbegin(); it != object.cend() && ascii; ++it) {
        ascii = isAscii(it.key());
    }
    out += '{';
    if (ascii) { // of these the order of the bytes, which the object is in, is the order that is wanted
        for (auto it = object.cbegin(); it != object.cend(); ++it) {
            appendMember(out, it);
        }
        out += '}';
        return;
    }
    // RFC 8785 3.2.3: order of the UTF-16 code units, not of the bytes.
    std::vector<std::pair<std::u16string, Json::const_iterator>> members;
    members.reserve(object.size());
    for (auto it = object.cbegin(); it != object.cend(); ++it) {
        members.emplace_back(QString::fromStdString(it.key()).toStdU16String(), it);
    }
    std::sort(members.begin(), members.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (const auto &[key, it] : members) {
        appendMember(out, it);
    }
    out += '}';
}

void append(std::string &out, const Json &value)
{
    switch (value.type()) {
    case Json::value_t::null:
    case Json::value_t::discarded:
    case Json::value_t::binary: // neither comes from parseJson() nor from a codec
        out += "null";
        return;
    case Json::value_t::boolean:
        out += value.get<bool>() ? "true" : "false";
        return;
    case Json::value_t::string:
        appendString(out, value.get_ref<const std::string &>());
        return;
    case Json::value_t::number_integer:
        appendInteger(out, value.get<std::int64_t>());
        return;
    case Json::value_t::number_unsigned:
        appendInteger(out, value.get<std::uint64_t>());
        return;
    case Json::value_t::number_float:
        appendNumber(out, value.get<double>());
        return;
    case Json::value_t::array: {
        out += '[';
        bool first = true;
        for (const Json &element : value) {
            if (!first) {
                out += ',';
            }
            first = false;
            append(out, element);
        }
        out += ']';
        return;
    }
    case Json::value_t::object:
        appendObject(out, value);
        return;
    }
}

} // namespace

Json CanonicalText::value() const
{
    return Json::parse(m_text, nullptr, false);
}

ObjectWriter &ObjectWriter::text(const char *name, std::string_view value)
{
    begin(name);
    appendString(m_out, value);
    return *this;
}

ObjectWriter &ObjectWriter::optionalText(const char *name, std::string_view value)
{
    return value.empty() ? *this : text(name, value);
}

ObjectWriter &ObjectWriter::texts(const char *name, const std::vector<std::string> &values)
{
    begin(name);
    m_out += '[';
    for (const std::string &value : values) {
        separate('[');
        appendString(m_out, value);
    }
    m_out += ']';
    return *this;
}

ObjectWriter &ObjectWriter::integer(const char *name, std::int64_t value)
{
    begin(name);
    appendInteger(m_out, value);
    return *this;
}

ObjectWriter &ObjectWriter::optionalInteger(const char *name, std::optional<std::int64_t> value)
{
    return value ? integer(name, *value) : *this;
}

ObjectWriter &ObjectWriter::value(const char *name, const CanonicalText &value)
{
    Q_ASSERT(!value.empty());
    begin(name);
    m_out += value.text();
    return *this;
}

void ObjectWriter::begin(const char *name)
{
    Q_ASSERT_X(m_last < std::string_view(name), "ObjectWriter", name); // RFC 8785 3.2.3
    m_last = name;
    separate('{');
    m_out += '"';
    m_out += m_last;
    m_out += "\":";
}

void ObjectWriter::separate(char opening)
{
    if (m_out.back() != opening) {
        m_out += ',';
    }
}

std::string canonicalJson(const Json &value)
{
    std::string out;
    out.reserve(1024);
    append(out, value);
    return out;
}

} // namespace glovebox::base
