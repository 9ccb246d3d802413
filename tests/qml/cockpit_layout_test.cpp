// SPDX-License-Identifier: Apache-2.0
#include "cockpit/cockpit.h"
#include "cockpit/cockpit_model.h"
#include "cockpit/shown_items.h"
#include "qml/Glovebox/Controls/press_area.h"
#include "qml/Glovebox/Theme/profile.h"
#include "tests/qml/fake_daemon.h"
#include "tests/support/gui_test_main.h"

#include <QFontMetricsF>
#include <QJSValue>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>

using namespace glovebox;

namespace
{

void collect(QQuickItem *item, const char *inheriting, QList<QQuickItem *> &into)
{
    if (!item->isVisible())
        return;
    if (item->inherits(inheriting))
        into.append(item);
    for (QQuickItem *child : item->childItems())
        collect(child, inheriting, into);
}

QList<QQuickItem *> visibleItems(const cockpit::Cockpit &cockpit, const char *inheriting)
{
    QList<QQuickItem *> items;
    collect(cockpit.window()->contentItem(), inheriting, items);
    return items;
}

QByteArray describe(const char *rule, const QQuickItem *item, double number)
{
    return QByteArray(rule) + ' ' + QTest::currentDataTag() + ' ' + item->objectName().toUtf8() + " \"" +
           item->property("text").toString().toUtf8() + "\" " + QByteArray::number(number);
}

double capArc(const QQuickItem *text, const theme::Display &display)
{
    QFont font = text->property("font").value<QFont>();
    font.setPixelSize(
        text->property("fontInfo").value<QJSValue>().property(QStringLiteral("pixelSize")).toInt());
    return display.arcForPixels(QFontMetricsF(font).capHeight());
}

} // namespace

/// The rules TARGET, SIZE, TEXT and the focus of driver-safety, for every screen x display x theme x locale.
class CockpitLayoutTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void screen_data();
    void screen();

private:
    void checkTargets(const cockpit::Cockpit &cockpit, const theme::Display &display);
    void checkTexts(const cockpit::Cockpit &cockpit, const theme::Display &display, const CockpitView &view);
    void checkShown(const cockpit::Cockpit &cockpit, const theme::Display &display, const CockpitView &view);
    void checkFocus(const cockpit::Cockpit &cockpit, const QString &focus);

    const theme::Profile m_profile = theme::strictestProfile();
};

void CockpitLayoutTest::screen_data()
{
    QTest::addColumn<CockpitView>("view");
    QTest::addColumn<QString>("display");
    QTest::addColumn<bool>("night");
    QTest::addColumn<QString>("focus");
    for (const char *display :
         {"800x480@155mm", "1024x600@222mm", "1280x480@260mm", "1920x720@292mm", "1080x1920@194mm"}) {
        for (const char *locale : {"en", "de"}) {
            for (const bool night : {true, false}) {
                const QString in = QString::fromLatin1(locale);
                const auto row = [&](const char *name, const CockpitView &view, const char *focus) {
                    QTest::addRow("%s %s %s %s", name, display, locale, night ? "night" : "day")
                        << view << QString::fromLatin1(display) << night << QString::fromLatin1(focus);
                };
                row("glance", testing::cardView(in, QStringLiteral("glance"), QStringLiteral("n")),
                    "secondary");
                row("details", testing::cardView(in, QStringLiteral("details"), QStringLiteral("n")),
                    "secondary");
                for (const char *tone : {"saved", "reserved", "paid", "stopped", "problem", "waiting"})
                    row(tone, testing::resultView(in, QString::fromLatin1(tone)), "done");
                row("pin", testing::pinView(in), "secondary");
                row("ready", testing::idleView(in, true, QStringLiteral("moving")), "");
                row("locked", testing::idleView(in, false, QStringLiteral("parked")), "unlock");
                row("unavailable", CockpitView(), "");
            }
        }
    }
}

