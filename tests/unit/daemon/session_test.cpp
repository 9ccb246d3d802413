// SPDX-License-Identifier: Apache-2.0
// The driver session: who opens it, how often one may try, when it ends, and what waits for it.
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon/car.h"

using namespace glovebox;
using namespace glovebox::testing;
using namespace std::chrono_literals;
using payment::State;

class SessionTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Car> m_car;

    [[nodiscard]] std::string answer() const
    {
        return m_car->cockpit.pinAnswers.empty() ? "none" : m_car->cockpit.pinAnswers.back();
    }
    void openPad() const
    {
        m_car->core->driver().openPin();
        m_car->settle();
    }
    void enterWrong(int times) const
    {
        for (int i = 0; i < times; ++i) {
            m_car->enterPin("000000");
        }
    }
    [[nodiscard]] bool open() const { return m_car->view().sessionOpen; }

private Q_SLOTS:
    void init()
    {
        m_car = std::make_unique<Car>();
        m_car->park();
        m_car->attach();
    }
    void cleanup() { m_car.reset(); }

    void theRightPinOpens();
    void fiveWrongPinsLockAndTheLockGrows();
    void theRightPinForgetsTheWrongOnes();
    void theThrottleSurvivesARestart();
    void aTryIsCountedBeforeItIsChecked();
    void aPinIsSixDigits();
    void onlyWhileParked();
    void thePadClosesWhenTheCarMoves();
    void itEnds_data();
    void itEnds();
    void aDriveThatEndsDuringTheCheckOpensNothing();
    void proposalsWaitForThePin();
    void proposalsWaitWhileTheCarMoves();
    void aClosedPadStaysClosedUntilSomethingNewComes();
    void theCardLeavesWithTheSession();
};

void SessionTest::theRightPinOpens()
{
    QVERIFY(!open());
    openPad();
    QCOMPARE(m_car->view().screen, std::string("pin"));
    m_car->enterPin();
    QCOMPARE(answer(), std::string("opened"));
    QVERIFY(open());
    QCOMPARE(m_car->view().screen, std::string("idle"));
    QCOMPARE(m_car->count(journal::EntryKind::session), 1);
}

void SessionTest::fiveWrongPinsLockAndTheLockGrows()
{
    openPad();
    for (int left = 4; left >= 1; --left) {
        m_car->enterPin("000000");
        QCOMPARE(answer(), std::string("wrong"));
        QCOMPARE(m_car->view().pin.triesLeft, left);
        QCOMPARE(m_car->view().pin.lockedFor_s, 0);
    }
    int lock_s = 60;
    for (int i = 0; i < 3; ++i) {
        m_car->enterPin("000000");
        QCOMPARE(answer(), std::string("locked"));
        QCOMPARE(m_car->view().pin.triesLeft, 0);
        QCOMPARE(m_car->view().pin.lockedFor_s, lock_s);
        const int tried = m_car->count(journal::EntryKind::wrongPin);
        m_car->advance(std::chrono::seconds(lock_s) - 1ms);
        m_car->enterPin();
        QCOMPARE(answer(), std::string("locked"));
        QVERIFY(!open());
        QCOMPARE(m_car->count(journal::EntryKind::wrongPin), tried);
        m_car->advance(1ms);
        QCOMPARE(m_car->view().pin.lockedFor_s, 0);
        QCOMPARE(m_car->view().pin.triesLeft, 1);
        lock_s *= 2;
    }
    m_car->enterPin();
    QCOMPARE(answer(), std::string("opened"));
}

void SessionTest::theRightPinForgetsTheWrongOnes()
{
    openPad();
    enterWrong(4);
    m_car->enterPin();
    QVERIFY(open());
    m_car->core->resumed();
    m_car->settle();
    openPad();
    QCOMPARE(m_car->view().pin.triesLeft, 5);
}

void SessionTest::theThrottleSurvivesARestart()
{
    openPad();
    enterWrong(3);
    m_car->restart();
    m_car->park();
    openPad();
    QCOMPARE(m_car->view().pin.triesLeft, 2);
    enterWrong(2);
    QCOMPARE(answer(), std::string("locked"));
    m_car->advance(50s);
    m_car->restart();
    m_car->park();
    openPad();
    m_car->enterPin();
    QCOMPARE(answer(), std::string("locked")); // how much was left is not known: it starts anew
    QVERIFY(!open());
    QVERIFY(m_car->view().pin.lockedFor_s > 50);
    m_car->advance(60s);
    m_car->enterPin();
    QVERIFY(open());
}

void SessionTest::aTryIsCountedBeforeItIsChecked()
{
    openPad();
    std::string pin = "000000";
    m_car->core->driver().enterPin({reinterpret_cast<std::uint8_t *>(pin.data()), pin.size()});
    QCOMPARE(pin, std::string(6, '\0')); // wiped
    m_car->restart();                    // the plug was pulled
    m_car->park();
    openPad();
    QCOMPARE(m_car->view().pin.triesLeft, 4);
}

void SessionTest::aPinIsSixDigits()
{
    openPad();
    for (const char *pin : {"24681", "2468100", "24681O"}) {
        m_car->enterPin(pin);
        QCOMPARE(answer(), std::string("wrong"));
    }
    QVERIFY(!open());
}

