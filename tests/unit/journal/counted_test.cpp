// SPDX-License-Identifier: Apache-2.0
// A journal under a counter that only grows: an old copy of the file is found, and a power cut is not.
#include "journal/counted.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/journal/bench.h"
#include "tests/unit/journal/fake_counter.h"

#include <QFile>
#include <QTest>

using namespace glovebox;
using namespace glovebox::testing;
using journal::EntryKind;
using journal::JournalFault;

namespace
{

journal::Batch entryOf(EntryKind kind)
{
    journal::Batch batch = note("something", kind == EntryKind::boot ? "" : "mia");
    batch.entries.front().kind = kind;
    return batch;
}

} // namespace

class CountedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void stepsWhereItMatters();
    void anEarlierCopyIsFound();
    void whatWasFoundStaysFound();
    void aPowerCutBeforeTheStepIsMadeUpFor();
    void nothingCountedIsWrittenWithoutTheChip();
    void aChipThatComesBackGoesOn();
    void aCounterThatSomebodyElseStepped();
    void aJournalThatWasNeverTied();

private:
    [[nodiscard]] journal::JournalResult<journal::CountedJournal> open()
    {
        return journal::underCounter(m_bench->open(), *m_counter);
    }
    /// Opens, which must find nothing wrong.
    [[nodiscard]] std::unique_ptr<journal::Journal> sound()
    {
        auto opened = open();
        return opened && !opened->rollback ? std::move(opened->journal) : nullptr;
    }
    [[nodiscard]] bool isRolledBack()
    {
        const auto opened = open();
        return opened && opened->rollback;
    }
    void keepCopy() const { QVERIFY(QFile::copy(path(), path() + QStringLiteral(".copy"))); }
    void putBack() const
    {
        QVERIFY(QFile::remove(path()));
        QFile::remove(path() + QStringLiteral("-wal"));
        QVERIFY(QFile::copy(path() + QStringLiteral(".copy"), path()));
    }
    [[nodiscard]] QString path() const { return QString::fromStdString(m_bench->options.path); }

    std::unique_ptr<JournalBench> m_bench;
    std::unique_ptr<FakeCounter> m_counter;
};

void CountedTest::init()
{
    m_bench = std::make_unique<JournalBench>();
    m_counter = std::make_unique<FakeCounter>();
    const auto created = m_bench->create();
    QVERIFY(created);
    QVERIFY(journal::tieToCounter(*created, *m_counter));
}

void CountedTest::stepsWhereItMatters()
{
    const auto journal = sound();
    QVERIFY(journal);
    const auto stepsAt = [&](const journal::Batch &batch) {
        const std::uint64_t before = m_counter->value;
        const auto committed = journal->append(batch);
        return committed ? static_cast<int>(m_counter->value - before) : -1;
    };
    QCOMPARE(stepsAt(entryOf(EntryKind::boot)), 1);
    QCOMPARE(stepsAt(entryOf(EntryKind::wrongPin)), 1);
    QCOMPARE(stepsAt(entryOf(EntryKind::session)), 0);
    QCOMPARE(stepsAt(entryOf(EntryKind::approval)), 0); // the gateway is asked at once
    journal::Batch offline = entryOf(EntryKind::approval);
    offline.approvedOffline = true;
    QCOMPARE(stepsAt(offline), 1);
    // The number is in the entry, where it is bound into the tree.
    const auto last = journal->entries(journal->identity().size - 1, 1);
    QVERIFY(last && last->size() == 1);
    QCOMPARE(last->front().payload->at("counter").get<std::uint64_t>(), m_counter->value.load());
}

void CountedTest::anEarlierCopyIsFound()
{
    QVERIFY(sound()->append(entryOf(EntryKind::boot)));
    keepCopy();
    std::uint64_t size = 0;
    {
        const auto journal = sound();
        size = journal->identity().size;
        QVERIFY(journal->append(entryOf(EntryKind::wrongPin))); // one step is enough
    }
    QVERIFY(sound());
    putBack();
    const auto opened = open();
    QVERIFY(opened && opened->rollback);
    QCOMPARE(opened->rollback->firstBadSequence, size);
    QCOMPARE(opened->rollback->counter, opened->rollback->sealed + 1);
}

void CountedTest::whatWasFoundStaysFound()
{
    keepCopy();
    QVERIFY(sound()->append(entryOf(EntryKind::boot)));
    putBack();
    std::uint64_t first = 0;
    {
        const auto opened = open();
        QVERIFY(opened && opened->rollback);
        first = opened->rollback->firstBadSequence;
        const std::uint64_t before = m_counter->value;
        QVERIFY(opened->journal->append(entryOf(EntryKind::boot))); // the log goes on, as evidence
        QVERIFY(opened->journal->append(entryOf(EntryKind::wrongPin)));
        QCOMPARE(m_counter->value.load(), before);
    }
    const auto again = open();
    QVERIFY(again && again->rollback);
    QCOMPARE(again->rollback->firstBadSequence, first);
}

void CountedTest::aPowerCutBeforeTheStepIsMadeUpFor()
{
    const std::uint64_t before = m_counter->value;
    m_counter->steps = false;
    QVERIFY(sound()->append(entryOf(EntryKind::boot)));
    QCOMPARE(m_counter->value.load(), before);
    m_counter->steps = true;
    const auto journal = sound();
    QVERIFY(journal);
    QCOMPARE(m_counter->value.load(), before + 1);
    QVERIFY(journal->append(entryOf(EntryKind::boot)));
    QCOMPARE(m_counter->value.load(), before + 2);
}

void CountedTest::nothingCountedIsWrittenWithoutTheChip()
{
    auto journal = sound();
    m_counter->alive = false;
    // Durable before the chip was missed; the next one is not written.
    QVERIFY(journal->append(entryOf(EntryKind::boot)));
    const std::uint64_t size = journal->identity().size;
    const auto refused = journal->append(entryOf(EntryKind::wrongPin));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, JournalFault::refused);
    QCOMPARE(journal->identity().size, size);
    QVERIFY(journal->append(entryOf(EntryKind::settlement))); // what needs no counter goes on
    journal.reset();
    QCOMPARE(open().error().code, JournalFault::refused);
}

void CountedTest::aChipThatComesBackGoesOn()
{
    const auto journal = sound();
    m_counter->alive = false;
    QVERIFY(journal->append(entryOf(EntryKind::boot)));
    QVERIFY(!journal->append(entryOf(EntryKind::boot)));
    m_counter->alive = true;
    const std::uint64_t before = m_counter->value;
    QVERIFY(journal->append(entryOf(EntryKind::boot)));
    QCOMPARE(m_counter->value.load(), before + 2); // the missed one and its own
}

void CountedTest::aCounterThatSomebodyElseStepped()
{
    ++m_counter->value;
    QVERIFY(isRolledBack()); // who may step it cannot make payments, only stop them
    m_counter->value = 1;    // another chip
    QVERIFY(isRolledBack());
}

void CountedTest::aJournalThatWasNeverTied()
{
    JournalBench bench;
    QVERIFY(bench.create());
    const auto opened = journal::underCounter(bench.open(), *m_counter);
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, JournalFault::refused);
}

GLOVEBOX_TEST_MAIN(CountedTest)
#include "counted_test.moc"
