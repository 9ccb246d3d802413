// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/journal.h"

namespace glovebox::journal
{

struct ProjectionCheck
{
    std::uint64_t entries = 0;   // read and unsealed
    std::uint64_t erased = 0;    // skipped: their driver was erased
    std::uint64_t purchases = 0; // compared
    /// One sentence each, with purchase ids and no personal data; empty: log and projections agree.
    std::vector<std::string> differences;
};

/// Folds every entry of a purchase anew and compares the outcome with the tables that hold it.
[[nodiscard]] JournalResult<ProjectionCheck> checkProjections(Journal &journal);

} // namespace glovebox::journal
