// SPDX-License-Identifier: Apache-2.0
// What follows an answer: what the result says, how long it stays, and until when it can be undone.
#include "crypto/hash.h"
#include "crypto/jws.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon/car.h"

#include <algorithm>

using namespace glovebox;
using namespace glovebox::testing;
using namespace std::chrono_literals;
using payment::Event;
using payment::State;

class ResultsTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Car> m_car;

    std::string approved(const base::Json &proposal) const
    {
        const std::string purchase = m_car->propose(proposal);
        m_car->approve();
        if (m_car->state(purchase) != State::queued) {
            qFatal("it was not approved");
        }
        return purchase;
    }
    void undo(const std::string &purchase) const
    {
        m_car->core->driver().undo(purchase);
        m_car->settle();
    }
    void record(const std::string &purchase, Event event,
                const std::optional<payment::SettlementFacts> &facts = std::nullopt) const
    {
        m_car->settlement->record(purchase, event, m_car->clock.now(), facts);
        m_car->settle();
        QVERIFY(m_car->settlement->recorded.back());
    }
    [[nodiscard]] std::string headline() const { return m_car->view().result.items.front().text; }

    static std::string shownAs(const std::vector<payment::ShownText> &items, const std::string &id)
    {
        const auto found = std::ranges::find(items, id, &payment::ShownText::id);
        return found == items.end() ? std::string() : found->text;
    }
    /// The moment that is signed, out of the approval itself.
    [[nodiscard]] payment::StopMoment signedStop(const std::string &purchase) const
    {
        const crypto::PublicKey keys[] = {m_car->sample.car.publicKey()};
        const auto verified =
            crypto::verifyJws(m_car->stored(purchase).approvalJws, wire::kApprovalType, keys);
        const auto claims = base::parseJson(base::textOf(verified.value().payload), payment::kRecordLimits);
        return payment::approvalFromClaims(claims.value(), crypto::hashJson).value().stop;
    }

private Q_SLOTS:
    void init()
    {
        m_car = std::make_unique<Car>();
        m_car->makeReady();
    }
    void cleanup() { m_car.reset(); }

    void undoBeforeItIsSentIsCertain();
    void undoAfterItWasSentIsARequest();
    void whatIsPaidAtOnceIsStoppedBeforeItIsSentOrNotAtAll();
    void savedOfflineEndsWithTheSendingToo();
    void undoUntilYouLeaveEndsWhenTheCarMovesAndStaysEnded();
    void undoUntilYouLeaveEndsWithTheProcess();
    void whatIsReservedCanStillBeStopped();
    void undoOfOthersDoesNothing();
    void aNewCardNeverReplacesAnUndo();
    void drivingOffEndsTheUndoAndLetsTheNextCardCome();
    void theOwnAnswerShowsAlsoWhenAnotherCouldBeUndone();
    void aResultLeavesByItself();
    void aResultWithUndoStaysAndLaterAlarmsStillRun();
    void paidIsSaidWithItsReceiptOnly();
    void aRefundMayComeMuchLater();
    void refusalsTakeNoScreenAway();
    void sentNowIsSaidOnlyWhileNothingSpeaksAgainstIt();
};

void ResultsTest::sentNowIsSaidOnlyWhileNothingSpeaksAgainstIt()
{
    const auto detail = [this] { return shownAs(m_car->view().result.items, "detail"); };
    const std::string purchase = approved(Car::parking("r1"));
    QCOMPARE(detail(), std::string("Saved in the car. Being sent now."));
    m_car->settlement->onTrouble(
        settlement::Trouble{settlement::Trouble::Kind::unreachable, 0, "Connection refused"});
    m_car->settle();
    QVERIFY(m_car->view().online); // the hint says so still
    QCOMPARE(detail(), std::string("Saved in the car. Paid when back online."));
    m_car->settlement->onTrouble(std::nullopt);
    m_car->settle();
    QCOMPARE(detail(), std::string("Saved in the car. Being sent now."));
    record(purchase, Event::submit);
    QVERIFY2(detail().starts_with("Sent. Waiting for the answer."), detail().c_str());
    m_car->settlement->onTrouble(settlement::Trouble{settlement::Trouble::Kind::broken, 0, "closed"});
    m_car->settle();
    QVERIFY2(detail().starts_with("Sent. The answer comes when back online."), detail().c_str());
}

