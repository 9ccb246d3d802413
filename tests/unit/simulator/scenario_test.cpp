// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/scenario/library.h"
#include "platform/simulator/scenario/scenario_reader.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace glovebox;
using namespace glovebox::simulator;

class ScenarioTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shippedOnesCanBeRead();
    void readsEveryAction();
    void readsTheStart();
    void refuses_data();
    void refuses();
    void aMissingFileIsAnotherFailure();
};

void ScenarioTest::shippedOnesCanBeRead()
{
    const QStringList wanted = {QStringLiteral("answer-lost"),
                                QStringLiteral("coffee-declined"),
                                QStringLiteral("connection-gone"),
                                QStringLiteral("crash-after-approve"),
                                QStringLiteral("fuel"),
                                QStringLiteral("fuel-offline-refused"),
                                QStringLiteral("moving-glance"),
                                QStringLiteral("parking-offline"),
                                QStringLiteral("parking-online")};
    QStringList shipped = shippedScenarios();
    shipped.sort();
    QCOMPARE(shipped, wanted);
    for (const QString &name : shipped) {
        const auto scenario = loadScenario(name);
        QVERIFY2(scenario, scenario ? "" : scenario.error().sentence.c_str());
        QVERIFY(!scenario->about.empty());
    }
}

void ScenarioTest::readsEveryAction()
{
    const auto scenario = readScenario(R"({"title":"t","steps":[
        {"signals":{"speed_kmh":62.5,"gear":"drive","parking_brake":false,"ignition":null,"driver_door":"open"}},
        {"network":"drops_answers"},
        {"open_session":{"pin":"123456"}},
        {"note":"n","propose":{"as":"fuel","proposal":{"anything":[1]}}},
        {"withdraw":"fuel"},
        {"key":"Left"},
        {"touch":"primary"},
        {"advance_s":90},
        {"merchant_event":{"purchase":"fuel","event":"complete","amount_minor":6318}},
        {"merchant_event":{"purchase":"fuel","event":"release"}},
        {"wait_for":{"purchase":"fuel","state":"captured","captured_minor":1,"reason":"r","within_s":3}},
        {"expect":{"screen":"card","text":"a","no_text":"b","driving":"moving","session_open":true,"charges":1,"holds":0}},
        {"picture":"card"},
        {"theme":"day"},
        {"kill":"gloveboxd"},
        {"restart":"glovebox-cockpit"}]})");
    QVERIFY2(scenario, scenario ? "" : (scenario.error().pointer + scenario.error().reason).c_str());
    const auto &steps = scenario->steps;
    QCOMPARE(steps.size(), 16u);
    QCOMPARE(std::get<step::Signals>(steps[0].action).settings.size(), 5u);
    QCOMPARE(static_cast<int>(std::get<step::SetNetwork>(steps[1].action).network),
             static_cast<int>(Network::dropsAnswers));
    QCOMPARE(std::get<step::OpenSession>(steps[2].action).pin, std::string("123456"));
    QCOMPARE(steps[3].note, std::string("n"));
    QVERIFY(std::get<step::Propose>(steps[3].action).proposal.contains("anything"));
    QCOMPARE(std::get<step::Advance>(steps[7].action).by.count(), 90000);
    QCOMPARE(std::get<step::MerchantEvent>(steps[8].action).complete_minor,
             std::optional<std::int64_t>(6318));
    QVERIFY(!std::get<step::MerchantEvent>(steps[9].action).complete_minor);
    QCOMPARE(std::get<step::WaitFor>(steps[10].action).limit.count(), 3000);
    const Condition &expected = std::get<step::Expect>(steps[11].action).condition;
    QCOMPARE(expected.charges, std::optional<std::int64_t>(1));
    QCOMPARE(expected.sessionOpen, std::optional(true));
    QCOMPARE(static_cast<int>(std::get<step::Kill>(steps[14].action).program),
             static_cast<int>(Program::daemon));
    QCOMPARE(static_cast<int>(std::get<step::Restart>(steps[15].action).program),
             static_cast<int>(Program::cockpit));
}

void ScenarioTest::readsTheStart()
{
    const auto scenario = readScenario(
        R"({"title":"t","about":"a","start":{"theme":"day","display":"800x480@155mm","locale":"de",
        "network":"off","signals":{"gear":"neutral"}},"steps":[{"key":"Enter"}]})");
    QVERIFY(scenario);
    QCOMPARE(scenario->theme, std::string("day"));
    QCOMPARE(scenario->display, std::string("800x480@155mm"));
    QCOMPARE(scenario->locale, std::string("de"));
    QCOMPARE(static_cast<int>(scenario->network), static_cast<int>(Network::off));
    QCOMPARE(scenario->car.size(), 1u);
    QCOMPARE(scenario->car[0].value, std::optional<std::string>("0"));
}

