// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/qml/walker/scene.h"

#include <functional>

namespace glovebox::walker
{

/// A screen that is spoiled on purpose, so that one rule is broken.
struct Plant
{
    const char *rule;
    const char *name;
    QString screen;
    std::function<void(Scene &)> spoil;
};

/// At least one for every rule that checkScreen() looks at.
[[nodiscard]] QList<Plant> plants();

} // namespace glovebox::walker
