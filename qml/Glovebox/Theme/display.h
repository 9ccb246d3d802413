// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSize>
#include <QString>
#include <optional>

namespace glovebox::theme
{

/// A display as the driver sees it. Pixels are square; the width of the active area gives their size.
struct Display
{
    QSize pixels{1280, 480};
    double width_mm = 260;
    double distance_mm = 700; // from the driver's eye: driver-safety.md

    [[nodiscard]] double pixelsPerMillimetre() const { return pixels.width() / width_mm; }
    /// Pixels that subtend `minutes` arc minutes at the viewing distance.
    [[nodiscard]] double pixelsForArc(double minutes) const;
    [[nodiscard]] double arcForPixels(double height_px) const;
    friend bool operator==(const Display &, const Display &) = default;
};

/// "1280x480@260mm"; 320 to 8192 pixels and 80 to 1000 mm, else nothing.
[[nodiscard]] std::optional<Display> parseDisplay(const QString &text);

} // namespace glovebox::theme
