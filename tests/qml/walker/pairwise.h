// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace glovebox::walker
{

/// Rows of indices, one index per factor, in which every pair of values of two different factors occurs. The
/// same sizes give the same rows.
[[nodiscard]] std::vector<std::vector<int>> pairwise(const std::vector<int> &sizes);

/// Every combination.
[[nodiscard]] std::vector<std::vector<int>> everyCombination(const std::vector<int> &sizes);

} // namespace glovebox::walker
