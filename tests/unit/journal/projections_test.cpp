// SPDX-License-Identifier: Apache-2.0
#include "bench.h"
#include "journal/check.h"
#include "tests/support/fatal_log.h"

#include <QTest>
#include <rapidcheck.h>

#include <map>

using namespace glovebox;
using namespace glovebox::testing;
using payment::Event;

class ProjectionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rebuildEqualsProjection();
    void differencesAreFound();
    void finishRunsAfterThePayloads();
};

void ProjectionsTest::rebuildEqualsProjection()
{
    QVERIFY(rc::check("what the log folds to is what the tables hold, over any history and a restart", [] {
        const JournalBench bench;
        auto log = bench.create();
        std::map<std::string, payment::Purchase> model;
        const int steps = *rc::gen::inRange(1, 25);
        for (int step = 0; step < steps; ++step) {
            const std::string id = "p" + std::to_string(*rc::gen::inRange(0, 4));
            const auto kind = static_cast<Event>(*rc::gen::inRange(0, payment::kEventCount));
            const auto found = model.find(id);
            const bool first = found == model.end();
            const char *who = *rc::gen::element("mia", "noah", "");
            auto event = first ? proposed(id, "r-" + id, who, kind) : next(id, kind, step);
            const auto before = first ? std::nullopt : std::optional(found->second);
            const auto after = payment::fold(before, event);
            if (!after) {
                continue;
            }
            const auto done = log->append(batchOf(before, event, after->driver));
            RC_ASSERT(done.has_value());
            model.insert_or_assign(id, *after);
        }
        log.reset();
        log = bench.open();
        RC_ASSERT(log != nullptr);
        const auto check = journal::checkProjections(*log);
        RC_ASSERT(check.has_value());
        RC_ASSERT(check->differences.empty());
        RC_ASSERT(check->purchases == model.size());
        std::size_t open = 0;
        for (const auto &[id, purchase] : model) {
            const auto kept = log->purchase(purchase.id);
            RC_ASSERT((kept.has_value() && kept->has_value()));
            RC_ASSERT(payment::toCanonical(**kept) == payment::toCanonical(purchase));
            open += payment::isOpen(purchase.state) || payment::isUnsettled(purchase.state) ? 1 : 0;
        }
        RC_ASSERT(log->unfinished()->size() == open);
        RC_ASSERT(log->purchases(2)->size() == std::min<std::size_t>(2, model.size()));
    }));
}

void ProjectionsTest::differencesAreFound()
{
    const JournalBench bench;
    {
        const auto log = bench.create();
        const auto event = proposed("p1", "r1", "mia", Event::hold);
        QVERIFY(log->append(batchOf(std::nullopt, event, driver("mia"))));
        QVERIFY(log->append(batchOf(std::nullopt, proposed("p2", "r2", "mia", Event::hold), driver("mia"))));
        QVERIFY(journal::checkProjections(*log)->differences.empty());
        // An event without its projection.
        auto half =
            batchOf(payment::fold(std::nullopt, event).value(), next("p1", Event::present, 2), driver("mia"));
        half.purchase.reset();
        QVERIFY(log->append(half));
        QCOMPARE(journal::checkProjections(*log)->differences.size(), std::size_t{1});
    }
    bench.sql("DELETE FROM requests; DELETE FROM purchases WHERE purchase_id = 'p2';"
              "INSERT INTO outbox VALUES ('p1', 'a1', 0, 0)");
    const auto log = bench.open();
    QVERIFY(log);
    // p1 differs, p2 is missing, two requests lead nowhere, the outbox holds an unknown approval.
    QCOMPARE(journal::checkProjections(*log)->differences.size(), std::size_t{5});
}

void ProjectionsTest::finishRunsAfterThePayloads()
{
    const JournalBench bench;
    const auto log = bench.create();
    std::string made;
    auto batch = batchOf(std::nullopt, proposed("p1", "r1", "mia", Event::hold), driver("mia"));
    const auto inner = batch.entries[0].payload;
    batch.entries[0].payload = [&](std::uint64_t sequence) {
        made = "signed at " + std::to_string(sequence);
        return inner(sequence);
    };
    batch.finish = [&](payment::Purchase &purchase) { purchase.reason = made; };
    const auto done = log->append(batch);
    QVERIFY(done);
    QCOMPARE(done->purchase->reason, std::string("signed at 1"));
    QCOMPARE(log->purchase(done->purchase->id).value()->reason, std::string("signed at 1"));
}

GLOVEBOX_TEST_MAIN(ProjectionsTest)
#include "projections_test.moc"
