// SPDX-License-Identifier: Apache-2.0
#include "merkle/proofs.h"

#include <algorithm>
#include <bit>
#include <ranges>

namespace glovebox::merkle
{

namespace
{

/// D[begin:end]: a proof is the roots of such parts.
struct Part
{
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// The largest power of two below n, RFC 6962's k; n is at least 2.
std::uint64_t splitOf(std::uint64_t n)
{
    return std::bit_floor(n - 1);
}

/// PATH(m, D[n]), written from the root down and turned round.
std::vector<Part> partsOfInclusion(std::uint64_t m, std::uint64_t n)
{
    std::vector<Part> parts;
    std::uint64_t start = 0;
    while (n > 1) {
        const std::uint64_t k = splitOf(n);
        if (m < k) {
            parts.push_back({start + k, start + n});
            n = k;
        } else {
            parts.push_back({start, start + k});
            start += k;
            m -= k;
            n -= k;
        }
    }
    std::ranges::reverse(parts);
    return parts;
}

/// SUBPROOF(m, D[n], true) in the same way.
std::vector<Part> partsOfConsistency(std::uint64_t m, std::uint64_t n)
{
    std::vector<Part> parts;
    std::uint64_t start = 0;
    bool whole = true; // RFC 6962's b: what is left is the whole old tree, which the verifier has
    while (m != n) {
        const std::uint64_t k = splitOf(n);
        if (m <= k) {
            parts.push_back({start + k, start + n});
            n = k;
        } else {
            parts.push_back({start, start + k});
            start += k;
            m -= k;
            n -= k;
            whole = false;
        }
    }
    if (!whole) {
        parts.push_back({start, start + m});
    }
    std::ranges::reverse(parts);
    return parts;
}

Proof rootsOf(Sha256 sha256, const std::vector<Part> &parts, const Leaves &leaves)
{
    std::vector<base::Hash> roots;
    roots.reserve(parts.size());
    for (const Part &part : parts) {
        Frontier frontier(sha256);
        const bool read =
            leaves(part.begin, part.end, [&frontier](const base::Hash &leaf) { frontier.append(leaf); });
        if (!read || frontier.size() != part.end - part.begin) {
            return std::nullopt;
        }
        roots.push_back(frontier.root());
    }
    return roots;
}

bool isPowerOfTwo(std::uint64_t n)
{
    return std::has_single_bit(n);
}

} // namespace

Proof inclusionProof(Sha256 sha256, std::uint64_t index, std::uint64_t size, const Leaves &leaves)
{
    return index < size ? rootsOf(sha256, partsOfInclusion(index, size), leaves) : std::nullopt;
}

Proof consistencyProof(Sha256 sha256, std::uint64_t oldSize, std::uint64_t size, const Leaves &leaves)
{
    if (oldSize > size) {
        return std::nullopt;
    }
    return oldSize == 0 ? std::vector<base::Hash>()
                        : rootsOf(sha256, partsOfConsistency(oldSize, size), leaves);
}

Proof consistencyProof(Sha256 sha256, const Frontier &old, std::uint64_t size, const Leaves &leaves)
{
    if (old.size() > size) {
        return std::nullopt;
    }
    if (old.size() == 0) {
        return std::vector<base::Hash>();
    }
    // Every part of a proof that lies in the old tree is one of the full subtrees at its edge: where the
    // recursion turns right, the left part is the largest of them that is left, and where it ends, the last.
    std::vector<base::Hash> proof;
    for (const Part &part : partsOfConsistency(old.size(), size)) {
        if (part.end > old.size()) {
            const auto root = rootsOf(sha256, {part}, leaves);
            if (!root) {
                return std::nullopt;
            }
            proof.push_back(root->front());
            continue;
        }
        const auto before = static_cast<std::size_t>(std::popcount(part.begin));
        proof.push_back(old.hashes().at(before));
    }
    return proof;
}

bool verifyConsistency(Sha256 sha256, std::uint64_t oldSize, std::uint64_t size, const base::Hash &oldRoot,
                       const base::Hash &root, const std::vector<base::Hash> &proof)
{
    if (oldSize > size) {
        return false;
    }
    if (oldSize == size || oldSize == 0) {
        const base::Hash empty = Frontier(sha256).root();
        return proof.empty() && (oldSize == 0 ? oldRoot == empty : oldRoot == root) &&
               (size != 0 || root == empty);
    }
    // Names of RFC 9162.
    std::vector<base::Hash> path;
    if (isPowerOfTwo(oldSize)) {
        path.push_back(oldRoot);
    }
    path.insert(path.end(), proof.begin(), proof.end());
    if (proof.empty()) {
        return false;
    }
    std::uint64_t fn = oldSize - 1;
    std::uint64_t sn = size - 1;
    const auto climb = [&fn, &sn] {
        fn >>= 1U;
        sn >>= 1U;
    };
    while ((fn & 1U) != 0) {
        climb();
    }
    base::Hash fr = path.front();
    base::Hash sr = path.front();
    for (const base::Hash &c : path | std::views::drop(1)) {
        if (sn == 0) {
            return false;
        }
        if ((fn & 1U) != 0 || fn == sn) {
            fr = hashNode(sha256, c, fr);
            sr = hashNode(sha256, c, sr);
            while ((fn & 1U) == 0 && fn != 0) {
                climb();
            }
        } else {
            sr = hashNode(sha256, sr, c);
        }
        climb();
    }
    return sn == 0 && fr == oldRoot && sr == root;
}

bool extend(Frontier &frontier, std::uint64_t size, const Leaves &leaves)
{
    return frontier.size() <= size &&
           leaves(frontier.size(), size, [&frontier](const base::Hash &leaf) { frontier.append(leaf); }) &&
           frontier.size() == size;
}

} // namespace glovebox::merkle
