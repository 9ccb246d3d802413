// SPDX-License-Identifier: Apache-2.0
import QtQuick

Window {
    id: window

    height: 480
    title: "Bare"
    width: 1280

    Text {
        anchors.centerIn: parent
        text: "Ready"
    }
}
