// SPDX-License-Identifier: Apache-2.0
#include "cockpit/cockpit.h"
#include "cockpit/cockpit_model.h"
#include "tests/qml/fake_daemon.h"
#include "tests/support/gui_test_main.h"

#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>

using namespace glovebox;
using testing::FakeDaemon;

namespace
{

const QString glance = QStringLiteral("glance");

} // namespace

/// What reaches the daemon: one consent per fresh press, with what could really be read.
class CockpitConsentTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void theFirstScreenIsTheDaemons();
    void shownAfterTheSwapAndAliveAfterIt();
    void touchApprovesOnceWithTheTexts();
    void keyApprovesOnceAndRepeatsDoNot();
    void pressTooEarlyApprovesNothing();
    void pressThatSlidesOffApprovesNothing();
    void pressAcrossAChangedCardApprovesNothing();
    void secondFingerApprovesNothing();
    void escapeAndNotNowDecline();
    void aTextThatCannotBeReadIsReported_data();
    void aTextThatCannotBeReadIsReported();
    void pinReachesTheDaemonByTouchAndKey();
    void resultAnswersOnce();
    void reconnectsAndClearsTheCardMeanwhile();
    void hiddenWindowInterrupts();
    void stillWhileMoving();
    void wordsFollowTheDriversLanguage();

private:
    [[nodiscard]] QQuickItem *item(const char *name) const;
    [[nodiscard]] QPoint centre(const char *name) const;
    /// The card is up, was reported as shown, and may be pressed.
    void showCard(const QString &nonce);
    void waitUntilPressable();

    QTemporaryDir m_folder;
    std::unique_ptr<FakeDaemon> m_daemon;
    std::unique_ptr<cockpit::Cockpit> m_cockpit;
    std::unique_ptr<QPointingDevice> m_touch;
    qint64 m_shownAt = 0;
};

void CockpitConsentTest::initTestCase()
{
    m_touch.reset(QTest::createTouchDevice());
}

void CockpitConsentTest::init()
{
    const QString socket = m_folder.filePath(QStringLiteral("driver.sock"));
    m_daemon = std::make_unique<FakeDaemon>(socket);
    m_daemon->show(testing::idleView(QStringLiteral("en"), true, QStringLiteral("moving")));
    cockpit::CockpitOptions options;
    options.socketPath = socket;
    m_cockpit = std::make_unique<cockpit::Cockpit>(options);
    QVERIFY(m_cockpit->valid());
    m_cockpit->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_cockpit->window(), 30'000));
    m_cockpit->window()->requestActivate();
    QTRY_COMPARE(m_cockpit->model().screen(), cockpit::CockpitModel::Idle);
}

void CockpitConsentTest::cleanup()
{
    m_cockpit.reset();
    m_daemon.reset();
}

void CockpitConsentTest::theFirstScreenIsTheDaemons()
{
    m_cockpit.reset();
    cockpit::CockpitOptions options;
    options.socketPath = m_folder.filePath(QStringLiteral("driver.sock"));
    const cockpit::Cockpit cockpit(options);
    QVERIFY(cockpit.valid());
    // Before it is shown, and before the event loop runs: nothing else flashes up.
    QCOMPARE(cockpit.model().screen(), cockpit::CockpitModel::Idle);
}

QQuickItem *CockpitConsentTest::item(const char *name) const
{
    auto *found = m_cockpit->item(QString::fromLatin1(name));
    if (found == nullptr)
        qFatal("no item %s", name);
    return found;
}

QPoint CockpitConsentTest::centre(const char *name) const
{
    static_cast<void>(m_cockpit->window()->grabWindow()); // what changed has its place only after a frame
    const QQuickItem *target = item(name);
    return target->mapToScene(target->boundingRect().center()).toPoint();
}

void CockpitConsentTest::showCard(const QString &nonce)
{
    m_daemon->show(testing::cardView(QStringLiteral("en"), glance, nonce));
    const auto reported = [this, &nonce] {
        const QList<testing::DriverCall> calls = m_daemon->calls(QStringLiteral("shown"));
        return !calls.isEmpty() && calls.last().argument == nonce;
    };
    QTRY_VERIFY(reported());
    m_shownAt = cockpit::bootMilliseconds();
}

void CockpitConsentTest::waitUntilPressable()
{
    QTRY_VERIFY(cockpit::bootMilliseconds() - m_shownAt > 500);
}

