// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/qml/walker/record.h"
#include "tests/qml/walker/scene.h"

namespace glovebox::walker
{

// One function per rule of driver-safety that can be measured on a screen. Each looks at what is drawn, not
// at what the theme meant to draw.

void checkTarget(Scene &scene, Record &record);
void checkSize(Scene &scene, Record &record);
void checkText(Scene &scene, Record &record);
void checkContrast(Scene &scene, Record &record);
void checkStill(Scene &scene, Record &record);
void checkFeedback(Scene &scene, Record &record);
void checkNoSetup(Scene &scene, Record &record);
void checkEyesFree(Scene &scene, Record &record);
void checkHonest(Scene &scene, Record &record);
void checkUndo(Scene &scene, Record &record);
void checkSymbol(Scene &scene, Record &record);

/// All of them.
void checkScreen(Scene &scene, Record &record);

/// Share of what may stand on a moving screen: 120 Latin or 31 Japanese and Chinese characters are 1.
[[nodiscard]] double shareOfText(const QString &text, const theme::Profile &profile);

/// "result.queued de 1280x480@260mm night: primary "Pay"".
[[nodiscard]] QString whereIs(const Scene &scene, const QQuickItem *item = nullptr);

} // namespace glovebox::walker
