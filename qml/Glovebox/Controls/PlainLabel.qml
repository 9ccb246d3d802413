// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Theme

// Words as they are: no markup, no elision, at most two lines.
Text {
    color: Theme.colour.text
    elide: Text.ElideNone
    font: Theme.type.text
    maximumLineCount: 2
    renderType: Text.NativeRendering
    textFormat: Text.PlainText
    wrapMode: Text.WordWrap
}