void CockpitConsentTest::shownAfterTheSwapAndAliveAfterIt()
{
    bool swapped = false;
    connect(m_cockpit->window(), &QQuickWindow::frameSwapped, this,
            [&] { swapped = swapped || m_cockpit->model().card()->nonce() == QLatin1String("n1"); });
    bool before = false;
    connect(m_daemon.get(), &FakeDaemon::called, this,
            [&] { before = before || (!swapped && !m_daemon->calls(QStringLiteral("shown")).isEmpty()); });
    showCard(QStringLiteral("n1"));
    QVERIFY(!before);
    QCOMPARE(m_daemon->calls(QStringLiteral("shown")).size(), 1);
    // Before the card was drawn the heartbeat has no nonce, after it this one.
    QTRY_VERIFY(!m_daemon->calls(QStringLiteral("alive")).isEmpty() &&
                m_daemon->calls(QStringLiteral("alive")).constLast().argument == QLatin1String("n1"));
}

void CockpitConsentTest::touchApprovesOnceWithTheTexts()
{
    showCard(QStringLiteral("n1"));
    waitUntilPressable();
    const QPoint at = centre("primary");
    QTest::touchEvent(m_cockpit->window(), m_touch.get()).press(0, at);
    QVERIFY(item("primary")->property("pressed").toBool());
    QTest::touchEvent(m_cockpit->window(), m_touch.get()).release(0, at);
    QTest::touchEvent(m_cockpit->window(), m_touch.get()).press(0, at);
    QTest::touchEvent(m_cockpit->window(), m_touch.get()).release(0, at);
    QTest::keyClick(m_cockpit->window(), Qt::Key_Escape); // after the yes: nothing
    QTRY_COMPARE(m_daemon->calls(QStringLiteral("approve")).size(), 1);
    const testing::DriverCall call = m_daemon->calls(QStringLiteral("approve")).constFirst();
    QCOMPARE(call.argument, QStringLiteral("n1"));
    QCOMPARE(call.method, QStringLiteral("touch"));
    QCOMPARE(call.items,
             testing::cardView(QStringLiteral("en"), glance, QStringLiteral("n1")).card().items());
    m_daemon->show(testing::resultView(QStringLiteral("en"), QStringLiteral("saved")));
    QTRY_COMPARE(m_cockpit->model().screen(), cockpit::CockpitModel::Result);
    QCOMPARE(m_daemon->calls(QStringLiteral("approve")).size(), 1);
    QVERIFY(m_daemon->calls(QStringLiteral("decline")).isEmpty());
}

void CockpitConsentTest::keyApprovesOnceAndRepeatsDoNot()
{
    showCard(QStringLiteral("n1"));
    waitUntilPressable();
    QQuickWindow *window = m_cockpit->window();
    QCOMPARE(window->activeFocusItem()->objectName(), QStringLiteral("secondary"));
    QTest::keyClick(window, Qt::Key_Left);
    QCOMPARE(window->activeFocusItem()->objectName(), QStringLiteral("primary"));
    const auto send = [window](QEvent::Type type, bool repeat) {
        QKeyEvent event(type, Qt::Key_Return, Qt::NoModifier, QString(), repeat);
        QCoreApplication::sendEvent(window, &event);
    };
    send(QEvent::KeyPress, true); // held since before: not fresh
    send(QEvent::KeyRelease, true);
    send(QEvent::KeyRelease, false);
    QVERIFY(!m_cockpit->model().card()->approving());
    send(QEvent::KeyPress, false);
    send(QEvent::KeyRelease, true);
    send(QEvent::KeyPress, true);
    QVERIFY(!m_cockpit->model().card()->approving());
    send(QEvent::KeyRelease, false);
    QVERIFY(m_cockpit->model().card()->approving());
    QTRY_COMPARE(m_daemon->calls(QStringLiteral("approve")).size(), 1);
    QCOMPARE(m_daemon->calls(QStringLiteral("approve")).constFirst().method, QStringLiteral("key"));
}

void CockpitConsentTest::pressTooEarlyApprovesNothing()
{
    showCard(QStringLiteral("n1"));
    QTest::mousePress(m_cockpit->window(), Qt::LeftButton, {}, centre("primary"));
    waitUntilPressable(); // held until it would be late enough: the press still began too early
    QTest::mouseRelease(m_cockpit->window(), Qt::LeftButton, {}, centre("primary"));
    QVERIFY(!m_cockpit->model().card()->approving());
}

void CockpitConsentTest::pressThatSlidesOffApprovesNothing()
{
    showCard(QStringLiteral("n1"));
    waitUntilPressable();
    const QPoint at = centre("primary");
    QTest::touchEvent(m_cockpit->window(), m_touch.get()).press(0, at);
    QTest::touchEvent(m_cockpit->window(), m_touch.get()).move(0, at - QPoint(0, 200));
    QTRY_VERIFY(!item("primary")->property("pressed").toBool());
    QTest::touchEvent(m_cockpit->window(), m_touch.get()).move(0, at);
    QTest::touchEvent(m_cockpit->window(), m_touch.get()).release(0, at);
    QVERIFY(!m_cockpit->model().card()->approving());
}

