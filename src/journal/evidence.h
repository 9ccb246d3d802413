// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/proof.h"

namespace glovebox::journal
{

/// What a journal holds about one approved purchase, each entry with what shows that it is in the log.
struct Evidence
{
    payment::Purchase purchase;
    Proof approval;               // its checkpoint is that of all others here
    std::vector<Proof> history;   // the purchase's other entries, in order of the log
    std::size_t leftOut = 0;      // of them, in the middle: there are more than kHistory_max
    std::vector<Proof> authority; // permission entries in force at the approval, the one it names last

    // An entry that is newer than the checkpoint has no hashes.
    static constexpr std::size_t kHistory_max = 96;
    static constexpr std::size_t kAuthority_max = 32;
};
struct EvidenceSearch
{
    ProofSearch::Outcome outcome = ProofSearch::Outcome::unknown;
    std::uint64_t sequence = 0; // as in ProofSearch
    std::optional<Evidence> evidence;
};

/// Reads the journal of a stopped daemon once from end to end, and writes nothing. `unknown` also where the
/// driver was erased.
[[nodiscard]] JournalResult<EvidenceSearch> collectEvidence(const ProveOptions &options,
                                                            const crypto::Secret &sealingKey);

} // namespace glovebox::journal
