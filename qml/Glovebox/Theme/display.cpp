// SPDX-License-Identifier: Apache-2.0
#include "qml/Glovebox/Theme/display.h"

#include <QRegularExpression>
#include <cmath>
#include <numbers>

namespace glovebox::theme
{

namespace
{
constexpr double minutesPerRadian = 180.0 * 60.0 / std::numbers::pi;
}

double Display::pixelsForArc(double minutes) const
{
    return distance_mm * std::tan(minutes / minutesPerRadian) * pixelsPerMillimetre();
}

double Display::arcForPixels(double height_px) const
{
    return std::atan(height_px / pixelsPerMillimetre() / distance_mm) * minutesPerRadian;
}

std::optional<Display> parseDisplay(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^([0-9]{3,4})x([0-9]{3,4})@([0-9]{2,4})mm$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    Display display;
    display.pixels = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    display.width_mm = match.captured(3).toInt();
    const auto pixelsFit = [](int pixels) { return pixels >= 320 && pixels <= 8192; };
    if (!pixelsFit(display.pixels.width()) || !pixelsFit(display.pixels.height()) || display.width_mm < 80 ||
        display.width_mm > 1000)
        return std::nullopt;
    return display;
}

} // namespace glovebox::theme
