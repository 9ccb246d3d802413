// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Cockpit
import Glovebox.Controls
import Glovebox.Theme

// The cockpit's layer: the panel, and nothing of the host's. It only routes to the screens.
Window {
    id: window

    required property CockpitModel cockpit
    property bool desk: false

    color: Theme.colour.background
    flags: window.desk ? Qt.Window : Qt.Window | Qt.FramelessWindowHint
    title: qsTr("Glovebox")

    Item {
        id: beside

        readonly property real space: Theme.metric.margin

        height: Theme.portrait ? panel.y - 2 * beside.space : window.height - 2 * beside.space
        width: Theme.portrait ? window.width - 2 * beside.space : panel.x - 2 * beside.space
        x: beside.space
        y: beside.space

        DeskFrame {
            anchors.fill: parent
            visible: window.desk && beside.width > 0 && beside.height > 0
        }

        PlainLabel {
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.margins: window.desk ? Theme.metric.padding : 0
            color: Theme.colour.hostText
            maximumLineCount: 8
            objectName: "deskNotice"
            text: window.cockpit.deskNotice
            width: beside.width - 2 * anchors.margins
        }
    }

    Panel {
        id: panel

        anchors.bottom: parent.bottom
        anchors.margins: Theme.metric.margin
        anchors.right: parent.right

        FocusScope {
            id: scope

            function moveFocus(forward: bool) {
                const from = scope.Window.activeFocusItem;
                const to = from ? from.nextItemInFocusChain(forward) : null;
                if (to)
                    to.forceActiveFocus();
            }

            anchors.fill: parent
            focus: true

            Keys.onLeftPressed: scope.moveFocus(false)
            Keys.onRightPressed: scope.moveFocus(true)

            Loader {
                anchors.fill: parent
                focus: true
                sourceComponent: {
                    switch (window.cockpit.screen) {
                    case CockpitModel.Card:
                        return card;
                    case CockpitModel.Result:
                        return result;
                    case CockpitModel.Pin:
                        return pin;
                    case CockpitModel.Idle:
                        return idle;
                    default:
                        return unavailable;
                    }
                }
            }
        }
    }

    Component {
        id: card

        CardScreen {
            card: window.cockpit.card
        }
    }

    Component {
        id: result

        ResultScreen {
            result: window.cockpit.result
        }
    }

    Component {
        id: pin

        PinScreen {
            pin: window.cockpit.pin
        }
    }

    Component {
        id: idle

        IdleScreen {
            cockpit: window.cockpit
        }
    }

    Component {
        id: unavailable

        UnavailableScreen {}
    }
}
