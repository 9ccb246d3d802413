// SPDX-License-Identifier: Apache-2.0
// The gateway as the witness of journals: what it cosigns, what it refuses, and what it says with that.
#include "crypto/hash.h"
#include "merkle/proofs.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/settlement/world.h"

#include <QTest>

#include <fstream>

using namespace glovebox;
using testing::World;

namespace
{

/// A journal's tree as a car has it.
struct Tree
{
    std::string origin;
    std::vector<base::Hash> leaves;

    static Tree of(const char *origin, std::size_t size, const std::string &salt = {})
    {
        Tree tree{origin, {}};
        while (tree.leaves.size() < size) {
            tree.leaves.push_back(crypto::sha256(base::bytesOf(salt + std::to_string(tree.leaves.size()))));
        }
        return tree;
    }
    [[nodiscard]] merkle::Leaves source() const
    {
        return [this](std::uint64_t from, std::uint64_t to, const merkle::LeafSink &sink) {
            for (; from < to; ++from) {
                sink(leaves[from]);
            }
            return true;
        };
    }
    [[nodiscard]] std::string text(std::size_t size) const
    {
        merkle::Frontier edge(crypto::sha256);
        return merkle::extend(edge, size, source()) ? merkle::textOf({origin, size, edge.root()}) : "";
    }
};

} // namespace

class WitnessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cosignsWhatGoesOn();
    void remembersAfterARestart();
    void refusesAnOlderOne();
    void refusesAFork();
    void refusesAnotherLogUnderTheSameKey();
    void aNewKeyMayBringANewLog();
    void saysWhatItKnowsToWhoForgot();
    void takesNoOtherSignature();
    void takesNoOtherForm();
    void believesTheWitnessAlone();

private:
    [[nodiscard]] wire::CheckpointRequest request(const crypto::SigningKey &key, const Tree &tree,
                                                  std::size_t oldSize, std::size_t size) const
    {
        return {crypto::signNote(key, tree.origin, tree.text(size)).value(), oldSize,
                merkle::consistencyProof(crypto::sha256, oldSize, size, tree.source()).value()};
    }
    [[nodiscard]] wire::CarChannel channelOf(const crypto::SigningKey &key) const
    {
        return wire::CarChannel({"sandbox",
                                 payment::WalletId::fromText("w-1").value(),
                                 {m_world->sample.gateway.publicKey()},
                                 key.publicKey().thumbprint(),
                                 [&key](base::ByteView message) { return key.sign(message); },
                                 m_world->witness});
    }
    [[nodiscard]] ports::HttpAnswer send(const crypto::SigningKey &key, const wire::CheckpointRequest &what)
    {
        const auto sent = channelOf(key).checkpoint(what, 1).value();
        return m_world->ask({sent.method, sent.path, sent.headers, sent.body});
    }
    [[nodiscard]] wire::CheckpointAnswer ask(const crypto::SigningKey &key,
                                             const wire::CheckpointRequest &what)
    {
        const auto http = send(key, what);
        return channelOf(key).readAnswer(http.status, http.body, what);
    }
    [[nodiscard]] wire::CheckpointAnswer ask(const Tree &tree, std::size_t oldSize, std::size_t size)
    {
        return ask(m_world->sample.car, request(m_world->sample.car, tree, oldSize, size));
    }

    using Kind = wire::CheckpointAnswer::Kind;
    std::unique_ptr<World> m_world;
};

void WitnessTest::init()
{
    m_world = std::make_unique<World>();
}

void WitnessTest::cosignsWhatGoesOn()
{
    const Tree tree = Tree::of("glovebox/j1", 40);
    const auto first = ask(tree, 0, 7);
    QVERIFY2(first.kind == Kind::cosigned, first.detail.c_str());
    const auto note = crypto::parseNote(first.note).value();
    QCOMPARE(note.text, tree.text(7));
    QCOMPARE(m_world->witness->verify(note).value(),
             std::uint64_t(m_world->clock.now().wall.milliseconds / 1000));
    QVERIFY(crypto::verifyNote(note, "glovebox/j1", {&m_world->sample.car.publicKey(), 1}));
    for (const auto &[from, to] : {std::pair(7, 8), {8, 8}, {8, 33}, {33, 40}}) {
        QVERIFY(ask(tree, std::size_t(from), std::size_t(to)).kind == Kind::cosigned);
    }
}

