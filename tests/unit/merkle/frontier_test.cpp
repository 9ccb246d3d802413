// SPDX-License-Identifier: Apache-2.0
#include "merkle/frontier.h"

#include "base/json.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/merkle/naive_tree.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>
#include <rapidcheck.h>

using namespace glovebox;
using namespace glovebox::testing;
using base::Hash;

namespace
{

const merkle::Sha256 kSha256 = crypto::sha256;

std::optional<Hash> hashOf(const base::Json &text)
{
    const auto bytes = base::fromBase64(text.get<std::string>());
    if (!bytes || bytes->size() != std::tuple_size_v<Hash>) {
        return std::nullopt;
    }
    Hash hash{};
    std::ranges::copy(*bytes, hash.begin());
    return hash;
}

/// What a vector asks; a hash of another size cannot even be said to our interface, and is refused by that.
bool accepts(const base::Json &vector)
{
    const auto root = hashOf(vector.at("root"));
    const auto leaf = hashOf(vector.at("leafHash"));
    std::vector<Hash> proof;
    if (vector.contains("proof") && vector.at("proof").is_array()) {
        for (const base::Json &part : vector.at("proof")) {
            const auto hash = hashOf(part);
            if (!hash) {
                return false;
            }
            proof.push_back(*hash);
        }
    }
    return root && leaf &&
           merkle::verifyInclusion(kSha256, vector.at("leafIdx").get<std::uint64_t>(),
                                   vector.at("treeSize").get<std::uint64_t>(), *leaf, proof, *root);
}

} // namespace

class FrontierTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownHashes();
    void vectorsOfOthers();
    void frontierEqualsNaive();
    void proofsVerifyOnlyWhatTheyProve();
    void everySmallTree();
    void loadChecksItsNumber();
};

void FrontierTest::knownHashes()
{
    // RFC 6962: the empty tree, and the leaf of no bytes.
    QCOMPARE(base::toHex(merkle::Frontier(kSha256).root()),
             std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QCOMPARE(base::toHex(merkle::hashLeaf(kSha256, {})),
             std::string("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"));
}

void FrontierTest::vectorsOfOthers()
{
    const QString folder = QStringLiteral(GLOVEBOX_SOURCE_DIR "/../shared/vectors/merkle/inclusion");
    if (!QFile::exists(folder)) {
        QSKIP("the inclusion vectors are not beside the project (../shared/vectors/merkle)");
    }
    int accepted = 0;
    int refused = 0;
    QDirIterator files(folder, {QStringLiteral("*.json")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const base::Json vector = base::Json::parse(file.readAll().toStdString());
        const bool ok = accepts(vector);
        QVERIFY2(ok != vector.at("wantErr").get<bool>(), qPrintable(file.fileName()));
        ++(ok ? accepted : refused);
    }
    QVERIFY(accepted >= 5);
    QVERIFY(refused >= 50);
}

void FrontierTest::frontierEqualsNaive()
{
    QVERIFY(rc::check("root, stored and loaded in the middle, equals RFC 6962's definition", [] {
        const auto count = *rc::gen::inRange<std::size_t>(0, 300);
        const auto split = *rc::gen::inRange<std::size_t>(0, count + 1);
        const std::vector<Hash> leaves = naive::someLeaves(count);
        merkle::Frontier frontier(kSha256);
        for (std::size_t i = 0; i < count; ++i) {
            if (i == split) {
                auto loaded = merkle::Frontier::load(kSha256, frontier.size(), frontier.hashes());
                RC_ASSERT(loaded.has_value());
                frontier = std::move(*loaded);
            }
            frontier.append(leaves[i]);
        }
        RC_ASSERT(frontier.size() == count);
        RC_ASSERT(frontier.root() == naive::root(leaves));
    }));
}

void FrontierTest::proofsVerifyOnlyWhatTheyProve()
{
    QVERIFY(rc::check("a proof verifies its leaf, and nothing that differs from it", [] {
        const auto count = *rc::gen::inRange<std::size_t>(1, 130);
        const auto index = *rc::gen::inRange<std::size_t>(0, count);
        const std::vector<Hash> leaves = naive::someLeaves(count);
        const Hash root = naive::root(leaves);
        std::vector<Hash> proof = naive::path(index, leaves);
        RC_ASSERT(merkle::verifyInclusion(kSha256, index, count, leaves[index], proof, root));
        const auto other = *rc::gen::inRange<std::size_t>(0, count);
        RC_ASSERT(other == index ||
                  !merkle::verifyInclusion(kSha256, other, count, leaves[index], proof, root));
        RC_ASSERT(other == index ||
                  !merkle::verifyInclusion(kSha256, index, count, leaves[other], proof, root));
        if (!proof.empty()) {
            const auto at = *rc::gen::inRange<std::size_t>(0, proof.size());
            const auto bit = *rc::gen::inRange(0, 256);
            proof[at][static_cast<std::size_t>(bit) / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
            RC_ASSERT(!merkle::verifyInclusion(kSha256, index, count, leaves[index], proof, root));
        }
        proof.push_back(root);
        RC_ASSERT(!merkle::verifyInclusion(kSha256, index, count, leaves[index], proof, root));
    }));
}

void FrontierTest::everySmallTree()
{
    const std::vector<Hash> all = naive::someLeaves(33);
    for (std::size_t count = 1; count <= all.size(); ++count) {
        const std::span leaves(all.data(), count);
        const Hash root = naive::root(leaves);
        for (std::size_t index = 0; index < count; ++index) {
            QVERIFY(merkle::verifyInclusion(kSha256, index, count, leaves[index], naive::path(index, leaves),
                                            root));
        }
        QVERIFY(!merkle::verifyInclusion(kSha256, count, count, leaves[0], naive::path(0, leaves), root));
    }
    QVERIFY(!merkle::verifyInclusion(kSha256, 0, 0, all[0], {}, naive::root({})));
}

void FrontierTest::loadChecksItsNumber()
{
    QVERIFY(merkle::Frontier::load(kSha256, 0, {}));
    QVERIFY(merkle::Frontier::load(kSha256, 5, std::vector<Hash>(2)));
    QVERIFY(!merkle::Frontier::load(kSha256, 5, std::vector<Hash>(3)));
    QVERIFY(!merkle::Frontier::load(kSha256, 0, std::vector<Hash>(1)));
    QVERIFY(!merkle::Frontier::load(kSha256, 8, {}));
}

GLOVEBOX_TEST_MAIN(FrontierTest)
#include "frontier_test.moc"
