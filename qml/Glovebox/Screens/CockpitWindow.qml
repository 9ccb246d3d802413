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

    function route() {
        const cockpit = window.cockpit;
        switch (cockpit.screen) {
        case CockpitModel.Card:
            loader.setSource("CardScreen.qml", {
                "card": cockpit.card
            });
            break;
        case CockpitModel.Result:
            loader.setSource("ResultScreen.qml", {
                "result": cockpit.result
            });
            break;
        case CockpitModel.Pin:
            loader.setSource("PinScreen.qml", {
                "pin": cockpit.pin
            });
            break;
        case CockpitModel.Idle:
            loader.setSource("IdleScreen.qml", {
                "cockpit": cockpit
            });
            break;
        default:
            loader.setSource("UnavailableScreen.qml");
        }
    }

    color: Theme.colour.background
    title: qsTr("Glovebox")

    Component.onCompleted: window.route()

    Connections {
        function onScreenChanged() {
            window.route();
        }

        target: window.cockpit
    }

    Item {
        id: beside

        readonly property real space: Theme.metric.margin

        height: Theme.portrait ? panel.y - 2 * beside.space : window.height - 2 * beside.space
        width: Theme.portrait ? window.width - 2 * beside.space : panel.x - 2 * beside.space
        x: beside.space
        y: beside.space

        Loader {
            active: window.desk
            anchors.fill: parent
            visible: beside.width > 0 && beside.height > 0

            sourceComponent: DeskFrame {
            }
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

            LayoutMirroring.childrenInherit: true
            LayoutMirroring.enabled: Theme.rightToLeft
            anchors.fill: parent
            focus: true

            Keys.onLeftPressed: scope.moveFocus(Theme.rightToLeft)
            Keys.onRightPressed: scope.moveFocus(!Theme.rightToLeft)

            Loader {
                id: loader

                anchors.fill: parent
                focus: true
            }
        }
    }
}
