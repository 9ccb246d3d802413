// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "merkle/frontier.h"

#include <functional>

namespace glovebox::merkle
{

/// Hands the leaf hashes [from, to) to `sink`, in order, each once; false where that failed. It may read them
/// from wherever they are: what is computed here holds one hash for each level of the tree, never the leaves.
using LeafSink = std::function<void(const base::Hash &)>;
using Leaves = std::function<bool(std::uint64_t from, std::uint64_t to, const LeafSink &sink)>;

/// Nothing where the numbers cannot be, or the source failed.
using Proof = std::optional<std::vector<base::Hash>>;

/// RFC 6962 section 2.1.1, PATH(index, D[size]), nearest sibling first. Reads every leaf but the one it is
/// about.
[[nodiscard]] Proof inclusionProof(Sha256 sha256, std::uint64_t index, std::uint64_t size,
                                   const Leaves &leaves);

/// RFC 6962 section 2.1.2, PROOF(oldSize, D[size]). Empty for equal sizes and for an old size of 0, which
/// every tree is consistent with. Reads up to all leaves.
[[nodiscard]] Proof consistencyProof(Sha256 sha256, std::uint64_t oldSize, std::uint64_t size,
                                     const Leaves &leaves);
/// The same proof for somebody who kept the edge of the old tree: reads the leaves after it alone.
[[nodiscard]] Proof consistencyProof(Sha256 sha256, const Frontier &old, std::uint64_t size,
                                     const Leaves &leaves);

/// RFC 9162 section 2.1.4.2.
[[nodiscard]] bool verifyConsistency(Sha256 sha256, std::uint64_t oldSize, std::uint64_t size,
                                     const base::Hash &oldRoot, const base::Hash &root,
                                     const std::vector<base::Hash> &proof);

/// Appends the leaves that a tree of `size` has more. False where it has fewer or the source failed; the
/// frontier is of no use then.
[[nodiscard]] bool extend(Frontier &frontier, std::uint64_t size, const Leaves &leaves);

} // namespace glovebox::merkle
