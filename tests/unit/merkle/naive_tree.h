// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/hash.h"
#include "merkle/proofs.h"

#include <bit>
#include <span>

/// RFC 6962 section 2.1, word for word and recursive: a second implementation, without any state, that holds
/// the whole list.
namespace glovebox::testing::naive
{

using base::Hash;

/// MTH(D[n]).
inline Hash root(std::span<const Hash> leaves)
{
    if (leaves.empty()) {
        return crypto::sha256(base::ByteView());
    }
    if (leaves.size() == 1) {
        return leaves.front();
    }
    const std::size_t k = std::bit_floor(leaves.size() - 1); // the largest power of two below n
    return merkle::hashNode(crypto::sha256, root(leaves.first(k)), root(leaves.subspan(k)));
}

/// PATH(m, D[n]).
inline std::vector<Hash> path(std::size_t m, std::span<const Hash> leaves)
{
    if (leaves.size() <= 1) {
        return {};
    }
    const std::size_t k = std::bit_floor(leaves.size() - 1);
    const bool left = m < k;
    auto result = left ? path(m, leaves.first(k)) : path(m - k, leaves.subspan(k));
    result.push_back(root(left ? leaves.subspan(k) : leaves.first(k)));
    return result;
}

/// SUBPROOF(m, D[n], b).
inline std::vector<Hash> subproof(std::size_t m, std::span<const Hash> leaves, bool b)
{
    if (m == leaves.size()) {
        return b ? std::vector<Hash>() : std::vector<Hash>{root(leaves)};
    }
    const std::size_t k = std::bit_floor(leaves.size() - 1);
    std::vector<Hash> result;
    if (m <= k) {
        result = subproof(m, leaves.first(k), b);
        result.push_back(root(leaves.subspan(k)));
    } else {
        result = subproof(m - k, leaves.subspan(k), false);
        result.push_back(root(leaves.first(k)));
    }
    return result;
}

inline std::vector<Hash> someLeaves(std::size_t count)
{
    std::vector<Hash> leaves;
    for (std::size_t i = 0; i < count; ++i) {
        leaves.push_back(merkle::hashLeaf(crypto::sha256, base::bytesOf("leaf " + std::to_string(i))));
    }
    return leaves;
}

/// Over a list; `read` counts what was asked for.
inline merkle::Leaves source(const std::vector<Hash> &leaves, std::uint64_t *read = nullptr)
{
    return [&leaves, read](std::uint64_t from, std::uint64_t to, const merkle::LeafSink &sink) {
        for (; from < to && from < leaves.size(); ++from) {
            sink(leaves[from]);
            if (read != nullptr) {
                ++*read;
            }
        }
        return from == to;
    };
}

} // namespace glovebox::testing::naive
