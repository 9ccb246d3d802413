// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/program.h"

#include "platform/simulator/scenario/library.h"
#include "platform/simulator/scenario/runner.h"
#include "platform/simulator/stop_signals.h"
#include "platform/simulator/window/desk_window.h"

#include <QCommandLineParser>
#include <QDir>
#include <QGuiApplication>

#include <cstdio>

namespace glovebox::simulator
{
namespace
{

enum ExitCode {
    done = 0,
    failed = 1,
    wrongUse = 64,
    badData = 65,
    missing = 66,
    defect = 70,
    cannotCreate = 73
};

constexpr const char *kDefaultScenario = "parking-offline";

struct Options
{
    bool headless = false;
    bool list = false;
    QString scenario; // empty: none was asked for
    QString out;
};

int complain(ExitCode code, const std::string &sentence)
{
    std::fprintf(stderr, "glovebox-simulator: %s\n", sentence.c_str());
    return code;
}

/// Asked before there is an application: Qt ends the process where the display does not answer.
bool hasDisplay()
{
    const QString platform = qEnvironmentVariable("QT_QPA_PLATFORM");
    if (!platform.isEmpty()) {
        return platform != QLatin1String("offscreen") && platform != QLatin1String("minimal");
    }
    return qEnvironmentVariableIsSet("WAYLAND_DISPLAY") || qEnvironmentVariableIsSet("DISPLAY");
}

bool asksForHeadless(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        if (qstrcmp(argv[i], "--headless") == 0) {
            return true;
        }
    }
    return false;
}

Places findPlaces()
{
    return {QCoreApplication::applicationDirPath(),
            QStringLiteral(GLOVEBOX_SOURCE_DIR "/scripts/make-test-ca"),
            QStringLiteral(GLOVEBOX_SOURCE_DIR "/resources/sandbox/merchants.json")};
}

std::expected<Bench::Options, std::string> benchOptions(const Scenario &scenario, const QString &out,
                                                        bool window)
{
    Bench::Options options;
    options.places = findPlaces();
    options.logFolder = out + QStringLiteral("/logs");
    options.display = QString::fromStdString(scenario.display);
    options.theme = QString::fromStdString(scenario.theme);
    options.locale = QString::fromStdString(scenario.locale);
    options.cockpitWindow = window;
    for (const SignalSetting &setting : scenario.car) {
        options.car[setting.path] = setting.value;
    }
    if (!QDir().mkpath(options.logFolder)) {
        return std::unexpected("cannot make " + options.logFolder.toStdString());
    }
    return options;
}

int playScenario(const Scenario &scenario, const QString &out)
{
    auto options = benchOptions(scenario, out, false);
    if (!options) {
        return complain(cannotCreate, options.error());
    }
    auto bench = Bench::start(*options);
    if (!bench) {
        return complain(defect, bench.error());
    }
    if (scenario.network != Network::on) {
        if (auto set = (*bench)->setNetwork(scenario.network); !set) {
            return complain(defect, set.error());
        }
    }
    Recorder recorder(out);
    Runner runner(**bench, recorder);
    const auto played = runner.play(scenario);
    const auto failure = played ? std::nullopt : std::optional(played.error());
    const auto purchases = recorder.writePurchases(**bench, runner.purchases());
    const auto timeline = recorder.writeTimeline(scenario, failure);
    if (failure) {
        return complain(failed, *failure);
    }
    if (!purchases || !timeline) {
        return complain(defect, purchases ? timeline.error() : purchases.error());
    }
    std::printf("glovebox-simulator: \"%s\" passed; pictures and records are in %s\n", scenario.title.c_str(),
                qUtf8Printable(out));
    return done;
}

int showWindow(const Scenario &start, const QString &out)
{
    auto options = benchOptions(start, out, true);
    if (!options) {
        return complain(cannotCreate, options.error());
    }
    auto bench = Bench::start(*options);
    if (!bench) {
        return complain(defect, bench.error());
    }
    DeskWindow window(**bench, out);
    return window.valid() ? QGuiApplication::exec() : defect;
}

int listScenarios()
{
    for (const QString &name : shippedScenarios()) {
        const auto scenario = loadScenario(name);
        std::printf("%-22s %s\n", qUtf8Printable(name), scenario ? scenario->title.c_str() : "");
    }
    return done;
}

std::expected<Options, int> readOptions(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("A car on the desk: signals, network, assistant, cockpit."));
    parser.addHelpOption();
    parser.addOptions({
        {QStringLiteral("headless"), QStringLiteral("No window: play a scenario and write pictures.")},
        {QStringLiteral("list"), QStringLiteral("Name the scenarios that are shipped.")},
        {QStringLiteral("scenario"), QStringLiteral("What to play; parking-offline where none is named."),
         QStringLiteral("NAME|FILE")},
        {QStringLiteral("out"), QStringLiteral("Folder for pictures and records."), QStringLiteral("DIR"),
         QStringLiteral("out/simulate")},
    });
    parser.process(application);
    if (!parser.positionalArguments().isEmpty()) {
        return std::unexpected(complain(wrongUse, "options only; see --help"));
    }
    return Options{parser.isSet(QStringLiteral("headless")), parser.isSet(QStringLiteral("list")),
                   parser.value(QStringLiteral("scenario")),
                   QDir(parser.value(QStringLiteral("out"))).absolutePath()};
}

} // namespace

int runSimulator(int argc, char **argv)
{
    const bool display = hasDisplay();
    if (!display || asksForHeadless(argc, argv)) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QGuiApplication application(argc, argv);
    const StopSignals stopSignals;
    const auto options = readOptions(application);
    if (!options) {
        return options.error();
    }
    if (options->list) {
        return listScenarios();
    }
    const bool named = !options->scenario.isEmpty();
    const auto scenario = loadScenario(named ? options->scenario : QLatin1String(kDefaultScenario));
    if (!scenario) {
        return complain(scenario.error().missing ? missing : badData, scenario.error().sentence);
    }
    if (options->headless || !display) {
        if (!options->headless) {
            std::printf("glovebox-simulator: there is no display; playing \"%s\" headless\n",
                        scenario->title.c_str());
            std::fflush(stdout);
        }
        return playScenario(*scenario, options->out);
    }
    return showWindow(named ? *scenario : Scenario{}, options->out);
}

} // namespace glovebox::simulator
