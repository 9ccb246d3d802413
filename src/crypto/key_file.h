// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/keys.h"
#include "crypto/openssl.h"

/// Inside src/crypto only: unencrypted PKCS#8 files in PEM, 0600.
namespace glovebox::crypto
{

/// Of an error of openPrivateFile(), in words.
[[nodiscard]] std::unexpected<base::Failure<KeyFault>> openFault(const std::string &path, int error);
/// The first key in the file; never asks for a password.
[[nodiscard]] KeyResult<openssl::Key> readKeyFile(const std::string &path);
/// Refuses to overwrite; whole and durable, or not there.
[[nodiscard]] KeyResult<void> writeKeyFile(const std::string &path, EVP_PKEY *key);

} // namespace glovebox::crypto
