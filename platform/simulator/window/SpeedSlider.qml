// SPDX-License-Identifier: Apache-2.0
import QtQuick

Item {
    id: slider

    readonly property int most_kmh: 160
    required property int speed_kmh

    signal moved(int speed_kmh)

    implicitHeight: 44
    implicitWidth: 300

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        color: "#232b33"
        height: 8
        radius: 4
        width: parent.width

        Rectangle {
            color: "#3ddc97"
            height: parent.height
            radius: 4
            width: handle.x + handle.width / 2
        }
    }

    Rectangle {
        id: handle

        anchors.verticalCenter: parent.verticalCenter
        color: "#f4f6f8"
        height: 24
        radius: 12
        width: 24
        x: slider.speed_kmh / slider.most_kmh * (slider.width - width)
    }

    MouseArea {
        anchors.fill: parent

        onPositionChanged: event => slider.moved(Math.round(Math.max(0, Math.min(1, event.x / width)) * slider.most_kmh))
        onPressed: event => slider.moved(Math.round(Math.max(0, Math.min(1, event.x / width)) * slider.most_kmh))
    }
}
