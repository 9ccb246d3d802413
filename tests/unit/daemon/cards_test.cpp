// SPDX-License-Identifier: Apache-2.0
// Which card is up, for whom, in which form, and when it goes and comes back.
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon/car.h"

#include <algorithm>
#include <cmath>

using namespace glovebox;
using namespace glovebox::testing;
using namespace std::chrono_literals;
using payment::State;

class CardsTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Car> m_car;

    [[nodiscard]] bool hasItem(const char *id) const
    {
        return std::ranges::any_of(m_car->view().card.texts.items,
                                   [id](const payment::ShownText &item) { return item.id == id; });
    }
    void expectOldNonceDead(const daemon::ViewState &old) const
    {
        m_car->press(old.card.nonce, old.card.texts.items);
        QCOMPARE(m_car->lastRefusal(), std::string("stale_nonce"));
        QCOMPARE(m_car->count(journal::EntryKind::approval), 0);
    }

private Q_SLOTS:
    void init()
    {
        m_car = std::make_unique<Car>();
        m_car->makeReady();
    }
    void cleanup() { m_car.reset(); }

    void drivingOffMakesAnotherCard();
    void anUnknownCarMoves_data();
    void anUnknownCarMoves();
    void withoutACockpitItIsHeld();
    void aCockpitThatGoesInterrupts();
    void anotherCockpitShowsItAnew();
    void aFrozenCockpitGetsItAgainWhenItLives();
    void anInterruptedCardComesBackWhenTheCockpitDraws();
    void aCardThatWasNeverShownIsTakenBack();
    void theSecondWaits();
    void noAnswerIsANoThatCanBeResumed();
    void nothingIsResumedWhenItsTimeIsOver();
    void aProposalsOwnTimeEndsItsCard();
    void aHeldProposalExpiresByItself();
    void aCardStaysEightSecondsOrDoesNotCome();
    void goingOfflineTakesTheCardOfAnOnlineMerchant();
    void offlineAnOnlineMerchantIsRefusedWithItsSentence();
    void offlineAMerchantWhoTakesItIsApprovedAndNotPaid();
    void theDirectoryMayForgetTheMerchant();
};

void CardsTest::drivingOffMakesAnotherCard()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    QCOMPARE(m_car->view().card.layout, std::string("details"));
    QVERIFY(hasItem("paid_with") && hasItem("stop"));
    m_car->showCard();
    const daemon::ViewState parked = m_car->view();
    m_car->drive();
    QCOMPARE(m_car->view().card.purchaseId, purchase);
    QCOMPARE(m_car->view().card.layout, std::string("glance"));
    QCOMPARE(m_car->view().card.texts.templateId, std::string("card.moving.1"));
    QVERIFY(!hasItem("paid_with") && !hasItem("stop"));
    QVERIFY(m_car->view().card.nonce != parked.card.nonce);
    expectOldNonceDead(parked);
    m_car->approve();
    QCOMPARE(m_car->state(purchase), State::queued);
}

void CardsTest::anUnknownCarMoves_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"silent", "no speed", "NaN", "no gear", "no brake", "lost"}) {
        QTest::newRow(what) << QString::fromLatin1(what);
    }
}

void CardsTest::anUnknownCarMoves()
{
    QFETCH(const QString, what);
    (void)m_car->propose(Car::parking("r1"));
    m_car->showCard();
    const daemon::ViewState parked = m_car->view();
    ports::VehicleReadings readings = m_car->standing();
    if (what == QLatin1String("silent")) {
        m_car->carSpeaks = false;
        m_car->advance(1s);
    } else if (what == QLatin1String("no speed")) {
        readings.speed_kmh.reset();
    } else if (what == QLatin1String("NaN")) {
        readings.speed_kmh = std::nan("");
    } else if (what == QLatin1String("no gear")) {
        readings.gear = ports::Gear::unknown;
    } else if (what == QLatin1String("no brake")) {
        readings.parkingBrake.reset();
    } else {
        readings = {};
    }
    if (what != QLatin1String("silent")) {
        m_car->setReadings(readings);
    }
    QVERIFY(m_car->view().driving == payment::DrivingState::moving);
    QCOMPARE(m_car->view().card.layout, std::string("glance"));
    QVERIFY(m_car->view().card.nonce != parked.card.nonce);
    expectOldNonceDead(parked);
}

void CardsTest::withoutACockpitItIsHeld()
{
    m_car->detach();
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->advance(5s);
    QCOMPARE(m_car->state(purchase), State::held);
    m_car->attach();
    QCOMPARE(m_car->state(purchase), State::presented);
    m_car->approve();
    QCOMPARE(m_car->state(purchase), State::queued);
}

