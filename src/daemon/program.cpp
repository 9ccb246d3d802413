// SPDX-License-Identifier: Apache-2.0
#include "daemon/program.h"

#include "base/log.h"
#include "crypto/secret.h"
#include "daemon/composition.h"
#include "daemon/initialise.h"
#include "daemon/stop_signals.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>
#include <unistd.h>
#include <utility>

namespace glovebox::daemon
{

namespace
{

struct Options
{
    std::string configPath;
    bool initialise = false;
    bool enrolPin = false;
    bool insecureDesk = false;
};

int complain(const StartFailure &failure)
{
    std::fputs(("gloveboxd: " + failure.sentence + "\n").c_str(), stderr);
    return failure.exitCode;
}

int finish(const std::optional<StartFailure> &failure)
{
    return failure ? complain(*failure) : exit_code::kDone;
}

int say(const QString &text)
{
    std::fputs(qUtf8Printable(text), stdout);
    return exit_code::kDone;
}

/// The exit code where there is nothing more to do.
std::expected<Options, int> parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("The payment daemon of the car: decides, signs, keeps and settles."));
    const QCommandLineOption config(QStringLiteral("config"), QStringLiteral("Configuration (JSON)."),
                                    QStringLiteral("FILE"));
    const QCommandLineOption init(QStringLiteral("init"),
                                  QStringLiteral("Make signing key, sealing key and journal, and end."));
    const QCommandLineOption enrol(QStringLiteral("enrol-pin"),
                                   QStringLiteral("Read six digits from standard input as the driver's PIN, "
                                                  "and end."));
    const QCommandLineOption desk(
        QStringLiteral("insecure-desk"),
        QStringLiteral("Let one user run everything: development keys and a sandbox "
                       "gateway only."));
    const auto help = parser.addHelpOption();
    const auto version = parser.addVersionOption();
    parser.addOptions({config, init, enrol, desk});
    const auto wrongUse = [](const QString &why) {
        return std::unexpected(complain({exit_code::kUsage, why.toStdString() + " Try gloveboxd --help."}));
    };
    if (!parser.parse(arguments)) {
        return wrongUse(parser.errorText() + QLatin1Char('.'));
    }
    if (parser.isSet(help)) {
        return std::unexpected(say(parser.helpText()));
    }
    if (parser.isSet(version)) {
        return std::unexpected(say(QStringLiteral("gloveboxd " GLOVEBOX_VERSION "\n")));
    }
    if (!parser.positionalArguments().isEmpty()) {
        return wrongUse(QStringLiteral("Options only."));
    }
    if (!parser.isSet(config)) {
        return wrongUse(QStringLiteral("Name the configuration with --config FILE."));
    }
    if (parser.isSet(init) && parser.isSet(enrol)) {
        return wrongUse(QStringLiteral("--init and --enrol-pin are two runs."));
    }
    return Options{parser.value(config).toStdString(), parser.isSet(init), parser.isSet(enrol),
                   parser.isSet(desk)};
}

int serve(const Config &config, const Options &options, const Outside &outside, ports::Clock &clock)
{
    Composition *serving = nullptr;
    const StopSignals stopSignals([&serving] {
        if (!serving) { // still starting, or asked twice
            QCoreApplication::exit(exit_code::kDone);
            return;
        }
        std::exchange(serving, nullptr)->stop([] { QCoreApplication::exit(exit_code::kDone); });
    });
    const Composition::Parts parts{config, outside, clock, options.insecureDesk};
    auto composition = Composition::make(parts);
    if (!composition) {
        return complain(composition.error());
    }
    serving = composition->get();
    return QCoreApplication::exec();
}

} // namespace

int runDaemon(int argc, char **argv, const MakeClock &makeClock)
{
    return runDaemon(argc, argv, Outside{makeClock, {}, {}});
}

int runDaemon(int argc, char **argv, const Outside &outside)
{
    // Before anything is read that could end up in a core file.
    if (!crypto::makeProcessUndumpable()) {
        return complain({exit_code::kNotPermitted, "Cannot forbid core dumps of this process. Allow prctl."});
    }
    const QCoreApplication app(argc, argv);
    base::installLog("gloveboxd");
    const auto options = parse(QCoreApplication::arguments());
    if (!options) {
        return options.error();
    }
    const auto config = readConfig(options->configPath);
    if (!config) {
        return complain(config.error());
    }
    const auto clock = outside.makeClock();
    if (options->initialise) {
        return finish(initialise(*config, *clock));
    }
    if (options->enrolPin) {
        return finish(enrolPin(*config, STDIN_FILENO));
    }
    return serve(*config, *options, outside, *clock);
}

} // namespace glovebox::daemon
