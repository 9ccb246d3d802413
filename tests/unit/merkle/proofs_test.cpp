// SPDX-License-Identifier: Apache-2.0
#include "merkle/proofs.h"

#include "tests/support/fatal_log.h"
#include "tests/unit/merkle/naive_tree.h"

#include <QTest>
#include <rapidcheck.h>

using namespace glovebox;
using namespace glovebox::testing;
using base::Hash;

namespace
{

const merkle::Sha256 kSha256 = crypto::sha256;

bool consistent(std::uint64_t oldSize, std::uint64_t size, const Hash &oldRoot, const Hash &root,
                const std::vector<Hash> &proof)
{
    return merkle::verifyConsistency(kSha256, oldSize, size, oldRoot, root, proof);
}

} // namespace

class ProofsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySmallTreeAgreesWithTheDefinition();
    void largerTreesAgreeWithTheDefinition();
    void consistencyProvesNothingElse();
    void theEdgeOfTheOldTreeIsEnough();
    void whatCannotBeIsNoProof();
    void extendsAnEdge();
};

void ProofsTest::everySmallTreeAgreesWithTheDefinition()
{
    const std::vector<Hash> all = naive::someLeaves(40);
    for (std::size_t size = 1; size <= all.size(); ++size) {
        const std::vector<Hash> leaves(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(size));
        const Hash root = naive::root(leaves);
        for (std::size_t i = 0; i < size; ++i) {
            const auto path = merkle::inclusionProof(kSha256, i, size, naive::source(leaves));
            QVERIFY(path && *path == naive::path(i, leaves));
            QVERIFY(merkle::verifyInclusion(kSha256, i, size, leaves[i], *path, root));
        }
        for (std::size_t old = 1; old <= size; ++old) {
            const auto proof = merkle::consistencyProof(kSha256, old, size, naive::source(leaves));
            QVERIFY(proof && *proof == naive::subproof(old, leaves, true));
            QVERIFY(consistent(old, size, naive::root(std::span(leaves).first(old)), root, *proof));
        }
    }
}

void ProofsTest::largerTreesAgreeWithTheDefinition()
{
    QVERIFY(rc::check("both proofs are those of RFC 6962's definition", [] {
        const auto size = *rc::gen::inRange<std::size_t>(1, 2000);
        const auto at = *rc::gen::inRange<std::size_t>(0, size);
        const std::vector<Hash> leaves = naive::someLeaves(size);
        const auto path = merkle::inclusionProof(kSha256, at, size, naive::source(leaves));
        RC_ASSERT(path && *path == naive::path(at, leaves));
        const auto proof = merkle::consistencyProof(kSha256, at + 1, size, naive::source(leaves));
        RC_ASSERT(proof && *proof == naive::subproof(at + 1, leaves, true));
        RC_ASSERT(consistent(at + 1, size, naive::root(std::span(leaves).first(at + 1)), naive::root(leaves),
                             *proof));
    }));
}

void ProofsTest::consistencyProvesNothingElse()
{
    QVERIFY(rc::check("a proof with anything changed is none", [] {
        const auto size = *rc::gen::inRange<std::size_t>(2, 300);
        const auto old = *rc::gen::inRange<std::size_t>(1, size);
        std::vector<Hash> leaves = naive::someLeaves(size);
        const Hash root = naive::root(leaves);
        const Hash oldRoot = naive::root(std::span(leaves).first(old));
        const std::vector<Hash> proof = naive::subproof(old, leaves, true);
        RC_ASSERT(consistent(old, size, oldRoot, root, proof));
        RC_ASSERT(!consistent(old, size, root, root, proof));
        RC_ASSERT(!consistent(old, size, oldRoot, oldRoot, proof));
        const auto otherOld = *rc::gen::inRange<std::size_t>(1, size + 1);
        RC_ASSERT(otherOld == old || !consistent(otherOld, size, oldRoot, root, proof));
        auto longer = proof;
        longer.push_back(root);
        RC_ASSERT(!consistent(old, size, oldRoot, root, longer));
        auto shorter = proof;
        shorter.pop_back();
        RC_ASSERT(!consistent(old, size, oldRoot, root, shorter));
        auto bent = proof;
        bent[*rc::gen::inRange<std::size_t>(0, bent.size())][7] ^= 1U;
        RC_ASSERT(!consistent(old, size, oldRoot, root, bent));
        // A tree whose past was changed has no proof: its own, honestly made, does not fit the old root.
        leaves[*rc::gen::inRange<std::size_t>(0, old)][0] ^= 1U;
        RC_ASSERT(!consistent(old, size, oldRoot, naive::root(leaves), naive::subproof(old, leaves, true)));
    }));
}

void ProofsTest::theEdgeOfTheOldTreeIsEnough()
{
    QVERIFY(rc::check("the same proof, from the edge and the leaves after it", [] {
        const auto size = *rc::gen::inRange<std::size_t>(0, 600);
        const auto old = *rc::gen::inRange<std::size_t>(0, size + 1);
        const std::vector<Hash> leaves = naive::someLeaves(size);
        merkle::Frontier edge(kSha256);
        RC_ASSERT(merkle::extend(edge, old, naive::source(leaves)));
        std::uint64_t read = 0;
        const auto proof = merkle::consistencyProof(kSha256, edge, size, naive::source(leaves, &read));
        const auto whole = merkle::consistencyProof(kSha256, old, size, naive::source(leaves));
        RC_ASSERT(proof && whole && *proof == *whole);
        RC_ASSERT(read <= size - old);
    }));
}

void ProofsTest::whatCannotBeIsNoProof()
{
    const std::vector<Hash> leaves = naive::someLeaves(8);
    const Hash root = naive::root(leaves);
    const Hash empty = naive::root({});
    QVERIFY(!merkle::inclusionProof(kSha256, 8, 8, naive::source(leaves)));
    QVERIFY(!merkle::inclusionProof(kSha256, 0, 9, naive::source(leaves))); // the source ends too early
    QVERIFY(!merkle::consistencyProof(kSha256, 9, 8, naive::source(leaves)));
    QVERIFY(!merkle::consistencyProof(kSha256, 3, 9, naive::source(leaves)));
    QVERIFY(merkle::consistencyProof(kSha256, 0, 8, naive::source(leaves))->empty());
    QVERIFY(consistent(0, 8, empty, root, {}));
    QVERIFY(!consistent(0, 8, root, root, {}));
    QVERIFY(!consistent(0, 8, empty, root, {root}));
    QVERIFY(consistent(0, 0, empty, empty, {}));
    QVERIFY(!consistent(0, 0, empty, root, {}));
    QVERIFY(consistent(8, 8, root, root, {}));
    QVERIFY(!consistent(8, 8, root, empty, {}));
    QVERIFY(!consistent(8, 8, root, root, {root}));
    QVERIFY(!consistent(9, 8, root, root, {}));
    QVERIFY(!consistent(4, 8, root, root, {}));
}

void ProofsTest::extendsAnEdge()
{
    const std::vector<Hash> leaves = naive::someLeaves(20);
    merkle::Frontier edge(kSha256);
    QVERIFY(merkle::extend(edge, 13, naive::source(leaves)));
    QVERIFY(merkle::extend(edge, 20, naive::source(leaves)));
    QVERIFY(edge.root() == naive::root(leaves));
    QVERIFY(!merkle::extend(edge, 19, naive::source(leaves)));
    QVERIFY(!merkle::extend(edge, 21, naive::source(leaves)));
}

GLOVEBOX_TEST_MAIN(ProofsTest)
#include "proofs_test.moc"
