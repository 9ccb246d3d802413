// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Theme

// The driver's surface: the one place where something can be approved.
Rectangle {
    id: panel

    default property alias content: inner.data

    border.color: Theme.colour.rule
    border.width: Theme.metric.outline
    color: Theme.colour.panel
    height: Theme.metric.panelHeight
    radius: Theme.metric.panelRadius
    width: Theme.metric.panelWidth

    Item {
        id: inner

        anchors.fill: parent
        anchors.margins: Theme.metric.padding
    }
}
