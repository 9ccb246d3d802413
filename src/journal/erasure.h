// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/journal.h"

namespace glovebox::journal
{

/// Inside src/journal only: what the entry of an erasure says beside its caller's members.
inline constexpr const char *kErasedPseudonym = "pseudonym"; // in hex
[[nodiscard]] std::optional<Pseudonym> erasedBy(const base::Json &payload);

/// The same batch, whose entry of kind `erasure` names the pseudonym.
[[nodiscard]] Batch naming(Batch batch, const Pseudonym &erased);

} // namespace glovebox::journal
