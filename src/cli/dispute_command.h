// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace glovebox::cli
{

/// `glovebox dispute bundle ID` and `glovebox dispute verify FILE`; the exit code. Neither asks the daemon.
int runDispute(const QStringList &arguments);

} // namespace glovebox::cli
