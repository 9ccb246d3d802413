// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config.h"

#include <optional>
#include <string_view>

namespace glovebox::daemon
{

/// Who runs what. An agent under the cockpit's user, or either under the daemon's own, could reach for the
/// other's socket or for the key: refused, except on a desk, where only development keys and a sandbox
/// gateway are at stake. Pure. `keyProtection`: as crypto::SigningKey::protection() says it.
[[nodiscard]] std::optional<StartFailure> checkStartRules(const Config &config, unsigned ownUid,
                                                          std::string_view keyProtection, bool insecureDesk);

} // namespace glovebox::daemon
