// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"

namespace glovebox::gateway
{

/// The ledger's file: whose it is, and every step from the first format to the newest.
[[nodiscard]] store::Options ledgerOptions(const std::string &path, store::Options::Mode mode);

} // namespace glovebox::gateway
