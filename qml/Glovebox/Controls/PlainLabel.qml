// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Theme

// Words as they are: no markup, no elision, at most two lines.
Text {
    color: Theme.colour.text
    elide: Text.ElideNone
    font: Theme.type.text
    // Said, so that it is mirrored with the layout: a Latin name too begins where the line does.
    horizontalAlignment: Text.AlignLeft
    maximumLineCount: 2
    renderType: Text.NativeRendering
    textFormat: Text.PlainText
    wrapMode: Text.WordWrap
}
