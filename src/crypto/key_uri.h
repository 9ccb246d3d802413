// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace glovebox::crypto
{

/// Whether SigningKey::open() knows this way to name a key: file:/absolute/path or handle:0x81000010.
[[nodiscard]] bool isKeyUri(const std::string &uri);

} // namespace glovebox::crypto
