// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Theme

// Around what has the focus, outside of it: it never touches a text.
Rectangle {
    id: ring

    required property bool shown

    anchors.fill: parent
    anchors.margins: -2 * Theme.metric.ring
    border.color: ring.shown ? Theme.colour.ring : "transparent"
    border.width: Theme.metric.ring
    color: "transparent"
    radius: Theme.metric.radius + 2 * Theme.metric.ring
}