void WitnessTest::remembersAfterARestart()
{
    const Tree tree = Tree::of("glovebox/j1", 20);
    QVERIFY(ask(tree, 0, 12).kind == Kind::cosigned);
    m_world->reopenLedger();
    QVERIFY(ask(tree, 0, 13).kind == Kind::conflict);
    QVERIFY(ask(tree, 12, 13).kind == Kind::cosigned);
}

void WitnessTest::refusesAnOlderOne()
{
    const Tree tree = Tree::of("glovebox/j1", 20);
    const auto known = ask(tree, 0, 12);
    for (const auto &[from, to] : {std::pair(0, 5), {5, 7}, {7, 12}, {13, 14}}) {
        const auto http =
            send(m_world->sample.car, request(m_world->sample.car, tree, std::size_t(from), std::size_t(to)));
        QCOMPARE(http.status, 409);
        QCOMPARE(base::parseJson(http.body).value().at("size").get<int>(), 12);
        QCOMPARE(base::parseJson(http.body).value().at("checkpoint").get<std::string>(), known.note);
    }
    QVERIFY(ask(tree, 12, 20).kind == Kind::cosigned);
}

void WitnessTest::refusesAFork()
{
    const Tree tree = Tree::of("glovebox/j1", 20);
    Tree fork = tree;
    fork.leaves[11] = crypto::sha256(base::bytesOf("another"));
    const auto known = ask(tree, 0, 12);
    // Longer, as long, and with the honest proof of the other log.
    for (const auto &[size, proofOf] : {std::pair<int, const Tree *>(20, &fork), {12, &fork}, {20, &tree}}) {
        auto forked = request(m_world->sample.car, fork, 12, std::size_t(size));
        forked.hashes =
            merkle::consistencyProof(crypto::sha256, 12, std::uint64_t(size), proofOf->source()).value();
        const auto answer = ask(m_world->sample.car, forked);
        QVERIFY(answer.kind == Kind::conflict);
        QCOMPARE(answer.note, known.note);
    }
    QVERIFY(ask(tree, 12, 20).kind == Kind::cosigned);
}

void WitnessTest::refusesAnotherLogUnderTheSameKey()
{
    const auto known = ask(Tree::of("glovebox/j1", 20), 0, 12);
    const auto answer = ask(Tree::of("glovebox/j2", 20, "x"), 0, 12);
    QVERIFY(answer.kind == Kind::conflict);
    QCOMPARE(answer.note, known.note);
}

void WitnessTest::aNewKeyMayBringANewLog()
{
    const auto &stranger = m_world->sample.stranger;
    const Tree tree = Tree::of("glovebox/j1", 20);
    QVERIFY(ask(tree, 0, 12).kind == Kind::cosigned);
    const Tree next = Tree::of("glovebox/j2", 20, "x");
    QCOMPARE(send(stranger, request(stranger, next, 0, 3)).status, 401);
    m_world->enrol(stranger.publicKey());
    QVERIFY(ask(stranger, request(stranger, next, 0, 3)).kind == Kind::cosigned);
    QVERIFY(ask(stranger, request(stranger, tree, 12, 16)).kind == Kind::conflict);
    // A key that follows another one, for the log that was there: it goes on, and is bound to it.
    const auto second = m_world->sample.makeKey("second.pem");
    m_world->enrol(second.publicKey());
    QVERIFY(ask(second, request(second, tree, 12, 15)).kind == Kind::cosigned);
    QVERIFY(ask(second, request(second, next, 3, 4)).kind == Kind::conflict);
    QVERIFY(ask(tree, 15, 16).kind == Kind::cosigned);
}

void WitnessTest::saysWhatItKnowsToWhoForgot()
{
    const Tree tree = Tree::of("glovebox/j1", 20);
    const auto nothing = ask(tree, 3, 12);
    QVERIFY(nothing.kind == Kind::conflict);
    QVERIFY(nothing.note.empty());
    const auto lost = ask(tree, 0, 12); // and its answer was lost
    const auto answer = ask(tree, 0, 14);
    QVERIFY(answer.kind == Kind::conflict);
    QCOMPARE(answer.note, lost.note);
}

