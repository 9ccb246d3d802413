// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config.h"
#include "ports/clock.h"

#include <optional>

namespace glovebox::daemon
{

/// Makes signing key, sealing key and journal together. Refuses (73) where one of them is there, and names
/// all that are, so that the half of a set which a crash left behind is recognised. Nothing that exists is
/// touched; what this call made goes again when a later part fails.
[[nodiscard]] std::optional<StartFailure> initialise(const Config &config, const ports::Clock &clock);

/// Reads six digits from `fd` (a line end may follow) and replaces pin.json, 0600, by an atomic rename.
[[nodiscard]] std::optional<StartFailure> enrolPin(const Config &config, int fd);

} // namespace glovebox::daemon
