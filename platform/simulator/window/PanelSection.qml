// SPDX-License-Identifier: Apache-2.0
import QtQuick

Column {
    id: section

    default property alias content: row.data
    required property string title

    spacing: 8
    width: parent ? parent.width : 0

    Text {
        color: "#9aa7b2"
        font.pixelSize: 14
        text: section.title
        textFormat: Text.PlainText
    }

    Flow {
        id: row

        spacing: 8
        width: section.width
    }
}
