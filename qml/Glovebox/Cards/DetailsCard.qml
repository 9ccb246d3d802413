// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Cockpit
import Glovebox.Theme

// Parked: also what pays, and until when it can be stopped.
Item {
    id: details

    required property CardModel card

    CardHeader {
        id: header

        card: details.card
        width: details.width
    }

    AmountLine {
        anchors.bottom: rule.top
        anchors.top: header.bottom
        card: details.card
        width: details.width
    }

    Rectangle {
        id: rule

        anchors.bottom: facts.top
        anchors.bottomMargin: Theme.metric.gap
        color: Theme.colour.rule
        height: Theme.metric.hairline
        width: details.width
    }

    Column {
        id: facts

        readonly property real labelWidth: Math.min(Math.max(pays.labelNeeds, stops.labelNeeds), details.width * 0.42)

        anchors.bottom: actions.top
        anchors.bottomMargin: Theme.metric.gap * 1.8
        spacing: Theme.metric.gap * 0.5
        width: details.width

        FactRow {
            id: pays

            fact: details.card.paidWith
            factId: "paid_with"
            label: details.card.paidWithLabel
            labelId: "paid_with_label"
            labelWidth: facts.labelWidth
            width: facts.width
        }

        FactRow {
            id: stops

            fact: details.card.stop
            factId: "stop"
            label: details.card.stopLabel
            labelId: "stop_label"
            labelWidth: facts.labelWidth
            width: facts.width
        }
    }

    CardActions {
        id: actions

        anchors.bottom: parent.bottom
        card: details.card
        width: details.width
    }
}
