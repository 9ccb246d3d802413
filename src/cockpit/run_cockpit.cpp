// SPDX-License-Identifier: Apache-2.0
#include "cockpit/cockpit.h"

#include "cockpit/gui_application.h"

#include <QCommandLineParser>
#include <QGuiApplication>
#include <QTextStream>
#include <optional>

namespace glovebox::cockpit
{

namespace
{

constexpr int exitUsage = 64;
constexpr int exitDefect = 70;

std::optional<CockpitOptions> readOptions(const QCommandLineParser &parser, QString &problem)
{
    CockpitOptions options;
    options.socketPath = parser.value(QStringLiteral("socket"));
    if (options.socketPath.isEmpty()) {
        problem = QStringLiteral("--socket PATH is needed: the daemon's driver socket");
        return std::nullopt;
    }
    const std::optional<theme::Display> display =
        theme::parseDisplay(parser.value(QStringLiteral("display")));
    if (!display) {
        problem = QStringLiteral("--display is WIDTHxHEIGHT@WIDTHmm, for example 1280x480@260mm");
        return std::nullopt;
    }
    options.display = *display;
    const QString theme = parser.value(QStringLiteral("theme"));
    if (theme != QLatin1String("night") && theme != QLatin1String("day")) {
        problem = QStringLiteral("--theme is night or day");
        return std::nullopt;
    }
    options.night = theme == QLatin1String("night");
    options.style = parser.value(QStringLiteral("style"));
    if (!theme::styleNamed(options.style)) {
        problem = QStringLiteral("--style is ") + theme::styleNames().join(QStringLiteral(" or "));
        return std::nullopt;
    }
    options.locale = parser.value(QStringLiteral("locale"));
    options.desk = parser.isSet(QStringLiteral("desk"));
    return options;
}

void addOptions(QCommandLineParser &parser)
{
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {QStringLiteral("socket"), QStringLiteral("The daemon's driver socket."), QStringLiteral("PATH")},
        {QStringLiteral("display"), QStringLiteral("Pixels and width of the active area."),
         QStringLiteral("WxH@Wmm"), QStringLiteral("1280x480@260mm")},
        {QStringLiteral("theme"), QStringLiteral("night or day."), QStringLiteral("NAME"),
         QStringLiteral("night")},
        {QStringLiteral("style"), theme::styleNames().join(QStringLiteral(" or ")) + QStringLiteral("."),
         QStringLiteral("NAME"), QStringLiteral("glovebox")},
        {QStringLiteral("locale"), QStringLiteral("Language until the daemon names one."),
         QStringLiteral("LOCALE"), QStringLiteral("en")},
        {QStringLiteral("desk"), QStringLiteral("Show a frame where the car's own screens would be.")},
    });
}

int wrongUse(const QString &problem)
{
    QTextStream(stderr) << QStringLiteral("glovebox-cockpit: ") << problem << Qt::endl;
    return exitUsage;
}

/// Ends the program where somebody only asked; without a display too.
void answerQuestions(QCommandLineParser &parser, int argc, char **argv)
{
    const bool help = parser.isSet(QStringLiteral("help"));
    if (!help && !parser.isSet(QStringLiteral("version")))
        return;
    const QCoreApplication names(argc, argv); // the text names the program
    if (help)
        parser.showHelp();
    parser.showVersion();
}

} // namespace

int runCockpit(int argc, char **argv, const CockpitHooks &hooks)
{
    QGuiApplication::setApplicationName(QStringLiteral("glovebox-cockpit"));
    QGuiApplication::setApplicationVersion(QStringLiteral(GLOVEBOX_VERSION));
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    QCommandLineParser parser;
    addOptions(parser);
    if (hooks.addOptions)
        hooks.addOptions(parser);
    // process() would end with 1, which means another thing.
    if (!parser.parse(arguments))
        return wrongUse(parser.errorText());
    answerQuestions(parser, argc, argv);
    QString problem;
    const std::optional<CockpitOptions> options = readOptions(parser, problem);
    if (!options)
        return wrongUse(problem);
    if (hooks.readOptions)
        hooks.readOptions(parser);
    // Qt sees none of the arguments: on X11 it would take --display for the X server's.
    int ownArgc = 1;
    const std::unique_ptr<QGuiApplication> application =
        makeGuiApplication("glovebox-cockpit", ownArgc, argv);
    Cockpit cockpit(*options);
    if (!cockpit.valid())
        return exitDefect;
    if (hooks.ready)
        hooks.ready(cockpit);
    cockpit.show();
    return QGuiApplication::exec();
}

} // namespace glovebox::cockpit
