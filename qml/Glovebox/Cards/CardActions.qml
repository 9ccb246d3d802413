// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Cockpit
import Glovebox.Controls
import Glovebox.Theme

// Yes and no. The focus starts on the no.
Item {
    id: actions

    required property CardModel card

    implicitHeight: Math.max(yes.implicitHeight, no.implicitHeight)

    Component.onCompleted: no.forceActiveFocus()

    Connections {
        function onGenerationChanged() {
            no.forceActiveFocus();
        }

        target: actions.card
    }

    PressButton {
        id: yes

        anchors.left: parent.left
        anchors.right: no.left
        anchors.rightMargin: Theme.metric.targetGap
        generation: actions.card.generation
        height: actions.height
        held: actions.card.approving
        itemId: "primary"
        objectName: "primary"
        primary: true
        text: actions.card.primary

        onBegan: actions.card.pressBegan()
        onTriggered: method => actions.card.approve(method)
    }

    PressButton {
        id: no

        anchors.right: parent.right
        generation: actions.card.generation
        height: actions.height
        itemId: "secondary"
        objectName: "secondary"
        text: actions.card.secondary
        width: Math.max(no.implicitWidth, actions.width * 0.34)

        onTriggered: actions.card.decline()
    }
}
