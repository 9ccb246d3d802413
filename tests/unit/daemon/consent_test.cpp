// SPDX-License-Identifier: Apache-2.0
// When a press on "Pay" counts: what was seen is what is signed, by the nonce of this presentation, of a
// living display.
#include "crypto/hash.h"
#include "crypto/jws.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon/car.h"

using namespace glovebox;
using namespace glovebox::testing;
using namespace std::chrono_literals;
using journal::EntryKind;
using payment::State;

class ConsentTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<Car> m_car;
    std::string m_purchase;

    void expectNothingSigned() const
    {
        QCOMPARE(m_car->count(EntryKind::approval), 0);
        QVERIFY(m_car->stored(m_purchase).approvalJws.empty());
        QCOMPARE(m_car->settlement->wakes, 0);
    }
    void expectRefused(const char *reason) const
    {
        QCOMPARE(m_car->lastRefusal(), std::string(reason));
        expectNothingSigned();
    }

private Q_SLOTS:
    void init()
    {
        m_car = std::make_unique<Car>();
        m_car->makeReady();
        m_purchase = m_car->propose(Car::parking("r1"));
        QCOMPARE(m_car->state(m_purchase), State::presented);
        QCOMPARE(m_car->view().screen, std::string("card"));
    }
    void cleanup() { m_car.reset(); }

    void whatWasSeenIsSigned();
    void anotherTextSignsNothing();
    void itemsMissingAddedOrMovedSignNothing();
    void the500MillisecondsAreCountedFromShown();
    void shownAgainMakesTheCardNeitherYoungerNorOlder();
    void aCardThatWasNotShownSignsNothing();
    void otherNoncesSignNothing();
    void aDeadHeartbeatSignsNothing();
    void pressedTwiceIsOneApproval();
    void afterTheEndNothingIsSigned_data();
    void afterTheEndNothingIsSigned();
    void anotherWorldSignsNothing();
    void theApprovalSaysWhatHappened();
};

void ConsentTest::whatWasSeenIsSigned()
{
    m_car->approve();
    QVERIFY(m_car->cockpit.refusals.empty());
    QCOMPARE(m_car->state(m_purchase), State::queued);
    QCOMPARE(m_car->count(EntryKind::approval), 1);
    QCOMPARE(m_car->settlement->wakes, 1);
    QCOMPARE(m_car->view().screen, std::string("result"));
    QCOMPARE(m_car->view().result.items.front().text, std::string("Approved, not paid yet"));
}

void ConsentTest::anotherTextSignsNothing()
{
    m_car->showCard();
    const auto honest = m_car->view().card.texts.items;
    QVERIFY(honest.size() >= 8);
    for (std::size_t i = 0; i < honest.size(); ++i) {
        for (const std::string &other :
             {honest[i].text + " ", honest[i].text.substr(0, honest[i].text.size() - 1), std::string()}) {
            auto items = honest;
            items[i].text = other;
            m_car->press(m_car->view().card.nonce, items);
            expectRefused("texts_differ");
        }
        auto items = honest;
        items[i].id += "x";
        m_car->press(m_car->view().card.nonce, items);
        expectRefused("texts_differ");
    }
    m_car->press();
    QCOMPARE(m_car->state(m_purchase), State::queued);
}

void ConsentTest::itemsMissingAddedOrMovedSignNothing()
{
    m_car->showCard();
    const auto honest = m_car->view().card.texts.items;
    const auto &nonce = m_car->view().card.nonce;
    for (std::size_t i = 0; i < honest.size(); ++i) {
        auto missing = honest;
        missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
        m_car->press(nonce, missing);
        expectRefused("texts_differ");
        auto added = honest;
        added.insert(added.begin() + static_cast<std::ptrdiff_t>(i), honest[i]);
        m_car->press(nonce, added);
        expectRefused("texts_differ");
    }
    for (std::size_t i = 1; i < honest.size(); ++i) {
        auto moved = honest;
        std::swap(moved[i - 1], moved[i]);
        m_car->press(nonce, moved);
        expectRefused("texts_differ");
    }
    m_car->press(nonce, {});
    expectRefused("texts_differ");
    m_car->press();
    QCOMPARE(m_car->state(m_purchase), State::queued);
}

void ConsentTest::the500MillisecondsAreCountedFromShown()
{
    m_car->advance(1s); // that it was up before counts for nothing
    m_car->core->driver().shown(m_car->view().card.nonce);
    m_car->clock.advance(499ms);
    m_car->press();
    expectRefused("too_soon");
    m_car->clock.advance(1ms);
    m_car->press();
    QCOMPARE(m_car->state(m_purchase), State::queued);
}

