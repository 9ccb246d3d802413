// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace glovebox::theme
{

/// Light that falls on a display: how bright its white is, and how much of the light it throws back.
struct Light
{
    double white_cd_m2 = 0;
    double reflected_cd_m2 = 0;
};

/// The numbers of a distraction profile, resources/profiles/NAME.json. The cockpit and its tests read the
/// same file.
struct Profile
{
    QString id;
    double distance_mm = 0;      // eye to display
    double primaryArcMin = 0;    // cap height of amounts and buttons, arc minutes (ISO 15008)
    double textArcMin = 0;       // of other text
    double floorArcMin = 0;      // of any text
    double targetDp = 0;         // touch target, 1 dp = 1/160 inch
    double target_mm = 0;        // touch target; the larger of both counts
    double targetGap_mm = 0;     // between two targets
    int latinCharactersMax = 0;  // on a moving screen
    int wideCharactersMax = 0;   // Japanese, Chinese or Korean ones instead
    int linesMax = 0;            // of one text
    double contrastMin = 0;      // text on its ground, as drawn
    double contrastNightMin = 0; // as seen in that light
    double contrastDayMin = 0;
    double contrastSunMin = 0;
    Light night, day, sun;
    int pressAfterShownMin_ms = 0; // an approval earlier than this was not meant
    int heartbeat_ms = 0;          // of the UI thread while a card is up

    /// The larger of dp and millimetres.
    [[nodiscard]] double targetMin_mm() const;
};

/// Compiled in; a defect in it ends the program.
[[nodiscard]] Profile strictestProfile();

} // namespace glovebox::theme
