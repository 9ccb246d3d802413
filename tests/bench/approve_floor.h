// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/report.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace glovebox::bench
{

/// What nothing that signs and keeps an approval can undercut: one P-256 signature by OpenSSL and one durable
/// commit of the same bytes by SQLite (WAL, synchronous FULL, locking_mode EXCLUSIVE), with nothing around
/// them. A fresh key and a fresh file in `folder`, which should be on the disk that the journal is on.
/// Ends the program with a message when OpenSSL or SQLite fail.
class ApproveFloor
{
public:
    explicit ApproveFloor(const std::filesystem::path &folder);
    ~ApproveFloor();

    struct Round
    {
        Sample sign;
        Sample commit;
        Sample both; // measured, not added
    };
    [[nodiscard]] Round measure(std::string_view toSign, std::string_view toCommit);

private:
    class Signer;
    class Database;
    std::unique_ptr<Signer> m_signer;
    std::unique_ptr<Database> m_database;
};

/// What the rows hold that the transaction of the newest approval wrote into the journal at `file`, in bytes:
/// entries, purchase, place in the queue, frontier. No journal may have the file open.
[[nodiscard]] std::size_t approvalRowBytes(const std::filesystem::path &file);

} // namespace glovebox::bench
