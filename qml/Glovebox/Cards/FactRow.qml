// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Controls
import Glovebox.Theme

Item {
    id: row

    required property string fact
    required property string factId
    required property string label
    required property string labelId
    required property real labelWidth
    readonly property real labelNeeds: name.implicitWidth

    implicitHeight: Math.max(name.height, value.height)

    SignedText {
        id: name

        anchors.left: parent.left
        color: Theme.colour.textSoft
        ground: Theme.colour.panel
        itemId: row.labelId
        text: row.label
        width: row.labelWidth
    }

    SignedText {
        id: value

        anchors.left: name.right
        anchors.leftMargin: Theme.metric.gap * 2
        ground: Theme.colour.panel
        itemId: row.factId
        text: row.fact
        width: row.width - row.labelWidth - Theme.metric.gap * 2
    }
}
