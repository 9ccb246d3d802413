// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/qml/walker/record.h"
#include "tests/qml/walker/scene.h"

#include <algorithm>

namespace glovebox::walker
{

/// A screen, and what is pressed on it.
struct Step
{
    QString screen;
    QStringList presses; // objectNames
};

/// From what is asked to what became of it.
struct Flow
{
    QString name;
    bool whileDriving = true;
    QList<Step> steps;
};

[[nodiscard]] QList<Flow> flows();

struct Estimate
{
    double eyesOn_s = 0;
    int presses = 0;
    int steps = 0; // screens after the first
};

/// GLANCE and STEPS: walks the flow on its screens. An element that is not there is a violation.
Estimate checkFlow(Scene &scene, const QList<Screen> &screens, const Flow &flow, Record &record);

/// The model's times; seconds of eyes on the display (driver-safety, GLANCE).
inline constexpr double search_s = 0.54;
inline constexpr double read_s = 0.53;
inline constexpr double reach_s = 0.75;
inline constexpr double press_s = 0.64;
inline constexpr double flowGoal_s = 7.5;
inline constexpr double flowMax_s = 12.0;
inline constexpr double glanceMax_s = 2.0;
static_assert(std::max({search_s, read_s, reach_s, press_s}) <= glanceMax_s);
inline constexpr int stepsMax = 2;
inline constexpr int pressesMax = 6;

} // namespace glovebox::walker