void ScenarioTest::refuses_data()
{
    QTest::addColumn<QString>("steps"); // or the whole file
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const char *steps, const char *pointer) {
        QTest::newRow(name) << QString::fromLatin1(steps) << QString::fromLatin1(pointer);
    };
    row("not JSON", "{", "");
    row("no title", R"({"steps":[{"key":"Enter"}]})", "/title");
    row("unknown field", R"({"title":"t","speed":1,"steps":[{"key":"Enter"}]})", "/speed");
    row("unknown display", R"({"title":"t","start":{"display":"1280x480"},"steps":[{"key":"Enter"}]})",
        "/start/display");
    row("display of no size", R"({"title":"t","start":{"display":"1280x480@0mm"},"steps":[{"key":"Enter"}]})",
        "/start/display");
    row("unknown locale", R"({"title":"t","start":{"locale":"klingon!"},"steps":[{"key":"Enter"}]})",
        "/start/locale");
    row("unknown theme", R"({"title":"t","start":{"theme":"dusk"},"steps":[{"key":"Enter"}]})",
        "/start/theme");
    row("unknown network at the start", R"({"title":"t","start":{"network":"5g"},"steps":[{"key":"Enter"}]})",
        "/start/network");
    row("no steps", R"({"title":"t","steps":[]})", "/steps");
    row("empty step", "{}", "/steps/0");
    row("note alone", R"({"note":"n"})", "/steps/0");
    row("unknown action", R"({"press":"Enter"})", "/steps/0/press");
    row("two actions", R"({"key":"Enter","touch":"primary"})", "/steps/0/touch");
    row("unknown key", R"({"key":"F13"})", "/steps/0/key");
    row("unknown signal", R"({"signals":{"rpm":1}})", "/steps/0/signals");
    row("signal out of range", R"({"signals":{"speed_kmh":-1}})", "/steps/0/signals");
    row("gear a number", R"({"signals":{"gear":126}})", "/steps/0/signals");
    row("no signals", R"({"signals":{}})", "/steps/0/signals");
    row("unknown network", R"({"network":"slow"})", "/steps/0/network");
    row("short PIN", R"({"open_session":{"pin":"12345"}})", "/steps/0/open_session/pin");
    row("PIN of letters", R"({"open_session":{"pin":"12345a"}})", "/steps/0/open_session/pin");
    row("bad purchase name", R"({"propose":{"as":"../x","proposal":{}}})", "/steps/0/propose/as");
    row("withdraw before propose", R"({"withdraw":"fuel"})", "/steps/0/withdraw");
    row("advance too far", R"({"advance_s":86401})", "/steps/0/advance_s");
    row("advance a fraction", R"({"advance_s":1.5})", "/steps/0/advance_s");
    row("event of nobody", R"({"merchant_event":{"purchase":"x","event":"release"}})",
        "/steps/0/merchant_event/purchase");
    row("nothing expected", R"({"expect":{}})", "/steps/0/expect/state");
    row("state of nobody", R"({"expect":{"state":"captured"}})", "/steps/0/expect/purchase");
    row("unknown state",
        R"({"propose":{"as":"x","proposal":{}}},{"expect":{"purchase":"x","state":"payed"}})",
        "/steps/1/expect/state");
    row("state of the wrong type",
        R"({"propose":{"as":"x","proposal":{}}},{"wait_for":{"purchase":"x","state":4}})",
        "/steps/1/wait_for/state");
    row("unknown screen", R"({"wait_for":{"screen":"main"}})", "/steps/0/wait_for/screen");
    row("unknown driving", R"({"wait_for":{"driving":"flying"}})", "/steps/0/wait_for/driving");
    row("endless wait", R"({"wait_for":{"screen":"card","within_s":3600}})", "/steps/0/wait_for/within_s");
    row("expect with a wait", R"({"expect":{"screen":"card","within_s":1}})", "/steps/0/expect/within_s");
    row("picture with a path", R"({"picture":"../card"})", "/steps/0/picture");
    row("unknown program", R"({"kill":"init"})", "/steps/0/kill");
    row("duplicate key", R"({"key":"Enter","key":"Left"})", "/steps/0/key");
}

void ScenarioTest::refuses()
{
    QFETCH(QString, steps);
    QFETCH(QString, pointer);
    const bool whole = pointer.isEmpty() || !pointer.startsWith(QLatin1String("/steps/"));
    const QString text = whole ? steps : QStringLiteral(R"({"title":"t","steps":[%1]})").arg(steps);
    const auto scenario = readScenario(text.toStdString());
    QVERIFY(!scenario);
    if (!pointer.isEmpty()) {
        QCOMPARE(QString::fromStdString(scenario.error().pointer), pointer);
    }
    QVERIFY(!scenario.error().reason.empty());
}

void ScenarioTest::aMissingFileIsAnotherFailure()
{
    const auto none = loadScenario(QStringLiteral("no-such-scenario"));
    QVERIFY(!none && none.error().missing);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("drive.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"title":"t","steps":[{"key":"Enter"}]})");
    file.close();
    QVERIFY(loadScenario(file.fileName()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(70000, ' '));
    file.close();
    const auto tooLong = loadScenario(file.fileName());
    QVERIFY(!tooLong && !tooLong.error().missing);
}

GLOVEBOX_TEST_MAIN(ScenarioTest)
#include "scenario_test.moc"
