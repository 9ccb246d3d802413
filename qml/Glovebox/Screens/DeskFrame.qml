// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Controls
import Glovebox.Theme

// On a desk: where the car's own screens would be. The cockpit draws nothing of theirs.
Rectangle {
    id: frame

    color: Theme.colour.host
    radius: Theme.metric.panelRadius

    PlainLabel {
        anchors.centerIn: parent
        color: Theme.colour.hostText
        horizontalAlignment: Text.AlignHCenter
        maximumLineCount: 4
        text: qsTr("host HMI")
        width: frame.width - 2 * Theme.metric.gap
    }
}
