// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

namespace glovebox::base
{

/// Logs hold no user input and no amount next to an identity; warning and above means that somebody must act,
/// critical means a defect of ours. Format: one line on standard error,
/// "time program level category message"; control characters in a message become spaces.
void installLog(const char *program);

} // namespace glovebox::base
