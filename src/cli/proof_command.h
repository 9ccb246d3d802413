// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/journal_sources.h"

namespace glovebox::cli
{

/// `glovebox journal prove ID`: writes a proof of the approval into a new file, ID.proof.json where `out` is
/// empty.
int proveApproval(const Sources &sources, const std::string &id, const QString &out);
/// `glovebox journal check-proof FILE`: public keys alone; 0 it holds, 1 it does not.
int checkProof(const Sources &sources, const QString &path, bool json);

} // namespace glovebox::cli
