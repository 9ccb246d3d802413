// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Cockpit
import Glovebox.Controls
import Glovebox.Theme

// Nothing to decide.
FocusScope {
    id: screen

    required property CockpitModel cockpit
    readonly property bool locked: !screen.cockpit.sessionOpen

    focus: true

    Column {
        spacing: Theme.metric.gap
        width: parent.width

        PlainLabel {
            color: Theme.colour.textSoft
            text: qsTr("Payments")
        }

        PlainLabel {
            font: Theme.type.headline
            text: screen.cockpit.paused ? qsTr("Paused") : screen.locked ? qsTr("Locked") : qsTr("Ready")
            width: parent.width
        }

        PlainLabel {
            color: Theme.colour.textSoft
            text: {
                if (screen.cockpit.notice !== "")
                    return screen.cockpit.notice;
                if (screen.locked)
                    return screen.cockpit.canUnlock ? qsTr("Unlock once for this drive.") : qsTr("Unlock when parked.");
                return screen.cockpit.waiting > 0 ? qsTr("Waiting: %1").arg(screen.cockpit.waiting) : "";
            }
            width: parent.width
        }
    }

    PressButton {
        id: unlock

        anchors.bottom: parent.bottom
        objectName: "unlock"
        text: qsTr("Unlock payments")
        visible: screen.cockpit.canUnlock
        width: parent.width

        focus: unlock.visible

        onTriggered: screen.cockpit.unlock()
    }
}
