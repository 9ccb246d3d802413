// SPDX-License-Identifier: Apache-2.0
#include "platform/viss/messages.h"
#include "platform/viss/signal_values.h"
#include "tests/support/fatal_log.h"

#include <QTest>

#include <cmath>

using namespace glovebox;
using viss::Signal;

class ValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gears_data();
    void gears();
    void speeds_data();
    void speeds();
    void nothingIsTakenFromWrongTypes();
    void ignitionAndDoor();
    void positionNeedsBothDegrees();
    void resetUnsetsEverything();
    void readsServerMessages();
    void refusesMessages_data();
    void refusesMessages();
    void configuration();
    void refusesConfiguration_data();
    void refusesConfiguration();
};

namespace
{

constexpr base::BootTime kAt{std::chrono::seconds(5)};

ports::VehicleReadings after(Signal signal, const base::Json &value)
{
    viss::SignalValues values(true);
    values.apply(signal, value, kAt);
    return values.readings();
}

base::Json jsonOf(const QString &text)
{
    return base::parseJson(text.toStdString()).value();
}

} // namespace

void ValuesTest::gears_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("gear");
    const auto row = [](const char *value, ports::Gear gear) {
        QTest::newRow(value) << QString::fromLatin1(value) << static_cast<int>(gear);
    };
    row("\"126\"", ports::Gear::park);
    row("126", ports::Gear::park);
    row("\"127\"", ports::Gear::drive);
    row("\"1\"", ports::Gear::drive);
    row("\"6\"", ports::Gear::drive);
    row("\"0\"", ports::Gear::neutral);
    row("\"-1\"", ports::Gear::reverse);
    row("-2", ports::Gear::reverse);
    row("null", ports::Gear::unknown);
    row("\"126.5\"", ports::Gear::unknown);
    row("\"park\"", ports::Gear::unknown);
    row("\" 126\"", ports::Gear::unknown);
    row("\"126 \"", ports::Gear::unknown);
    row("\"NaN\"", ports::Gear::unknown);
    row("\"1000\"", ports::Gear::unknown);
    row("\"\"", ports::Gear::unknown);
    row("true", ports::Gear::unknown);
    row("[126]", ports::Gear::unknown);
    row("{}", ports::Gear::unknown);
}

void ValuesTest::gears()
{
    QFETCH(QString, value);
    QFETCH(int, gear);
    QCOMPARE(static_cast<int>(after(Signal::gear, jsonOf(value)).gear), gear);
}

void ValuesTest::speeds_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<double>("speed_kmh"); // -1: NaN
    QTest::newRow("text") << "\"62.5\"" << 62.5;
    QTest::newRow("number") << "62.5" << 62.5;
    QTest::newRow("zero") << "\"0\"" << 0.0;
    QTest::newRow("integer") << "3" << 3.0;
    QTest::newRow("nan") << "\"NaN\"" << -1.0;
    QTest::newRow("infinite") << "\"inf\"" << -1.0;
    QTest::newRow("overflow") << "\"1e999\"" << -1.0;
    QTest::newRow("negative") << "\"-1\"" << -1.0;
    QTest::newRow("word") << "\"fast\"" << -1.0;
    QTest::newRow("tail") << "\"0km/h\"" << -1.0;
    QTest::newRow("hexadecimal") << "\"0x10\"" << -1.0;
    QTest::newRow("empty") << "\"\"" << -1.0;
    QTest::newRow("boolean") << "false" << -1.0;
    QTest::newRow("array") << "[0]" << -1.0;
}

void ValuesTest::speeds()
{
    QFETCH(QString, value);
    QFETCH(double, speed_kmh);
    const auto readings = after(Signal::speed, jsonOf(value));
    QVERIFY(readings.speed_kmh);
    QCOMPARE(readings.speedAt, kAt);
    if (speed_kmh < 0) {
        QVERIFY(std::isnan(*readings.speed_kmh));
    } else {
        QCOMPARE(*readings.speed_kmh, speed_kmh);
    }
    QVERIFY(!after(Signal::speed, base::Json()).speed_kmh);
}

