// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

namespace glovebox::base
{

/// Logs hold no user input and no amount next to an identity; warning and above means that somebody must act,
/// critical means a defect of ours. Format: one line, "time level category message".
void installLog(const char *program);

} // namespace glovebox::base
