// SPDX-License-Identifier: Apache-2.0
#include "cli/journal_command.h"

#include "cli/journal_sources.h"
#include "cli/proof_command.h"
#include "cli/settlements_command.h"
#include "journal/verify.h"
#include "wire/messages.h"

#include <cstdio>
#include <unistd.h>

namespace glovebox::cli
{

namespace
{

using base::Json;

Json jsonOf(const journal::Verification &result)
{
    Json findings = Json::array();
    for (const journal::Finding &finding : result.findings) {
        findings.push_back({{"sequence", finding.sequence ? Json(*finding.sequence) : Json()},
                            {"code", finding.code},
                            {"text", finding.text}});
    }
    return {{"v", 1},
            {"ok", result.findingCount == 0},
            {"journal_id", result.identity.journalId},
            {"key_thumbprint", result.identity.keyThumbprint},
            {"entries", result.identity.size},
            {"root", base::toBase64Url(result.identity.root)},
            {"unsealed", result.unsealed},
            {"erased", result.erased},
            {"signatures", result.signatures},
            {"purchases", result.purchases},
            {"checkpoints", result.checkpoints},
            {"unchecked", result.unchecked},
            {"findings", findings},
            {"finding_count", result.findingCount}};
}

std::string textOf(const journal::Verification &result)
{
    std::string text = "Journal " + result.identity.journalId + " of key " + result.identity.keyThumbprint +
                       "\n" + std::to_string(result.identity.size) + " entries, root " +
                       base::toBase64Url(result.identity.root) + "\n" + std::to_string(result.unsealed) +
                       " payloads, " + std::to_string(result.signatures) + " signatures, " +
                       std::to_string(result.purchases) + " purchases, " +
                       std::to_string(result.checkpoints) + " checkpoints checked; " +
                       std::to_string(result.erased) + " entries erased\n";
    for (const std::string &what : result.unchecked) {
        text += "Not checked: " + what + "\n";
    }
    for (const journal::Finding &finding : result.findings) {
        text += finding.sequence ? "Entry " + std::to_string(*finding.sequence) + ": " : std::string();
        text += finding.text + " [" + finding.code + "]\n";
    }
    const std::uint64_t more = result.findingCount - result.findings.size();
    text += more > 0 ? std::to_string(more) + " findings more\n" : "";
    return text + (result.findingCount == 0 ? "Nothing is wrong.\n" : "This journal is damaged.\n");
}

void drawBar(std::uint64_t entries, std::uint64_t total)
{
    constexpr std::uint64_t kWidth = 40;
    const std::uint64_t share = std::min(entries, total);
    const std::string done(static_cast<std::size_t>(kWidth * share / std::max<std::uint64_t>(total, 1)), '#');
    std::fprintf(stderr, "\r[%-40s] %llu of %llu entries", done.c_str(),
                 static_cast<unsigned long long>(share), static_cast<unsigned long long>(total));
}

int verifyJournal(const Sources &sources, bool json)
{
    const bool terminal = isatty(STDERR_FILENO) != 0;
    const auto result = journal::verify({.path = sources.file,
                                         .sealingKey = sources.sealingKey ? &*sources.sealingKey : nullptr,
                                         .keys = sources.keys,
                                         .witness = sources.witness,
                                         .approvalType = std::string(wire::kApprovalType)},
                                        terminal ? journal::Progress(drawBar) : journal::Progress());
    if (terminal) {
        std::fputs("\r\033[K", stderr);
    }
    if (!result) {
        return complain(failureOf(result.error(), sources.file));
    }
    std::fputs((json ? jsonOf(*result).dump(2) + "\n" : textOf(*result)).c_str(), stdout);
    return result->findingCount == 0 ? 0 : kNo;
}

int exportJournal(const Sources &sources)
{
    if (!sources.sealingKey) {
        return complain({kUsage, "An export needs the sealing key: --sealing-key FILE or --config FILE."});
    }
    const auto done =
        journal::exportEntries(sources.file, *sources.sealingKey, [](const journal::ExportedEntry &entry) {
            const Json line{{"sequence", entry.record.sequence},
                            {"kind", static_cast<int>(entry.record.kind)},
                            {"pseudonym", base::toHex(entry.record.driver)},
                            {"payload", entry.record.payload ? *entry.record.payload : Json()},
                            {"leaf", base::toBase64Url(entry.leaf)}};
            std::fputs((base::canonicalJson(line) + "\n").c_str(), stdout);
        });
    return done ? 0 : complain(failureOf(done.error(), sources.file));
}

} // namespace

int runJournal(const QStringList &arguments)
{
    QCommandLineParser parser;
    const auto file = [](const char *name, const char *text) {
        return QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(text),
                                  QStringLiteral("FILE"));
    };
    parser.addOptions(
        {file("file", "The journal, as the daemon's user sees it, or a copy with its -wal."),
         file("config", "The daemon's configuration: names the journal and its keys."),
         file("sealing-key", "Opens the payloads."),
         file("public-key",
              "A JWK that may have signed approvals and checkpoints (glovebox key show --jwk)."),
         QCommandLineOption(QStringLiteral("witness"),
                            QStringLiteral("The witness of checkpoints (glovebox-gateway --witness-key)."),
                            QStringLiteral("VKEY")),
         file("out", "prove: where the proof goes; a file that is not there yet."),
         QCommandLineOption(QStringLiteral("json"), QStringLiteral("verify, check-proof: answer in JSON."))});
    const auto help = parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("journal"),
                                 QStringLiteral("verify, export, settlements, prove ID or check-proof FILE"));
    if (!parser.parse(arguments)) {
        return complain({kUsage, parser.errorText().toStdString() + ". Try glovebox journal --help."});
    }
    if (parser.isSet(help)) {
        std::fputs(parser.helpText().toUtf8().constData(), stdout);
        return 0;
    }
    const QStringList words = parser.positionalArguments();
    const QString command = words.value(1);
    const bool takesWord = command == QLatin1String("prove") || command == QLatin1String("check-proof");
    const bool known = takesWord || command == QLatin1String("verify") ||
                       command == QLatin1String("export") || command == QLatin1String("settlements");
    if (!known || words.size() != (takesWord ? 3 : 2)) {
        return complain(
            {kUsage, "journal takes verify, export, settlements, prove ID or check-proof FILE. Try glovebox "
                     "journal --help."});
    }
    if (!crypto::makeProcessUndumpable()) {
        return complain({kDefect, "This process cannot be kept out of core dumps."});
    }
    const bool json = parser.isSet(QStringLiteral("json"));
    const auto sources = readSources(parser, command != QLatin1String("check-proof"));
    if (!sources) {
        return complain(sources.error());
    }
    if (command == QLatin1String("prove")) {
        return proveApproval(*sources, words[2].toStdString(), parser.value(QStringLiteral("out")));
    }
    if (command == QLatin1String("check-proof")) {
        return checkProof(*sources, words[2], json);
    }
    if (command == QLatin1String("settlements")) {
        return printSettlements(*sources);
    }
    return command == QLatin1String("verify") ? verifyJournal(*sources, json) : exportJournal(*sources);
}

} // namespace glovebox::cli
