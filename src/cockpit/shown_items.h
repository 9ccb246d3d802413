// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ipc/rep_Driver_merged.h"

#include <QList>
#include <QString>

class QQuickWindow;

namespace glovebox::cockpit
{

/// Bounds that a text must keep to count as shown; from the distraction profile and the display.
struct SeenBounds
{
    double capHeightMin_px = 0;
    double contrastMin = 4.5;
};

/// What the items of `expected` really showed, in that order, then what was drawn without being expected.
/// Each text counts only if a person could read it: visible and opaque in every parent, plain, whole,
/// upright, inside the window and every clip, of a size and a contrast that can be read, and with nothing
/// painted over it. Otherwise the fault stands in its place, in angle brackets: "<covered>", so that the
/// daemon's comparison fails and its log can say why. It finds our bugs; it is no defence against a hostile
/// scene.
[[nodiscard]] QList<ShownItem> collectShownItems(const QQuickWindow &window, const QList<ShownItem> &expected,
                                                 const SeenBounds &bounds);

} // namespace glovebox::cockpit
