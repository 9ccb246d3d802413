// SPDX-License-Identifier: Apache-2.0
// A disk without room: nothing is acknowledged, everybody is told, and it goes on by itself.
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon/car.h"

#include <QRegularExpression>

using namespace glovebox;
using namespace glovebox::testing;
using namespace std::chrono_literals;
using journal::JournalFault;
using payment::State;

namespace
{

void expectWarning()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("disk is full")));
}

} // namespace

class FullDiskTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Car> m_car;

    void fill(bool lasting = false) const
    {
        m_car->disturbance.failAfter = 0;
        m_car->disturbance.lasting = lasting;
        m_car->disturbance.fault = static_cast<int>(JournalFault::full);
    }
    void makeRoom() const { m_car->disturbance.fault = -1; }
    [[nodiscard]] base::Json status() const
    {
        std::string text;
        m_car->core->admins().status([&text](const daemon::Answer &answer) { text = answer.value(); });
        m_car->settle();
        return base::Json::parse(text);
    }

private Q_SLOTS:
    void init()
    {
        m_car = std::make_unique<Car>();
        m_car->makeReady();
    }
    void cleanup() { m_car.reset(); }

    void aFullDiskIsNotAskedInALoop();
    void aFullDiskIsSaidToEverybody();
    void aFullDiskAtTheStartIsSaidToo();
    void anApprovalThatFoundNoRoomIsNotAcknowledged();
    void aDeclineThatFoundNoRoomIsAskedAgain();
    void aProposalThatFoundNoRoomIsNotAcknowledged();
};

void FullDiskTest::aFullDiskIsNotAskedInALoop()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    expectWarning(); // once
    fill(true);
    m_car->press();
    const int before = m_car->disturbance.calls;
    m_car->advance(60s);
    QVERIFY(m_car->disturbance.calls - before <=
            15); // every five seconds, and every thirty whether there is room
    QCOMPARE(m_car->view().screen, std::string("idle"));
    makeRoom();
    m_car->advance(11s);
    QCOMPARE(m_car->state(purchase), State::presented);
    QCOMPARE(m_car->view().screen, std::string("card"));
    m_car->approve();
    QCOMPARE(m_car->state(purchase), State::queued);
}

void FullDiskTest::aFullDiskIsSaidToEverybody()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    QVERIFY(!status().at("journal").contains("full_since"));
    expectWarning();
    fill(true);
    m_car->press();
    QCOMPARE(m_car->view().screen, std::string("idle"));
    QCOMPARE(m_car->view().notice, std::string("Nothing was approved. The car's storage is full."));
    QVERIFY(m_car->view().paused);
    const base::Json since = status().at("journal").at("full_since");
    QCOMPARE(since.at("boot_ms").get<std::int64_t>(), m_car->clock.now().boot.milliseconds());
    QCOMPARE(m_car->propose(Car::parking("r2")), std::string());
    m_car->advance(61s); // the card it pressed has gone, and the word stays
    QCOMPARE(m_car->view().notice, std::string("Nothing was approved. The car's storage is full."));
    makeRoom();
    m_car->advance(31s); // nobody has to press or propose anything
    QVERIFY(!status().at("journal").contains("full_since"));
    QVERIFY(m_car->view().notice.empty() && !m_car->view().paused);
    QCOMPARE(m_car->state(purchase), State::presented);
    QVERIFY(m_car->differences().empty());
}

void FullDiskTest::aFullDiskAtTheStartIsSaidToo()
{
    const int boots = m_car->count(journal::EntryKind::boot);
    m_car->end();
    fill(true);
    expectWarning();
    m_car->begin();
    m_car->settle();
    QCOMPARE(m_car->view().notice, std::string("The car's storage is full."));
    QVERIFY(status().at("journal").contains("full_since"));
    m_car->advance(60s);
    QVERIFY(status().at("journal").contains("full_since"));
    QCOMPARE(m_car->count(journal::EntryKind::boot), boots);
    makeRoom();
    m_car->advance(31s);
    QVERIFY(!status().at("journal").contains("full_since"));
    QVERIFY(m_car->view().notice.empty());
    QCOMPARE(m_car->count(journal::EntryKind::boot), boots + 1); // the boot is in the log all the same
}

void FullDiskTest::anApprovalThatFoundNoRoomIsNotAcknowledged()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    expectWarning();
    fill();
    m_car->press();
    QCOMPARE(m_car->cockpit.refusals.size(), std::size_t{1});
    QCOMPARE(m_car->lastRefusal(), std::string("no_room"));
    QCOMPARE(m_car->count(journal::EntryKind::approval), 0);
    QCOMPARE(m_car->settlement->wakes, 0);
    QVERIFY(m_car->view().screen != "result");
    m_car->advance(6s);
    QCOMPARE(m_car->state(purchase), State::presented); // asked again, with another nonce
    QVERIFY(m_car->view().card.nonce != up.card.nonce);
    m_car->press(up.card.nonce, up.card.texts.items);
    QCOMPARE(m_car->count(journal::EntryKind::approval), 0);
    m_car->approve();
    QCOMPARE(m_car->count(journal::EntryKind::approval), 1);
    QVERIFY(m_car->differences().empty());
}

void FullDiskTest::aDeclineThatFoundNoRoomIsAskedAgain()
{
    const std::string purchase = m_car->propose(Car::parking("r1"));
    m_car->showCard();
    expectWarning();
    fill();
    m_car->core->driver().decline(m_car->view().card.nonce);
    m_car->settle();
    QVERIFY(m_car->view().screen != "card");
    m_car->advance(6s);
    QCOMPARE(m_car->view().card.purchaseId, purchase);
    m_car->core->driver().decline(m_car->view().card.nonce);
    m_car->settle();
    QCOMPARE(m_car->state(purchase), State::declined);
}

void FullDiskTest::aProposalThatFoundNoRoomIsNotAcknowledged()
{
    expectWarning();
    fill();
    QCOMPARE(m_car->propose(Car::parking("r1")), std::string());
    const std::string purchase = m_car->propose(Car::parking("r1"));
    QVERIFY(!purchase.empty());
    QCOMPARE(m_car->state(purchase), State::presented);
}

GLOVEBOX_TEST_MAIN(FullDiskTest)
#include "full_disk_test.moc"