void ConsentTest::shownAgainMakesTheCardNeitherYoungerNorOlder()
{
    const std::string nonce = m_car->view().card.nonce;
    m_car->core->driver().shown(nonce);
    m_car->clock.advance(300ms);
    m_car->core->driver().shown(nonce);
    m_car->clock.advance(199ms);
    m_car->press();
    expectRefused("too_soon");
    m_car->clock.advance(1ms);
    m_car->press();
    QCOMPARE(m_car->state(m_purchase), State::queued);
}

void ConsentTest::aCardThatWasNotShownSignsNothing()
{
    m_car->advance(1s);
    m_car->press();
    expectRefused("not_shown");
    m_car->core->driver().shown("n-of-nobody");
    m_car->advance(500ms);
    m_car->press();
    expectRefused("not_shown");
}

void ConsentTest::otherNoncesSignNothing()
{
    const std::string second = m_car->propose(Car::parking("r2", 500));
    m_car->showCard();
    const daemon::ViewState first = m_car->view();
    m_car->press("", first.card.texts.items);
    expectRefused("stale_nonce");
    m_car->press(first.card.nonce + "x", first.card.texts.items);
    expectRefused("stale_nonce");
    m_car->core->driver().decline(first.card.nonce);
    m_car->settle();
    QCOMPARE(m_car->view().card.purchaseId, second);
    m_car->showCard();
    m_car->press(first.card.nonce, m_car->view().card.texts.items);
    QCOMPARE(m_car->lastRefusal(), std::string("stale_nonce"));
    m_car->press(first.card.nonce, first.card.texts.items);
    QCOMPARE(m_car->lastRefusal(), std::string("stale_nonce"));
    m_car->press(m_car->view().card.nonce, first.card.texts.items);
    QCOMPARE(m_car->lastRefusal(), std::string("texts_differ"));
    expectNothingSigned();
    // The first one again has another nonce: the old one stays dead.
    m_car->core->driver().decline(m_car->view().card.nonce);
    m_car->settle();
    m_car->core->driver().resume(m_purchase);
    m_car->settle();
    QCOMPARE(m_car->view().card.purchaseId, m_purchase);
    QVERIFY(m_car->view().card.nonce != first.card.nonce);
    m_car->showCard();
    m_car->press(first.card.nonce, m_car->view().card.texts.items);
    expectRefused("stale_nonce");
    m_car->press();
    QCOMPARE(m_car->state(m_purchase), State::queued);
}

void ConsentTest::aDeadHeartbeatSignsNothing()
{
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    m_car->cockpitLives = false;
    m_car->advance(1500ms);
    m_car->clock.advance(499ms);
    QCOMPARE(m_car->view().card.nonce, up.card.nonce);
    m_car->clock.advance(1ms); // two seconds after the last sign of life
    m_car->press(up.card.nonce, up.card.texts.items);
    expectRefused("stale_nonce");
    QCOMPARE(m_car->state(m_purchase), State::held);
}

void ConsentTest::pressedTwiceIsOneApproval()
{
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    // Both before the first one is on disk, and once more after it.
    m_car->core->driver().approve(up.card.nonce, up.card.texts.items, payment::ConsentMethod::touch);
    m_car->press(up.card.nonce, up.card.texts.items);
    QCOMPARE(m_car->lastRefusal(), std::string("stale_nonce"));
    m_car->press(up.card.nonce, up.card.texts.items);
    QCOMPARE(m_car->count(EntryKind::approval), 1);
    QCOMPARE(m_car->state(m_purchase), State::queued);
    QCOMPARE(m_car->settlement->wakes, 1);
}

void ConsentTest::afterTheEndNothingIsSigned_data()
{
    QTest::addColumn<QString>("end");
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("onDisk");
    for (const bool onDisk : {true, false}) {
        const char *when = onDisk ? "" : ", pressed at the same time";
        QTest::addRow("declined%s", when) << "decline" << int(State::declined) << onDisk;
        QTest::addRow("withdrawn%s", when) << "withdraw" << int(State::withdrawn) << onDisk;
        QTest::addRow("interrupted%s", when) << "interrupt" << int(State::held) << onDisk;
        QTest::addRow("cockpit gone%s", when) << "detach" << int(State::held) << onDisk;
    }
    QTest::addRow("expired") << "expire" << int(State::expired) << true;
}

