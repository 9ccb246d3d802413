// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/tss2.h"

/// Inside src/crypto only: what a Tpm does, one file for each thing; see tpm.h.
namespace glovebox::crypto::tss2
{

[[nodiscard]] TpmResult<base::Bytes> sealUnderPolicy(ESYS_CONTEXT *context, const PublicKey &authority,
                                                     const Secret &secret);
[[nodiscard]] TpmResult<Secret> unsealUnderPolicy(ESYS_CONTEXT *context, const PublicKey &authority,
                                                  base::ByteView sealed,
                                                  std::span<const SignedPolicy> policies);
[[nodiscard]] TpmResult<std::vector<base::Hash>> readPcrs(ESYS_CONTEXT *context,
                                                          const std::vector<unsigned> &pcrs);

[[nodiscard]] TpmResult<base::Bytes> makePin(ESYS_CONTEXT *context, const Secret &pin);
[[nodiscard]] TpmResult<void> checkPin(ESYS_CONTEXT *context, base::ByteView object, const Secret &pin);

[[nodiscard]] TpmResult<void> makeSigningKey(ESYS_CONTEXT *context, std::uint32_t handle);
[[nodiscard]] TpmResult<void> removeSigningKey(ESYS_CONTEXT *context, std::uint32_t handle);

[[nodiscard]] TpmResult<void> makeCounter(ESYS_CONTEXT *context, std::uint32_t index);
[[nodiscard]] TpmResult<void> removeCounter(ESYS_CONTEXT *context, std::uint32_t index);
[[nodiscard]] TpmResult<std::uint64_t> readCounter(ESYS_CONTEXT *context, std::uint32_t index);
[[nodiscard]] TpmResult<std::uint64_t> stepCounter(ESYS_CONTEXT *context, std::uint32_t index);

} // namespace glovebox::crypto::tss2