void ValuesTest::nothingIsTakenFromWrongTypes()
{
    for (const char *text : {"null", "1", "\"yes\"", "\"True\"", "\"1\"", "[true]", "{\"value\":true}"}) {
        const base::Json value = jsonOf(QString::fromLatin1(text));
        QVERIFY2(!after(Signal::parkingBrake, value).parkingBrake, text);
        QVERIFY2(!after(Signal::driverDoor, value).driverDoorOpen, text);
    }
    QCOMPARE(after(Signal::parkingBrake, "true").parkingBrake, std::optional(true));
    QCOMPARE(after(Signal::parkingBrake, false).parkingBrake, std::optional(false));
}

void ValuesTest::ignitionAndDoor()
{
    QCOMPARE(after(Signal::ignition, "ON").ignitionOn, std::optional(true));
    QCOMPARE(after(Signal::ignition, "START").ignitionOn, std::optional(true));
    QCOMPARE(after(Signal::ignition, "ACC").ignitionOn, std::optional(true));
    QCOMPARE(after(Signal::ignition, "OFF").ignitionOn, std::optional(false));
    QCOMPARE(after(Signal::ignition, "LOCK").ignitionOn, std::optional(false));
    for (const char *value : {"UNDEFINED", "on", "", "true"}) {
        QVERIFY2(!after(Signal::ignition, value).ignitionOn, value);
    }
    QVERIFY(!after(Signal::ignition, true).ignitionOn);
    QCOMPARE(after(Signal::driverDoor, "true").driverDoorOpen, std::optional(true));
}

void ValuesTest::positionNeedsBothDegrees()
{
    viss::SignalValues values(true);
    values.apply(Signal::latitude, "48.775846", kAt);
    QVERIFY(!values.readings().position);
    values.apply(Signal::longitude, "-9.1829321", kAt);
    QCOMPARE(values.readings().position, (std::optional<payment::Position>({48775846, -9182932})));
    values.apply(Signal::latitude, "90.1", kAt);
    QVERIFY(!values.readings().position);
    values.apply(Signal::latitude, "48", kAt);
    QVERIFY(values.readings().position);
    values.apply(Signal::longitude, "NaN", kAt);
    QVERIFY(!values.readings().position);
}

void ValuesTest::resetUnsetsEverything()
{
    viss::SignalValues values(false);
    values.apply(Signal::speed, "0", kAt);
    values.apply(Signal::gear, "126", kAt);
    values.apply(Signal::parkingBrake, "true", kAt);
    values.apply(Signal::latitude, "1", kAt);
    values.apply(Signal::longitude, "1", kAt);
    values.apply(Signal::ignition, "ON", kAt);
    values.apply(Signal::driverDoor, "true", kAt);
    values.reset(7);
    ports::VehicleReadings unset;
    unset.hasParkGear = false;
    unset.peer = 7;
    QCOMPARE(values.readings(), unset);
    values.apply(Signal::longitude, "1", kAt);
    QVERIFY(!values.readings().position); // the latitude of the other peer is gone
}

void ValuesTest::readsServerMessages()
{
    const auto subscribed = viss::readMessage(
        R"({"action":"subscribe","requestId":"1","subscriptionId":"9","ts":"2026-01-01T00:00:00Z","later":{}})");
    QVERIFY(subscribed);
    QCOMPARE(std::get<viss::Subscribed>(*subscribed).requestId, std::string("1"));
    QCOMPARE(std::get<viss::Subscribed>(*subscribed).subscriptionId, std::string("9"));

    const auto refused = viss::readMessage(
        R"({"action":"subscribe","requestId":"1","error":{"number":"404","reason":"invalid_path","message":"no"}})");
    QVERIFY(refused);
    QCOMPARE(std::get<viss::Refused>(*refused).number, 404);

    const auto one = viss::readMessage(
        R"({"action":"subscription","subscriptionId":"9","data":{"path":"A.B","dp":{"value":"1","ts":"x"}},"ts":"y"})");
    QVERIFY(one);
    QCOMPARE(std::get<viss::Update>(*one).points.size(), 1u);
    QVERIFY(std::get<viss::Update>(*one).points[0].value == base::Json("1"));

    const auto two = viss::readMessage(
        R"({"action":"subscription","subscriptionId":"9","data":[{"path":"A","dp":{"value":null}},{"path":"B","dp":{"value":2}}]})");
    QVERIFY(two);
    QCOMPARE(std::get<viss::Update>(*two).points.size(), 2u);

    const auto other = viss::readMessage(R"({"action":"get","requestId":"1","data":{}})");
    QVERIFY(other);
    QVERIFY(std::holds_alternative<viss::Other>(*other));
}