void ConsentTest::afterTheEndNothingIsSigned()
{
    QFETCH(const QString, end);
    QFETCH(const int, state);
    QFETCH(const bool, onDisk);
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    daemon::DriverDesk &driver = m_car->core->driver();
    const bool withdraws = end == QLatin1String("withdraw");
    if (end == QLatin1String("decline")) {
        driver.decline(up.card.nonce);
    } else if (withdraws) {
        m_car->core->agents().withdraw(m_car->caller, m_purchase, [](const daemon::Answer &) {});
    } else if (end == QLatin1String("interrupt")) {
        m_car->cockpitLives = false;
        driver.interrupted(up.card.nonce);
    } else if (end == QLatin1String("detach")) {
        driver.detach();
    } else {
        m_car->advance(30s);
    }
    if (onDisk) {
        m_car->settle();
    }
    m_car->press(up.card.nonce, up.card.texts.items);
    QCOMPARE(int(m_car->state(m_purchase)), state);
    QCOMPARE(m_car->cockpit.refusals.size(), std::size_t{end == QLatin1String("detach") ? 0U : 1U});
    expectNothingSigned();
}

void ConsentTest::anotherWorldSignsNothing()
{
    // The world changes after the press, before its turn: nothing of the former verdict counts.
    m_car->showCard();
    const daemon::ViewState up = m_car->view();
    m_car->settlement->book.store("other", "keeps the journal busy", [](bool) {});
    m_car->core->driver().approve(up.card.nonce, up.card.texts.items, payment::ConsentMethod::touch);
    m_car->core->resumed(); // ends the driver session
    m_car->settle();
    expectRefused("verdict_changed");
    QCOMPARE(m_car->state(m_purchase), State::held);
    QVERIFY(m_car->view().screen != "card");
}

void ConsentTest::theApprovalSaysWhatHappened()
{
    const base::BootTime shownAt = m_car->clock.now().boot;
    m_car->showCard();
    const payment::ShownTexts texts = m_car->view().card.texts;
    const std::string nonce = m_car->view().card.nonce;
    m_car->core->driver().approve(nonce, texts.items, payment::ConsentMethod::key);
    m_car->settle();
    const payment::Purchase purchase = m_car->stored(m_purchase);
    const crypto::PublicKey keys[] = {m_car->sample.car.publicKey()};
    const auto verified = crypto::verifyJws(purchase.approvalJws, wire::kApprovalType, keys);
    QVERIFY(verified);
    const auto claims = base::parseJson(base::textOf(verified->payload), payment::kRecordLimits);
    QVERIFY(claims);
    const auto approval = payment::approvalFromClaims(*claims, crypto::hashJson);
    QVERIFY2(approval, approval ? "" : approval.error().reason.c_str());
    QCOMPARE(base::canonicalJson(*claims), std::string(base::textOf(verified->payload)));

    QCOMPARE(approval->id, purchase.approvalId);
    QCOMPARE(approval->purchase.text(), m_purchase);
    QVERIFY(approval->proposal == Car::parking("r1"));
    QCOMPARE(approval->cap.minor, std::int64_t{350});
    QVERIFY(approval->shown == texts);
    QCOMPARE(approval->nonce, nonce);
    QVERIFY(approval->method == payment::ConsentMethod::key);
    QVERIFY(approval->shownAt == shownAt && approval->answeredAt == shownAt + 500ms);
    QVERIFY(!approval->session.empty());
    QVERIFY(approval->sca == payment::ScaStatus::performed);
    QVERIFY(approval->vehicle.state == payment::DrivingState::parked);
    QCOMPARE(approval->vehicle.speed_mm_s, std::int64_t{0});
    QCOMPARE(approval->permissionRevision, std::int64_t{1}); // what the configuration says, seen first
    QCOMPARE(approval->agent.text(), std::string("assistant"));
    QVERIFY(approval->fulfilment == payment::Fulfilment::offlineAccepted);
    QCOMPARE(approval->merchantEntryHash,
             crypto::hashJson(m_car->sample.entry("garage-marktplatz", "parking")));

    // The sequence that is signed is that of the entry which carries it.
    for (const journal::EntryRecord &entry : m_car->log()) {
        if (entry.kind == EntryKind::approval) {
            QCOMPARE(entry.sequence, approval->sequence);
            QCOMPARE(entry.payload.value().at("approval").get<std::string>(), purchase.approvalJws);
        }
    }
    QVERIFY(m_car->differences().empty());
}

GLOVEBOX_TEST_MAIN(ConsentTest)
#include "consent_test.moc"
