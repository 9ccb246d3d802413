// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/report.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace glovebox::bench
{

/// What nothing that signs and keeps an approval can undercut: one P-256 signature by OpenSSL and one durable
/// commit of the same bytes by SQLite (WAL, synchronous FULL, locking_mode EXCLUSIVE), with nothing around
/// them.
struct ApproveFloor
{
    std::vector<Sample> sign;
    std::vector<Sample> commit;
    std::vector<Sample> both; // of one round, so that percentiles of the sum are measured, not added
};

/// Runs `rounds` of them with a fresh key and a fresh file in `folder`, which should be on the disk that the
/// journal is on. Ends the program with a message when OpenSSL or SQLite fail.
[[nodiscard]] ApproveFloor measureApproveFloor(const std::filesystem::path &folder, std::string_view bytes,
                                               int rounds);

} // namespace glovebox::bench
