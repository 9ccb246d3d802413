// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/pin.h"
#include "crypto/tpm.h"
#include "daemon/config.h"

namespace glovebox::daemon
{

/// What a car with a TPM keeps in it besides the signing key, and how a start or a set-up that meets no
/// answer says so.
struct Hardware
{
    Config::Tpm config;
    std::shared_ptr<crypto::Tpm> tpm;
    std::unique_ptr<crypto::Counter> counter; // of the journal

    [[nodiscard]] static std::expected<Hardware, StartFailure> open(const Config::Tpm &config);
    /// Opens the file of the sealing key in the state that the machine is in, which the authority must have
    /// signed for.
    [[nodiscard]] std::expected<crypto::Secret, StartFailure> unsealKey(const std::string &path) const;
    /// A new sealing key and its file.
    [[nodiscard]] std::expected<crypto::Secret, StartFailure> makeSealedKey(const std::string &path) const;
    /// The counter of an earlier journal of this car goes on: it never goes back.
    [[nodiscard]] std::optional<StartFailure> makeCounter() const;
    [[nodiscard]] std::optional<StartFailure> makeSigningKey(std::uint32_t handle) const;
};

[[nodiscard]] StartFailure tpmFailure(const base::Failure<crypto::TpmFault> &failure,
                                      const std::string &what);

/// pin.json where the PIN opens an object of the TPM: {"v":2,"kdf":"tpm2","object":base64url}.
[[nodiscard]] base::Json pinObjectToJson(base::ByteView object);
[[nodiscard]] std::optional<base::Bytes> pinObjectFromJson(const base::Json &json);

} // namespace glovebox::daemon
