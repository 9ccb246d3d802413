// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/daemon_client.h"
#include "cli/report.h"

#include <QStringList>

namespace glovebox::cli
{

/// `permissions list`, `permissions revoke AGENT`, `permissions narrow AGENT FILE`, `permissions stop-all`.
/// Nothing here widens.
[[nodiscard]] bool isPermissionCommand(const QStringList &words);
[[nodiscard]] JsonAnswer runPermissionCommand(DaemonClient &daemon, const QStringList &words);

/// `simulate-verdict FILE`: the verdict on the proposal in FILE, if `agent` made it now.
[[nodiscard]] JsonAnswer simulateVerdict(DaemonClient &daemon, const QString &file, const QString &agent);

/// From the answers of Admin1 (docs/formats.md), as plain aligned text. Pure.
[[nodiscard]] ReportResult permissionsReport(const base::Json &permissions);
[[nodiscard]] ReportResult verdictReport(const base::Json &verdict);

} // namespace glovebox::cli
