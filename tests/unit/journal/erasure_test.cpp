// SPDX-License-Identifier: Apache-2.0
// A driver is erased: the data key, payloads with their salts and purchases are in neither the file nor its
// write-ahead log any more, and everything that was proved before still is.
#include "../store/failing_vfs.h"
#include "../store/files.h"
#include "bench.h"
#include "crypto/hash.h"
#include "crypto/signed_note.h"
#include "journal/check.h"
#include "journal/checkpoints.h"
#include "journal/log.h"
#include "journal/verify.h"
#include "merkle/proofs.h"
#include "tests/support/fatal_log.h"

#include <QTest>

#include <sqlite3.h>

using namespace glovebox;
using namespace glovebox::testing;
using journal::EntryKind;
using journal::Journal;
using journal::JournalFault;
using payment::Event;

namespace
{

journal::Batch erasureOf(const char *name)
{
    journal::Batch batch;
    batch.entries.push_back(
        {EntryKind::erasure, {}, [](std::uint64_t) { return base::Json{{"v", 1}, {"type", "erasure"}}; }});
    batch.erase = driver(name);
    return batch;
}

/// Purchases that come and go: rows of the projection are rewritten in other sizes, entries of drivers take
/// turns.
void live(Journal &log, int purchases)
{
    for (int i = 0; i < purchases; ++i) {
        const char *who = i % 3 == 0 ? "mia" : i % 3 == 1 ? "noah" : "zoe";
        const std::string id = "p" + std::to_string(i);
        auto batch =
            batchOf(std::nullopt, proposed(id, "r" + std::to_string(i), who, Event::present), driver(who));
        QVERIFY(log.append(batch));
        for (const Event event : {Event::interrupt, Event::present, Event::decline}) {
            batch = batchOf(batch.purchase, next(id, event, i), driver(who));
            QVERIFY(log.append(batch));
        }
        QVERIFY(log.append(note(std::string(std::size_t(i % 7) * 900, 'x'), who)));
    }
}

/// Every sealed blob of a driver, in pieces: none of it may be left anywhere.
std::vector<QByteArray> piecesOf(const JournalBench &bench, const std::string &pseudonym)
{
    std::vector<QByteArray> pieces;
    sqlite3 *database = nullptr;
    if (sqlite3_open_v2(bench.options.path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) {
        qFatal("cannot open");
    }
    for (const std::string select : {"SELECT sealed FROM entries WHERE hex(pseudonym) = ",
                                     "SELECT sealed FROM purchases WHERE hex(pseudonym) = ",
                                     "SELECT wrapped FROM data_keys WHERE hex(pseudonym) = ",
                                     "SELECT driver FROM data_keys WHERE hex(pseudonym) = "}) {
        sqlite3_stmt *statement = nullptr;
        const std::string sql = select + "'" + pseudonym + "'";
        if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
            qFatal("%s", sql.c_str());
        }
        while (sqlite3_step(statement) == SQLITE_ROW) {
            const QByteArray blob(static_cast<const char *>(sqlite3_column_blob(statement, 0)),
                                  sqlite3_column_bytes(statement, 0));
            for (qsizetype at = 0; at + 16 <= blob.size(); at += 64) {
                pieces.push_back(blob.mid(at, 16));
            }
        }
        sqlite3_finalize(statement);
    }
    sqlite3_close(database);
    return pieces;
}

int foundIn(const JournalBench &bench, const std::vector<QByteArray> &pieces)
{
    int found = 0;
    for (const QByteArray &bytes : contentOf(bench.folder.path())) {
        for (const QByteArray &piece : pieces) {
            found += bytes.contains(piece) ? 1 : 0;
        }
    }
    return found;
}

std::string pseudonymOf(Journal &log, const char *name)
{
    // Of the newest entry, which is one of theirs.
    if (!log.append(note("who", name))) {
        qFatal("append");
    }
    const auto entries = log.entries(log.identity().size - 1, 1);
    return QByteArray::fromStdString(base::toHex(entries->front().driver)).toUpper().toStdString();
}

} // namespace

class ErasureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLeft();
    void whatWasProvedStillIs();
    void anEntryThatNamesThePseudonym();
    void refusals();
    void aFullDiskEmptiesTheLogLater();
    void aLogThatACrashLeftIsEmptied();
};

