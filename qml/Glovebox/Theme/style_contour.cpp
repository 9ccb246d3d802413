// SPDX-License-Identifier: Apache-2.0
// Another carmaker's: paper and ink, square corners, a line around the panel.
#include "qml/Glovebox/Theme/style.h"

namespace glovebox::theme
{

namespace
{

Palette nightPalette()
{
    Palette palette;
    palette.background = QColor(0x00, 0x00, 0x00);
    palette.host = QColor(0x0a, 0x0a, 0x0a);
    palette.hostText = QColor(0x9a, 0x9a, 0x94);
    palette.panel = QColor(0x0c, 0x0c, 0x0d);
    palette.rule = QColor(0x55, 0x53, 0x4c);
    palette.text = QColor(0xfb, 0xf8, 0xf0);
    palette.textSoft = QColor(0xc4, 0xbf, 0xb2);
    palette.raised = QColor(0x20, 0x1f, 0x1d);
    palette.raisedPressed = QColor(0x45, 0x42, 0x3c);
    palette.primary = QColor(0xf2, 0xc1, 0x4e);
    palette.primaryPressed = QColor(0xff, 0xf0, 0xc2);
    palette.onPrimary = QColor(0x1d, 0x16, 0x00);
    palette.ring = QColor(0xfb, 0xf8, 0xf0);
    palette.saved = QColor(0xf2, 0xc1, 0x4e);
    palette.paid = QColor(0x7f, 0xd6, 0xc2);
    palette.plain = QColor(0xc4, 0xbf, 0xb2);
    palette.onMark = QColor(0x0c, 0x0c, 0x0d);
    return palette;
}

Palette dayPalette()
{
    Palette palette;
    palette.background = QColor(0xe7, 0xe1, 0xd4);
    palette.host = QColor(0xdc, 0xd5, 0xc6);
    palette.hostText = QColor(0x52, 0x4c, 0x3f);
    palette.panel = QColor(0xff, 0xfd, 0xf7);
    palette.rule = QColor(0xa7, 0x9d, 0x89);
    palette.text = QColor(0x17, 0x14, 0x0d);
    palette.textSoft = QColor(0x52, 0x4c, 0x3f);
    palette.raised = QColor(0xf0, 0xe9, 0xda);
    palette.raisedPressed = QColor(0xd8, 0xcd, 0xb6);
    palette.primary = QColor(0x17, 0x14, 0x0d);
    palette.primaryPressed = QColor(0x4a, 0x43, 0x34);
    palette.onPrimary = QColor(0xff, 0xfd, 0xf7);
    palette.ring = QColor(0x17, 0x14, 0x0d);
    palette.saved = QColor(0x73, 0x44, 0x00);
    palette.paid = QColor(0x00, 0x59, 0x4c);
    palette.plain = QColor(0x52, 0x4c, 0x3f);
    palette.onMark = QColor(0xff, 0xfd, 0xf7);
    return palette;
}

} // namespace

Style contourStyle()
{
    return {.id = QStringLiteral("contour"),
            .night = nightPalette(),
            .day = dayPalette(),
            .radius_mm = 0.8,
            .panelRadius_mm = 1.0,
            .padding_mm = 6.0,
            .outline_mm = 0.4};
}

} // namespace glovebox::theme
