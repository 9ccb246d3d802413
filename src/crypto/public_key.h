// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/keys.h"

namespace glovebox::crypto
{

/// Inside src/crypto only. From SEC 1's uncompressed form, 0x04 || x || y; the point is checked.
[[nodiscard]] KeyResult<PublicKey> publicKeyFromPoint(base::ByteView point);

} // namespace glovebox::crypto