void CockpitConsentTest::pressAcrossAChangedCardApprovesNothing()
{
    showCard(QStringLiteral("n1"));
    waitUntilPressable();
    QTest::mousePress(m_cockpit->window(), Qt::LeftButton, {}, centre("primary"));
    showCard(QStringLiteral("n2"));
    waitUntilPressable();
    QTest::mouseRelease(m_cockpit->window(), Qt::LeftButton, {}, centre("primary"));
    QVERIFY(!m_cockpit->model().card()->approving());
}

void CockpitConsentTest::secondFingerApprovesNothing()
{
    showCard(QStringLiteral("n1"));
    waitUntilPressable();
    const QPoint at = centre("primary");
    const QPoint beside = at + QPoint(30, 0);
    QTest::touchEvent(m_cockpit->window(), m_touch.get()).press(0, at);
    QTest::touchEvent(m_cockpit->window(), m_touch.get()).stationary(0).press(1, beside);
    QTest::touchEvent(m_cockpit->window(), m_touch.get()).stationary(0).release(1, beside);
    QTest::touchEvent(m_cockpit->window(), m_touch.get()).release(0, at);
    QVERIFY(!m_cockpit->model().card()->approving());
}

void CockpitConsentTest::escapeAndNotNowDecline()
{
    showCard(QStringLiteral("n1"));
    QTest::keyClick(m_cockpit->window(), Qt::Key_Escape);
    QTRY_COMPARE(m_daemon->calls(QStringLiteral("decline")).size(), 1);
    showCard(QStringLiteral("n2"));
    QTest::keyClick(m_cockpit->window(), Qt::Key_Return); // the focus is on the no
    QTRY_COMPARE(m_daemon->calls(QStringLiteral("decline")).size(), 2);
    QCOMPARE(m_daemon->calls(QStringLiteral("decline")).last().argument, QStringLiteral("n2"));
    QVERIFY(m_daemon->calls(QStringLiteral("approve")).isEmpty());
}

void CockpitConsentTest::aTextThatCannotBeReadIsReported_data()
{
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("fault");
    QTest::newRow("changed") << QByteArray("text") << QVariant(QStringLiteral("€8.00"))
                             << QStringLiteral("€8.00");
    QTest::newRow("transparent") << QByteArray("opacity") << QVariant(0.9) << QStringLiteral("<transparent>");
    QTest::newRow("hidden") << QByteArray("visible") << QVariant(false) << QStringLiteral("<invisible>");
    QTest::newRow("off the window") << QByteArray("y") << QVariant(900) << QStringLiteral("<clipped>");
    QTest::newRow("tiny") << QByteArray("scale") << QVariant(0.1) << QStringLiteral("<small>");
    QTest::newRow("upside down") << QByteArray("rotation") << QVariant(180) << QStringLiteral("<turned>");
    QTest::newRow("faint") << QByteArray("color") << QVariant(QColor(0x20, 0x25, 0x2b))
                           << QStringLiteral("<faint>");
    QTest::newRow("markup") << QByteArray("textFormat") << QVariant(1) << QStringLiteral("<markup>");
    QTest::newRow("covered") << QByteArray() << QVariant() << QStringLiteral("<covered>");
}

void CockpitConsentTest::aTextThatCannotBeReadIsReported()
{
    QFETCH(QByteArray, property);
    QFETCH(QVariant, value);
    QFETCH(QString, fault);
    showCard(QStringLiteral("n1"));
    waitUntilPressable();
    QQuickItem cover(m_cockpit->window()->contentItem());
    if (property.isEmpty()) {
        cover.setFlag(QQuickItem::ItemHasContents);
        cover.setPosition(item("item.amount")->mapToScene(QPointF(0, 0)));
        cover.setSize(item("item.amount")->size());
    } else {
        QVERIFY(item("item.amount")->setProperty(property, value));
    }
    QTest::mouseClick(m_cockpit->window(), Qt::LeftButton, {}, centre("primary"));
    QTRY_COMPARE(m_daemon->calls(QStringLiteral("approve")).size(), 1);
    const QList<ShownItem> items = m_daemon->calls(QStringLiteral("approve")).constFirst().items;
    QCOMPARE(items.at(2), ShownItem(QStringLiteral("amount"), fault));
}

