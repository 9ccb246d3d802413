// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ipc/rep_Driver_merged.h"
#include "payment/lifecycle.h"

#include <QList>
#include <QString>
#include <functional>
#include <optional>

namespace glovebox::walker
{

/// English, every text but names and numbers drawn out to 1.4 times its length.
inline const QString pseudoLocale = QStringLiteral("en-XA");

/// What a driver may have before him: a screen of the cockpit with texts that `payment` composes, as the
/// daemon does.
struct Screen
{
    QString name; // "card.moving.fuel"
    std::function<CockpitView(const QString &locale)> compose;
    std::optional<payment::State> state; // of a result
    bool paid = false;                   // a verified capture receipt is there
    QString pinAnswer = {};              // of the daemon, to digits that were entered
};

/// Every screen: cards of every kind, driving state and connection; results of every state and every rule
/// that refuses; PIN pad, idle and unavailable in each of their states.
[[nodiscard]] QList<Screen> screens();
[[nodiscard]] const Screen &screenNamed(const QList<Screen> &screens, const QString &name);

/// "en", the languages that the programs are built with, and the pseudo-locale.
[[nodiscard]] QStringList locales();

/// 1.4 times as long; what stands for a number or a name in it stays.
[[nodiscard]] QString drawnOut(const QString &text);

} // namespace glovebox::walker