void SessionTest::onlyWhileParked()
{
    ports::VehicleReadings stopped = m_car->standing();
    stopped.gear = ports::Gear::drive;
    m_car->setReadings(stopped);
    m_car->advance(3s);
    QVERIFY(m_car->view().driving == payment::DrivingState::idling);
    openPad();
    QCOMPARE(answer(), std::string("not_parked"));
    QVERIFY(!m_car->view().pin.open);
    m_car->cockpit.pinAnswers.clear();
    m_car->enterPin();
    QCOMPARE(answer(), std::string("not_parked"));
    QVERIFY(!open());
    QCOMPARE(m_car->count(journal::EntryKind::wrongPin), 0);
}

void SessionTest::thePadClosesWhenTheCarMoves()
{
    openPad();
    m_car->drive();
    QCOMPARE(m_car->view().screen, std::string("idle"));
    m_car->enterPin();
    QCOMPARE(answer(), std::string("not_parked"));
    QVERIFY(!open());
}

void SessionTest::itEnds_data()
{
    QTest::addColumn<QString>("by");
    for (const char *by : {"ignition", "door", "time", "suspend"}) {
        QTest::newRow(by) << QString::fromLatin1(by);
    }
}

void SessionTest::itEnds()
{
    QFETCH(const QString, by);
    openPad();
    m_car->enterPin();
    QVERIFY(open());
    ports::VehicleReadings readings = m_car->standing();
    if (by == QLatin1String("ignition")) {
        readings.ignitionOn = false;
        m_car->setReadings(readings);
    } else if (by == QLatin1String("door")) {
        readings.driverDoorOpen = true;
        m_car->setReadings(readings);
    } else if (by == QLatin1String("time")) {
        m_car->clock.advance(12h - 1s);
        m_car->settle();
        QVERIFY(open());
        m_car->clock.advance(1s);
    } else {
        m_car->core->resumed();
    }
    m_car->settle();
    QVERIFY(!open());
    QCOMPARE(m_car->count(journal::EntryKind::session), 2);
}

void SessionTest::aDriveThatEndsDuringTheCheckOpensNothing()
{
    openPad();
    std::string pin = "246810";
    m_car->core->driver().enterPin({reinterpret_cast<std::uint8_t *>(pin.data()), pin.size()});
    ports::VehicleReadings readings = m_car->standing();
    readings.driverDoorOpen = true;
    m_car->setReadings(readings);
    QVERIFY(!open());
    QCOMPARE(answer(), std::string("unavailable"));
    m_car->enterPin();
    QCOMPARE(answer(), std::string("opened")); // the next one counts
}

void SessionTest::proposalsWaitForThePin()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    QCOMPARE(m_car->state(purchase), State::held);
    QCOMPARE(m_car->view().screen, std::string("pin")); // it asks by itself
    m_car->enterPin("000000");
    QCOMPARE(m_car->state(purchase), State::held);
    m_car->enterPin();
    QCOMPARE(m_car->state(purchase), State::presented);
    QCOMPARE(m_car->view().card.purchaseId, purchase);
    QCOMPARE(m_car->view().card.layout, std::string("details"));
}

void SessionTest::proposalsWaitWhileTheCarMoves()
{
    m_car->drive();
    const std::string purchase = m_car->propose(Car::parking("r1"));
    QCOMPARE(m_car->state(purchase), State::held);
    QCOMPARE(m_car->view().screen, std::string("idle"));
    QCOMPARE(m_car->view().waiting, 1);
    QCOMPARE(m_car->view().notice, std::string("A purchase waits. Unlock payments when parked."));
    m_car->park();
    QCOMPARE(m_car->view().screen, std::string("pin"));
    QCOMPARE(m_car->view().notice, std::string());
    m_car->enterPin();
    QCOMPARE(m_car->state(purchase), State::presented);
}

void SessionTest::aClosedPadStaysClosedUntilSomethingNewComes()
{
    const std::string first = m_car->propose(Car::parking("r1"));
    m_car->core->driver().closePin();
    m_car->advance(2s);
    QCOMPARE(m_car->view().screen, std::string("idle"));
    QCOMPARE(m_car->state(first), State::held);
    (void)m_car->propose(Car::parking("r2"));
    QCOMPARE(m_car->view().screen, std::string("pin"));
}

void SessionTest::theCardLeavesWithTheSession()
{
    openPad();
    m_car->enterPin();
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    ports::VehicleReadings readings = m_car->standing();
    readings.ignitionOn = false;
    m_car->setReadings(readings);
    QCOMPARE(m_car->view().screen, std::string("pin"));
    QCOMPARE(m_car->state(purchase), State::held);
    m_car->press(up.card.nonce, up.card.texts.items);
    QCOMPARE(m_car->lastRefusal(), std::string("stale_nonce"));
    m_car->enterPin();
    QCOMPARE(m_car->view().card.purchaseId, purchase);
    QVERIFY(m_car->view().card.nonce != up.card.nonce);
}

GLOVEBOX_TEST_MAIN(SessionTest)
#include "session_test.moc"
