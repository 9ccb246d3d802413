// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Controls
import Glovebox.Theme

// The daemon cannot be reached: why, and what to do.
FocusScope {
    Column {
        spacing: Theme.metric.gap * 1.3
        width: parent.width

        ResultMark {
            anchors.left: parent.left
            hollow: true
            ink: Theme.colour.plain
            sign: Glyph.Bar
        }

        PlainLabel {
            font: Theme.type.headline
            text: qsTr("Payments unavailable")
            width: parent.width
        }

        PlainLabel {
            color: Theme.colour.textSoft
            text: qsTr("The payment service does not answer. Pay at the counter.")
            width: parent.width
        }
    }
}
