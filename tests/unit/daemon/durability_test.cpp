// SPDX-License-Identifier: Apache-2.0
// Restarts, full disks and unknown outcomes: what was acknowledged is there, what is not known is not told.
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon/car.h"
#include "tests/unit/store/failing_vfs.h"

#include <QLoggingCategory>
#include <QRegularExpression>

#include <sqlite3.h>

using namespace glovebox;
using namespace glovebox::testing;
using namespace std::chrono_literals;
using journal::JournalFault;
using payment::Event;
using payment::State;

namespace
{

void expectWarning(const char *text)
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QLatin1String(text)));
}

} // namespace

class DurabilityTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Car> m_car;

    void fail(JournalFault fault, bool lasting = false) const
    {
        m_car->disturbance.failAfter = 0;
        m_car->disturbance.lasting = lasting;
        m_car->disturbance.fault = static_cast<int>(fault);
    }
    [[nodiscard]] base::Json status() const
    {
        std::string text;
        m_car->core->admins().status([&text](const daemon::Answer &answer) { text = answer.value(); });
        m_car->settle();
        return base::Json::parse(text);
    }
    void makeCar(const std::string &vfs = {})
    {
        m_car.reset();
        m_car = std::make_unique<Car>(vfs);
        m_car->makeReady();
    }

private Q_SLOTS:
    void anApprovalWithoutAConnectionIsCounted();
    void nothingIsApprovedThatNobodyCounts();
    void anOldJournalApprovesNothing();
    void init() { makeCar(); }
    void cleanup()
    {
        m_car.reset();
        disk() = {};
        QLoggingCategory::setFilterRules({});
    }

    void aPresentedOneIsHeldAfterARestart();
    void aQueuedOneGoesOn();
    void anotherBootEndsWhatNobodyAnswered();
    void newsAboutWhatIsOverArrivesAfterARestart();
    void theDirectoryIsKnownAfterARestart();
    void anApprovalThatFoundNoPlaceInTheQueueIsNotAcknowledged();
    void anUnknownOutcomeEndsTheProcessAndTellsNobody();
    void whetherItIsThereTheLogSays_data();
    void whetherItIsThereTheLogSays();
    void startAndStopAreInTheLog();
};

void DurabilityTest::aPresentedOneIsHeldAfterARestart()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    m_car->detach();
    m_car->attach();
    m_car->restart();
    QCOMPARE(m_car->state(purchase), State::held);
    m_car->press(up.card.nonce, up.card.texts.items);
    QCOMPARE(m_car->lastRefusal(), std::string("stale_nonce"));
    m_car->park();
    QCOMPARE(m_car->view().screen, std::string("pin"));
    m_car->enterPin();
    QCOMPARE(m_car->state(purchase), State::presented);
    m_car->approve();
    QCOMPARE(m_car->state(purchase), State::queued);
    QVERIFY(m_car->differences().empty());
}

void DurabilityTest::aQueuedOneGoesOn()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->approve();
    m_car->restart();
    const auto open = m_car->settlement->book.unsettled();
    QCOMPARE(open.size(), std::size_t{1});
    QCOMPARE(open[0].id.text(), purchase);
    QVERIFY(!open[0].approvalJws.empty());
    QCOMPARE(m_car->settlement->book.find(open[0].approvalId)->id.text(), purchase);
    m_car->settlement->record(purchase, Event::submit, m_car->clock.now());
    m_car->settle();
    QVERIFY(m_car->settlement->recorded.back());
    QCOMPARE(m_car->state(purchase), State::submitted);
}

void DurabilityTest::anotherBootEndsWhatNobodyAnswered()
{
    const std::string presented = m_car->propose(Car::parking("r1"));
    const std::string held = m_car->propose(Car::parking("r2"));
    QCOMPARE(m_car->state(presented), State::presented);
    m_car->end();
    m_car->clock.reboot();
    m_car->signals.readings = {};
    m_car->begin();
    QCOMPARE(m_car->state(presented), State::expired);
    QCOMPARE(m_car->state(held), State::expired);
    m_car->core->driver().resume(presented);
    m_car->settle();
    QCOMPARE(m_car->state(presented), State::expired);
}

