// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace glovebox::theme
{

/// The numbers of a distraction profile, resources/profiles/NAME.json. The cockpit and its tests read the
/// same file.
struct Profile
{
    QString id;
    double distance_mm = 0;        // eye to display
    double primaryArcMin = 0;      // cap height of amounts and buttons, arc minutes (ISO 15008)
    double textArcMin = 0;         // of other text
    double floorArcMin = 0;        // of any text
    double targetDp = 0;           // touch target, 1 dp = 1/160 inch
    double target_mm = 0;          // touch target; the larger of both counts
    double targetGap_mm = 0;       // between two targets
    int latinCharactersMax = 0;    // on a moving screen
    int linesMax = 0;              // of one text
    double contrastMin = 0;        // text on its ground
    int pressAfterShownMin_ms = 0; // an approval earlier than this was not meant
    int heartbeat_ms = 0;          // of the UI thread while a card is up

    /// The larger of dp and millimetres.
    [[nodiscard]] double targetMin_mm() const;
};

/// Compiled in; a defect in it ends the program.
[[nodiscard]] Profile strictestProfile();

} // namespace glovebox::theme