void ResultsTest::undoBeforeItIsSentIsCertain()
{
    const std::string purchase = approved(Car::parking("r1"));
    QVERIFY(m_car->view().result.undoPossible);
    QCOMPARE(m_car->settlement->book.unsettled().size(), std::size_t{1});
    undo(purchase);
    QCOMPARE(m_car->state(purchase), State::cancelled);
    QCOMPARE(headline(), std::string("Stopped"));
    QVERIFY(m_car->settlement->book.unsettled().empty());
    QVERIFY(m_car
                ->ask<journal::JournalResult<std::vector<journal::OutboxRow>>>(
                    [](journal::Journal &journal) { return journal.outbox(); })
                .value()
                .empty());
    // What settlement does now comes too late: nothing is sent.
    m_car->settlement->record(purchase, Event::submit, m_car->clock.now());
    m_car->settle();
    QVERIFY(!m_car->settlement->recorded.back());
    undo(purchase);
    QCOMPARE(m_car->state(purchase), State::cancelled);
}

void ResultsTest::whatIsPaidAtOnceIsStoppedBeforeItIsSentOrNotAtAll()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    QCOMPARE(shownAs(m_car->view().card.texts.items, "stop"), std::string("until it is sent"));
    m_car->approve();
    QCOMPARE(shownAs(m_car->view().result.items, "undo"), std::string("Undo until it is sent"));
    QVERIFY(m_car->stored(purchase).stop == payment::StopMoment::untilSent);
    QVERIFY(signedStop(purchase) == payment::StopMoment::untilSent);
    QVERIFY(m_car->look(purchase).at("can_still_be_stopped").get<bool>());
    record(purchase, Event::submit);
    QVERIFY(!m_car->view().result.undoPossible);
    QCOMPARE(shownAs(m_car->view().result.items, "undo"), std::string());
    QVERIFY(shownAs(m_car->view().result.items, "detail").ends_with("Too late to stop."));
    QVERIFY(!m_car->look(purchase).at("can_still_be_stopped").get<bool>());
    undo(purchase);
    QCOMPARE(m_car->state(purchase), State::submitted);
}

void ResultsTest::savedOfflineEndsWithTheSendingToo()
{
    m_car->connectivity.set(false);
    const std::string purchase = m_car->propose(Car::parking("r1"));
    QCOMPARE(shownAs(m_car->view().card.texts.items, "stop"), std::string("until it is sent or you leave"));
    m_car->approve();
    QCOMPARE(shownAs(m_car->view().result.items, "undo"), std::string("Undo until sent or leaving"));
    QVERIFY(signedStop(purchase) == payment::StopMoment::untilYouLeaveOrSent);
    record(purchase, Event::submit);
    QVERIFY(!m_car->view().result.undoPossible);
}

void ResultsTest::undoAfterItWasSentIsARequest()
{
    const std::string purchase = approved(Car::fuel("r1"));
    record(purchase, Event::submit);
    QVERIFY(m_car->view().result.undoPossible);
    const int wakes = m_car->settlement->wakes;
    undo(purchase);
    QCOMPARE(m_car->state(purchase), State::cancelRequested);
    QCOMPARE(m_car->settlement->wakes, wakes + 1);
    QCOMPARE(headline(), std::string("Stop requested"));
    QVERIFY(!m_car->view().result.undoPossible);
    record(purchase, Event::voided);
    QCOMPARE(headline(), std::string("Stopped"));
}

void ResultsTest::undoUntilYouLeaveEndsWhenTheCarMovesAndStaysEnded()
{
    m_car->connectivity.set(false);
    const std::string purchase = approved(Car::parking("r1"));
    QVERIFY(m_car->look(purchase).at("can_still_be_stopped").get<bool>());
    m_car->drive();
    QVERIFY(!m_car->look(purchase).at("can_still_be_stopped").get<bool>());
    undo(purchase);
    QCOMPARE(m_car->state(purchase), State::queued);
    m_car->park(); // at home: the garage was left
    QVERIFY(!m_car->look(purchase).at("can_still_be_stopped").get<bool>());
    undo(purchase);
    QCOMPARE(m_car->state(purchase), State::queued);
}

