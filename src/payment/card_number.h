// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace glovebox::payment
{

/// Whether the text holds something that looks like a payment card's number: issuer range, length and Luhn
/// (ISO/IEC 7812-1), also with single separators and in other scripts' digits. Luhn alone would refuse every
/// tenth time stamp. For free text only.
[[nodiscard]] bool holdsCardNumber(std::string_view utf8);

} // namespace glovebox::payment
