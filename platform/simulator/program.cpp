// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/program.h"

#include "platform/simulator/scenario/library.h"
#include "platform/simulator/scenario/recorder.h"
#include "platform/simulator/scenario/runner.h"
#include "platform/simulator/stop_signals.h"
#include "platform/simulator/window/desk_window.h"

#include <QCommandLineParser>
#include <QDir>
#include <QGuiApplication>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

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
    cannotCreate = 73,
    disk = 74
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

/// Whether one is named; whether it answers, only Qt finds out.
bool namesDisplay()
{
    const QString platform = qEnvironmentVariable("QT_QPA_PLATFORM");
    if (!platform.isEmpty()) {
        return platform != QLatin1String("offscreen") && platform != QLatin1String("minimal");
    }
    return qEnvironmentVariableIsSet("WAYLAND_DISPLAY") || qEnvironmentVariableIsSet("DISPLAY");
}

char **ownArguments = nullptr; // of the application that is being made
QtMessageHandler usualHandler = nullptr;

void restartOnFatal(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (type != QtFatalMsg) {
        usualHandler(type, context, message);
        return;
    }
    // Qt aborts where the display that the environment names does not answer: then this is a machine without
    // one.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    ::execv("/proc/self/exe", ownArguments);
    std::perror("glovebox-simulator");
    std::_Exit(defect);
}

std::unique_ptr<QGuiApplication> makeApplication(bool display, char **argv)
{
    if (!display) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    static int ownCount = 1; // Qt sees none of the options
    ownArguments = argv;
    usualHandler = qInstallMessageHandler(&restartOnFatal);
    auto application = std::make_unique<QGuiApplication>(ownCount, argv);
    qInstallMessageHandler(usualHandler);
    return application;
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
    if (auto removed = removeEarlierRun(out); !removed) {
        return complain(cannotCreate, removed.error());
    }
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
    ExitCode code = done;
    for (const auto &[result, ofItself] :
         {std::pair(played, failed), std::pair(purchases, defect), std::pair(timeline, defect)}) {
        if (!result) {
            const ExitCode its = result.error().ofDisk ? disk : ofItself;
            complain(its, result.error().sentence +
                              (its == disk ? ". Free space there, or name another folder with --out." : ""));
            code = code == done || its == disk ? its : code;
        }
    }
    if (code != done) {
        return code;
    }
    std::printf("glovebox-simulator: \"%s\" passed; pictures and records are in %s\n", scenario.title.c_str(),
                qUtf8Printable(out));
    return done;
}

/// For a person at the desk who has an assistant of their own.
std::string howToConnect(const RunFolder &run)
{
    const std::string programs = findPlaces().programs.toStdString();
    const std::string bus = busAddress(run).toStdString();
    const base::Json server = {
        {"command", programs + "/glovebox-mcp"},
        {"args", {"--bus", bus, "--token-file", (run / "assistant.token").toStdString()}}};
    return "glovebox-simulator: an assistant (any MCP client) connects to this car with\n  " +
           base::Json{{"mcpServers", {{"glovebox", server}}}}.dump() + "\nand people look into it with\n  " +
           programs + "/glovebox --bus " + bus + " status\n";
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
    if (!window.valid()) {
        return defect;
    }
    std::fputs(howToConnect((*bench)->folder()).c_str(), stdout);
    std::fflush(stdout);
    return QGuiApplication::exec();
}

int listScenarios()
{
    for (const QString &name : shippedScenarios()) {
        const auto scenario = loadScenario(name);
        std::printf("%-22s %s\n", qUtf8Printable(name), scenario ? scenario->title.c_str() : "");
    }
    return done;
}

/// Before there is an application with a display: wrong use and --help need none.
std::expected<Options, int> readOptions(int argc, char **argv)
{
    const QCoreApplication names(argc, argv); // the text of --help names the program
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
    if (!parser.parse(names.arguments())) { // process() would end with 1, which means another thing
        return std::unexpected(complain(wrongUse, parser.errorText().toStdString() + "; see --help"));
    }
    if (parser.isSet(QStringLiteral("help"))) {
        parser.showHelp();
    }
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
    const auto options = readOptions(argc, argv);
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
    const bool display = namesDisplay();
    const auto application = makeApplication(display && !options->headless, argv);
    const StopSignals stopSignals;
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