void ResultsTest::undoUntilYouLeaveEndsWithTheProcess()
{
    m_car->connectivity.set(false);
    const std::string purchase = approved(Car::parking("r1"));
    m_car->restart();
    m_car->park();
    undo(purchase); // whether the car left meanwhile is not known
    QCOMPARE(m_car->state(purchase), State::queued);
}

void ResultsTest::whatIsReservedCanStillBeStopped()
{
    const std::string purchase = approved(Car::fuel("r1"));
    record(purchase, Event::submit);
    payment::SettlementFacts facts;
    facts.authorised_minor = 8000;
    facts.receipt = "receipt";
    record(purchase, Event::authorised, facts);
    QCOMPARE(headline(), std::string("Reserved"));
    QVERIFY(m_car->view().result.undoPossible);
    undo(purchase);
    QCOMPARE(m_car->state(purchase), State::cancelRequested);
}

void ResultsTest::undoOfOthersDoesNothing()
{
    const std::string held = m_car->propose(Car::parking("r1"));
    undo(held);
    undo("p-unknown");
    undo("");
    QCOMPARE(m_car->state(held), State::presented);
    m_car->core->driver().decline(m_car->view().card.nonce);
    m_car->settle();
    undo(held);
    QCOMPARE(m_car->state(held), State::declined);
}

void ResultsTest::aNewCardNeverReplacesAnUndo()
{
    const std::string first = approved(Car::parking("r1"));
    const std::string second = m_car->propose(Car::parking("r2"));
    m_car->advance(60s);
    QCOMPARE(m_car->view().screen, std::string("result"));
    QCOMPARE(m_car->view().result.purchaseId, first);
    QCOMPARE(m_car->view().waiting, 1);
    QCOMPARE(m_car->state(second), State::held);
    m_car->core->driver().dismiss(second); // of another one
    m_car->settle();
    QCOMPARE(m_car->view().result.purchaseId, first);
    m_car->core->driver().dismiss(first);
    m_car->settle();
    QCOMPARE(m_car->view().card.purchaseId, second);
    QCOMPARE(m_car->view().waiting, 0);
}

void ResultsTest::drivingOffEndsTheUndoAndLetsTheNextCardCome()
{
    m_car->connectivity.set(false);
    (void)approved(Car::parking("r1"));
    const std::string second = m_car->propose(Car::parking("r2"));
    m_car->advance(15s);
    QCOMPARE(m_car->view().screen, std::string("result"));
    m_car->drive();
    QCOMPARE(m_car->view().card.purchaseId, second);
}

void ResultsTest::theOwnAnswerShowsAlsoWhenAnotherCouldBeUndone()
{
    const std::string first = approved(Car::fuel("r1", 5000));
    m_car->core->driver().dismiss(first);
    const std::string second = m_car->propose(Car::parking("r2"));
    record(first, Event::submit);
    payment::SettlementFacts facts;
    facts.authorised_minor = 5000;
    facts.receipt = "receipt";
    record(first, Event::authorised, facts);
    QCOMPARE(m_car->view().card.purchaseId, second); // news does not take the card away
    m_car->approve();
    QCOMPARE(m_car->state(second), State::queued);
    QCOMPARE(m_car->view().result.purchaseId, second);
}

void ResultsTest::aResultLeavesByItself()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->core->driver().decline(m_car->view().card.nonce);
    m_car->settle();
    QCOMPARE(headline(), std::string("Not now"));
    m_car->advance(9'999ms);
    QCOMPARE(m_car->view().result.purchaseId, purchase);
    m_car->advance(1ms);
    QCOMPARE(m_car->view().screen, std::string("idle"));
}

