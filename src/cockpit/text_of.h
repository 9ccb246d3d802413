// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ipc/rep_Driver_merged.h"

#include <QList>
#include <QString>

namespace glovebox::cockpit
{

/// Empty where there is no such item.
[[nodiscard]] QString textOf(const QList<ShownItem> &items, const QString &id);

} // namespace glovebox::cockpit
