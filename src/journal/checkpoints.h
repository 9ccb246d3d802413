// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/rollback.h"
#include "merkle/checkpoint.h"
#include "merkle/proofs.h"

namespace glovebox::journal
{

/// What the log calls itself in its checkpoints; entry 0 binds the id.
[[nodiscard]] std::string originOf(const std::string &journalId);
/// The log as it stands.
[[nodiscard]] merkle::Checkpoint checkpointOf(const JournalIdentity &identity);
/// Page by page from the table of entries; nothing is unsealed.
[[nodiscard]] merkle::Leaves leavesOf(Journal &journal);

/// The newest checkpoint that the witness has cosigned, as the car keeps it: with the edge of the tree at
/// that size, so that neither a start nor the next proof has to hash the log again.
struct Cosigned
{
    std::string note; // with both signatures
    merkle::Checkpoint checkpoint;
    merkle::Frontier edge;
};
/// The setting that keeps it. `corrupt` where it is there and contradicts itself.
inline constexpr const char *kCosignedSetting = "checkpoint.cosigned";
[[nodiscard]] std::string cosignedSetting(const std::string &note, const merkle::Frontier &edge);
[[nodiscard]] JournalResult<Cosigned> cosignedFromSetting(std::string_view text);
[[nodiscard]] JournalResult<std::optional<Cosigned>> readCosigned(Journal &journal);

/// At start: whether the log goes on from what the witness has cosigned. Reads the entries after that alone,
/// and what an earlier start or the witness itself has found.
[[nodiscard]] JournalResult<std::optional<Rollback>> compareWithCosigned(Journal &journal);

/// What the witness says that it knows, against the log.
struct Compared
{
    std::optional<Rollback> rollback;     // it contradicts the log; else
    std::optional<merkle::Frontier> edge; // of the log at that size
};
[[nodiscard]] JournalResult<Compared> compareWith(Journal &journal, const merkle::Checkpoint &known);

// Payloads of entries of kind `checkpoint`: docs/journal.md.
[[nodiscard]] base::Json signedPayload(const std::string &note);
[[nodiscard]] base::Json cosignedPayload(const std::string &note, const std::string &setting);
[[nodiscard]] base::Json conflictPayload(const std::string &note, const Rollback &rollback);

} // namespace glovebox::journal