void ResultsTest::aResultWithUndoStaysAndLaterAlarmsStillRun()
{
    const std::string first = approved(Car::parking("r1"));
    base::Json proposal = Car::parking("r2");
    proposal["expires_in_s"] = 30;
    const std::string second = m_car->propose(proposal);
    m_car->advance(29'999ms); // long after a result without undo would have left
    QCOMPARE(m_car->view().result.purchaseId, first);
    QCOMPARE(m_car->state(second), State::held);
    m_car->advance(1ms);
    QCOMPARE(m_car->state(second), State::expired);
    QCOMPARE(m_car->view().result.purchaseId, first);
}

void ResultsTest::paidIsSaidWithItsReceiptOnly()
{
    const std::string purchase = approved(Car::parking("r1"));
    record(purchase, Event::submit);
    QCOMPARE(headline(), std::string("Approved, not paid yet"));
    payment::SettlementFacts facts;
    facts.captured_minor = 350;
    facts.receipt = "receipt";
    facts.captureReceipt = "receipt";
    record(purchase, Event::captured, facts);
    QCOMPARE(m_car->view().result.tone, std::string("paid"));
    QVERIFY(headline().starts_with("Paid "));
    const base::Json seen = m_car->look(purchase);
    QVERIFY(seen.at("paid").get<bool>());
    QCOMPARE(seen.at("captured_minor").get<int>(), 350);
    QVERIFY(!seen.contains("approval") && !seen.contains("receipt"));

    const std::string other = approved(Car::parking("r2"));
    record(other, Event::submit);
    record(other, Event::captured); // a word without its receipt
    const base::Json doubted = m_car->look(other);
    QVERIFY(!doubted.at("paid").get<bool>());
    QVERIFY(!doubted.contains("captured_minor"));
    QVERIFY(!doubted.at("message").get<std::string>().starts_with("Paid"));
    QVERIFY(m_car->view().result.tone != "paid");
}

void ResultsTest::aRefundMayComeMuchLater()
{
    const std::string purchase = approved(Car::parking("r1"));
    record(purchase, Event::submit);
    payment::SettlementFacts facts;
    facts.captured_minor = 350;
    facts.captureReceipt = facts.receipt = "YQ.YQ.YQ";
    record(purchase, Event::captured, facts);
    const payment::ApprovalId approval = m_car->stored(purchase).approvalId;
    for (const bool restarted : {false, true}) {
        for (int i = 0; i < 100; ++i) { // more than stay in memory
            const std::string later =
                m_car->propose(Car::parking("n" + std::to_string(i) + (restarted ? "b" : "a")));
            m_car->core->agents().withdraw(m_car->caller, later, [](const daemon::Answer &) {});
            m_car->settle();
        }
        if (restarted) {
            m_car->restart();
        }
        settlement::Book &book = m_car->settlement->book;
        QVERIFY(!book.find(approval));
        std::vector<bool> recalled;
        book.recall(approval, [&recalled](bool ok) { recalled.push_back(ok); });
        book.recall(payment::ApprovalId::fromText("a-unknown").value(),
                    [&recalled](bool ok) { recalled.push_back(ok); });
        m_car->settle();
        QCOMPARE(recalled, (std::vector<bool>{true, true}));
        QVERIFY(book.find(approval).has_value());
        facts.refunded_minor = restarted ? 350 : 100;
        record(purchase, Event::refund, facts);
        QCOMPARE(m_car->state(purchase), State::refunded);
        QCOMPARE(m_car->stored(purchase).settlement.refunded_minor, facts.refunded_minor);
    }
    QCOMPARE(m_car->differences(), std::vector<std::string>());
}

void ResultsTest::refusalsTakeNoScreenAway()
{
    const std::string purchase = approved(Car::parking("r1"));
    for (int i = 0; i < 5; ++i) {
        (void)m_car->propose(Car::parking("n" + std::to_string(i), 10'001));
    }
    QCOMPARE(m_car->view().result.purchaseId, purchase);
    m_car->core->driver().dismiss(purchase);
    (void)m_car->propose(Car::parking("r2"));
    const std::string nonce = m_car->view().card.nonce;
    (void)m_car->propose(Car::parking("n6", 10'001));
    QCOMPARE(m_car->view().card.nonce, nonce);
}

GLOVEBOX_TEST_MAIN(ResultsTest)
#include "results_test.moc"