void WitnessTest::takesNoOtherSignature()
{
    const auto &sample = m_world->sample;
    const Tree tree = Tree::of("glovebox/j1", 20);
    // Of a stranger, under another name, and with a second one.
    QCOMPARE(send(sample.car, request(sample.stranger, tree, 0, 5)).status, 400);
    auto named = request(sample.car, tree, 0, 5);
    named.note = crypto::signNote(sample.car, "glovebox/j2", tree.text(5)).value();
    QCOMPARE(send(sample.car, named).status, 400);
    auto twice = request(sample.car, tree, 0, 5);
    twice.note += crypto::noteLine({"another", 1, base::Bytes(70)});
    QCOMPARE(send(sample.car, twice).status, 400);
    m_world->enrol(sample.stranger.publicKey());
    QCOMPARE(send(sample.car, request(sample.stranger, tree, 0, 5)).status, 400);
    QVERIFY(ask(tree, 0, 5).kind == Kind::cosigned);
}

void WitnessTest::takesNoOtherForm()
{
    const auto &car = m_world->sample.car;
    const Tree tree = Tree::of("glovebox/j1", 20);
    auto proof = request(car, tree, 0, 5);
    proof.hashes = {tree.leaves[0]};
    QCOMPARE(send(car, proof).status, 400);
    auto text = request(car, tree, 0, 5);
    text.note = crypto::signNote(car, "glovebox/j1", "glovebox/j1\nfive\n").value();
    QCOMPARE(send(car, text).status, 400);
    auto empty = request(car, tree, 0, 5);
    empty.note = crypto::signNote(car, "glovebox/j1", tree.text(0)).value();
    QCOMPARE(send(car, empty).status, 400);
    for (const char *body : {"", "[]", "{\"checkpoint\":\"x\",\"old_size\":-1,\"hashes\":[]}",
                             "{\"checkpoint\":\"x\",\"old_size\":0,\"hashes\":[\"AA\"]}"}) {
        QVERIFY(!wire::readCheckpointRequest(body));
    }
    const auto again = wire::readCheckpointRequest(wire::bodyOf(request(car, tree, 7, 12)));
    QVERIFY(again);
    QCOMPARE(again->oldSize, std::uint64_t(7));
    QVERIFY(again->hashes == request(car, tree, 7, 12).hashes);
}

void WitnessTest::believesTheWitnessAlone()
{
    const auto &car = m_world->sample.car;
    const Tree tree = Tree::of("glovebox/j1", 20);
    const auto sent = request(car, tree, 0, 12);
    const auto good = send(car, sent);
    const auto channel = channelOf(car);
    const auto kindOf = [&](int status, const base::Json &body) {
        return channel.readAnswer(status, body.dump(), sent).kind;
    };
    const auto other =
        crypto::CosigningKey::create(m_world->sample.path("other.pem"), "gateway.example/witness").value();
    const std::string forged = other.cosign(tree.text(12), 5).value();
    QVERIFY(kindOf(200, {{"cosignature", forged}}) == Kind::unverifiable);
    QVERIFY(kindOf(200, {{"cosignature", "x"}}) == Kind::unverifiable);
    QVERIFY(kindOf(200, base::Json::array()) == Kind::unverifiable);
    const base::Json conflict{{"error", "conflict"}, {"size", 12}, {"checkpoint", sent.note + forged}};
    QVERIFY(kindOf(409, conflict) == Kind::unverifiable);
    QVERIFY(kindOf(409, {{"error", "conflict"}, {"size", 12}}) == Kind::unverifiable);
    const auto line = base::parseJson(good.body).value().at("cosignature").get<std::string>();
    base::Json other12 = conflict;
    other12["checkpoint"] = sent.note + line;
    QVERIFY(kindOf(409, other12) == Kind::conflict);
    other12["size"] = 13;
    QVERIFY(kindOf(409, other12) == Kind::unverifiable);
    QVERIFY(kindOf(503, {{"error", "unavailable"}}) == Kind::unavailable);
    QVERIFY(kindOf(404, {{"error", "malformed"}}) == Kind::unavailable);
}

GLOVEBOX_TEST_MAIN(WitnessTest)
#include "witness_test.moc"
