// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Cockpit

// One of the two cards: the other is not there at all, so that every signed text exists once.
FocusScope {
    id: screen

    required property CardModel card

    function place() {
        const form = screen.card.details ? "DetailsCard" : "GlanceCard";
        loader.setSource("qrc:/qt/qml/Glovebox/Cards/" + form + ".qml", {
            "card": screen.card
        });
    }

    focus: true

    Component.onCompleted: screen.place()
    Keys.onEscapePressed: event => {
        if (!event.isAutoRepeat)
            screen.card.decline();
    }

    Connections {
        function onDetailsChanged() {
            screen.place();
        }

        target: screen.card
    }

    Loader {
        id: loader

        anchors.fill: parent
        focus: true
    }
}
