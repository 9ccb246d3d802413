// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/proposal.h"

namespace glovebox::payment
{

/// The text of proposal.schema.json, built in.
extern const char *const kProposalSchemaText;

/// The first place where the document does not fit the schema; nothing where it fits.
[[nodiscard]] std::optional<ProposalError> checkAgainstSchema(const base::Json &document);

} // namespace glovebox::payment
