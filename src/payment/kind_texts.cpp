// SPDX-License-Identifier: Apache-2.0
#include "payment/kind_texts.h"

#include <QtGlobal>

namespace glovebox::payment
{

namespace
{

constexpr const char *kTexts[] = {
    QT_TRANSLATE_NOOP("Kind", "Fuel"),
    QT_TRANSLATE_NOOP("Kind", "Pay"),
    QT_TRANSLATE_NOOP("Kind", "Pump %1"),
    QT_TRANSLATE_NOOP("Kind", "until you start fuelling"),
    QT_TRANSLATE_NOOP("Kind", "Undo until fuelling starts"),
    QT_TRANSLATE_NOOP("Kind", "Parking"),
    QT_TRANSLATE_NOOP("Kind", "Zone %1"),
    QT_TRANSLATE_NOOP("Kind", "Gate %1"),
    QT_TRANSLATE_NOOP("Kind", "until you leave"),
    QT_TRANSLATE_NOOP("Kind", "Undo until you leave"),
    QT_TRANSLATE_NOOP("Kind", "Coffee"),
    QT_TRANSLATE_NOOP("Kind", "Order"),
    QT_TRANSLATE_NOOP("Kind", "Pickup %1"),
    QT_TRANSLATE_NOOP("Kind", "until it is sent"),
    QT_TRANSLATE_NOOP("Kind", "Undo until it is sent"),
    QT_TRANSLATE_NOOP("Kind", "Charging"),
    QT_TRANSLATE_NOOP("Kind", "Charge"),
    QT_TRANSLATE_NOOP("Kind", "Charger %1"),
    QT_TRANSLATE_NOOP("Kind", "until charging starts"),
    QT_TRANSLATE_NOOP("Kind", "Undo until charging starts"),
    QT_TRANSLATE_NOOP("Kind", "Toll"),
    QT_TRANSLATE_NOOP("Kind", "Lane %1"),
    QT_TRANSLATE_NOOP("Kind", "Car wash"),
    QT_TRANSLATE_NOOP("Kind", "Bay %1"),
    QT_TRANSLATE_NOOP("Kind", "Food"),
    QT_TRANSLATE_NOOP("Kind", "Assistant credit"),
    QT_TRANSLATE_NOOP("Kind", "Top up"),
    QT_TRANSLATE_NOOP("Kind", "until it is first used"),
    QT_TRANSLATE_NOOP("Kind", "Undo until it is first used"),
    QT_TRANSLATE_NOOP("Kind", "Membership"),
    QT_TRANSLATE_NOOP("Kind", "Join"),
    QT_TRANSLATE_NOOP("Kind", "one period, then asked again"),
};

} // namespace

std::span<const char *const> kindSourceTexts()
{
    return kTexts;
}

} // namespace glovebox::payment
