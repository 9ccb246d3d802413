// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <QChar>

#include <array>

namespace glovebox::base
{

namespace
{

struct Range
{
    char32_t first;
    char32_t last;
};

// Unicode, DerivedCoreProperties.txt, Default_Ignorable_Code_Point: drawn as nothing.
constexpr std::array kIgnorable = {
    Range{0x00AD, 0x00AD}, Range{0x034F, 0x034F}, Range{0x061C, 0x061C}, Range{0x115F, 0x1160},
    Range{0x17B4, 0x17B5}, Range{0x180B, 0x180F}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E},
    Range{0x2060, 0x206F}, Range{0x3164, 0x3164}, Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF},
    Range{0xFFA0, 0xFFA0}, Range{0xFFF0, 0xFFF8}, Range{0x1BCA0, 0x1BCA3}, Range{0x1D173, 0x1D17A},
    Range{0xE0000, 0xE0FFF},
    // Not ignorable by its property and blank all the same: the empty Braille pattern.
    Range{0x2800, 0x2800}};

// UAX #9, explicit directional formatting and marks.
constexpr std::array kBidirectional = {Range{0x061C, 0x061C}, Range{0x200E, 0x200F}, Range{0x202A, 0x202E},
                                       Range{0x2066, 0x2069}};

template<std::size_t N> bool contains(const std::array<Range, N> &ranges, char32_t c)
{
    for (const Range &range : ranges) {
        if (c >= range.first && c <= range.last) {
            return true;
        }
    }
    return false;
}

/// Takes one code point off the front; nothing for what RFC 3629 does not allow (overlong, surrogate, above
/// 10FFFF).
std::optional<char32_t> takeCodePoint(std::string_view &utf8)
{
    const auto lead = static_cast<unsigned char>(utf8.front());
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0 || utf8.size() < length) {
        return std::nullopt;
    }
    constexpr std::array<unsigned char, 5> kLeadBits = {0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t value = lead & kLeadBits[length];
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(utf8[i]);
        if ((next & 0xC0) != 0x80) {
            return std::nullopt;
        }
        value = (value << 6) | (next & 0x3Fu);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return std::nullopt;
    }
    utf8.remove_prefix(length);
    return value;
}

std::optional<TextFault> faultOf(char32_t c)
{
    if (contains(kBidirectional, c)) {
        return TextFault::bidirectional;
    }
    if (contains(kIgnorable, c)) {
        return TextFault::invisible;
    }
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return TextFault::control;
    case QChar::Other_Format:
        return TextFault::invisible;
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned: // non-characters too
        return TextFault::unassigned;
    default:
        return std::nullopt;
    }
}

} // namespace

std::optional<std::size_t> codePoints(std::string_view utf8)
{
    std::size_t count = 0;
    while (!utf8.empty()) {
        if (!takeCodePoint(utf8)) {
            return std::nullopt;
        }
        ++count;
    }
    return count;
}

std::optional<TextFault> findTextFault(std::string_view utf8, std::size_t codePoints_max)
{
    std::size_t count = 0;
    bool blank = true;
    while (!utf8.empty()) {
        const std::optional<char32_t> c = takeCodePoint(utf8);
        if (!c) {
            return TextFault::notUtf8;
        }
        if (const std::optional<TextFault> fault = faultOf(*c)) {
            return fault;
        }
        blank = blank && QChar::category(*c) == QChar::Separator_Space;
        if (++count > codePoints_max) {
            return TextFault::tooLong;
        }
    }
    if (blank) {
        return TextFault::empty;
    }
    return std::nullopt;
}

std::string_view sentence(TextFault fault)
{
    switch (fault) {
    case TextFault::notUtf8:
        return "is not valid UTF-8";
    case TextFault::control:
        return "holds a control character or a line break";
    case TextFault::invisible:
        return "holds an invisible character";
    case TextFault::bidirectional:
        return "holds a character that changes the direction of text";
    case TextFault::tooLong:
        return "is too long";
    case TextFault::empty:
        return "is empty or blank";
    case TextFault::unassigned:
        return "holds a private or unassigned character";
    }
    return "is not allowed";
}

} // namespace glovebox::base
