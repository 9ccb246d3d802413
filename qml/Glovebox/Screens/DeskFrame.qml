// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Controls
import Glovebox.Theme

// On a desk: where the car's own screens would be. The cockpit draws nothing of theirs.
Rectangle {
    color: Theme.colour.host
    radius: Theme.metric.panelRadius

    PlainLabel {
        anchors.centerIn: parent
        color: Theme.colour.hostText
        text: qsTr("host HMI")
    }
}
