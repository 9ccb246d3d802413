// SPDX-License-Identifier: Apache-2.0
#include "../store/files.h"
#include "bench.h"
#include "crypto/hash.h"
#include "journal/check.h"
#include "tests/support/fatal_log.h"

#include <QTest>

#include <sys/stat.h>

using namespace glovebox;
using namespace glovebox::testing;
using journal::EntryKind;
using journal::JournalFault;

class RecordTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithItsIdentity();
    void leafOfTheFormat();
    void keepsOverARestart();
    void callbacksGetTheSequence();
    void refusedPayloadLeavesNothing();
    void everyChangedByteIsNoticed();
    void erasedDriver();
    void holdsNoPersonalDataInTheClear();
    void settingsAndOutbox();
    void anApprovalLeadsToItsPurchase();
};

void RecordTest::beginsWithItsIdentity()
{
    const JournalBench bench;
    const auto log = bench.create();
    QCOMPARE(log->identity().size, std::uint64_t{1});
    QCOMPARE(log->identity().keyThumbprint, bench.options.keyThumbprint);
    const auto entries = log->entries(0, 10).value();
    QCOMPARE(entries.size(), std::size_t{1});
    QVERIFY(entries[0].kind == EntryKind::created);
    QVERIFY(entries[0].driver == journal::Pseudonym{});
    QCOMPARE((*entries[0].payload)["journal_id"].get<std::string>(), log->identity().journalId);
    QCOMPARE((*entries[0].payload)["key_thumbprint"].get<std::string>(), bench.options.keyThumbprint);
    struct stat status{};
    QCOMPARE(stat(bench.options.path.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0600U);
    const auto files = QDir(bench.folder.path()).entryList(QDir::Files);
    QVERIFY2(!files.contains(QStringLiteral("journal.sqlite.new")), qPrintable(files.join(u' ')));
}

void RecordTest::leafOfTheFormat()
{
    // The root of one entry, from nothing but the words of docs/journal.md.
    const JournalBench bench;
    base::Hash root{};
    {
        root = bench.create()->identity().root;
    }
    base::Bytes leaf = {0x00,                      // RFC 6962: a leaf
                        0x01,                      // version
                        0,    0, 0, 0, 0, 0, 0, 0, // sequence
                        0,    1};                  // kind: created
    leaf.resize(leaf.size() + 16);                 // the car itself
    const base::Bytes commitment = bench.blob("SELECT commitment FROM entries");
    leaf.insert(leaf.end(), commitment.begin(), commitment.end());
    QCOMPARE(base::toHex(crypto::sha256(leaf)), base::toHex(root));
}

void RecordTest::keepsOverARestart()
{
    const JournalBench bench;
    journal::JournalIdentity before;
    {
        const auto log = bench.create();
        for (int i = 0; i < 20; ++i) {
            const auto done = log->append(note("entry " + std::to_string(i), i % 2 == 0 ? "mia" : ""));
            QVERIFY(done);
            QCOMPARE(done->firstSequence, static_cast<std::uint64_t>(i + 1));
        }
        before = log->identity();
    }
    const auto log = bench.open();
    QVERIFY(log);
    QCOMPARE(log->identity().size, std::uint64_t{21});
    QVERIFY(log->identity().root == before.root);
    QCOMPARE(log->identity().journalId, before.journalId);
    const auto entries = log->entries(5, 3).value();
    QCOMPARE(entries.size(), std::size_t{3});
    QCOMPARE((*entries[0].payload)["text"].get<std::string>(), std::string("entry 4"));
    QVERIFY(entries[0].driver == entries[2].driver); // one pseudonym for a driver
    QVERIFY(entries[0].driver != entries[1].driver);
    QVERIFY(log->entries(21, 5).value().empty());
}

void RecordTest::callbacksGetTheSequence()
{
    const JournalBench bench;
    const auto log = bench.create();
    journal::Batch batch = note("a");
    batch.entries.push_back(note("b").entries.front());
    const auto done = log->append(batch);
    QVERIFY(done);
    QCOMPARE(done->firstSequence, std::uint64_t{1});
    QCOMPARE(done->size, std::uint64_t{3});
    QCOMPARE((*log->entries(2, 1).value()[0].payload)["sequence"].get<int>(), 2);
}

void RecordTest::refusedPayloadLeavesNothing()
{
    const JournalBench bench;
    const auto log = bench.create();
    const auto before = log->identity();
    journal::Batch batch = note("kept", "mia");
    batch.entries.push_back({.kind = EntryKind::approval,
                             .driver = driver("mia"),
                             .payload = [](std::uint64_t) -> base::Result<base::Json, std::string> {
                                 return base::fail(std::string("key"), "the key is gone");
                             }});
    const auto refused = log->append(batch);
    QCOMPARE(refused.error().code, JournalFault::refused);
    QCOMPARE(refused.error().detail, std::string("the key is gone"));
    batch.entries.back().payload = [](std::uint64_t) -> base::Result<base::Json, std::string> {
        throw std::runtime_error("out");
    };
    QCOMPARE(log->append(batch).error().code, JournalFault::refused);
    QCOMPARE(log->append({}).error().code, JournalFault::refused);
    QVERIFY(log->identity().root == before.root);
    QCOMPARE(log->entries(0, 10).value().size(), std::size_t{1});
    // The pseudonym that was made in it is not remembered either: the next entry makes one that is kept.
    QVERIFY(log->append(note("again", "mia")));
    QVERIFY(log->entries(1, 1).value()[0].payload.has_value());
}

void RecordTest::everyChangedByteIsNoticed()
{
    const JournalBench bench;
    {
        const auto log = bench.create();
        QVERIFY(log->append(note("x", "mia")));
    }
    const auto reads = [&] {
        const auto log = bench.open();
        return log && log->entries(1, 1).has_value() && log->entries(1, 1)->size() == 1;
    };
    QVERIFY(reads());
    for (const std::string column : {"pseudonym", "commitment", "sealed"}) {
        const std::string update = "UPDATE entries SET " + column + " = ?1 WHERE sequence = 1";
        const base::Bytes whole = bench.blob("SELECT " + column + " FROM entries WHERE sequence = 1");
        for (std::size_t i = 0; i < whole.size(); ++i) {
            base::Bytes changed = whole;
            changed[i] ^= 0x10;
            bench.setBlob(update, changed);
            QVERIFY2(!reads(), (column + " byte " + std::to_string(i)).c_str());
        }
        bench.setBlob(update, whole);
        QVERIFY(reads());
    }
    const std::pair<const char *, const char *> changes[] = {
        {"UPDATE entries SET kind = 7 WHERE sequence = 1", "UPDATE entries SET kind = 2 WHERE sequence = 1"},
        {"UPDATE entries SET sequence = 7 WHERE sequence = 1",
         "UPDATE entries SET sequence = 1 WHERE sequence = 7"},
        {"UPDATE frontier SET size = 3", "UPDATE frontier SET size = 2"},
        {"UPDATE identity SET journal_id = 'j' || journal_id",
         "UPDATE identity SET journal_id = substr(journal_id, 2)"},
    };
    for (const auto &[change, undo] : changes) {
        bench.sql(change);
        QVERIFY2(!reads(), change);
        bench.sql(undo);
        QVERIFY2(reads(), undo);
    }
    const base::Bytes edge = bench.blob("SELECT hashes FROM frontier");
    base::Bytes changed = edge;
    changed.front() ^= 1;
    bench.setBlob("UPDATE frontier SET hashes = ?1", changed);
    QCOMPARE(bench.fault(), JournalFault::corrupt);
    bench.setBlob("UPDATE frontier SET hashes = ?1", edge);
    bench.sql(
        "UPDATE entries SET sealed = NULL WHERE sequence = 1"); // without its key's end it is no erasure
    QVERIFY(!reads());
    bench.sql("DELETE FROM entries WHERE sequence = 1"); // cut off at the end
    QCOMPARE(bench.fault(), JournalFault::corrupt);
}

void RecordTest::erasedDriver()
{
    const JournalBench bench;
    base::Hash root{};
    {
        const auto log = bench.create();
        QVERIFY(log->append(note("of mia", "mia")));
        QVERIFY(log->append(note("of noah", "noah")));
        root = log->identity().root;
    }
    bench.sql("DELETE FROM data_keys WHERE pseudonym = (SELECT pseudonym FROM entries WHERE sequence = 1);"
              "UPDATE entries SET sealed = NULL WHERE sequence = 1");
    const auto log = bench.open();
    QVERIFY(log);
    const auto entries = log->entries(0, 3);
    QVERIFY2(entries.has_value(), entries ? "" : entries.error().detail.c_str());
    QVERIFY((*entries)[0].payload && !(*entries)[1].payload && (*entries)[2].payload);
    QVERIFY(log->identity().root == root);
    // The same name is another pseudonym afterwards.
    QVERIFY(log->append(note("mia again", "mia")));
    QVERIFY(log->entries(3, 1).value()[0].driver != (*entries)[1].driver);
}

void RecordTest::holdsNoPersonalDataInTheClear()
{
    const JournalBench bench;
    {
        const auto log = bench.create();
        const auto event = proposed("p1", "REQUEST-OF-MIA", "mia-the-driver", payment::Event::hold);
        QVERIFY(log->append(batchOf(std::nullopt, event, driver("mia-the-driver"))));
        journal::Batch batch = note("NOTE-TEXT", "mia-the-driver");
        batch.settings = {{"directory", "SETTING-VALUE"}};
        QVERIFY(log->append(batch));
        const auto found = log->purchaseOfRequest(event.agent, event.proposal->requestId);
        QVERIFY(found && *found && (*found)->text() == "p1");
        QVERIFY(
            !log->purchaseOfRequest(payment::AgentId::fromText("other").value(), event.proposal->requestId)
                 .value());
        // Open, with its log beside it.
        for (const QByteArray &bytes : contentOf(bench.folder.path())) {
            for (const char *text : {"mia-the-driver", "REQUEST-OF-MIA", "NOTE-TEXT", "SETTING-VALUE",
                                     "garage-1", "assistant"}) {
                QVERIFY2(!bytes.contains(text), text);
            }
        }
    }
    for (const QByteArray &bytes : contentOf(bench.folder.path())) {
        QVERIFY(!bytes.contains("mia-the-driver"));
    }
}

void RecordTest::settingsAndOutbox()
{
    const JournalBench bench;
    const auto id = payment::PurchaseId::fromText("p1").value();
    {
        const auto log = bench.create();
        QVERIFY(!log->setting("cursor").value());
        journal::Batch batch = note("a");
        batch.settings = {{"cursor", "41"}, {"directory", ""}};
        batch.enqueue = journal::OutboxRow{.purchase = id,
                                           .approval = payment::ApprovalId::fromText("a1").value(),
                                           .attempts = 2,
                                           .notBeforeWall_ms = 1'790'000'000'123};
        QVERIFY(log->append(batch));
        batch.settings = {{"cursor", "42"}};
        batch.enqueue->attempts = 3;
        QVERIFY(log->append(batch));
    }
    bench.sql("UPDATE settings SET name = 'cursos' WHERE name = 'cursor'"); // it would not be missed
    QCOMPARE(bench.fault(), JournalFault::corrupt);
    bench.sql("UPDATE settings SET name = 'cursor' WHERE name = 'cursos'");
    const auto log = bench.open();
    QCOMPARE(log->setting("cursor").value().value_or("none"), std::string("42"));
    QCOMPARE(log->setting("directory").value().value_or("none"), std::string());
    const auto rows = log->outbox().value();
    QCOMPARE(rows.size(), std::size_t{1});
    QCOMPARE(rows[0].attempts, 3);
    QCOMPARE(rows[0].notBeforeWall_ms, std::int64_t{1'790'000'000'123});
    journal::Batch batch = note("b");
    batch.dequeue = id;
    QVERIFY(log->append(batch));
    QVERIFY(log->outbox().value().empty());
}

void RecordTest::anApprovalLeadsToItsPurchase()
{
    const JournalBench bench;
    const auto log = bench.create();
    const auto approval = payment::ApprovalId::fromText("a1").value();
    auto batch = batchOf(std::nullopt, proposed("p1", "r1", "mia", payment::Event::present), driver("mia"));
    QVERIFY(log->append(batch));
    auto event = next("p1", payment::Event::approve, 2);
    event.approvalId = approval;
    batch = batchOf(batch.purchase, event, driver("mia"));
    batch.enqueue = journal::OutboxRow{.purchase = batch.purchase->id, .approval = approval};
    QVERIFY(log->append(batch));
    QCOMPARE(log->purchaseOfApproval(approval).value(), batch.purchase->id);
    batch = batchOf(batch.purchase, next("p1", payment::Event::cancel, 3), driver("mia"));
    batch.dequeue = batch.purchase->id;
    QVERIFY(log->append(batch));
    QVERIFY(log->outbox().value().empty());
    QCOMPARE(log->purchaseOfApproval(approval).value(), batch.purchase->id);
    QVERIFY(!log->purchaseOfApproval(payment::ApprovalId::fromText("a2").value()).value());
    QVERIFY(journal::checkProjections(*log)->differences.empty());
}

GLOVEBOX_TEST_MAIN(RecordTest)
#include "record_test.moc"
