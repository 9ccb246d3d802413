// SPDX-License-Identifier: Apache-2.0
import QtQuick

// A text that the daemon composed. The cockpit reports what this item really showed; `ground` is what it stands on.
PlainLabel {
    id: label

    required property color ground
    required property string itemId

    objectName: "item." + label.itemId
}
