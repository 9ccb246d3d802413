// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.h"

#include <optional>
#include <vector>

namespace glovebox::merkle
{

/// SHA-256 is passed in, so that this folder stays free of OpenSSL.
using Sha256 = base::Hash (*)(base::ByteView);

/// RFC 6962 section 2.1: SHA-256(0x00 || data), SHA-256(0x01 || left || right).
[[nodiscard]] base::Hash hashLeaf(Sha256 sha256, base::ByteView data);
[[nodiscard]] base::Hash hashNode(Sha256 sha256, const base::Hash &left, const base::Hash &right);

/// The right edge of the tree: enough to append in O(log n) and to know the root, O(1) to load.
class Frontier
{
public:
    explicit Frontier(Sha256 sha256) : m_sha256(sha256) {}
    /// Nothing where the number of hashes does not fit the size (one for each set bit).
    [[nodiscard]] static std::optional<Frontier> load(Sha256 sha256, std::uint64_t size,
                                                      std::vector<base::Hash> hashes);
    void append(const base::Hash &leaf);
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] base::Hash root() const; // of size 0: SHA-256 of nothing
    [[nodiscard]] const std::vector<base::Hash> &hashes() const { return m_hashes; } // largest subtree first

private:
    Sha256 m_sha256;
    std::uint64_t m_size = 0;
    std::vector<base::Hash> m_hashes;
};

/// RFC 6962 section 2.1.1 / RFC 9162 section 2.1.3.2.
[[nodiscard]] bool verifyInclusion(Sha256 sha256, std::uint64_t index, std::uint64_t size,
                                   const base::Hash &leaf, const std::vector<base::Hash> &proof,
                                   const base::Hash &root);

} // namespace glovebox::merkle
