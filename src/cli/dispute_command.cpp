// SPDX-License-Identifier: Apache-2.0
#include "cli/dispute_command.h"

#include "cli/dispute_check.h"

#include <cstdio>

namespace glovebox::cli
{

namespace
{

int makeBundle(const Sources &sources, const std::string &id, const QString &out)
{
    if (!sources.sealingKey || sources.keys.empty() || sources.gatewayKeys.empty()) {
        return complain({kUsage, "A bundle needs the sealing key and the public keys of car and gateway: "
                                 "--config FILE, or --sealing-key, --public-key and --gateway-key."});
    }
    const auto found = journal::collectEvidence({.path = sources.file, .id = id}, *sources.sealingKey);
    if (!found) {
        return complain(failureOf(found.error(), sources.file));
    }
    switch (found->outcome) {
    case journal::ProofSearch::Outcome::unknown:
        return complain({kMissing, "The journal " + sources.file +
                                       " knows no approval under this id, or its driver was erased."});
    case journal::ProofSearch::Outcome::notCovered:
        return complain({kTryLater, "No checkpoint covers entry " + std::to_string(found->sequence) +
                                        " yet. Start the daemon and stop it: that signs for all before it."});
    case journal::ProofSearch::Outcome::found:
        break;
    }
    const DisputeBundle bundle = bundleOf(*found->evidence, sources);
    const QString path =
        out.isEmpty() ? QString::fromStdString(bundle.purchase) + QStringLiteral(".dispute.json") : out;
    if (const int failed = writeNew(path, toJson(bundle).dump(2) + "\n"); failed != 0) {
        return failed;
    }
    std::fputs((path.toStdString() + "\n").c_str(), stdout);
    // What a journal holds is evidence also where it is damaged; whoever hands it on should know.
    const auto check = checkDispute(bundle, {sources.keys, sources.gatewayKeys, std::nullopt});
    for (const DisputeFinding &finding : check.findings) {
        std::fputs(("glovebox: " + finding.part + ": " + finding.text + "\n").c_str(), stderr);
    }
    return check.findings.empty() ? 0 : kNo;
}

int verifyBundle(const Sources &sources, const QString &path, bool json)
{
    const auto text = readJson(path);
    if (!text) {
        return complain(text.error());
    }
    const auto bundle = disputeBundleFromJson(*text);
    if (!bundle) {
        return complain({kData, path.toStdString() + " is no dispute bundle, at \"" + bundle.error().pointer +
                                    "\": " + bundle.error().reason + "."});
    }
    const KnownKeys known{sources.keys, sources.gatewayKeys, sources.witness};
    const DisputeCheck check = checkDispute(*bundle, known);
    std::fputs((json ? disputeJson(*bundle, check, known).dump(2) + "\n" : disputeText(*bundle, check, known))
                   .c_str(),
               stdout);
    return check.findings.empty() ? 0 : kNo;
}

void addOptions(QCommandLineParser &parser)
{
    const auto file = [](const char *name, const char *text) {
        return QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(text),
                                  QStringLiteral("FILE"));
    };
    parser.addOptions(
        {file("file", "bundle: the journal, as the daemon's user sees it, or a copy with its -wal."),
         file("config", "bundle: the daemon's configuration: names the journal and all keys."),
         file("sealing-key", "bundle: opens the payloads."),
         file("public-key", "A JWK of the car (glovebox key show --jwk)."),
         file("gateway-key", "A JWK of the gateway, as its operator published it."),
         QCommandLineOption(QStringLiteral("witness"),
                            QStringLiteral("The witness of checkpoints (glovebox-gateway --witness-key)."),
                            QStringLiteral("VKEY")),
         file("out", "bundle: where it goes; a file that is not there yet. Default: ID.dispute.json."),
         QCommandLineOption(QStringLiteral("json"), QStringLiteral("verify: answer in JSON."))});
    parser.addPositionalArgument(QStringLiteral("dispute"), QStringLiteral("bundle ID or verify FILE"));
}

} // namespace

int runDispute(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    const auto help = parser.addHelpOption();
    if (!parser.parse(arguments)) {
        return complain({kUsage, parser.errorText().toStdString() + ". Try glovebox dispute --help."});
    }
    if (parser.isSet(help)) {
        std::fputs(parser.helpText().toUtf8().constData(), stdout);
        return 0;
    }
    const QStringList words = parser.positionalArguments();
    const QString command = words.value(1);
    const bool makes = command == QLatin1String("bundle");
    if ((!makes && command != QLatin1String("verify")) || words.size() != 3) {
        return complain({kUsage, "dispute takes bundle ID or verify FILE. Try glovebox dispute --help."});
    }
    if (!crypto::makeProcessUndumpable()) {
        return complain({kDefect, "This process cannot be kept out of core dumps."});
    }
    const auto sources = readSources(parser, makes);
    if (!sources) {
        return complain(sources.error());
    }
    return makes ? makeBundle(*sources, words[2].toStdString(), parser.value(QStringLiteral("out")))
                 : verifyBundle(*sources, words[2], parser.isSet(QStringLiteral("json")));
}

} // namespace glovebox::cli
