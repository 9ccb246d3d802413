// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/journal.h"
#include "store/store_fault.h"

namespace glovebox::journal
{

[[nodiscard]] std::unexpected<base::Failure<JournalFault>>
failed(const base::Failure<store::StoreFault> &failure);

} // namespace glovebox::journal
