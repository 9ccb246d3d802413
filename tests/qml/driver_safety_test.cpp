// SPDX-License-Identifier: Apache-2.0
#include "cockpit/cockpit_model.h"
#include "tests/qml/walker/flows.h"
#include "tests/qml/walker/pairwise.h"
#include "tests/qml/walker/plants.h"
#include "tests/qml/walker/report.h"
#include "tests/qml/walker/rules.h"
#include "tests/support/effort.h"
#include "tests/support/gui_test_main.h"

#include <QDir>
#include <QFile>
#include <QMetaEnum>
#include <QTest>
#include <set>

using namespace glovebox;
using namespace glovebox::walker;

namespace
{

const QStringList displays{QStringLiteral("800x480@155mm"), QStringLiteral("1024x600@222mm"),
                           QStringLiteral("1280x480@260mm"), QStringLiteral("1920x720@292mm"),
                           QStringLiteral("1080x1920@194mm")};
const QString usualDisplay = displays[2];

/// A walk may find more than one line of a log holds.
bool write(const QString &name, const QByteArray &content)
{
    QFile file(QStringLiteral(OUTPUT_DIR "/") + name);
    return QDir().mkpath(QStringLiteral(OUTPUT_DIR)) && file.open(QIODevice::WriteOnly) &&
           file.write(content) == content.size();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Walks every screen in every language, theme and display, and measures it against the rules of
/// driver-safety. Pairwise; GLOVEBOX_LONG tries every combination.
class DriverSafetyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void pairsAreCovered();
    void everyScreenOfTheCockpitIsWalked();
    void noScreenBreaksARule_data();
    void noScreenBreaksARule();
    void aPlantedViolationIsFound_data();
    void aPlantedViolationIsFound();
    void everyRuleHasAPlantOrATest();
    void setupNeverShowsWhileDriving();
    void flowsAreShortEnough();
    void aFlowThatIsTooLongIsFound();
    void theReportIsCurrent();

private:
    const QList<Screen> m_screens = screens();
    const QStringList m_locales = locales();
    Report m_report;
    QList<Situation> m_situations;
};

void DriverSafetyTest::initTestCase()
{
    const std::vector<int> sizes{static_cast<int>(m_screens.size()), static_cast<int>(m_locales.size()),
                                 static_cast<int>(displays.size()), 2,
                                 static_cast<int>(theme::styleNames().size())};
    const auto rows = testing::longRun() ? everyCombination(sizes) : pairwise(sizes);
    for (const std::vector<int> &row : rows)
        m_situations.append({&m_screens[row[0]], m_locales[row[1]], displays[row[2]], row[3] == 0,
                             theme::styleNames()[row[4]]});
    m_report.screens = static_cast<int>(m_screens.size());
    m_report.locales = m_locales;
    m_report.displays = displays;
    m_report.styles = theme::styleNames();
    m_report.walked = static_cast<int>(m_situations.size());
}

void DriverSafetyTest::pairsAreCovered()
{
    const std::vector<int> sizes{7, 3, 5, 2};
    const auto rows = pairwise(sizes);
    QVERIFY(rows.size() >= 35 && rows.size() < 60);
    std::set<std::vector<int>> seen;
    for (const std::vector<int> &row : rows) {
        for (int one = 0; one < 4; ++one) {
            for (int other = one + 1; other < 4; ++other)
                seen.insert(
                    {one, row[static_cast<std::size_t>(one)], other, row[static_cast<std::size_t>(other)]});
        }
    }
    QCOMPARE(seen.size(), std::size_t{7 * 3 + 7 * 5 + 7 * 2 + 3 * 5 + 3 * 2 + 5 * 2});
    QCOMPARE(everyCombination(sizes).size(), std::size_t{7 * 3 * 5 * 2});
}

void DriverSafetyTest::everyScreenOfTheCockpitIsWalked()
{
    Scene scene(usualDisplay);
    QSet<int> shown;
    for (const Screen &screen : m_screens) {
        scene.enter({&screen, QStringLiteral("en"), usualDisplay, true});
        shown.insert(scene.cockpit().model().screen());
        QVERIFY2(!scene.texts().isEmpty(), qPrintable(screen.name));
    }
    QCOMPARE(shown.size(), QMetaEnum::fromType<cockpit::CockpitModel::Screen>().keyCount());
}

void DriverSafetyTest::noScreenBreaksARule_data()
{
    QTest::addColumn<QString>("display");
    for (const QString &display : displays)
        QTest::newRow(qPrintable(display)) << display;
}

void DriverSafetyTest::noScreenBreaksARule()
{
    QFETCH(QString, display);
    Scene scene(display);
    Record record;
    for (const Situation &situation : std::as_const(m_situations)) {
        if (situation.display != display)
            continue;
        scene.enter(situation);
        checkScreen(scene, record);
    }
    m_report.take(display, record);
    QVERIFY(write(display + QStringLiteral(".txt"), record.text()));
    QVERIFY2(record.violations().isEmpty(), record.text().constData());
}

void DriverSafetyTest::aPlantedViolationIsFound_data()
{
    QTest::addColumn<int>("index");
    const QList<Plant> all = plants();
    for (int index = 0; index < all.size(); ++index)
        QTest::addRow("%s %s", all[index].rule, all[index].name) << index;
}

void DriverSafetyTest::aPlantedViolationIsFound()
{
    QFETCH(int, index);
    const Plant plant = plants()[index];
    Scene scene(usualDisplay);
    scene.enter({&screenNamed(m_screens, plant.screen), QStringLiteral("en"), usualDisplay, true});
    Record before;
    checkScreen(scene, before);
    QVERIFY2(before.violations().isEmpty(), before.text().constData());
    plant.spoil(scene);
    scene.grab();
    Record after;
    checkScreen(scene, after);
    QVERIFY2(after.broke(plant.rule), after.text().constData());
}

void DriverSafetyTest::everyRuleHasAPlantOrATest()
{
    QSet<QByteArray> planted{"GLANCE", "STEPS"}; // aFlowThatIsTooLongIsFound
    for (const Plant &plant : plants())
        planted.insert(plant.rule);
    for (const Rule &rule : rules()) {
        if (rule.test.isEmpty()) {
            QVERIFY2(planted.contains(rule.id), rule.id.constData());
            continue;
        }
        // Looked at elsewhere: the test is there under this name.
        const QStringList parts = rule.test.split(QStringLiteral("::"));
        QVERIFY2(contentOf(QStringLiteral(GLOVEBOX_SOURCE_DIR "/") + parts[0])
                     .contains("::" + parts[1].toUtf8() + "()"),
                 qPrintable(rule.test));
    }
}

void DriverSafetyTest::setupNeverShowsWhileDriving()
{
    Scene scene(usualDisplay);
    for (const Screen &screen : m_screens) {
        const bool parkedOnly = screen.name.startsWith(QLatin1String("pin"));
        for (const char *driving : {"moving", "idling", "", "reversing"}) {
            Screen here = screen;
            here.compose = [&screen, driving](const QString &locale) {
                CockpitView view = screen.compose(locale);
                view.setDriving(QLatin1String(driving));
                return view;
            };
            scene.enter({&here, QStringLiteral("en"), usualDisplay, true});
            Record record;
            checkNoSetup(scene, record);
            QVERIFY2(record.violations().isEmpty(), record.text().constData());
            QVERIFY2(!parkedOnly || scene.cockpit().model().screen() != cockpit::CockpitModel::Pin,
                     qPrintable(screen.name));
        }
    }
}

void DriverSafetyTest::flowsAreShortEnough()
{
    Scene scene(usualDisplay);
    Record record;
    for (const Flow &flow : flows())
        m_report.flows.append({flow.name, flow.whileDriving, checkFlow(scene, m_screens, flow, record)});
    QVERIFY2(record.violations().isEmpty(), record.text().constData());
}

void DriverSafetyTest::aFlowThatIsTooLongIsFound()
{
    Scene scene(usualDisplay);
    const Step card{QStringLiteral("card.moving.fuel"), {QStringLiteral("secondary")}};
    Record record;
    static_cast<void>(checkFlow(scene, m_screens,
                                {QStringLiteral("round and round"), true, {card, card, card, card}}, record));
    QVERIFY(record.broke("GLANCE") && record.broke("STEPS"));
    Record missing;
    const Step nowhere{QStringLiteral("card.moving.fuel"), {QStringLiteral("undo")}};
    static_cast<void>(checkFlow(scene, m_screens, {QStringLiteral("nowhere"), true, {nowhere}}, missing));
    QVERIFY(missing.broke("STEPS"));
}

void DriverSafetyTest::theReportIsCurrent()
{
    if (testing::longRun())
        QSKIP("the report tells of the usual walk; this one tried every combination");
    const QByteArray now = m_report.text();
    QVERIFY(write(QStringLiteral("driver-safety-report.md"), now));
    QVERIFY2(contentOf(QStringLiteral(GLOVEBOX_SOURCE_DIR "/docs/driver-safety-report.md")) == now,
             "docs/driver-safety-report.md is not what was measured; compare with " OUTPUT_DIR);
}

GLOVEBOX_GUI_TEST_MAIN(DriverSafetyTest)
#include "driver_safety_test.moc"
