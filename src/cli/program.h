// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace glovebox::cli
{

/// `glovebox [--bus ADDRESS] COMMAND`: answers on standard output, sentences about failures on standard
/// error, the exit code of docs/formats.md. Needs a QCoreApplication.
[[nodiscard]] int run(const QStringList &arguments);

} // namespace glovebox::cli
