// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFont>
#include <QRectF>

class QQuickItem;

namespace glovebox::cockpit
{

/// Where a Text item has its ink, in its own coordinates: `contentWidth` x `contentHeight`, as it is aligned.
[[nodiscard]] QRectF paintedRect(const QQuickItem &text);

/// Its font in the size that is drawn: what was fitted to its place is smaller than `font` says.
[[nodiscard]] QFont drawnFont(const QQuickItem &text);

/// Whether the fonts have a glyph for every sign of it.
[[nodiscard]] bool hasEveryGlyph(const QQuickItem &text);

/// Height of a capital letter in pixels of the scene, with every parent's scale.
[[nodiscard]] qreal capHeight(const QQuickItem &text);

} // namespace glovebox::cockpit