void CockpitConsentTest::pinReachesTheDaemonByTouchAndKey()
{
    m_daemon->show(testing::pinView(QStringLiteral("en")));
    QTRY_COMPARE(m_cockpit->model().screen(), cockpit::CockpitModel::Pin);
    QQuickWindow *window = m_cockpit->window();
    for (const char *name : {"pin.1", "pin.2", "pin.9", "pin.back", "pin.3", "pin.0", "pin.5"})
        QTest::mouseClick(window, Qt::LeftButton, {}, centre(name));
    QTest::mouseClick(window, Qt::LeftButton, {}, centre("pin.ok")); // five digits: not yet
    QCOMPARE(m_cockpit->model().pin()->count(), 5);
    QTest::keyClick(window, Qt::Key_Right); // from "Not now" around to the 1
    QCOMPARE(window->activeFocusItem()->objectName(), QStringLiteral("pin.1"));
    QTest::keyClick(window, Qt::Key_Return);
    QTest::mouseClick(window, Qt::LeftButton, {}, centre("pin.ok"));
    QTRY_COMPARE(m_daemon->calls(QStringLiteral("enterPin")).size(), 1);
    QCOMPARE(m_daemon->pin(), QByteArray("123051"));
    QCOMPARE(m_cockpit->model().pin()->count(), 0);
    QTest::keyClick(window, Qt::Key_Escape);
    QTRY_COMPARE(m_daemon->calls(QStringLiteral("closePin")).size(), 1);
}

void CockpitConsentTest::resultAnswersOnce()
{
    m_daemon->show(testing::resultView(QStringLiteral("en"), QStringLiteral("saved")));
    QTRY_COMPARE(m_cockpit->model().screen(), cockpit::CockpitModel::Result);
    QTest::mouseClick(m_cockpit->window(), Qt::LeftButton, {}, centre("undo"));
    QTest::mouseClick(m_cockpit->window(), Qt::LeftButton, {}, centre("undo"));
    QTest::mouseClick(m_cockpit->window(), Qt::LeftButton, {}, centre("done"));
    QTRY_COMPARE(m_daemon->calls(QStringLiteral("undo")).size(), 1);
    m_daemon->show(testing::resultView(QStringLiteral("en"), QStringLiteral("paid")));
    QTRY_COMPARE(m_cockpit->model().result()->tone(), cockpit::ResultModel::Paid);
    QTest::mouseClick(m_cockpit->window(), Qt::LeftButton, {}, centre("done"));
    QTRY_COMPARE(m_daemon->calls(QStringLiteral("dismiss")).size(), 1);
    QCOMPARE(m_daemon->calls(QStringLiteral("undo")).size(), 1);
}

void CockpitConsentTest::reconnectsAndClearsTheCardMeanwhile()
{
    showCard(QStringLiteral("n1"));
    m_daemon.reset();
    QTRY_COMPARE(m_cockpit->model().screen(), cockpit::CockpitModel::Unavailable);
    QVERIFY(m_cockpit->model().card()->nonce().isEmpty());
    QVERIFY(m_cockpit->item(QStringLiteral("primary")) == nullptr);
    m_daemon = std::make_unique<FakeDaemon>(m_folder.filePath(QStringLiteral("driver.sock")));
    showCard(QStringLiteral("n2"));
    QCOMPARE(m_cockpit->model().screen(), cockpit::CockpitModel::Card);
}

void CockpitConsentTest::hiddenWindowInterrupts()
{
    showCard(QStringLiteral("n1"));
    m_cockpit->window()->hide();
    QTRY_COMPARE(m_daemon->calls(QStringLiteral("interrupted")).size(), 1);
    QCOMPARE(m_daemon->calls(QStringLiteral("interrupted")).constFirst().argument, QStringLiteral("n1"));
}

void CockpitConsentTest::stillWhileMoving()
{
    showCard(QStringLiteral("n1"));
    const QImage first = m_cockpit->window()->grabWindow();
    waitUntilPressable();
    QTRY_VERIFY(m_daemon->calls(QStringLiteral("alive")).size() >= 1);
    QCOMPARE(m_cockpit->window()->grabWindow(), first);
}

void CockpitConsentTest::wordsFollowTheDriversLanguage()
{
    m_daemon->show(testing::pinView(QStringLiteral("en")));
    QTRY_COMPARE(m_cockpit->model().screen(), cockpit::CockpitModel::Pin);
    QCOMPARE(item("secondary")->property("text").toString(), QStringLiteral("Not now"));
    m_daemon->show(testing::pinView(QStringLiteral("de")));
    QTRY_COMPARE(item("secondary")->property("text").toString(), QStringLiteral("Jetzt nicht"));
}

GLOVEBOX_GUI_TEST_MAIN(CockpitConsentTest)
#include "cockpit_consent_test.moc"
