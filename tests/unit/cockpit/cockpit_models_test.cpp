// SPDX-License-Identifier: Apache-2.0
#include "cockpit/cockpit_model.h"
#include "tests/qml/fake_daemon.h"
#include "tests/support/fatal_log.h"

#include <QSignalSpy>
#include <QTest>

using namespace glovebox;
using cockpit::CardModel;
using cockpit::CockpitModel;
using cockpit::PinModel;

class CockpitModelsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pressCountsFrom500MillisecondsOn_data();
    void pressCountsFrom500MillisecondsOn();
    void changedContentStartsAnew();
    void refusedApprovalMayBePressedAgain();
    void everyTextSpeaksForItself();
    void unknownScreensAreUnavailable();
    void pinPadNeedsTheCarParked();
    void pinLeavesNothingBehind();

private:
    qint64 m_now = 10'000;
};

void CockpitModelsTest::pressCountsFrom500MillisecondsOn_data()
{
    QTest::addColumn<int>("after_ms");
    QTest::addColumn<int>("approvals");
    QTest::newRow("at once") << 0 << 0;
    QTest::newRow("499") << 499 << 0;
    QTest::newRow("500") << 500 << 1;
}

void CockpitModelsTest::pressCountsFrom500MillisecondsOn()
{
    QFETCH(int, after_ms);
    QFETCH(int, approvals);
    CardModel card([this] { return m_now; }, 500);
    const QSignalSpy approved(&card, &CardModel::approved);
    card.setView(
        testing::cardView(QStringLiteral("en"), QStringLiteral("glance"), QStringLiteral("n1")).card());
    card.pressBegan(); // before it was shown
    card.approve(QStringLiteral("touch"));
    card.markShown(QStringLiteral("other"));
    m_now += 1000;
    card.pressBegan();
    card.approve(QStringLiteral("touch"));
    QCOMPARE(approved.size(), 0);
    card.markShown(QStringLiteral("n1"));
    m_now += after_ms;
    card.pressBegan();
    m_now += 5000; // how long it is held does not count
    card.approve(QStringLiteral("touch"));
    card.approve(QStringLiteral("touch")); // one press, one approval
    QCOMPARE(approved.size(), approvals);
}

void CockpitModelsTest::changedContentStartsAnew()
{
    CardModel card([this] { return m_now; }, 500);
    const QSignalSpy approved(&card, &CardModel::approved);
    CardView view =
        testing::cardView(QStringLiteral("en"), QStringLiteral("glance"), QStringLiteral("n1")).card();
    card.setView(view);
    card.markShown(QStringLiteral("n1"));
    m_now += 600;
    card.pressBegan();
    const int generation = card.generation();
    QList<ShownItem> items = view.items();
    items[2].setText(QStringLiteral("€800.00"));
    view.setItems(items); // even under the same nonce
    card.setView(view);
    QCOMPARE(card.generation(), generation + 1);
    card.approve(QStringLiteral("touch"));
    QCOMPARE(approved.size(), 0);
}

void CockpitModelsTest::refusedApprovalMayBePressedAgain()
{
    CardModel card([this] { return m_now; }, 500);
    const QSignalSpy approved(&card, &CardModel::approved);
    const QSignalSpy declined(&card, &CardModel::declined);
    card.setView(
        testing::cardView(QStringLiteral("en"), QStringLiteral("glance"), QStringLiteral("n1")).card());
    card.markShown(QStringLiteral("n1"));
    m_now += 600;
    card.pressBegan();
    card.approve(QStringLiteral("key"));
    QVERIFY(card.approving());
    card.decline(); // too late: the yes is under way
    QCOMPARE(declined.size(), 0);
    card.markRefused(QStringLiteral("other"));
    QVERIFY(card.approving());
    card.markRefused(QStringLiteral("n1"));
    card.pressBegan();
    card.approve(QStringLiteral("key"));
    QCOMPARE(approved.size(), 2);
}

