// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/simulator/scenario/scenario.h"

#include <QStringList>

#include <expected>

namespace glovebox::simulator
{

/// The scenarios that are built in, by name.
[[nodiscard]] QStringList shippedScenarios();

struct ScenarioFailure
{
    bool missing = false; // no such scenario, and no such file; else it cannot be read as one
    std::string sentence;
};
/// By the name of a built-in one, or from a file.
[[nodiscard]] std::expected<Scenario, ScenarioFailure> loadScenario(const QString &nameOrFile);

} // namespace glovebox::simulator
