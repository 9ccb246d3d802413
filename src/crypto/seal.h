// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/secret.h"

namespace glovebox::crypto
{

enum class SealFault { tampered, keySize, crypto };

/// AES-256-GCM: nonce (12, random) || ciphertext || tag (16). `header` is the associated data.
[[nodiscard]] base::Result<base::Bytes, SealFault> seal(const Secret &key, base::ByteView header,
                                                        base::ByteView plain);
[[nodiscard]] base::Result<base::Bytes, SealFault> unseal(const Secret &key, base::ByteView header,
                                                          base::ByteView sealed);
/// A data key under the sealing key of the car.
[[nodiscard]] base::Result<base::Bytes, SealFault> wrapKey(const Secret &sealingKey, base::ByteView label,
                                                           const Secret &dataKey);
[[nodiscard]] base::Result<Secret, SealFault> unwrapKey(const Secret &sealingKey, base::ByteView label,
                                                        base::ByteView wrapped);

/// 32 bytes from a file, mode 0600, owner only.
[[nodiscard]] base::Result<Secret, int /* errno; EPERM for a wrong mode, EINVAL for a wrong size */>
readSealingKey(const std::string &path);
[[nodiscard]] base::Result<Secret, int> createSealingKey(const std::string &path);

} // namespace glovebox::crypto
