// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/simulator/scenario/scenario.h"

namespace glovebox::simulator
{

/// A scenario file (docs/scenarios.md), strictly: an unknown field, a step with two actions, a purchase that
/// was not proposed before, or a program that does not exist is refused with its JSON pointer and a reason.
[[nodiscard]] std::expected<Scenario, base::JsonError> readScenario(std::string_view text);

} // namespace glovebox::simulator
