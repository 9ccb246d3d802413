// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/kind.h"

namespace glovebox::daemon
{

/// The catalogue of every *.json of a folder; of the built-in kinds where `folder` is empty. An error is one
/// sentence that names the file.
[[nodiscard]] std::expected<payment::KindCatalogue, std::string> readKinds(const std::string &folder = {});

} // namespace glovebox::daemon
