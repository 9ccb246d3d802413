// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Controls
import Glovebox.Theme

// What became of it, at a glance: form and colour both tell, so that neither has to alone.
Rectangle {
    id: mark

    property bool hollow: false
    required property color ink
    required property int sign

    border.color: mark.ink
    border.width: mark.hollow ? Math.round(mark.width * 0.08) : 0
    color: mark.hollow ? "transparent" : mark.ink
    implicitHeight: Theme.metric.mark
    implicitWidth: Theme.metric.mark
    radius: mark.width / 2

    Glyph {
        anchors.centerIn: parent
        colour: mark.hollow ? mark.ink : Theme.colour.onMark
        height: mark.height * 0.62
        sign: mark.sign
        width: mark.width * 0.62
    }
}