void CardsTest::aCockpitThatGoesInterrupts()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    m_car->detach();
    QCOMPARE(m_car->state(purchase), State::held);
    QVERIFY(m_car->stored(purchase).nonce.empty());
    m_car->attach();
    QCOMPARE(m_car->view().card.purchaseId, purchase);
    QVERIFY(m_car->view().card.nonce != up.card.nonce);
    expectOldNonceDead(up);
}

void CardsTest::anotherCockpitShowsItAnew()
{
    (void)m_car->propose(Car::parking("r1"));
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    m_car->attach(); // without a word of the first one
    QVERIFY(m_car->view().card.nonce != up.card.nonce);
    expectOldNonceDead(up);
    m_car->press();
    QCOMPARE(m_car->lastRefusal(), std::string("not_shown"));
}

void CardsTest::aFrozenCockpitGetsItAgainWhenItLives()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    m_car->cockpitLives = false;
    m_car->advance(2s);
    QCOMPARE(m_car->state(purchase), State::held);
    QCOMPARE(m_car->view().screen, std::string("idle"));
    m_car->advance(10s);
    QCOMPARE(m_car->state(purchase), State::held); // not again and again
    m_car->core->driver().alive(up.card.nonce);
    m_car->settle();
    QCOMPARE(m_car->state(purchase), State::presented);
    QVERIFY(m_car->view().card.nonce != up.card.nonce);
    expectOldNonceDead(up);
    m_car->cockpitLives = true;
    m_car->approve();
    QCOMPARE(m_car->state(purchase), State::queued);
}

void CardsTest::anInterruptedCardComesBackWhenTheCockpitDraws()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    m_car->core->driver().interrupted("n-of-another");
    m_car->settle();
    QCOMPARE(m_car->view().card.nonce, up.card.nonce);
    m_car->core->driver().interrupted(up.card.nonce);
    m_car->settle();
    QCOMPARE(m_car->state(purchase), State::held);
    m_car->core->driver().alive({}); // it draws again, without a card
    m_car->settle();
    QCOMPARE(m_car->state(purchase), State::presented);
    QVERIFY(m_car->view().card.nonce != up.card.nonce);
}

void CardsTest::aCardThatWasNeverShownIsTakenBack()
{
    m_car->cockpitLives = false;
    const std::string purchase = m_car->propose(Car::parking("r1"));
    QCOMPARE(m_car->state(purchase), State::presented);
    m_car->advance(2s);
    QCOMPARE(m_car->state(purchase), State::held);
}

void CardsTest::theSecondWaits()
{
    const std::string first = m_car->propose(Car::parking("r1"));
    m_car->advance(1ms);
    const std::string second = m_car->propose(Car::fuel("r2"));
    m_car->advance(1ms);
    const std::string third = m_car->propose(Car::parking("r3"));
    QCOMPARE(m_car->view().card.purchaseId, first);
    QCOMPARE(m_car->view().waiting, 2);
    QCOMPARE(m_car->state(second), State::held);
    m_car->core->driver().decline(m_car->view().card.nonce);
    m_car->settle();
    QCOMPARE(m_car->state(first), State::declined);
    QCOMPARE(m_car->view().card.purchaseId, second);
    QCOMPARE(m_car->view().waiting, 1);
    m_car->drive();
    QCOMPARE(m_car->view().notice, std::string("1 more when parked."));
    m_car->approve();
    QCOMPARE(m_car->state(second), State::queued);
    QCOMPARE(m_car->state(third), State::held); // the result can be undone: nothing replaces it
}

void CardsTest::noAnswerIsANoThatCanBeResumed()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    m_car->advance(29s); // 29.5 s after it came
    QCOMPARE(m_car->state(purchase), State::presented);
    m_car->advance(500ms);
    QCOMPARE(m_car->state(purchase), State::expired);
    QCOMPARE(m_car->view().screen, std::string("result"));
    QVERIFY(m_car->view().result.resumable);
    expectOldNonceDead(up);
    m_car->core->driver().resume(purchase);
    m_car->settle();
    QCOMPARE(m_car->state(purchase), State::presented);
    QVERIFY(m_car->view().card.nonce != up.card.nonce);
    m_car->approve();
    QCOMPARE(m_car->state(purchase), State::queued);
}

