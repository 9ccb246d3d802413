// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace glovebox::journal
{

/// "GVBX": SQLite's application_id of a journal.
inline constexpr std::int32_t kApplicationId = 0x47564258;

/// docs/journal.md describes the tables.
[[nodiscard]] std::vector<std::string> migrations();

} // namespace glovebox::journal
