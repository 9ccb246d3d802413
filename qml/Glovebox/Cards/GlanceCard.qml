// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Cockpit
import Glovebox.Controls
import Glovebox.Theme

// Moving or idling: what, where, how much.
Item {
    id: glance

    required property CardModel card

    CardHeader {
        id: header

        card: glance.card
        width: glance.width
    }

    AmountLine {
        anchors.bottom: hint.top
        anchors.top: header.bottom
        card: glance.card
        width: glance.width
    }

    SignedText {
        id: hint

        anchors.bottom: actions.top
        anchors.bottomMargin: Theme.metric.gap
        color: Theme.colour.textSoft
        ground: Theme.colour.panel
        height: hint.text === "" ? 0 : hint.implicitHeight
        itemId: "voice_hint"
        text: glance.card.voiceHint
        width: glance.width
    }

    CardActions {
        id: actions

        anchors.bottom: parent.bottom
        card: glance.card
        width: glance.width
    }
}
