// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Cockpit
import Glovebox.Controls
import Glovebox.Theme

// How much, as large as its place allows, and what bounds it.
Item {
    id: line

    required property CardModel card

    // A few words stand beside the sum. More of them go under it, where there is room for two rows.
    readonly property bool longNote: note.implicitWidth > line.width * 0.4
    readonly property bool under: line.longNote && line.height > Theme.type.textPixels * 2.5 + Theme.type.primaryPixels * 1.4

    SignedText {
        id: amount

        anchors.left: parent.left
        font: Theme.type.amount
        fontSizeMode: Text.Fit
        ground: Theme.colour.panel
        height: line.under ? line.height - note.height : line.height
        itemId: "amount"
        maximumLineCount: 1
        minimumPixelSize: Theme.type.primaryPixels
        text: line.card.amount
        verticalAlignment: Text.AlignVCenter
        width: note.text === "" || line.under ? line.width : line.width - note.width - Theme.metric.gap * 1.5
        wrapMode: Text.NoWrap
    }

    SignedText {
        id: note

        anchors.left: parent.left
        anchors.leftMargin: line.under ? 0 : amount.contentWidth + Theme.metric.gap * 1.5
        color: Theme.colour.textSoft
        ground: Theme.colour.panel
        itemId: "amount_note"
        text: line.card.amountNote
        width: line.under ? line.width : Math.min(note.implicitWidth, line.width * 0.56)
        // Beside: the last line stands on the amount's baseline, a second one grows upwards, away from what is below.
        y: line.under ? line.height - note.height
                      : amount.baselineOffset - note.baselineOffset - note.contentHeight * (1 - 1 / Math.max(1, note.lineCount))
    }
}
