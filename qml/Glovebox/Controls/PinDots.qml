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
        model: dots.total

        Rectangle {
            required property int index

            border.color: Theme.colour.textSoft
            border.width: index < dots.count ? 0 : Math.max(1, Theme.metric.hairline)
            color: index < dots.count ? Theme.colour.text : "transparent"
            height: Theme.metric.dot
            radius: Theme.metric.dot / 2
            width: Theme.metric.dot
        }
    }
}
