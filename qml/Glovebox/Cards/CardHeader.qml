// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Cockpit
import Glovebox.Controls
import Glovebox.Theme

// Who asks, for what, where.
Column {
    id: header

    required property CardModel card

    Row {
        anchors.left: parent.left
        bottomPadding: Theme.metric.gap * 1.4
        spacing: Theme.metric.gap

        Rectangle {
            anchors.verticalCenter: asker.verticalCenter
            color: Theme.colour.raised
            height: asker.height
            radius: height / 2
            width: height

            Glyph {
                anchors.centerIn: parent
                colour: Theme.colour.text
                height: parent.height * 0.66
                sign: Glyph.Voice
                width: height
            }
        }

        PlainLabel {
            id: asker

            color: Theme.colour.textSoft
            // Beside the sign of a voice one word tells it at a glance.
            text: header.card.details ? qsTr("Assistant suggests") : qsTr("Suggested")
        }

        KindSign {
            anchors.verticalCenter: asker.verticalCenter
            colour: Theme.colour.textSoft
            height: asker.height
            name: header.card.icon
            visible: name !== ""
            width: height
        }
    }

    SignedText {
        font: Theme.type.title
        ground: Theme.colour.panel
        itemId: "title"
        text: header.card.title
        width: header.width
    }

    SignedText {
        color: Theme.colour.textSoft
        ground: Theme.colour.panel
        itemId: "merchant"
        text: header.card.merchant
        width: header.width
    }
}
