// SPDX-License-Identifier: Apache-2.0
#include "cli/program.h"

#include "cli/daemon_client.h"
#include "cli/dispute_command.h"
#include "cli/journal_command.h"
#include "cli/permission_command.h"
#include "cli/report.h"

#include <QCommandLineParser>

#include <cstdio>
#include <functional>

namespace glovebox::cli
{

namespace
{

constexpr int kUsage = 64;
constexpr int kDefect = 70;
constexpr unsigned kPurchases_max = 100;

struct Command
{
    bool json = false;
    bool jwk = false;
    QString agent;
    QStringList words;
};

int print(const Report &report)
{
    std::fputs(report.text.c_str(), stdout);
    return report.exitCode;
}

int complain(const Failure &failure)
{
    std::fputs(("glovebox: " + failure.sentence + "\n").c_str(), stderr);
    return failure.exitCode;
}

int printResult(const ReportResult &result)
{
    return result ? print(*result) : complain({kDefect, result.error()});
}

int wrongUse(const std::string &why)
{
    return complain({kUsage, why + " Try glovebox --help."});
}

using Render = ReportResult (*)(const base::Json &);

int printAnswer(const JsonAnswer &answer, const Command &command, Render render)
{
    if (!answer) {
        return complain(answer.error());
    }
    return command.json ? print({answer->dump(2) + "\n"}) : printResult(render(*answer));
}

int show(DaemonClient &daemon, const Command &command)
{
    const auto jwk = daemon.publicKey();
    if (!jwk) {
        return complain(jwk.error());
    }
    const auto key = crypto::PublicKey::fromJwk(*jwk);
    if (!key) {
        return complain({kDefect, "The daemon's public key cannot be read: " + key.error().detail});
    }
    const auto record = daemon.purchase(command.words.at(1));
    if (!record) {
        return complain(record.error());
    }
    if (command.json) {
        return printResult(purchaseJson(*record, *key));
    }
    return printResult(command.words.at(0) == QLatin1String("explain") ? explainReport(*record, *key)
                                                                       : purchaseReport(*record, *key));
}

int showKey(DaemonClient &daemon, const Command &command)
{
    const auto jwk = daemon.publicKey();
    if (!jwk) {
        return complain(jwk.error());
    }
    if (command.jwk || command.json) {
        return print({jwk->dump() + "\n"});
    }
    const auto thumbprint = jwk->find("kid");
    return thumbprint != jwk->end() && thumbprint->is_string()
               ? print({thumbprint->get<std::string>() + "\n"})
               : complain({kDefect, "The daemon's public key has no thumbprint."});
}

int dispatch(const QString &bus, const Command &command)
{
    const QStringList &words = command.words;
    const QString name = words.value(0);
    const bool isKeyShow = name == QLatin1String("key") && words.value(1) == QLatin1String("show");
    const bool isShow = name == QLatin1String("show") || name == QLatin1String("explain");
    const bool isStatus = name == QLatin1String("status");
    const bool isPurchases = name == QLatin1String("purchases");
    const bool isSimulation = name == QLatin1String("simulate-verdict");
    if (name == QLatin1String("permissions")) {
        if (!isPermissionCommand(words)) {
            return wrongUse("permissions takes list, revoke AGENT, narrow AGENT FILE or stop-all.");
        }
        DaemonClient daemon(bus);
        return printAnswer(runPermissionCommand(daemon, words), command, &permissionsReport);
    }
    if (!isKeyShow && !isShow && !isStatus && !isPurchases && !isSimulation) {
        return wrongUse(name.isEmpty() ? "Name a command." : "Unknown command.");
    }
    const qsizetype expected = isKeyShow || isShow || isSimulation ? 2 : 1;
    if (words.size() != expected) {
        return wrongUse(isShow         ? name.toStdString() + " takes one purchase id."
                        : isSimulation ? "simulate-verdict takes one file."
                                       : "Too many words.");
    }
    if (command.jwk && !isKeyShow) {
        return wrongUse("--jwk goes with key show.");
    }
    DaemonClient daemon(bus);
    if (isStatus) {
        return printAnswer(daemon.status(), command, &statusReport);
    }
    if (isPurchases) {
        return printAnswer(daemon.purchases(kPurchases_max), command, &purchasesReport);
    }
    if (isSimulation) {
        return printAnswer(simulateVerdict(daemon, words.at(1), command.agent), command, &verdictReport);
    }
    return isShow ? show(daemon, command) : showKey(daemon, command);
}

} // namespace

int run(const QStringList &arguments)
{
    if (arguments.value(1) == QLatin1String("journal")) {
        return runJournal(arguments);
    }
    if (arguments.value(1) == QLatin1String("dispute")) {
        return runDispute(arguments);
    }
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Reads what the payment daemon keeps, and takes away what assistants may do.\n\n"
        "Commands:\n"
        "  status           the daemon, its key, journal, car and connection\n"
        "  purchases        the newest purchases\n"
        "  show ID          one purchase: its approval, the texts shown, who consented and how\n"
        "  explain ID       the same as a short report: on whose authority, by which rules\n"
        "  permissions list | revoke AGENT | narrow AGENT FILE | stop-all\n"
        "                   what assistants may do; the last three only take away, at once\n"
        "  simulate-verdict FILE\n"
        "                   the verdict on a proposal now, without making it\n"
        "  key show --jwk   the public signing key\n"
        "  journal verify   checks a journal file from end to end, without the daemon\n"
        "  journal export   its entries as JSON lines; journal --help says more\n"
        "  dispute bundle ID, dispute verify FILE\n"
        "                   one file that shows how a purchase was approved, and its check"));
    const QCommandLineOption bus(QStringLiteral("bus"),
                                 QStringLiteral("The bus: system, session or an address. Default: system."),
                                 QStringLiteral("ADDRESS"), QStringLiteral("system"));
    const QCommandLineOption json(QStringLiteral("json"), QStringLiteral("Answer in JSON."));
    const QCommandLineOption jwk(QStringLiteral("jwk"), QStringLiteral("key show: as a JWK (RFC 7517)."));
    const QCommandLineOption agent(QStringLiteral("agent"),
                                   QStringLiteral("simulate-verdict: who proposes. Default: assistant."),
                                   QStringLiteral("ID"), QStringLiteral("assistant"));
    const auto help = parser.addHelpOption();
    const auto version = parser.addVersionOption();
    parser.addOptions({bus, json, jwk, agent});
    parser.addPositionalArgument(QStringLiteral("command"), QStringLiteral("See above."));
    if (!parser.parse(arguments)) {
        return wrongUse(parser.errorText().toStdString() + ".");
    }
    if (parser.isSet(help)) {
        return print({parser.helpText().toStdString()});
    }
    if (parser.isSet(version)) {
        return print({"glovebox " GLOVEBOX_VERSION "\n"});
    }
    return dispatch(parser.value(bus), Command{parser.isSet(json), parser.isSet(jwk), parser.value(agent),
                                               parser.positionalArguments()});
}

} // namespace glovebox::cli