void CardsTest::nothingIsResumedWhenItsTimeIsOver()
{
    base::Json proposal = Car::parking("r1");
    proposal["expires_in_s"] = 20;
    const std::string purchase = m_car->propose(proposal);
    m_car->core->driver().decline(m_car->view().card.nonce);
    m_car->settle();
    QVERIFY(m_car->view().result.resumable);
    m_car->advance(12'001ms); // its card would have no 8 seconds
    m_car->core->driver().resume(purchase);
    m_car->settle();
    QCOMPARE(m_car->state(purchase), State::declined);
}

void CardsTest::aProposalsOwnTimeEndsItsCard()
{
    base::Json proposal = Car::parking("r1");
    proposal["expires_in_s"] = 10;
    const std::string purchase = m_car->propose(proposal);
    m_car->showCard();
    m_car->advance(9s);
    QCOMPARE(m_car->state(purchase), State::presented);
    const daemon::ViewState up = m_car->view();
    m_car->advance(500ms);
    QCOMPARE(m_car->state(purchase), State::expired);
    QVERIFY(!m_car->view().result.resumable);
    expectOldNonceDead(up);
}

void CardsTest::aHeldProposalExpiresByItself()
{
    m_car->detach();
    base::Json proposal = Car::parking("r1");
    proposal["expires_in_s"] = 10;
    const std::string purchase = m_car->propose(proposal);
    m_car->advance(9'999ms);
    QCOMPARE(m_car->state(purchase), State::held);
    m_car->advance(1ms);
    QCOMPARE(m_car->state(purchase), State::expired);
    QCOMPARE(m_car->stored(purchase).reason, std::string("proposal.expired"));
}

void CardsTest::aCardStaysEightSecondsOrDoesNotCome()
{
    m_car->detach();
    for (const bool inTime : {true, false}) {
        base::Json proposal = Car::parking(inTime ? "r1" : "r2");
        proposal["expires_in_s"] = 20;
        const std::string purchase = m_car->propose(proposal);
        m_car->advance(inTime ? 12s : 12'001ms);
        m_car->attach();
        QCOMPARE(m_car->state(purchase), inTime ? State::presented : State::held);
        m_car->detach();
        m_car->advance(8s);
        QCOMPARE(m_car->state(purchase), State::expired);
    }
}

void CardsTest::goingOfflineTakesTheCardOfAnOnlineMerchant()
{
    const std::string purchase = m_car->propose(Car::fuel("r1"));
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    m_car->connectivity.set(false);
    m_car->settle();
    QCOMPARE(m_car->state(purchase), State::expired);
    QCOMPARE(m_car->stored(purchase).reason, std::string("fulfilment.offline"));
    QVERIFY(m_car->view().screen != "card");
    expectOldNonceDead(up);
    m_car->core->driver().resume(purchase);
    m_car->settle();
    QCOMPARE(m_car->state(purchase), State::expired);
    m_car->connectivity.set(true);
    m_car->core->driver().resume(purchase);
    m_car->settle();
    QCOMPARE(m_car->state(purchase), State::presented);
}

void CardsTest::offlineAnOnlineMerchantIsRefusedWithItsSentence()
{
    m_car->connectivity.set(false);
    const std::string purchase = m_car->propose(Car::fuel("r1"));
    QCOMPARE(m_car->state(purchase), State::refused);
    QCOMPARE(m_car->view().screen, std::string("result"));
    const auto &items = m_car->view().result.items;
    QVERIFY(std::ranges::any_of(items, [](const payment::ShownText &item) {
        return item.text == "No connection. Pay at the till.";
    }));
    QCOMPARE(m_car->look(purchase).at("message").get<std::string>(),
             std::string("Refused: No connection. Pay at the till."));
}

void CardsTest::offlineAMerchantWhoTakesItIsApprovedAndNotPaid()
{
    m_car->connectivity.set(false);
    const std::string purchase = m_car->propose(Car::parking("r1"));
    QVERIFY(hasItem("amount_note"));
    m_car->approve();
    QCOMPARE(m_car->state(purchase), State::queued);
    QCOMPARE(m_car->view().result.items.front().text, std::string("Approved, not paid yet"));
    QCOMPARE(m_car->view().result.tone, std::string("saved"));
    QVERIFY(m_car->view().result.undoPossible);
    QVERIFY(!m_car->look(purchase).at("paid").get<bool>());
    // Above the merchant's signed floor, and above the car's own limit of what may wait.
    QCOMPARE(m_car->state(m_car->propose(Car::parking("r2", 5001))), State::refused);
    m_car->advance(1ms);
    const std::string third = m_car->propose(Car::parking("r3", 5000));
    m_car->core->driver().dismiss(purchase);
    m_car->settle();
    m_car->approve();
    QCOMPARE(m_car->state(third), State::queued);
    const std::string fourth = m_car->propose(Car::parking("r4", 5000));
    QCOMPARE(m_car->state(fourth), State::refused);
    QCOMPARE(m_car->stored(fourth).reason, std::string("limit.offline_unsettled"));
}

void CardsTest::theDirectoryMayForgetTheMerchant()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    const base::Json empty = wire::directoryPayload("sandbox", 2, {Sample::now_ms}, {});
    m_car->settlement->onDirectory(
        wire::signPayload(m_car->sample.gateway, wire::kDirectoryType, empty).value());
    m_car->settle();
    QCOMPARE(m_car->state(purchase), State::expired);
    QCOMPARE(m_car->stored(purchase).reason, std::string("merchant.unknown"));
    expectOldNonceDead(up);
}

GLOVEBOX_TEST_MAIN(CardsTest)
#include "cards_test.moc"
