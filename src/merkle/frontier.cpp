// SPDX-License-Identifier: Apache-2.0
#include "merkle/frontier.h"

#include <algorithm>
#include <bit>

namespace glovebox::merkle
{

namespace
{

constexpr std::uint8_t kLeafPrefix = 0;
constexpr std::uint8_t kNodePrefix = 1;

} // namespace

base::Hash hashLeaf(Sha256 sha256, base::ByteView data)
{
    base::Bytes input;
    input.reserve(data.size() + 1);
    input.push_back(kLeafPrefix);
    input.insert(input.end(), data.begin(), data.end());
    return sha256(input);
}

base::Hash hashNode(Sha256 sha256, const base::Hash &left, const base::Hash &right)
{
    std::array<std::uint8_t, 1 + 2 * std::tuple_size_v<base::Hash>> input;
    input[0] = kNodePrefix;
    const auto middle = std::ranges::copy(left, input.begin() + 1).out;
    std::ranges::copy(right, middle);
    return sha256(input);
}

std::optional<Frontier> Frontier::load(Sha256 sha256, std::uint64_t size, std::vector<base::Hash> hashes)
{
    if (hashes.size() != static_cast<std::size_t>(std::popcount(size))) {
        return std::nullopt;
    }
    Frontier frontier(sha256);
    frontier.m_size = size;
    frontier.m_hashes = std::move(hashes);
    return frontier;
}

void Frontier::append(const base::Hash &leaf)
{
    // Like adding one in binary: every full subtree of the size that the leaf completes is merged with it.
    base::Hash carry = leaf;
    for (std::uint64_t rest = m_size; (rest & 1U) != 0; rest >>= 1U) {
        carry = hashNode(m_sha256, m_hashes.back(), carry);
        m_hashes.pop_back();
    }
    m_hashes.push_back(carry);
    ++m_size;
}

base::Hash Frontier::root() const
{
    if (m_hashes.empty()) {
        return m_sha256({});
    }
    base::Hash root = m_hashes.back();
    for (auto left = m_hashes.rbegin() + 1; left != m_hashes.rend(); ++left) {
        root = hashNode(m_sha256, *left, root);
    }
    return root;
}

bool verifyInclusion(Sha256 sha256, std::uint64_t index, std::uint64_t size, const base::Hash &leaf,
                     const std::vector<base::Hash> &proof, const base::Hash &root)
{
    if (index >= size) {
        return false;
    }
    // Names of RFC 9162 section 2.1.3.2.
    std::uint64_t fn = index;
    std::uint64_t sn = size - 1;
    base::Hash r = leaf;
    for (const base::Hash &p : proof) {
        if (sn == 0) {
            return false;
        }
        if ((fn & 1U) != 0 || fn == sn) {
            r = hashNode(sha256, p, r);
            while ((fn & 1U) == 0 && fn != 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            r = hashNode(sha256, r, p);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && r == root;
}

} // namespace glovebox::merkle
