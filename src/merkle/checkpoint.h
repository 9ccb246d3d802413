// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.h"

#include <optional>
#include <string>

namespace glovebox::merkle
{

/// C2SP tlog-checkpoint: what is said of a log at one size. Its signatures are those of a signed note.
struct Checkpoint
{
    std::string origin; // names the log; no space, control character or '+', so that it is a key name as well
    std::uint64_t size = 0;
    base::Hash root{};

    bool operator==(const Checkpoint &) const = default;
};

/// Three lines: origin, size, base64 of the root.
[[nodiscard]] std::string textOf(const Checkpoint &checkpoint);
/// Exactly what textOf() writes; extension lines, which nobody could verify, are refused.
[[nodiscard]] std::optional<Checkpoint> checkpointFromText(std::string_view text);

} // namespace glovebox::merkle
