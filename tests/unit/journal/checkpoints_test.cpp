// SPDX-License-Identifier: Apache-2.0
// What `journal verify` says of checkpoints that are not what the log gives, and what a proof needs.
#include "journal/checkpoints.h"

#include "crypto/hash.h"
#include "journal/proof.h"
#include "journal/verify.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/journal/bench.h"

#include <QTest>

using namespace glovebox;
using namespace glovebox::testing;
using journal::EntryKind;

class CheckpointsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void soundOnesAreCounted();
    void eachFaultIsNamed_data();
    void eachFaultIsNamed();
    void aConflictIsAFinding();
    void leavesAreThoseOfTheTree();
    void aProofNeedsACheckpoint();
    void proofsOfOtherFormsAreRefused();

private:
    void write(EntryKind kind, const base::Json &payload, const std::string &setting = {}) const
    {
        journal::Batch batch = note("");
        batch.entries.front().kind = kind;
        batch.entries.front().payload = [payload](std::uint64_t) { return payload; };
        if (!setting.empty()) {
            batch.settings.emplace_back(journal::kCosignedSetting, setting);
        }
        if (!m_journal->append(batch)) {
            qFatal("an entry could not be written");
        }
    }
    [[nodiscard]] merkle::Checkpoint now() const { return journal::checkpointOf(m_journal->identity()); }
    [[nodiscard]] std::string noteOf(const merkle::Checkpoint &checkpoint) const
    {
        return crypto::signNote(*m_key, checkpoint.origin, merkle::textOf(checkpoint)).value();
    }
    [[nodiscard]] std::string cosigned(const std::string &signedNote) const
    {
        return signedNote + m_witness->cosign(crypto::parseNote(signedNote)->text, 5).value();
    }
    [[nodiscard]] journal::Verification verify()
    {
        m_journal.reset();
        journal::VerifyOptions options;
        options.path = m_bench->options.path;
        options.sealingKey = &m_bench->sealingKey;
        options.keys = {m_key->publicKey()};
        options.witness = m_witness->publicKey();
        options.mountInfo = m_bench->options.mountInfo;
        return journal::verify(options).value();
    }

    QTemporaryDir m_keys;
    std::optional<crypto::SigningKey> m_key;
    std::optional<crypto::SigningKey> m_stranger;
    std::optional<crypto::CosigningKey> m_witness;
    std::unique_ptr<JournalBench> m_bench;
    std::unique_ptr<journal::Journal> m_journal;
};

void CheckpointsTest::initTestCase()
{
    const auto path = [this](const char *name) {
        return m_keys.filePath(QString::fromLatin1(name)).toStdString();
    };
    m_key = crypto::SigningKey::createDevelopmentKey(path("car.pem")).value();
    m_stranger = crypto::SigningKey::createDevelopmentKey(path("stranger.pem")).value();
    m_witness = crypto::CosigningKey::create(path("witness.pem"), "gateway.example/witness").value();
}

void CheckpointsTest::init()
{
    m_journal.reset();
    m_bench = std::make_unique<JournalBench>();
    m_journal = m_bench->create();
    write(EntryKind::boot, {{"type", "boot"}});
}

void CheckpointsTest::soundOnesAreCounted()
{
    const std::string signedNote = noteOf(now());
    merkle::Frontier edge(crypto::sha256);
    QVERIFY(merkle::extend(edge, now().size, journal::leavesOf(*m_journal)));
    write(EntryKind::checkpoint, journal::signedPayload(signedNote));
    const std::string setting = journal::cosignedSetting(cosigned(signedNote), edge);
    write(EntryKind::checkpoint, journal::cosignedPayload(cosigned(signedNote), setting), setting);
    write(EntryKind::shutdown, {{"type", "shutdown"}, {"checkpoint", noteOf(now())}});
    write(EntryKind::shutdown, {{"type", "shutdown"}}); // its key could not sign
    const auto result = verify();
    QCOMPARE(result.findingCount, std::uint64_t(0));
    QCOMPARE(result.checkpoints, std::uint64_t(3));
    QVERIFY(result.unchecked.empty());
}

void CheckpointsTest::eachFaultIsNamed_data()
{
    QTest::addColumn<QString>("fault");
    for (const char *fault : {"no note", "other root", "other size", "other origin", "other key",
                              "never signed", "no cosignature"}) {
        QTest::newRow(fault) << QString::fromLatin1(fault);
    }
}

