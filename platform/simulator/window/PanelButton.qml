// SPDX-License-Identifier: Apache-2.0
import QtQuick

Rectangle {
    id: button

    property bool checked: false
    required property string label

    signal clicked

    activeFocusOnTab: true
    border.color: button.activeFocus ? "#f4f6f8" : "transparent"
    border.width: 2
    color: button.checked ? "#3ddc97" : (area.pressed ? "#33404a" : "#232b33")
    implicitHeight: 44
    implicitWidth: Math.max(56, text.implicitWidth + 32)
    opacity: button.enabled ? 1 : 0.45
    radius: 10

    Keys.onReturnPressed: button.clicked()
    Keys.onSpacePressed: button.clicked()

    Text {
        id: text

        anchors.centerIn: parent
        color: button.checked ? "#06120c" : "#f4f6f8"
        font.pixelSize: 16
        text: button.label
        textFormat: Text.PlainText
    }

    MouseArea {
        id: area

        anchors.fill: parent

        onClicked: button.clicked()
    }
}
