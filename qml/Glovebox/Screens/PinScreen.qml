// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Cockpit
import Glovebox.Controls
import Glovebox.Theme

// Opens the driver session. Parked only; the digits themselves never reach this file.
FocusScope {
    id: screen

    required property PinModel pin

    Component.onCompleted: no.forceActiveFocus()
    Keys.onEscapePressed: event => {
        if (!event.isAutoRepeat)
            screen.pin.close();
    }
    Keys.onPressed: event => {
        if (event.isAutoRepeat)
            return;
        if (event.key >= Qt.Key_0 && event.key <= Qt.Key_9) {
            screen.pin.enterDigit(event.key - Qt.Key_0);
            event.accepted = true;
        } else if (event.key === Qt.Key_Backspace) {
            screen.pin.back();
            event.accepted = true;
        }
    }

    Column {
        anchors.left: parent.left
        anchors.right: pad.left
        anchors.rightMargin: Theme.metric.targetGap
        spacing: Theme.metric.gap

        PlainLabel {
            font: Theme.type.title
            text: qsTr("Unlock payments")
            width: parent.width
        }

        PlainLabel {
            color: Theme.colour.textSoft
            text: qsTr("For this drive, parked only.")
            width: parent.width
        }

        Item {
            height: Theme.metric.gap
            width: 1
        }

        PinDots {
            anchors.left: parent.left
            count: screen.pin.count
            total: screen.pin.digits
        }

        PlainLabel {
            text: {
                if (screen.pin.locked)
                    return qsTr("Too many tries. Wait.");
                switch (screen.pin.outcome) {
                case PinModel.Wrong:
                    return qsTr("Wrong PIN. Tries left: %1").arg(screen.pin.triesLeft);
                case PinModel.Locked:
                    return qsTr("Too many tries. Wait.");
                case PinModel.NotParked:
                    return qsTr("Park first, then unlock.");
                default:
                    return "";
                }
            }
            width: parent.width
        }
    }

    // Digits stand as on every key pad, also where the rest is mirrored.
    Item {
        id: pad

        anchors.bottom: parent.bottom
        anchors.right: parent.right
        height: keys.height
        width: keys.width

        Grid {
            id: keys

            LayoutMirroring.enabled: false
            columns: 3
            spacing: Theme.metric.targetGap

            PinKey {
                objectName: "pin.1"
                text: "1"

                onTriggered: screen.pin.enterDigit(1)
            }

            PinKey {
                objectName: "pin.2"
                text: "2"

                onTriggered: screen.pin.enterDigit(2)
            }

            PinKey {
                objectName: "pin.3"
                text: "3"

                onTriggered: screen.pin.enterDigit(3)
            }

            PinKey {
                objectName: "pin.4"
                text: "4"

                onTriggered: screen.pin.enterDigit(4)
            }

            PinKey {
                objectName: "pin.5"
                text: "5"

                onTriggered: screen.pin.enterDigit(5)
            }

            PinKey {
                objectName: "pin.6"
                text: "6"

                onTriggered: screen.pin.enterDigit(6)
            }

            PinKey {
                objectName: "pin.7"
                text: "7"

                onTriggered: screen.pin.enterDigit(7)
            }

            PinKey {
                objectName: "pin.8"
                text: "8"

                onTriggered: screen.pin.enterDigit(8)
            }

            PinKey {
                objectName: "pin.9"
                text: "9"

                onTriggered: screen.pin.enterDigit(9)
            }

            PinKey {
                objectName: "pin.back"
                sign: Glyph.Back

                onTriggered: screen.pin.back()
            }

            PinKey {
                objectName: "pin.0"
                text: "0"

                onTriggered: screen.pin.enterDigit(0)
            }

            PinKey {
                objectName: "pin.ok"
                primary: true
                sign: Glyph.Check

                onTriggered: screen.pin.submit()
            }
        }
    }

    PressButton {
        id: no

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        objectName: "secondary"
        text: qsTr("Not now")
        width: Math.min(no.implicitWidth, screen.width - pad.width - Theme.metric.targetGap)

        onTriggered: screen.pin.close()
    }
}
