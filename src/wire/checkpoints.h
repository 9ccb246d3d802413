// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/cosigner.h"
#include "merkle/checkpoint.h"
#include "wire/messages.h"

#include <vector>

namespace glovebox::wire
{

/// What a car shows its witness: POST /v1/checkpoints, {"checkpoint":NOTE,"old_size":N,"hashes":[base64url]}.
struct CheckpointRequest
{
    std::string note;               // a checkpoint, signed by the car
    std::uint64_t oldSize = 0;      // what the car believes that the witness has seen; 0: nothing
    std::vector<base::Hash> hashes; // RFC 6962 consistency proof from there
};
/// RFC 8785 form.
[[nodiscard]] std::string bodyOf(const CheckpointRequest &request);
[[nodiscard]] WireResult<CheckpointRequest> readCheckpointRequest(std::string_view body);

/// A note whose text is a checkpoint of the log that its origin names, signed under that name by one of the
/// keys.
struct SignedCheckpoint
{
    merkle::Checkpoint checkpoint;
    crypto::SignedNote note;
    std::string keyId; // RFC 7638
};
[[nodiscard]] WireResult<SignedCheckpoint> readCheckpoint(std::string_view note,
                                                          std::span<const crypto::PublicKey> carKeys);

/// What the witness says to it.
struct CheckpointAnswer
{
    enum class Kind {
        cosigned, // `note`: the car's, with the witness's line added
        conflict, // the witness knows another size or another log; `note`: the newest that it cosigned, or
                  // empty
        unverifiable, // says something that its signature does not carry
        unavailable,  // an outage, whatever its status code
    };
    Kind kind = Kind::unavailable;
    std::string note;
    std::string detail; // for the log
};
/// `note`: what was sent. An answer that means trouble is believed with the witness's own signature only.
[[nodiscard]] CheckpointAnswer readCheckpointAnswer(const crypto::CosignerKey &witness, int status,
                                                    std::string_view body, const std::string &note);

} // namespace glovebox::wire
