// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace glovebox::payment
{

/// Every text of the built-in kinds, for the extraction of translations (context "Kind"). A test compares it
/// with the files.
[[nodiscard]] std::span<const char *const> kindSourceTexts();

} // namespace glovebox::payment
