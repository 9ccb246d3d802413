// SPDX-License-Identifier: Apache-2.0
// The journal's checkpoints between car and witness: made before each upload, kept when they are cosigned,
// and what a journal is told by that it is an old one, a cut one or a copy. With a counter of the TPM the
// same is found without a connection: counted_test and durability_test.
#include "crypto/hash.h"
#include "journal/log.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon/logged_car.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <sqlite3.h>

using namespace glovebox;
using namespace glovebox::testing;

class WitnessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyUploadIsSignedForFirst();
    void aBatchCostsOneCheckpoint();
    void theFirstContactIsToldOnce();
    void whatWasCosignedIsKept();
    void aLostAnswerIsNoFork();
    void aWitnessThatForgotIsToldAnew();
    void withoutAWitnessUploadsGoOn();
    void anOldFileIsFoundAtTheNextContact();
    void ofTwoCopiesTheSecondStops();
    void aCutTailIsFoundAtTheStart();
    void aRewrittenPastIsFoundAtTheStart();
    void anotherJournalUnderTheSameKeyStops();
    void whatNobodySignedStopsNothing();

private:
    [[nodiscard]] std::ptrdiff_t placeOf(const char *what) const
    {
        return std::ranges::find(m_world->book.log, what) - m_world->book.log.begin();
    }
    [[nodiscard]] int state(const char *id) const
    {
        return int(m_world->state(payment::ApprovalId::fromText(id).value()));
    }
    /// The journal as it lies there, with a tree of its own again: somebody has the sealing key.
    void rewrite(const LoggedCar &car, const QByteArray &sql) const;

    std::unique_ptr<World> m_world;
    std::unique_ptr<LoggedCar> m_car;
};

namespace
{

constexpr int kCaptured = int(payment::State::captured);

void execute(const QString &path, const QByteArray &statements)
{
    sqlite3 *database = nullptr;
    if (sqlite3_open_v2(path.toUtf8().constData(), &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK ||
        sqlite3_exec(database, statements.constData(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        qFatal("%s", statements.constData());
    }
    sqlite3_close(database);
}

void expectWarning(const char *text)
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QString::fromLatin1(text)));
}

QByteArray hex(base::ByteView bytes)
{
    return "x'" + QByteArray::fromStdString(base::toHex(bytes)) + "'";
}

} // namespace

void WitnessTest::init()
{
    m_world = std::make_unique<World>();
    m_car = std::make_unique<LoggedCar>(*m_world);
    m_car->start();
}

void WitnessTest::cleanup()
{
    m_car.reset();
    m_world.reset();
}

void WitnessTest::rewrite(const LoggedCar &car, const QByteArray &sql) const
{
    execute(car.path(), sql);
    sqlite3 *database = nullptr;
    sqlite3_stmt *rows = nullptr;
    QVERIFY(sqlite3_open_v2(car.path().toUtf8().constData(), &database, SQLITE_OPEN_READONLY, nullptr) ==
            SQLITE_OK);
    QVERIFY(sqlite3_prepare_v2(database,
                               "SELECT sequence, kind, pseudonym, commitment FROM entries ORDER BY sequence",
                               -1, &rows, nullptr) == SQLITE_OK);
    merkle::Frontier tree(crypto::sha256);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        journal::EntryHeader header{.sequence = std::uint64_t(sqlite3_column_int64(rows, 0)),
                                    .kind = journal::EntryKind(sqlite3_column_int(rows, 1)),
                                    .driver = {}};
        base::Hash commitment{};
        const auto bytes = [rows](int column) {
            return static_cast<const std::uint8_t *>(sqlite3_column_blob(rows, column));
        };
        std::copy_n(bytes(2), header.driver.size(), header.driver.begin());
        std::copy_n(bytes(3), commitment.size(), commitment.begin());
        tree.append(journal::leafHash(header, commitment));
    }
    sqlite3_finalize(rows);
    sqlite3_close(database);
    const base::Bytes edge = journal::joined(tree.hashes());
    const base::Hash mac =
        journal::frontierMac(journal::deriveKey(car.sealingKey(), "glovebox frontier 1"), tree.size(), edge);
    execute(car.path(), "UPDATE frontier SET size = " + QByteArray::number(qulonglong(tree.size())) +
                            ", hashes = " + hex(edge) + ", mac = " + hex(mac));
}

