// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Simulator

Window {
    id: window

    required property DeskModel desk

    color: "#0b0e11"
    height: 720
    minimumHeight: 640
    minimumWidth: 460
    title: qsTr("Glovebox: car on the desk")
    visible: true
    width: 520
    x: Math.max(24, Screen.desktopAvailableWidth - width - 24) // beside the cockpit where nobody manages windows
    y: 48

    Column {
        anchors.fill: parent
        anchors.margins: 24
        spacing: 18

        Text {
            color: "#f4f6f8"
            font.pixelSize: 24
            font.weight: Font.DemiBold
            text: qsTr("Car")
            textFormat: Text.PlainText
        }

        PanelSection {
            title: qsTr("Gear")

            PanelButton {
                checked: window.desk.gear === "park"
                label: "P"

                onClicked: window.desk.gear = "park"
            }

            PanelButton {
                checked: window.desk.gear === "reverse"
                label: "R"

                onClicked: window.desk.gear = "reverse"
            }

            PanelButton {
                checked: window.desk.gear === "neutral"
                label: "N"

                onClicked: window.desk.gear = "neutral"
            }

            PanelButton {
                checked: window.desk.gear === "drive"
                label: "D"

                onClicked: window.desk.gear = "drive"
            }

            PanelButton {
                checked: window.desk.parkingBrake
                label: qsTr("Parking brake")

                onClicked: window.desk.parkingBrake = !window.desk.parkingBrake
            }
        }

        PanelSection {
            title: qsTr("Speed: %1 km/h").arg(window.desk.speed_kmh)

            SpeedSlider {
                speed_kmh: window.desk.speed_kmh
                width: parent.width

                onMoved: speed_kmh => window.desk.speed_kmh = speed_kmh
            }
        }

        PanelSection {
            enabled: !window.desk.busy
            title: qsTr("World")

            PanelButton {
                checked: window.desk.online
                label: window.desk.online ? qsTr("Network on") : qsTr("Network off")

                onClicked: window.desk.online = !window.desk.online
            }

            PanelButton {
                label: window.desk.night ? qsTr("Night") : qsTr("Day")

                onClicked: window.desk.night = !window.desk.night
            }

            PanelButton {
                label: qsTr("+10 s")

                onClicked: window.desk.advance(10)
            }

            PanelButton {
                label: qsTr("+5 min")

                onClicked: window.desk.advance(300)
            }
        }

        PanelSection {
            enabled: !window.desk.busy
            title: qsTr("The assistant proposes")

            PanelButton {
                label: qsTr("Fuel")

                onClicked: window.desk.propose("fuel")
            }

            PanelButton {
                label: qsTr("Parking")

                onClicked: window.desk.propose("parking")
            }

            PanelButton {
                label: qsTr("Coffee")

                onClicked: window.desk.propose("coffee")
            }
        }

        PanelSection {
            enabled: !window.desk.busy
            title: qsTr("The merchant")

            PanelButton {
                label: qsTr("Complete fuel for 63.18")

                onClicked: window.desk.completeFuel()
            }
        }

        PanelSection {
            enabled: !window.desk.busy
            title: qsTr("Scenarios (PIN 123456)")

            Repeater {
                model: window.desk.scenarios

                PanelButton {
                    id: scenarioButton

                    required property ScenarioEntry modelData

                    label: scenarioButton.modelData.name

                    onClicked: scenarioButton.modelData.play()
                }
            }
        }

        Text {
            color: "#ffc857"
            font.pixelSize: 15
            text: window.desk.busy ? qsTr("Working …") : window.desk.message
            textFormat: Text.PlainText
            width: parent.width
            wrapMode: Text.Wrap
        }
    }
}
