// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Cockpit
import Glovebox.Controls
import Glovebox.Theme

// What became of it, in the daemon's words, and until when it can be undone.
FocusScope {
    id: screen

    required property ResultModel result

    function focusFirst() {
        (done.visible ? done : undo.visible ? undo : resume).forceActiveFocus();
    }

    Component.onCompleted: screen.focusFirst()
    Keys.onEscapePressed: event => {
        if (!event.isAutoRepeat)
            screen.result.done();
    }

    Connections {
        function onGenerationChanged() {
            screen.focusFirst();
        }

        target: screen.result
    }

    // Long texts on a low display leave it less room.
    ResultMark {
        id: mark

        readonly property real room: screen.height - actions.height - texts.height - 3 * Theme.metric.gap

        anchors.left: parent.left
        height: Math.min(Theme.metric.mark, Math.max(Theme.metric.mark * 0.4, mark.room))
        hollow: screen.result.tone === ResultModel.Reserved
        ink: {
            switch (screen.result.tone) {
            case ResultModel.Paid:
                return Theme.colour.paid;
            case ResultModel.Saved:
            case ResultModel.Reserved:
                return Theme.colour.saved;
            default:
                return Theme.colour.plain;
            }
        }
        width: mark.height

        sign: {
            switch (screen.result.tone) {
            case ResultModel.Stopped:
                return Glyph.Bar;
            case ResultModel.Problem:
                return Glyph.Cross;
            case ResultModel.Waiting:
                return Glyph.Dots;
            default:
                return Glyph.Check;
            }
        }
    }

    Column {
        id: texts

        anchors.top: mark.bottom
        anchors.topMargin: Theme.metric.gap * 1.3
        spacing: Theme.metric.gap * 1.3
        width: screen.width

        SignedText {
            font: Theme.type.headline
            ground: Theme.colour.panel
            itemId: "headline"
            text: screen.result.headline
            width: parent.width
        }

        SignedText {
            color: Theme.colour.textSoft
            ground: Theme.colour.panel
            itemId: "detail"
            text: screen.result.detail
            visible: text !== ""
            width: parent.width
        }

        Item {
            height: Math.max(amount.height, merchant.y + merchant.height)
            width: parent.width

            SignedText {
                id: amount

                anchors.left: parent.left
                font: Theme.type.title
                ground: Theme.colour.panel
                itemId: "amount"
                text: screen.result.amount
            }

            SignedText {
                id: merchant

                anchors.baseline: amount.baseline
                anchors.left: amount.right
                anchors.leftMargin: amount.text === "" ? 0 : Theme.metric.gap * 1.5
                color: Theme.colour.textSoft
                ground: Theme.colour.panel
                itemId: "merchant"
                text: screen.result.merchant
                width: parent.width - amount.width - anchors.leftMargin
            }
        }
    }

    Row {
        id: actions

        readonly property int shown: (undo.visible ? 1 : 0) + (resume.visible ? 1 : 0) + (done.visible ? 1 : 0)
        readonly property real rest: actions.width - (actions.shown - 1) * Theme.metric.targetGap
        readonly property real doneWidth: actions.shown > 1 ? Math.max(done.implicitWidth, actions.rest * 0.28) : actions.rest
        readonly property real wideWidth: done.visible ? (actions.rest - actions.doneWidth) / Math.max(1, actions.shown - 1)
                                                       : actions.rest / Math.max(1, actions.shown)

        anchors.bottom: parent.bottom
        spacing: Theme.metric.targetGap
        width: parent.width

        PressButton {
            id: undo

            generation: screen.result.generation
            itemId: "undo"
            objectName: "undo"
            text: screen.result.undoText
            visible: screen.result.undoPossible
            width: actions.wideWidth

            onTriggered: screen.result.undo()
        }

        PressButton {
            id: resume

            generation: screen.result.generation
            objectName: "resume"
            text: qsTr("Show again")
            visible: screen.result.resumable
            width: actions.wideWidth

            onTriggered: screen.result.resume()
        }

        PressButton {
            id: done

            generation: screen.result.generation
            itemId: "done"
            objectName: "done"
            text: screen.result.doneText
            visible: done.text !== ""
            width: actions.doneWidth

            onTriggered: screen.result.done()
        }
    }
}