void WitnessTest::everyUploadIsSignedForFirst()
{
    m_car->upload("a1");
    QCOMPARE(state("a1"), kCaptured);
    QVERIFY(placeOf("signed") < placeOf("record:submit"));
    QVERIFY(placeOf("record:submit") < placeOf("send:approvals"));
    m_world->book.log.clear();
    m_car->upload("a2");
    QCOMPARE(state("a2"), kCaptured);
    QVERIFY(placeOf("signed") < placeOf("record:submit"));
    // What was signed is in the log, and is the log before it.
    const auto entries = m_car->log();
    merkle::Frontier tree(crypto::sha256);
    std::size_t compared = 0;
    for (const journal::EntryRecord &entry : entries) {
        if (entry.kind == journal::EntryKind::checkpoint &&
            entry.payload->value("type", "") == "checkpoint") {
            const auto said = wire::readCheckpoint(entry.payload->value("checkpoint", ""),
                                                   {&m_world->sample.car.publicKey(), 1});
            QVERIFY(said);
            QVERIFY(merkle::extend(tree, entry.sequence, [this](auto from, auto to, const auto &sink) {
                using Leaves = journal::JournalResult<std::vector<base::Hash>>;
                const auto leaves = m_car->ask<Leaves>(
                    [from, to](journal::Journal &journal) { return journal.leaves(from, int(to - from)); });
                std::ranges::for_each(*leaves, sink);
                return true;
            }));
            QCOMPARE(said->checkpoint.size, entry.sequence);
            QVERIFY(said->checkpoint.root == tree.root());
            ++compared;
        }
    }
    QVERIFY(compared >= 2);
}

void WitnessTest::aBatchCostsOneCheckpoint()
{
    m_world->hint.set(false);
    for (const char *id : {"a1", "a2", "a3"}) {
        m_world->approve(m_world->sample.approval(id));
    }
    m_car->settle();
    const std::size_t before = m_car->count("checkpoint");
    m_world->hint.set(true);
    m_car->settle();
    QCOMPARE(state("a3"), kCaptured);
    QCOMPARE(m_car->count("checkpoint"), before + 1);
}

void WitnessTest::theFirstContactIsToldOnce()
{
    // The clock already knows the time; the first verified answer is enough.
    QCOMPARE(m_car->count("checkpoint"), std::size_t(1));
    QCOMPARE(m_world->sent("send:checkpoints"), 1);
    m_car->wait();
    QCOMPARE(m_world->sent("send:checkpoints"), 1);
    m_car->start();
    QCOMPARE(m_world->sent("send:checkpoints"), 2);
    QVERIFY(!m_car->rollback);
}

void WitnessTest::whatWasCosignedIsKept()
{
    m_car->upload("a1");
    const auto kept = m_car->cosigned();
    QVERIFY(kept);
    QVERIFY(m_world->witness->verify(crypto::parseNote(kept->note).value()));
    // Every proof starts there: the witness never had to say no.
    m_car->upload("a2");
    m_car->start();
    m_car->upload("a3");
    QCOMPARE(m_world->sent("compared"), 0);
    QVERIFY(m_car->cosigned()->checkpoint.size > kept->checkpoint.size);
}

void WitnessTest::aLostAnswerIsNoFork()
{
    m_car->upload("a1");
    bool lost = false;
    m_world->transport.fate = [&lost](const ports::HttpRequest &request) {
        const bool about = request.path == "/v1/checkpoints" && !lost;
        lost = lost || about;
        return about ? Fate::answerLost : Fate::delivered;
    };
    m_car->upload("a2");
    m_car->wait();
    QVERIFY(lost);
    QVERIFY(m_world->sent("compared") > 0);
    QVERIFY(!m_car->rollback);
    const std::uint64_t size = m_car->cosigned()->checkpoint.size;
    QVERIFY(size >= std::uint64_t(m_car->log().size()) - 3);
    QCOMPARE(state("a2"), kCaptured);
}

void WitnessTest::aWitnessThatForgotIsToldAnew()
{
    m_car->upload("a1");
    m_world->service.reset();
    QVERIFY(QFile::remove(QString::fromStdString(m_world->sample.path("gateway.sqlite"))));
    m_world->reopenLedger();
    m_car->upload("a2");
    m_car->wait();
    QVERIFY(!m_car->rollback);
    m_world->book.log.clear();
    m_car->upload("a3");
    m_car->wait();
    QCOMPARE(m_world->sent("compared"), 0);
    QVERIFY(m_world->sent("kept") > 0);
}

void WitnessTest::withoutAWitnessUploadsGoOn()
{
    m_world->transport.fate = [](const ports::HttpRequest &request) {
        return request.path == "/v1/checkpoints" ? Fate::busy : Fate::delivered;
    };
    m_car->upload("a1");
    QCOMPARE(state("a1"), kCaptured);
    m_world->transport.fate = [](const ports::HttpRequest &) { return Fate::delivered; };
    m_car->upload("a2");
    m_car->wait();
    QVERIFY(m_car->cosigned()->checkpoint.size > 3);
}

