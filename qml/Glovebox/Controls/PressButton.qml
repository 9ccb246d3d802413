// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Controls
import Glovebox.Theme

// A button with one word of the daemon (an `itemId`) or of the cockpit on it.
PressArea {
    id: button

    property string itemId: ""
    property bool held: false
    property bool primary: false
    required property string text
    readonly property bool down: button.pressed || button.held
    readonly property color ground: button.primary ? (button.down ? Theme.colour.primaryPressed : Theme.colour.primary)
                                                   : (button.down ? Theme.colour.raisedPressed : Theme.colour.raised)

    implicitHeight: Math.max(Theme.metric.button, label.implicitHeight + 2 * Theme.metric.gap)
    implicitWidth: Math.max(Theme.metric.target, label.implicitWidth + 2 * Theme.metric.padding)

    FocusRing {
        shown: button.activeFocus
    }

    Rectangle {
        anchors.fill: parent
        color: button.ground
        radius: Theme.metric.radius
    }

    SignedText {
        id: label

        anchors.centerIn: parent
        color: button.primary ? Theme.colour.onPrimary : Theme.colour.text
        font: Theme.type.button
        ground: button.ground
        horizontalAlignment: Text.AlignHCenter
        itemId: button.itemId
        text: button.text
        width: Math.min(label.implicitWidth, button.width - 2 * Theme.metric.gap)
    }
}
