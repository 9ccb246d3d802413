// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qml/Glovebox/Theme/profile.h"

#include <QColor>

namespace glovebox::theme
{

/// WCAG 2 contrast ratio of two opaque sRGB colours, 1 to 21.
[[nodiscard]] double contrast(const QColor &one, const QColor &other);

/// Contrast as it is seen where `light` falls on the display: what is reflected adds to both.
[[nodiscard]] double contrastUnder(const Light &light, const QColor &one, const QColor &other);

} // namespace glovebox::theme
