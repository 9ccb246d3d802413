// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace glovebox::base
{

/// Why a text from outside may not be shown or recorded.
enum class TextFault { notUtf8, control, invisible, bidirectional, tooLong, empty, unassigned };

/// Length in code points; nothing where the text is not UTF-8.
[[nodiscard]] std::optional<std::size_t> codePoints(std::string_view utf8);

/// Refuses C0, C1, DEL, line and paragraph separators, zero-width and default-ignorable characters,
/// bidirectional controls (Unicode UAX #9), private use, surrogates, non-characters, and a text of nothing
/// but spaces (`empty`). Nothing is repaired.
[[nodiscard]] std::optional<TextFault> findTextFault(std::string_view utf8, std::size_t codePoints_max);

[[nodiscard]] std::string_view sentence(TextFault fault);

} // namespace glovebox::base
