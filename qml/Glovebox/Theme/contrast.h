// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>

namespace glovebox::theme
{

/// WCAG 2 contrast ratio of two opaque sRGB colours, 1 to 21.
[[nodiscard]] double contrast(const QColor &one, const QColor &other);

} // namespace glovebox::theme
