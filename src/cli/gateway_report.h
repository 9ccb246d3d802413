// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <string>

namespace glovebox::cli
{

/// What a person can do about a gateway that gives no answer: `trouble` of the status (docs/formats.md,
/// "Admin1"). Throws nlohmann's exception where it has another form.
[[nodiscard]] std::string troubleText(const base::Json &trouble);
/// The same about answers that the car does not believe: `doubted`.
[[nodiscard]] std::string doubtText(const base::Json &doubt);

} // namespace glovebox::cli
