// SPDX-License-Identifier: Apache-2.0
#include "qml/Glovebox/Theme/style.h"

namespace glovebox::theme
{

std::optional<Style> styleNamed(const QString &id)
{
    for (const Style &style : {gloveboxStyle(), contourStyle()}) {
        if (style.id == id)
            return style;
    }
    return std::nullopt;
}

QStringList styleNames()
{
    return {gloveboxStyle().id, contourStyle().id};
}

} // namespace glovebox::theme