void ValuesTest::refusesMessages_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("hello");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("no action") << QByteArray("{}");
    QTest::newRow("action a number") << QByteArray(R"({"action":1})");
    QTest::newRow("duplicate key") << QByteArray(R"({"action":"get","action":"subscription"})");
    QTest::newRow("subscription without an id") << QByteArray(R"({"action":"subscribe","requestId":"1"})");
    QTest::newRow("update without data") << QByteArray(R"({"action":"subscription","subscriptionId":"1"})");
    QTest::newRow("data a text") << QByteArray(
        R"({"action":"subscription","subscriptionId":"1","data":"x"})");
    QTest::newRow("no path") << QByteArray(
        R"({"action":"subscription","subscriptionId":"1","data":{"dp":{"value":"1"}}})");
    QTest::newRow("no value") << QByteArray(
        R"({"action":"subscription","subscriptionId":"1","data":{"path":"A","dp":{}}})");
    QTest::newRow("a point is a number")
        << QByteArray(R"({"action":"subscription","subscriptionId":"1","data":[1]})");
    QByteArray many = R"({"action":"subscription","subscriptionId":"1","data":[)";
    for (int i = 0; i < 17; ++i) {
        many += i == 0 ? "" : ",";
        many += R"({"path":"A","dp":{"value":"1"}})";
    }
    QTest::newRow("too many points") << many + "]}";
    QTest::newRow("too long") << QByteArray(R"({"action":")") + QByteArray(20000, 'a') + "\"}";
    QTest::newRow("too deep") << QByteArray(R"({"action":"get","data":)") + QByteArray(20, '[') +
                                     QByteArray(20, ']') + "}";
}

void ValuesTest::refusesMessages()
{
    QFETCH(QByteArray, text);
    QVERIFY(!viss::readMessage(text.toStdString()));
}

void ValuesTest::configuration()
{
    const auto defaults = viss::configFromJson(base::Json{{"url", "ws://car:8090"}});
    QVERIFY(defaults);
    QCOMPARE(defaults->url, std::string("ws://car:8090"));
    QCOMPARE(defaults->path(Signal::gear), std::string("Vehicle.Powertrain.Transmission.SelectedGear"));
    QVERIFY(defaults->hasParkGear);

    const auto own = viss::configFromJson(
        base::parseJson(
            R"({"url":"wss://car","paths":{"speed":"Vehicle.V","driver_door":""},"has_park_gear":false})")
            .value());
    QVERIFY(own);
    QCOMPARE(own->path(Signal::speed), std::string("Vehicle.V"));
    QVERIFY(own->path(Signal::driverDoor).empty());
    QVERIFY(!own->hasParkGear);
}

void ValuesTest::refusesConfiguration_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("no url") << "{}" << "/viss/url";
    QTest::newRow("http") << R"({"url":"http://car"})" << "/viss/url";
    QTest::newRow("no host") << R"({"url":"ws://"})" << "/viss/url";
    QTest::newRow("unknown field") << R"({"url":"ws://car","port":1})" << "/viss/port";
    QTest::newRow("unknown signal") << R"({"url":"ws://car","paths":{"gears":"A"}})" << "/viss/paths/gears";
    QTest::newRow("path a number") << R"({"url":"ws://car","paths":{"gear":1}})" << "/viss/paths/gear";
}

void ValuesTest::refusesConfiguration()
{
    QFETCH(QString, text);
    QFETCH(QString, pointer);
    const auto config = viss::configFromJson(jsonOf(text), "/viss");
    QVERIFY(!config);
    QCOMPARE(QString::fromStdString(config.error().pointer), pointer);
}

GLOVEBOX_TEST_MAIN(ValuesTest)
#include "values_test.moc"
