// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Controls
import Glovebox.Theme

// One key of the PIN pad: a digit, or a sign.
PressArea {
    id: key

    property bool primary: false
    property int sign: -1
    property string text: ""
    readonly property color ink: key.primary ? Theme.colour.onPrimary : Theme.colour.text

    implicitHeight: Theme.metric.target
    implicitWidth: Theme.metric.target

    FocusRing {
        shown: key.activeFocus
    }

    Rectangle {
        anchors.fill: parent
        color: key.primary ? (key.pressed ? Theme.colour.primaryPressed : Theme.colour.primary)
                           : (key.pressed ? Theme.colour.raisedPressed : Theme.colour.raised)
        radius: Theme.metric.radius
    }

    PlainLabel {
        anchors.centerIn: parent
        color: key.ink
        font: Theme.type.button
        text: key.text
        visible: key.sign < 0
    }

    Glyph {
        anchors.centerIn: parent
        colour: key.ink
        height: key.height * 0.5
        sign: Math.max(key.sign, 0)
        visible: key.sign >= 0
        width: key.height * 0.5
    }
}