void WitnessTest::anOldFileIsFoundAtTheNextContact()
{
    m_car->upload("a1");
    const std::uint64_t known = m_car->cosigned()->checkpoint.size;
    m_car->stop();
    QVERIFY(QFile::copy(m_car->path(), m_car->path() + QStringLiteral(".old")));
    m_car->start();
    m_car->upload("a2");
    m_car->stop();
    QVERIFY(QFile::remove(m_car->path()));
    QVERIFY(QFile::rename(m_car->path() + QStringLiteral(".old"), m_car->path()));
    expectWarning("the witness has cosigned another journal");
    m_car->start(); // no purchase is needed for it
    QVERIFY(m_car->rollback);
    QVERIFY(m_car->rollback->firstBadSequence >= known);
    QVERIFY(m_car->rollback->firstBadSequence <= std::uint64_t(m_car->entriesAtStart));
    QCOMPARE(m_car->count("conflict"), std::size_t(1));

    // It stays found, without a connection too, and nothing is signed for any more; what was approved is
    // settled.
    const journal::Rollback found = *m_car->rollback;
    m_world->hint.set(false);
    m_car->start();
    QVERIFY(m_car->rollback);
    QCOMPARE(m_car->rollback->firstBadSequence, found.firstBadSequence);
    QVERIFY(m_car->rollback->reason == found.reason);
    m_world->hint.set(true);
    m_world->book.log.clear();
    m_car->upload("a3");
    QCOMPARE(state("a3"), kCaptured);
    QCOMPARE(m_world->sent("signed"), 0);
    QCOMPARE(m_world->sent("send:checkpoints"), 0);
}

void WitnessTest::ofTwoCopiesTheSecondStops()
{
    m_car->upload("a1");
    m_car->stop();
    LoggedCar copy(*m_world, *m_car);
    m_car->start();
    m_car->upload("a2");
    QVERIFY(!m_car->rollback);
    m_car->stop();

    expectWarning("the witness has cosigned another journal");
    copy.start();
    for (int i = 0; i < 10; ++i) {
        copy.note();
    }
    copy.upload("a3");
    QVERIFY(copy.rollback);
    copy.stop();
    copy.start();
    QVERIFY(copy.rollback);
    copy.stop();

    // The first one goes on.
    m_car->start();
    m_car->upload("a4");
    QVERIFY(!m_car->rollback);
    QCOMPARE(state("a4"), kCaptured);
}

void WitnessTest::aCutTailIsFoundAtTheStart()
{
    m_car->upload("a1");
    const std::uint64_t known = m_car->cosigned()->checkpoint.size;
    m_car->stop();
    m_world->hint.set(false); // not even a connection is needed
    rewrite(*m_car, "DELETE FROM entries WHERE sequence >= " + QByteArray::number(qulonglong(known - 1)));
    m_car->start();
    QVERIFY(m_car->rollback);
    QVERIFY(m_car->rollback->reason == journal::Rollback::Reason::cutOff);
    QCOMPARE(m_car->rollback->firstBadSequence, known - 1);
    QCOMPARE(m_car->rollback->cosigned, known);
    // Also when entries of today have filled the gap.
    for (int i = 0; i < 10; ++i) {
        m_car->note();
    }
    m_car->start();
    QVERIFY(m_car->rollback);
    QCOMPARE(m_car->rollback->firstBadSequence, known - 1);
}

void WitnessTest::aRewrittenPastIsFoundAtTheStart()
{
    m_car->upload("a1");
    m_car->stop();
    m_world->hint.set(false);
    rewrite(*m_car, "UPDATE entries SET commitment = zeroblob(32) WHERE sequence = 1");
    m_car->start();
    QVERIFY(m_car->rollback);
    QVERIFY(m_car->rollback->reason == journal::Rollback::Reason::forked);
}

void WitnessTest::anotherJournalUnderTheSameKeyStops()
{
    m_car->upload("a1");
    m_car->stop();
    LoggedCar anew(*m_world); // the key is the one of World's car
    expectWarning("the witness has cosigned another journal");
    anew.start();
    QVERIFY(anew.rollback);
    QCOMPARE(anew.rollback->firstBadSequence, std::uint64_t(0));
    anew.stop();
}

void WitnessTest::whatNobodySignedStopsNothing()
{
    m_car->upload("a1");
    const auto stranger =
        crypto::CosigningKey::create(m_world->sample.path("stranger-witness.pem"), m_world->witness->name())
            .value();
    const std::string text = "glovebox/j1\n99\n" + base::toBase64(base::Hash{}) + '\n';
    const std::string note = crypto::signNote(m_world->sample.stranger, "glovebox/j1", text).value();
    bool forge = true;
    m_world->transport.gateway = [this, &forge, &stranger, note, text,
                                  real = m_world->transport.gateway](const ports::HttpRequest &request) {
        if (!forge || request.path != "/v1/checkpoints") {
            return real(request);
        }
        ports::HttpAnswer answer;
        answer.status = 409;
        answer.body = base::Json{{"error", "conflict"},
                                 {"size", 99},
                                 {"checkpoint", note + stranger.cosign(text, 1).value()}}
                          .dump();
        return answer;
    };
    expectWarning("an answer about the journal cannot be believed");
    m_car->upload("a2");
    QVERIFY(!m_car->rollback);
    QCOMPARE(state("a2"), kCaptured);
    forge = false;
    m_car->wait();
    QVERIFY(m_car->cosigned()->checkpoint.size > 3);
}

GLOVEBOX_TEST_MAIN(WitnessTest)
#include "witness_test.moc"