void ErasureTest::nothingIsLeft()
{
    const JournalBench bench;
    std::vector<QByteArray> pieces;
    std::vector<QByteArray> others;
    {
        const auto log = bench.create();
        live(*log, 45);
        const std::string mia = pseudonymOf(*log, "mia");
        const std::string noah = pseudonymOf(*log, "noah");
        // Another connection cannot read it meanwhile; a copy can.
        const JournalBench copy;
        for (const char *end : {"", "-wal"}) {
            QFile::copy(QString::fromStdString(bench.options.path) + QLatin1String(end),
                        QString::fromStdString(copy.options.path) + QLatin1String(end));
        }
        pieces = piecesOf(copy, mia);
        others = piecesOf(copy, noah);
        QVERIFY(pieces.size() > 400 && others.size() > 400);
        QVERIFY(foundIn(bench, pieces) > int(pieces.size() / 2));
        const auto size = log->identity().size;
        const auto done = log->append(erasureOf("mia"));
        QVERIFY2(done.has_value(), done ? "" : done.error().detail.c_str());
        QCOMPARE(done->size, size + 1);
        // While it is open, with its log beside it.
        QCOMPARE(QFileInfo(QString::fromStdString(bench.options.path + "-wal")).size(), qint64{0});
        QCOMPARE(foundIn(bench, pieces), 0);
        QVERIFY(foundIn(bench, others) > int(others.size() / 2)); // less those that a page's end divides
        QVERIFY(log->purchases(1000)->size() == 30);
        const auto check = journal::checkProjections(*log);
        QVERIFY(check && check->differences.empty());
        QCOMPARE(check->erased, std::uint64_t{15 * 5 + 1});
        QVERIFY(log->append(note("again", "mia"))); // somebody else, for all that the log says
        QVERIFY(pseudonymOf(*log, "mia") != mia);
    }
    QCOMPARE(foundIn(bench, pieces), 0);
    const auto log = bench.open();
    QVERIFY(log);
    QVERIFY(log->append(erasureOf("noah")));
    QCOMPARE(foundIn(bench, others), 0);
    QVERIFY(journal::checkProjections(*log)->differences.empty());
}

void ErasureTest::whatWasProvedStillIs()
{
    const JournalBench bench;
    const auto made = crypto::SigningKey::createDevelopmentKey(
        bench.folder.filePath(QStringLiteral("car.pem")).toStdString());
    QVERIFY(made);
    const auto &car = *made;
    journal::JournalIdentity before;
    std::vector<base::Hash> proof;
    {
        const auto log = bench.create();
        live(*log, 12);
        before = log->identity();
        proof = merkle::inclusionProof(crypto::sha256, 1, before.size, journal::leavesOf(*log)).value();
        const auto checkpoint = journal::checkpointOf(before);
        auto note = crypto::signNote(car, checkpoint.origin, merkle::textOf(checkpoint));
        QVERIFY(note);
        journal::Batch batch;
        batch.entries.push_back(
            {EntryKind::checkpoint, {}, [&note](std::uint64_t) { return journal::signedPayload(*note); }});
        QVERIFY(log->append(batch));
        QVERIFY(log->append(erasureOf("mia")));
        QVERIFY(merkle::inclusionProof(crypto::sha256, 1, before.size, journal::leavesOf(*log)).value() ==
                proof);
        const auto now = log->identity();
        const auto consistent =
            merkle::consistencyProof(crypto::sha256, before.size, now.size, journal::leavesOf(*log));
        QVERIFY(consistent && merkle::verifyConsistency(crypto::sha256, before.size, now.size, before.root,
                                                        now.root, *consistent));
        const auto leaf = log->leaves(1, 1)->front();
        QVERIFY(merkle::verifyInclusion(crypto::sha256, 1, before.size, leaf, proof, before.root));
    }
    journal::VerifyOptions options;
    options.path = bench.options.path;
    options.sealingKey = &bench.sealingKey;
    options.keys = {car.publicKey()};
    options.approvalType = "glovebox-approval+jws";
    const auto verified = journal::verify(options);
    QVERIFY(verified);
    QVERIFY2(verified->findings.empty(),
             verified->findings.empty() ? "" : verified->findings[0].text.c_str());
    QCOMPARE(verified->checkpoints, std::uint64_t{1});
    QCOMPARE(verified->erased, std::uint64_t{4 * 5});
    QCOMPARE(verified->purchases, std::uint64_t{8});
    QCOMPARE(verified->unchecked,
             (std::vector<std::string>{"erased: payloads, approvals and purchases of 1 driver, 20 entries"}));
    options.sealingKey = nullptr; // the tree alone, which needs no key
    QVERIFY(journal::verify(options)->findings.empty());
}

void ErasureTest::anEntryThatNamesThePseudonym()
{
    const JournalBench bench;
    const auto log = bench.create();
    QVERIFY(log->append(note("of mia", "mia")));
    const auto pseudonym = log->entries(1, 1)->front().driver;
    QVERIFY(log->append(erasureOf("mia")));
    const auto entry = log->entries(2, 1)->front();
    QVERIFY(entry.kind == EntryKind::erasure && entry.driver == journal::Pseudonym{});
    QCOMPARE((*entry.payload)["pseudonym"].get<std::string>(), base::toHex(pseudonym));
    QCOMPARE((*entry.payload)["type"].get<std::string>(), std::string("erasure"));
}