void DurabilityTest::newsAboutWhatIsOverArrivesAfterARestart()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->approve();
    m_car->settlement->record(purchase, Event::submit, m_car->clock.now());
    m_car->settle();
    m_car->settlement->record(purchase, Event::captured, m_car->clock.now());
    m_car->settle();
    const payment::ApprovalId approval = m_car->stored(purchase).approvalId;
    m_car->restart();
    QVERIFY(m_car->settlement->book.unsettled().empty());
    QVERIFY(m_car->settlement->book.find(approval));
    m_car->settlement->record(purchase, Event::refund, m_car->clock.now());
    m_car->settle();
    QVERIFY(m_car->settlement->recorded.back());
    QCOMPARE(m_car->state(purchase), State::refunded);
}

void DurabilityTest::theDirectoryIsKnownAfterARestart()
{
    m_car->restart();
    QCOMPARE(m_car->settlement->recorded.size(), std::size_t{0});
    QCOMPARE(m_car->state(m_car->propose(Car::parking("r1"))), State::held);
}

void DurabilityTest::anApprovalThatFoundNoPlaceInTheQueueIsNotAcknowledged()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    const auto gate = m_car->stall();
    std::size_t stored = 0;
    for (std::size_t i = 0; i <= daemon::PurchaseBook::kTurns_max; ++i) {
        m_car->settlement->book.store("events.cursor", std::to_string(i),
                                      [&stored](bool ok) { stored += ok ? 1U : 0U; });
    }
    expectWarning("too much to do at once"); // the approval
    expectWarning("too much to do at once"); // that its card goes
    m_car->core->driver().approve(up.card.nonce, up.card.texts.items, payment::ConsentMethod::touch);
    QCOMPARE(m_car->cockpit.refusals.size(), std::size_t{1});
    QVERIFY(m_car->view().screen == "idle");
    gate->set_value();
    m_car->settle();
    QCOMPARE(stored, daemon::PurchaseBook::kTurns_max + 1);
    QCOMPARE(m_car->count(journal::EntryKind::approval), 0);
    QCOMPARE(m_car->settlement->wakes, 0);
    m_car->advance(6s);
    QCOMPARE(m_car->view().card.purchaseId, purchase);
    QVERIFY(m_car->view().card.nonce != up.card.nonce);
    m_car->approve();
    QCOMPARE(m_car->state(purchase), State::queued);
}

void DurabilityTest::anUnknownOutcomeEndsTheProcessAndTellsNobody()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    int told = 0;
    m_car->core->agents().purchase(m_car->caller, purchase, m_car->stored(purchase).version, 20,
                                   [&told](const daemon::Answer &) { ++told; });
    m_car->settle();
    const auto views = m_car->cockpit.views;
    expectWarning("the journal stopped");
    fail(JournalFault::unknownOutcome);
    m_car->press();
    QCOMPARE(m_car->unknownOutcomes.size(), std::size_t{1});
    QVERIFY(m_car->cockpit.refusals.empty()); // neither yes nor no
    QVERIFY(m_car->cockpit.views == views);
    QCOMPARE(m_car->settlement->wakes, 0);
    QCOMPARE(told, 0);
    // Nothing is written any more, whatever is asked.
    const std::size_t entries = m_car->log().size();
    bool stopped = false;
    m_car->core->stop([&stopped] { stopped = true; });
    QCOMPARE(m_car->propose(Car::parking("r2")), std::string());
    QVERIFY(stopped);
    QCOMPARE(m_car->log().size(), entries);
}

void DurabilityTest::whetherItIsThereTheLogSays_data()
{
    QTest::addColumn<bool>("sync");
    QTest::newRow("the write failed") << false;
    QTest::newRow("the sync failed") << true;
}

