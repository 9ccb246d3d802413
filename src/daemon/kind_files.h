// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/kind.h"

namespace glovebox::daemon
{

/// The catalogue of every *.json of a folder; of the built-in kinds where `folder` is empty. One file that is
/// wrong, or a text that a built-in language lacks, refuses all of them: an error is one sentence that names
/// file and field.
[[nodiscard]] std::expected<payment::KindCatalogue, std::string> readKinds(const std::string &folder = {});

} // namespace glovebox::daemon