void CockpitModelsTest::everyTextSpeaksForItself()
{
    const QList<QPair<const char *, const char *>> properties{{"title", "title"},
                                                              {"merchant", "merchant"},
                                                              {"amount", "amount"},
                                                              {"amountNote", "amount_note"},
                                                              {"voiceHint", "voice_hint"},
                                                              {"primary", "primary"},
                                                              {"secondary", "secondary"},
                                                              {"paidWithLabel", "paid_with_label"},
                                                              {"paidWith", "paid_with"},
                                                              {"stopLabel", "stop_label"},
                                                              {"stop", "stop"}};
    for (const auto &[property, id] : properties) {
        CardModel card([this] { return m_now; }, 500);
        QList<std::shared_ptr<QSignalSpy>> spies;
        for (const auto &[other, unused] : properties) {
            const QMetaProperty meta = card.metaObject()->property(card.metaObject()->indexOfProperty(other));
            spies.append(std::make_shared<QSignalSpy>(&card, meta.notifySignal()));
        }
        CardView view;
        view.setNonce(QStringLiteral("n1"));
        view.setItems({ShownItem(QString::fromLatin1(id), QStringLiteral("words"))});
        card.setView(view);
        QCOMPARE(card.property(property).toString(), QStringLiteral("words"));
        for (qsizetype index = 0; index < properties.size(); ++index)
            QCOMPARE(spies[index]->size(), properties[index].first == property ? 1 : 0);
    }
}

void CockpitModelsTest::unknownScreensAreUnavailable()
{
    CockpitModel model([this] { return m_now; }, 500);
    QCOMPARE(model.screen(), CockpitModel::Unavailable);
    model.setView(testing::idleView(QStringLiteral("en"), true, QStringLiteral("moving")));
    QCOMPARE(model.screen(), CockpitModel::Idle);
    CockpitView unknown = testing::idleView(QStringLiteral("en"), true, QStringLiteral("moving"));
    unknown.setScreen(QStringLiteral("carousel"));
    model.setView(unknown);
    QCOMPARE(model.screen(), CockpitModel::Unavailable);
    model.setView(testing::cardView(QStringLiteral("en"), QStringLiteral("glance"), QString()));
    QCOMPARE(model.screen(), CockpitModel::Unavailable); // a card without a nonce can approve nothing
    model.setView(testing::cardView(QStringLiteral("en"), QStringLiteral("glance"), QStringLiteral("n1")));
    QCOMPARE(model.screen(), CockpitModel::Card);
    model.setUnavailable();
    QCOMPARE(model.screen(), CockpitModel::Unavailable);
    QVERIFY(model.card()->nonce().isEmpty());
    QVERIFY(model.card()->amount().isEmpty());
}

void CockpitModelsTest::pinPadNeedsTheCarParked()
{
    CockpitModel model([this] { return m_now; }, 500);
    CockpitView view = testing::pinView(QStringLiteral("en"));
    model.setView(view);
    QCOMPARE(model.screen(), CockpitModel::Pin);
    model.pin()->enterDigit(1);
    view.setDriving(QStringLiteral("idling"));
    model.setView(view);
    QCOMPARE(model.screen(), CockpitModel::Idle);
    QCOMPARE(model.pin()->count(), 0);
    QVERIFY(!model.canUnlock());
}

void CockpitModelsTest::pinLeavesNothingBehind()
{
    PinModel pin;
    QByteArray sent;
    QByteArray held;
    connect(&pin, &PinModel::entered, this, [&](const QByteArray &bytes) {
        sent = QByteArray(bytes.constData(), bytes.size());
        held = bytes; // refers to the model's buffer: what is left of it is seen below
    });
    for (int digit = 1; digit <= 7; ++digit)
        pin.enterDigit(digit);
    pin.enterDigit(12);
    QCOMPARE(pin.count(), 6);
    pin.submit();
    QCOMPARE(sent, QByteArray("123456"));
    QCOMPARE(held, QByteArray(6, '\0'));
    pin.submit();
    QCOMPARE(pin.count(), 0);
    pin.setAnswer(QStringLiteral("wrong"));
    QCOMPARE(pin.outcome(), PinModel::Wrong);
    pin.enterDigit(1);
    QCOMPARE(pin.outcome(), PinModel::None);
}

GLOVEBOX_TEST_MAIN(CockpitModelsTest)
#include "cockpit_models_test.moc"