void CockpitLayoutTest::screen()
{
    QFETCH(CockpitView, view);
    QFETCH(QString, display);
    QFETCH(bool, night);
    QFETCH(QString, focus);
    cockpit::CockpitOptions options;
    options.display = theme::parseDisplay(display).value();
    options.night = night;
    options.locale = view.locale().isEmpty() ? QStringLiteral("en") : view.locale();
    cockpit::Cockpit cockpit(options);
    QVERIFY(cockpit.valid());
    cockpit.show();
    cockpit.model().setView(view);
    QVERIFY(QTest::qWaitForWindowExposed(cockpit.window(), 30'000));

    checkTargets(cockpit, options.display);
    checkTexts(cockpit, options.display, view);
    checkShown(cockpit, options.display, view);
    checkFocus(cockpit, focus);
}

void CockpitLayoutTest::checkTargets(const cockpit::Cockpit &cockpit, const theme::Display &display)
{
    const double mm = display.pixelsPerMillimetre();
    const QList<QQuickItem *> targets = visibleItems(cockpit, "glovebox::controls::PressArea");
    for (int one = 0; one < targets.size(); ++one) {
        const QRectF rect = targets[one]->mapRectToScene(targets[one]->boundingRect());
        const double side_mm = std::min(rect.width(), rect.height()) / mm;
        QVERIFY2(side_mm >= m_profile.targetMin_mm() - 0.01, describe("TARGET", targets[one], side_mm));
        QVERIFY2(QRectF(QPointF(), QSizeF(display.pixels)).contains(rect),
                 describe("TARGET", targets[one], rect.right()));
        for (int other = one + 1; other < targets.size(); ++other) {
            const QRectF next = targets[other]->mapRectToScene(targets[other]->boundingRect());
            const double apart_px = std::max({next.left() - rect.right(), rect.left() - next.right(),
                                              next.top() - rect.bottom(), rect.top() - next.bottom()});
            QVERIFY2(apart_px / mm >= m_profile.targetGap_mm - 0.01,
                     describe("TARGET", targets[one], apart_px / mm));
        }
    }
}

void CockpitLayoutTest::checkTexts(const cockpit::Cockpit &cockpit, const theme::Display &display,
                                   const CockpitView &view)
{
    qsizetype characters = 0;
    const QList<QQuickItem *> texts = visibleItems(cockpit, "QQuickText");
    for (const QQuickItem *text : texts) {
        const QString words = text->property("text").toString();
        if (words.isEmpty())
            continue;
        characters += words.size();
        const QString id = text->property("itemId").toString();
        const bool primary =
            id == QLatin1String("amount") || text->parentItem()->inherits("glovebox::controls::PressArea");
        const double arc = capArc(text, display);
        QVERIFY2(arc >= (primary ? m_profile.primaryArcMin : m_profile.textArcMin) - 0.05,
                 describe("SIZE", text, arc));
        QVERIFY2(!text->property("truncated").toBool(), describe("TEXT", text, 0));
        QVERIFY2(text->property("lineCount").toInt() <= m_profile.linesMax, describe("TEXT", text, 3));
    }
    QVERIFY2(view.driving() == QLatin1String("parked") || characters <= m_profile.latinCharactersMax,
             QByteArray("TEXT ") + QTest::currentDataTag() + QByteArray::number(characters));
}

/// What the consent returns is what the daemon sent, item by item.
void CockpitLayoutTest::checkShown(const cockpit::Cockpit &cockpit, const theme::Display &display,
                                   const CockpitView &view)
{
    const QList<ShownItem> expected =
        view.card().nonce().isEmpty() ? view.result().items() : view.card().items();
    const cockpit::SeenBounds bounds{display.pixelsForArc(m_profile.floorArcMin), m_profile.contrastMin};
    const QList<ShownItem> shown = cockpit::collectShownItems(*cockpit.window(), expected, bounds);
    for (int index = 0; index < expected.size(); ++index) {
        if (expected[index].id() != QLatin1String("undo") || view.result().undoPossible())
            QCOMPARE(shown.value(index).text(), expected[index].text());
    }
}

/// One round with the right key reaches every target and comes back: no trap.
void CockpitLayoutTest::checkFocus(const cockpit::Cockpit &cockpit, const QString &focus)
{
    const auto focusedTarget = [&cockpit] {
        const QQuickItem *item = cockpit.window()->activeFocusItem();
        const bool onTarget = item != nullptr && item->inherits("glovebox::controls::PressArea");
        return onTarget ? item->objectName() : QString();
    };
    QCOMPARE(focusedTarget(), focus);
    const qsizetype targets = visibleItems(cockpit, "glovebox::controls::PressArea").size();
    QSet<QString> reached;
    for (qsizetype step = 0; step < targets; ++step) {
        reached.insert(focusedTarget());
        QTest::keyClick(cockpit.window(), Qt::Key_Right);
    }
    QCOMPARE(reached.size(), targets);
    QCOMPARE(focusedTarget(), focus);
}

GLOVEBOX_GUI_TEST_MAIN(CockpitLayoutTest)
#include "cockpit_layout_test.moc"
