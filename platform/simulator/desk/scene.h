// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <QPointF>
#include <QString>

#include <expected>
#include <string>

class QQuickItem;
class QQuickWindow;

namespace glovebox::simulator
{

/// What an eye sees of a window: [{"name","text","x","y","width","height"}] of the items that have an
/// objectName or an itemId
/// ("item.<itemId>") or a text, are effectively visible and lie inside the window; in the order in which they
/// are painted.
[[nodiscard]] base::Json seenItems(const QQuickWindow &window);

/// Where a finger would press the item of this objectName: its centre in the window. An error where it is not
/// there, not visible, disabled, outside the window, or something else lies on top of it.
[[nodiscard]] std::expected<QPointF, std::string> pressPoint(const QQuickWindow &window,
                                                             const QString &objectName);

} // namespace glovebox::simulator