void CheckpointsTest::eachFaultIsNamed()
{
    QFETCH(QString, fault);
    merkle::Checkpoint said = now();
    const std::uint64_t sequence = said.size;
    std::uint64_t found = sequence;
    if (fault == QLatin1String("no note")) {
        write(EntryKind::checkpoint, journal::signedPayload("nothing"));
    } else if (fault == QLatin1String("other root")) {
        said.root[3] ^= 1U;
        write(EntryKind::checkpoint, journal::signedPayload(noteOf(said)));
    } else if (fault == QLatin1String("other size")) {
        said.size -= 1;
        write(EntryKind::shutdown, {{"type", "shutdown"}, {"checkpoint", noteOf(said)}});
    } else if (fault == QLatin1String("other origin")) {
        said.origin += "x";
        write(EntryKind::checkpoint, journal::signedPayload(noteOf(said)));
    } else if (fault == QLatin1String("other key")) {
        write(
            EntryKind::checkpoint,
            journal::signedPayload(crypto::signNote(*m_stranger, said.origin, merkle::textOf(said)).value()));
    } else {
        const bool first = fault == QLatin1String("never signed");
        const std::string signedNote = noteOf(said);
        merkle::Frontier edge(crypto::sha256);
        QVERIFY(merkle::extend(edge, said.size, journal::leavesOf(*m_journal)));
        if (!first) {
            write(EntryKind::checkpoint, journal::signedPayload(signedNote));
            ++found;
        }
        const std::string kept = first ? cosigned(signedNote) : signedNote;
        const std::string setting = journal::cosignedSetting(kept, edge);
        write(EntryKind::checkpoint, journal::cosignedPayload(kept, setting), setting);
    }
    const auto result = verify();
    QCOMPARE(result.findingCount, std::uint64_t(1));
    QCOMPARE(result.findings.front().code, std::string("checkpoint"));
    QVERIFY(result.findings.front().sequence == found);
}

void CheckpointsTest::aConflictIsAFinding()
{
    journal::Rollback rollback{
        .reason = journal::Rollback::Reason::forked, .firstBadSequence = 1, .entries = 2};
    write(EntryKind::checkpoint, journal::conflictPayload(cosigned(noteOf(now())), rollback));
    const auto result = verify();
    QCOMPARE(result.findingCount, std::uint64_t(1));
    QCOMPARE(result.findings.front().code, std::string("rollback"));
    QVERIFY(result.findings.front().sequence == 1U);
}

void CheckpointsTest::leavesAreThoseOfTheTree()
{
    for (int i = 0; i < 20; ++i) {
        write(EntryKind::session, {{"n", i}});
    }
    merkle::Frontier edge(crypto::sha256);
    QVERIFY(merkle::extend(edge, m_journal->identity().size, journal::leavesOf(*m_journal)));
    QVERIFY(edge.root() == m_journal->identity().root);
    QVERIFY(edge.hashes() == m_journal->identity().edge);
    QCOMPARE(m_journal->leaves(20, 100).value().size(), std::size_t(2));
    QVERIFY(m_journal->leaves(22, 1).value().empty());
    // In pages: what was read is what is there.
    const auto whole = m_journal->leaves(0, 22).value();
    for (std::uint64_t i = 0; i < 22; ++i) {
        QVERIFY(m_journal->leaves(i, 1).value().front() == whole[i]);
    }
}

void CheckpointsTest::aProofNeedsACheckpoint()
{
    m_journal.reset();
    const auto unknown =
        journal::prove({m_bench->options.path, "nobody", m_bench->options.mountInfo}, m_bench->sealingKey);
    QVERIFY(unknown);
    QVERIFY(unknown->outcome == journal::ProofSearch::Outcome::unknown);
    const auto otherKey = journal::prove({m_bench->options.path, "nobody", m_bench->options.mountInfo},
                                         crypto::Secret::random(32));
    QVERIFY(!otherKey);
}

void CheckpointsTest::proofsOfOtherFormsAreRefused()
{
    const merkle::Checkpoint said = now();
    write(EntryKind::checkpoint, journal::signedPayload(noteOf(said)));
    journal::Proof proof;
    proof.header = {.sequence = 0, .kind = EntryKind::created, .driver = {}};
    proof.checkpoint = noteOf(said);
    const base::Json json = journal::toJson(proof);
    QVERIFY(journal::proofFromJson(json));
    for (const auto &[pointer, value] : {std::pair("/v", base::Json(2)),
                                         {"/type", base::Json("proof")},
                                         {"/leaf/kind", base::Json(14)},
                                         {"/leaf/sequence", base::Json(-1)},
                                         {"/leaf/pseudonym", base::Json("00")},
                                         {"/leaf/commitment", base::Json("AA")},
                                         {"/hashes", base::Json::array({"AA"})},
                                         {"/more", base::Json(1)}}) {
        base::Json bent = json;
        bent[base::Json::json_pointer(pointer)] = value;
        QVERIFY2(!journal::proofFromJson(bent), pointer);
    }
    // Of no leaf that is in the tree.
    const auto check = journal::checkProof(proof, {&m_key->publicKey(), 1}, nullptr, "x");
    QCOMPARE(check.findings.size(), std::size_t(1));
    const auto stranger =
        journal::checkProof(proof, {&m_stranger->publicKey(), 1}, &m_witness->publicKey(), "x");
    QCOMPARE(stranger.findings.size(), std::size_t(3));
}

GLOVEBOX_TEST_MAIN(CheckpointsTest)
#include "checkpoints_test.moc"
