// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/tpm.h"

namespace glovebox::crypto
{

/// A secret in a file of mode 0600 that only this chip opens, and only in a state that `authority` signed
/// for. `notThere`: no file. `malformed`: not ours alone, or not an object of this chip.
[[nodiscard]] TpmResult<Secret> readSealedFile(Tpm &tpm, const std::string &path, const PublicKey &authority,
                                               std::span<const SignedPolicy> policies);
/// Refuses an existing file (`exists`).
[[nodiscard]] TpmResult<void> writeSealedFile(Tpm &tpm, const std::string &path, const PublicKey &authority,
                                              const Secret &secret);

} // namespace glovebox::crypto
