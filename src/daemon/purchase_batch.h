// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/budget.h"
#include "daemon/purchase_book.h"

namespace glovebox::daemon
{

/// Entries and the projections after them, `budgets` among them; nothing where the lifecycle table says no.
[[nodiscard]] std::optional<journal::Batch> batchOf(const std::optional<payment::Purchase> &present,
                                                    Change change, consent::Budgets &budgets);

} // namespace glovebox::daemon
