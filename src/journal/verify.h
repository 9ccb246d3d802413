// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/cosigner.h"
#include "journal/journal.h"

#include <span>

namespace glovebox::journal
{

/// What is wrong; docs/journal.md, "Verifying", lists the codes.
struct Finding
{
    std::optional<std::uint64_t> sequence; // of the entry; nothing where it concerns none
    std::string code;                      // "seal", "leaf", …
    std::string text;                      // a sentence for people, without personal data
};

struct VerifyOptions
{
    std::string path;
    const crypto::Secret *sealingKey = nullptr; // null: only what needs no payload
    std::vector<crypto::PublicKey> keys; // that may have signed approvals and checkpoints; none: unchecked
    std::optional<crypto::CosignerKey> witness =
        std::nullopt;         // that may have cosigned checkpoints; none: unchecked
    std::string approvalType; // the `typ` of their JWS
    std::string mountInfo = "/proc/self/mountinfo";
};

struct Verification
{
    JournalIdentity identity; // as the entries give it: their number and the root of their tree
    std::uint64_t unsealed = 0;
    std::uint64_t erased = 0; // without payload, as their driver was erased
    std::uint64_t signatures = 0;
    std::uint64_t purchases = 0;
    std::uint64_t checkpoints = 0;
    std::vector<std::string> unchecked; // sentences: what could not be looked at
    std::vector<Finding> findings;      // the first kFindings_max of them
    std::uint64_t findingCount = 0;
};
inline constexpr std::size_t kFindings_max = 1000;

/// Called now and then, on the thread that called verify(), with the entries read so far and how many there
/// are.
using Progress = std::function<void(std::uint64_t entries, std::uint64_t total)>;

/// Reads a journal from end to end, in memory that does not grow with it, on every core, and writes nothing:
/// neither the file nor its write-ahead log changes. An error where it cannot be read at all: `inUse` while a
/// daemon has it open.
[[nodiscard]] JournalResult<Verification> verify(const VerifyOptions &options, const Progress &progress = {});

/// One entry as it stands, for an export.
struct ExportedEntry
{
    EntryRecord record;
    base::Hash leaf{};
};
/// Every entry in order, written nowhere else; `corrupt` at the first that cannot be read.
[[nodiscard]] JournalResult<void> exportEntries(const std::string &path, const crypto::Secret &sealingKey,
                                                const std::function<void(const ExportedEntry &)> &sink);

} // namespace glovebox::journal
