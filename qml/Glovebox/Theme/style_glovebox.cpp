// SPDX-License-Identifier: Apache-2.0
// The house style: calm greys, one green.
#include "qml/Glovebox/Theme/style.h"

namespace glovebox::theme
{

namespace
{

Palette nightPalette()
{
    Palette palette;
    palette.background = QColor(0x0b, 0x0e, 0x11);
    palette.host = QColor(0x10, 0x15, 0x1a);
    palette.hostText = QColor(0x8d, 0x99, 0xa4);
    palette.panel = QColor(0x16, 0x1b, 0x21);
    palette.rule = QColor(0x2a, 0x33, 0x3c);
    palette.text = QColor(0xf4, 0xf7, 0xfa);
    palette.textSoft = QColor(0xa9, 0xb5, 0xc0);
    palette.raised = QColor(0x22, 0x2a, 0x32);
    palette.raisedPressed = QColor(0x38, 0x43, 0x4e);
    palette.primary = QColor(0x3d, 0xdc, 0x97);
    palette.primaryPressed = QColor(0x8f, 0xf0, 0xc4);
    palette.onPrimary = QColor(0x06, 0x1a, 0x11);
    palette.ring = QColor(0xff, 0xff, 0xff);
    palette.saved = QColor(0xff, 0xc3, 0x5a);
    palette.paid = QColor(0x3d, 0xdc, 0x97);
    palette.plain = QColor(0xa9, 0xb5, 0xc0);
    palette.onMark = QColor(0x16, 0x1b, 0x21);
    return palette;
}

Palette dayPalette()
{
    Palette palette;
    palette.background = QColor(0xe9, 0xec, 0xef);
    palette.host = QColor(0xdd, 0xe2, 0xe7);
    palette.hostText = QColor(0x4c, 0x57, 0x61);
    palette.panel = QColor(0xff, 0xff, 0xff);
    palette.rule = QColor(0xdd, 0xe2, 0xe7);
    palette.text = QColor(0x0e, 0x13, 0x18);
    palette.textSoft = QColor(0x4c, 0x57, 0x61);
    palette.raised = QColor(0xee, 0xf1, 0xf4);
    palette.raisedPressed = QColor(0xcf, 0xd6, 0xdd);
    palette.primary = QColor(0x00, 0x69, 0x4b);
    palette.primaryPressed = QColor(0x00, 0x45, 0x31);
    palette.onPrimary = QColor(0xff, 0xff, 0xff);
    palette.ring = QColor(0x0e, 0x13, 0x18);
    palette.saved = QColor(0x7a, 0x4b, 0x00);
    palette.paid = QColor(0x00, 0x69, 0x4b);
    palette.plain = QColor(0x4c, 0x57, 0x61);
    palette.onMark = QColor(0xff, 0xff, 0xff);
    return palette;
}

} // namespace

Style gloveboxStyle()
{
    return {.id = QStringLiteral("glovebox"),
            .night = nightPalette(),
            .day = dayPalette(),
            .radius_mm = 3.4,
            .panelRadius_mm = 4.2,
            .padding_mm = 6.0,
            .outline_mm = 0};
}

} // namespace glovebox::theme
