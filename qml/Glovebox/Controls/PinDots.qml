// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Glovebox.Theme

// How many digits there are, never which.
Row {
    id: dots

    required property int count
    required property int total

    spacing: Theme.metric.dot * 0.75

    Repeater {
        model: dots.count

        Rectangle {
            color: Theme.colour.text
            height: Theme.metric.dot
            radius: Theme.metric.dot / 2
            width: Theme.metric.dot
        }
    }

    Repeater {
        model: dots.total - dots.count

        Rectangle {
            border.color: Theme.colour.textSoft
            border.width: Theme.metric.hairline
            color: "transparent"
            height: Theme.metric.dot
            radius: Theme.metric.dot / 2
            width: Theme.metric.dot
        }
    }
}
