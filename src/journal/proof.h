// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/cosigner.h"
#include "journal/entry.h"
#include "merkle/checkpoint.h"

namespace glovebox::journal
{

/// Shows that one entry is in a journal that was signed for, without the journal; docs/formats.md, "Proof".
struct Proof
{
    EntryHeader header;
    base::Hash commitment{};
    struct Opening
    {
        base::Bytes salt;
        std::string payload; // RFC 8785 form
    };
    std::optional<Opening> opening; // nothing where the driver was erased
    std::vector<base::Hash> hashes; // RFC 6962 inclusion proof
    std::string checkpoint;         // note, with the car's signature and perhaps the witness's
};
[[nodiscard]] base::Json toJson(const Proof &proof);
[[nodiscard]] std::expected<Proof, base::JsonError> proofFromJson(const base::Json &json);

struct ProofSearch
{
    enum class Outcome {
        found,
        unknown,   // no approval has this id here, and no purchase that was approved
        notCovered // the entry is newer than every checkpoint
    };
    Outcome outcome = Outcome::unknown;
    std::uint64_t sequence = 0; // found, notCovered
    std::optional<Proof> proof;
};
struct ProveOptions
{
    std::string path;
    std::string id; // of a purchase or an approval: proves the entry that carries the approval
    std::string mountInfo = "/proc/self/mountinfo";
};
/// Reads the journal of a stopped daemon and writes nothing. The newest cosigned checkpoint where it covers
/// the entry, else the newest signed one.
[[nodiscard]] JournalResult<ProofSearch> prove(const ProveOptions &options, const crypto::Secret &sealingKey);

struct ProofCheck
{
    merkle::Checkpoint checkpoint;
    std::string signedBy;                    // RFC 7638; empty: by nobody that is known
    std::optional<std::uint64_t> cosigned_s; // by the witness that was given
    std::vector<std::string> findings;       // sentences; empty: it holds
};
/// Needs public keys alone. `witness`: null where a cosignature is not asked for. `approvalType`: of the JWS.
[[nodiscard]] ProofCheck checkProof(const Proof &proof, std::span<const crypto::PublicKey> keys,
                                    const crypto::CosignerKey *witness, std::string_view approvalType);

} // namespace glovebox::journal
