// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config.h"

namespace glovebox::daemon
{

/// "permissions", "risk" and "vehicle" of the configuration: what agents may do, and what the verdict looks
/// at.
void readConsent(base::ObjectReader &top, Config &config);

} // namespace glovebox::daemon
