// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/keys.h"
#include "crypto/secret.h"
#include "tests/bench/report.h"

#include <filesystem>

namespace glovebox::bench
{

/// What nothing that reads a whole journal can undercut, on as many threads as the machine has cores: every
/// row read by SQLite, its leaf and one node hashed, its payload unsealed and its commitment recomputed, and
/// each approval's P-256 signature verified; by SQLite and OpenSSL themselves, with contexts that are used
/// again, nothing parsed, nothing compared. The file must be closed and have no write-ahead log. Ends the
/// program where a step fails.
struct VerifyFloor
{
    Sample time;
    std::uint64_t entries = 0;
    std::uint64_t signatures = 0;
};
[[nodiscard]] VerifyFloor verifyBare(const std::filesystem::path &file, const crypto::Secret &sealingKey,
                                     const crypto::PublicKey &key);

} // namespace glovebox::bench
