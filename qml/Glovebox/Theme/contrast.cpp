// SPDX-License-Identifier: Apache-2.0
#include "qml/Glovebox/Theme/contrast.h"

#include <algorithm>
#include <cmath>

namespace glovebox::theme
{

namespace
{

double linear(float channel)
{
    const double value = static_cast<double>(channel);
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

} // namespace

double contrast(const QColor &one, const QColor &other)
{
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

double contrastUnder(const Light &light, const QColor &one, const QColor &other)
{
    const auto seen = [&light](const QColor &colour) {
        return luminance(colour) * light.white_cd_m2 + light.reflected_cd_m2;
    };
    const auto [dark, bright] = std::minmax({seen(one), seen(other)});
    return bright / dark;
}

} // namespace glovebox::theme
