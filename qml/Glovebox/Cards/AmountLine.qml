// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Cockpit
import Glovebox.Controls
import Glovebox.Theme

// How much, as large as its place allows, and what bounds it.
Item {
    id: line

    required property CardModel card

    SignedText {
        id: amount

        font: Theme.type.amount
        fontSizeMode: Text.Fit
        ground: Theme.colour.panel
        height: line.height
        itemId: "amount"
        maximumLineCount: 1
        minimumPixelSize: Theme.type.primaryPixels
        text: line.card.amount
        verticalAlignment: Text.AlignVCenter
        width: line.width - (note.text === "" ? 0 : note.width + Theme.metric.gap * 1.5)
        wrapMode: Text.NoWrap
    }

    SignedText {
        id: note

        color: Theme.colour.textSoft
        ground: Theme.colour.panel
        itemId: "amount_note"
        text: line.card.amountNote
        width: Math.min(note.implicitWidth, line.width * 0.4)
        x: amount.contentWidth + Theme.metric.gap * 1.5
        // The last line stands on the amount's baseline: a second one grows upwards, away from what is below.
        y: amount.baselineOffset - note.baselineOffset - note.contentHeight * (1 - 1 / Math.max(1, note.lineCount))
    }
}