void ErasureTest::refusals()
{
    const JournalBench bench;
    const auto log = bench.create();
    QVERIFY(log->append(note("of noah", "noah")));
    auto open = batchOf(std::nullopt, proposed("p1", "r1", "mia", Event::present), driver("mia"));
    QVERIFY(log->append(open));
    auto event = next("p1", Event::approve, 2);
    event.approvalId = payment::ApprovalId::fromText("a1").value();
    auto queued = batchOf(open.purchase, event, driver("mia"));
    queued.enqueue = journal::OutboxRow{.purchase = queued.purchase->id, .approval = event.approvalId};
    QVERIFY(log->append(queued));
    const auto before = log->identity();
    const auto refused = [&log](const journal::Batch &batch) {
        const auto done = log->append(batch);
        return !done && done.error().code == JournalFault::refused;
    };
    QVERIFY(refused(erasureOf("mia")));    // not settled
    QVERIFY(refused(erasureOf("nobody"))); // not known
    QVERIFY(refused(erasureOf("")));       // the car itself
    auto twice = erasureOf("noah");
    twice.entries.push_back(twice.entries.front());
    QVERIFY(refused(twice));
    auto ofTheDriver = erasureOf("noah");
    ofTheDriver.entries.front().driver = driver("mia");
    QVERIFY(refused(ofTheDriver));
    auto more = erasureOf("noah");
    more.entries.push_back(note("one more", "noah").entries.front());
    QVERIFY(refused(more));
    auto silent = erasureOf("noah");
    silent.erase.reset();
    QVERIFY(refused(silent));
    auto noObject = erasureOf("noah");
    noObject.entries.front().payload = [](std::uint64_t) { return base::Json("text"); };
    QVERIFY(refused(noObject));
    auto unsaid = note("no erasure");
    unsaid.erase = driver("noah");
    QVERIFY(refused(unsaid));
    QVERIFY(log->identity().root == before.root);
    QVERIFY(log->entries(1, 1)->front().payload);
    queued = batchOf(queued.purchase, next("p1", Event::cancel, 3), driver("mia"));
    queued.dequeue = queued.purchase->id;
    QVERIFY(log->append(queued));
    QVERIFY(log->append(erasureOf("mia"))); // settled
    QVERIFY(!log->purchaseOfApproval(event.approvalId).value());
}

void ErasureTest::aFullDiskEmptiesTheLogLater()
{
    useFailingVfs();
    const JournalBench bench;
    live(*bench.create(), 6);
    const QString path = QString::fromStdString(bench.options.path);
    const QString wal = path + QStringLiteral("-wal");
    QVERIFY(QFile::copy(path, path + QStringLiteral(".before")));
    int writes = 0;
    for (const bool full : {false, true}) {
        QVERIFY(QFile::remove(path) && QFile::copy(path + QStringLiteral(".before"), path));
        const auto log = journal::Log::open(bench.options, bench.sealingKey, kFailingVfs);
        QVERIFY2(log.has_value(), log ? "" : log.error().detail.c_str());
        // The last two calls give file and log their sizes, the one before copies a page: the commit was
        // durable.
        disk() = {.failWriteAt = full ? writes - 2 : 0, .failCode = SQLITE_FULL};
        QVERIFY((*log)->append(erasureOf("mia")));
        writes = std::exchange(disk(), {}).writes;
        QCOMPARE(QFileInfo(wal).size() > 0, full);
        QVERIFY(!(*log)->entries(1, 1)->front().payload);
        QVERIFY((*log)->append(note("room again")));
        QCOMPARE(QFileInfo(wal).size() > 0, !full);
        QVERIFY(journal::checkProjections(**log)->differences.empty());
    }
}

void ErasureTest::aLogThatACrashLeftIsEmptied()
{
    const JournalBench bench;
    const JournalBench crashed;
    {
        const auto log = bench.create();
        live(*log, 6);
        for (const char *end : {"", "-wal"}) {
            QVERIFY(QFile::copy(QString::fromStdString(bench.options.path) + QLatin1String(end),
                                QString::fromStdString(crashed.options.path) + QLatin1String(end)));
        }
    }
    const QString wal = QString::fromStdString(crashed.options.path + "-wal");
    QVERIFY(QFileInfo(wal).size() > 0);
    auto options = crashed.options;
    const auto log = Journal::open(options, bench.sealingKey);
    QVERIFY2(log.has_value(), log ? "" : log.error().detail.c_str());
    QCOMPARE(QFileInfo(wal).size(), qint64{0});
    QVERIFY(journal::checkProjections(**log)->differences.empty());
}

GLOVEBOX_TEST_MAIN(ErasureTest)
#include "erasure_test.moc"
