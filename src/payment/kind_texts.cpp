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
    QT_TRANSLATE_NOOP("Kind", "Undo until you start fuelling"),
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
};

} // namespace

std::span<const char *const> kindSourceTexts()
{
    return kTexts;
}

} // namespace glovebox::payment
