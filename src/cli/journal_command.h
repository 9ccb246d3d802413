// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace glovebox::cli
{

/// `glovebox journal verify | export`: reads a journal without a daemon and without changing a byte of it;
/// docs/journal.md, "Verifying". `arguments` begin with the program's name and the word "journal".
[[nodiscard]] int runJournal(const QStringList &arguments);

} // namespace glovebox::cli
