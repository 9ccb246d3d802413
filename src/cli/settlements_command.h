// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/journal_sources.h"

namespace glovebox::cli
{

/// `glovebox journal settlements`: what the car believes was settled, for a reconciliation; no texts, no
/// names.
int printSettlements(const Sources &sources);

} // namespace glovebox::cli