void DurabilityTest::whetherItIsThereTheLogSays()
{
    QFETCH(const bool, sync);
    useFailingVfs();
    makeCar(kFailingVfs);
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    expectWarning("the journal stopped");
    disk() = {.failWriteAt = sync ? 0 : 2,
              .failSyncAt = sync ? 1 : 0,
              .failCode = sync ? SQLITE_IOERR_FSYNC : SQLITE_IOERR_WRITE};
    m_car->press();
    QCOMPARE(m_car->unknownOutcomes.size(), std::size_t{1});
    QVERIFY(m_car->cockpit.refusals.empty());
    disk() = {};
    m_car->restart(); // the next process reads what the log says
    const State state = m_car->state(purchase);
    QCOMPARE(state, sync ? State::queued : State::held);
    QCOMPARE(m_car->count(journal::EntryKind::approval), sync ? 1 : 0);
    QCOMPARE(m_car->settlement->book.unsettled().size(), std::size_t{sync ? 1U : 0U});
    QVERIFY(m_car->differences().empty());
}

void DurabilityTest::startAndStopAreInTheLog()
{
    bool stopped = false;
    m_car->core->stop([&stopped] { stopped = true; });
    QVERIFY(!stopped); // not before it is on disk
    m_car->settle();
    QVERIFY(stopped);
    QCOMPARE(m_car->count(journal::EntryKind::boot), 2); // and the one that ties it to the counter
    QCOMPARE(m_car->count(journal::EntryKind::shutdown), 1);
    QVERIFY(!m_car->view().sessionOpen);
}

void DurabilityTest::anApprovalWithoutAConnectionIsCounted()
{
    const auto stepsOfApproval = [this](bool online) {
        m_car = std::make_unique<Car>();
        m_car->makeReady();
        m_car->connectivity.set(online);
        m_car->settle();
        const std::string id = m_car->propose(Car::parking("r-1"));
        const std::uint64_t before = m_car->counter.value;
        m_car->approve();
        const bool sound = m_car->state(id) == State::queued && m_car->differences().empty();
        return sound ? static_cast<int>(m_car->counter.value - before) : -1;
    };
    QCOMPARE(stepsOfApproval(true), 0);
    QCOMPARE(stepsOfApproval(false), 1);
}

void DurabilityTest::nothingIsApprovedThatNobodyCounts()
{
    m_car = std::make_unique<Car>();
    m_car->makeReady();
    m_car->end();
    m_car->counter.steps = false; // the boot is written, and its step is missing
    m_car->begin();
    m_car->counter.alive = false;
    m_car->attach();
    m_car->park();
    m_car->core->driver().openPin();
    expectWarning("nothing was written");
    m_car->enterPin(); // not tried without a count, so no session opens and nothing is approved
    QVERIFY(!m_car->view().sessionOpen);
    m_car->counter.alive = true;
    m_car->counter.steps = true;
    m_car->makeReady();
    QVERIFY(m_car->view().sessionOpen);
}

void DurabilityTest::anOldJournalApprovesNothing()
{
    m_car = std::make_unique<Car>();
    m_car->makeReady();
    m_car->end();
    ++m_car->counter.value; // the chip has seen more than this log knows
    m_car->begin();
    m_car->makeReady();
    const std::string id = m_car->propose(Car::parking("r-1"));
    QCOMPARE(m_car->state(id), State::refused);
    QCOMPARE(m_car->look(id).at("reason").get<std::string>(), std::string("service.needed"));
    QCOMPARE(m_car->view().notice, std::string("Payments paused, service needed"));
    QVERIFY(m_car->view().paused);
    const base::Json service = status().at("service_needed");
    QCOMPARE(service.at("reason").get<std::string>(), std::string("journal_rolled_back"));
    QVERIFY(service.at("first_bad_sequence").get<std::uint64_t>() > 0);
    m_car->restart();
    m_car->makeReady();
    QCOMPARE(m_car->state(m_car->propose(Car::parking("r-2"))), State::refused);
}

GLOVEBOX_TEST_MAIN(DurabilityTest)
#include "durability_test.moc"
