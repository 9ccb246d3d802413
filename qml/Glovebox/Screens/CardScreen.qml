// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Cards
import Glovebox.Cockpit

// One of the two cards: the other is not there at all, so that every signed text exists once.
FocusScope {
    id: screen

    required property CardModel card

    Keys.onEscapePressed: event => {
        if (!event.isAutoRepeat)
            screen.card.decline();
    }

    Loader {
        id: place

        anchors.fill: parent
        focus: true
        sourceComponent: screen.card.details ? details : glance
    }

    Component {
        id: glance

        GlanceCard {
            id: glanceCard

            card: screen.card

            Component.onCompleted: glanceCard.focusNo()

            Connections {
                function onGenerationChanged() {
                    glanceCard.focusNo();
                }

                target: screen.card
            }
        }
    }

    Component {
        id: details

        DetailsCard {
            id: detailsCard

            card: screen.card

            Component.onCompleted: detailsCard.focusNo()

            Connections {
                function onGenerationChanged() {
                    detailsCard.focusNo();
                }

                target: screen.card
            }
        }
    }
}
