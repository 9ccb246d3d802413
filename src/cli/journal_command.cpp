// SPDX-License-Identifier: Apache-2.0
#include "cli/journal_command.h"

#include "cli/daemon_client.h"
#include "crypto/seal.h"
#include "journal/verify.h"
#include "wire/messages.h"

#include <QCommandLineParser>
#include <QFile>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <unistd.h>

namespace glovebox::cli
{

namespace
{

using base::Json;
using journal::JournalFault;

constexpr int kNo = 1;
constexpr int kUsage = 64;
constexpr int kData = 65;
constexpr int kMissing = 66;
constexpr int kDefect = 70;
constexpr int kDisk = 74;
constexpr int kTryLater = 75;
constexpr int kNotPermitted = 77;
constexpr int kConfiguration = 78;
constexpr qint64 kFile_bytes_max = 1024 * 1024;

/// What the options and the daemon's configuration name.
struct Sources
{
    std::string file;
    std::optional<crypto::Secret> sealingKey;
    std::vector<crypto::PublicKey> keys;
};

int complain(const Failure &failure)
{
    std::fputs(("glovebox: " + failure.sentence + "\n").c_str(), stderr);
    return failure.exitCode;
}

std::expected<Json, Failure> readJson(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::unexpected(Failure{file.exists() ? kNotPermitted : kMissing,
                                       path.toStdString() + ": " + file.errorString().toStdString() + "."});
    }
    auto json = base::parseJson(file.read(kFile_bytes_max).toStdString(), {kFile_bytes_max, 32});
    if (!json || !json->is_object()) {
        return std::unexpected(Failure{kData, path.toStdString() + " is no JSON object."});
    }
    return std::move(*json);
}

std::optional<Failure> addSealingKey(Sources &sources, const std::string &path)
{
    auto key = crypto::readSealingKey(path);
    if (!key) {
        return Failure{key.error().code == ENOENT ? kMissing : kNotPermitted,
                       "The sealing key " + path +
                           " cannot be read: " + std::generic_category().message(key.error().code) +
                           ". It is a file of 32 bytes, ours alone with mode 0600; one that a TPM keeps "
                           "cannot be used here."};
    }
    sources.sealingKey = std::move(*key);
    return std::nullopt;
}

std::string memberOf(const Json &json, const char *name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<Failure> takeConfig(Sources &sources, const QString &path)
{
    const auto config = readJson(path);
    if (!config) {
        return config.error();
    }
    const std::string folder = memberOf(*config, "state_dir");
    if (folder.empty()) {
        return Failure{kConfiguration, path.toStdString() + " names no \"/state_dir\"."};
    }
    sources.file = folder + "/journal.sqlite";
    const std::string signing = memberOf(*config, "signing_key");
    if (signing.starts_with("file:")) {
        const auto key = crypto::SigningKey::open(signing);
        if (!key) {
            return Failure{kMissing,
                           "The signing key " + signing + " cannot be read (" + key.error().detail + ")."};
        }
        sources.keys.push_back(key->publicKey());
    }
    // With a TPM the sealing key opens in the chip alone, for the daemon.
    return config->contains("tpm") ? std::nullopt : addSealingKey(sources, memberOf(*config, "sealing_key"));
}

std::expected<Sources, Failure> readSources(const QCommandLineParser &parser)
{
    Sources sources;
    std::optional<Failure> failure;
    if (parser.isSet(QStringLiteral("config"))) {
        failure = takeConfig(sources, parser.value(QStringLiteral("config")));
    }
    if (!failure && parser.isSet(QStringLiteral("sealing-key"))) {
        failure = addSealingKey(sources, parser.value(QStringLiteral("sealing-key")).toStdString());
    }
    for (const QString &path : parser.values(QStringLiteral("public-key"))) {
        const auto jwk = failure ? std::unexpected(*failure) : readJson(path);
        const auto key =
            jwk ? crypto::PublicKey::fromJwk(*jwk)
                : crypto::KeyResult<crypto::PublicKey>(base::fail(crypto::KeyFault::malformed, {}));
        if (!jwk) {
            failure = jwk.error();
        } else if (!key) {
            failure = Failure{kData, path.toStdString() + " is no public key (" + key.error().detail + ")."};
        } else {
            sources.keys.push_back(*key);
        }
    }
    if (failure) {
        return std::unexpected(*failure);
    }
    if (parser.isSet(QStringLiteral("file"))) {
        sources.file = parser.value(QStringLiteral("file")).toStdString();
    }
    if (sources.file.empty()) {
        return std::unexpected(Failure{kUsage, "Name a journal with --file FILE or --config FILE."});
    }
    return sources;
}

Failure failureOf(const base::Failure<JournalFault> &failure, const std::string &path)
{
    const std::string what = "The journal " + path;
    const std::string why = failure.detail.empty() ? "." : " (" + failure.detail + ").";
    switch (failure.code) {
    case JournalFault::inUse:
        return {kTryLater,
                what + " is in use. Stop the daemon, or verify a copy of the file and of its -wal."};
    case JournalFault::missing:
        return {kMissing, what + " is missing" + why};
    case JournalFault::wrongOwner:
    case JournalFault::wrongMode:
    case JournalFault::isLink:
        return {kNotPermitted, what + " is not ours alone" + why + " Ask as the daemon's user, or copy it."};
    case JournalFault::readOnly:
    case JournalFault::noBarriers:
    case JournalFault::io:
    case JournalFault::full:
        return {kDisk, what + " cannot be read there" + why + " Copy it to another disk."};
    case JournalFault::sealed:
        return {kData, what + " was sealed with another key" + why};
    default:
        return {kData, what + " cannot be read" + why};
    }
}

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
                       std::to_string(result.purchases) + " purchases checked; " +
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
         file("public-key", "A JWK that may have signed approvals (glovebox key show --jwk)."),
         QCommandLineOption(QStringLiteral("json"), QStringLiteral("verify: answer in JSON."))});
    const auto help = parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("journal"), QStringLiteral("verify or export"));
    if (!parser.parse(arguments)) {
        return complain({kUsage, parser.errorText().toStdString() + ". Try glovebox journal --help."});
    }
    if (parser.isSet(help)) {
        std::fputs(parser.helpText().toUtf8().constData(), stdout);
        return 0;
    }
    const QStringList words = parser.positionalArguments();
    const QString command = words.value(1);
    const bool isVerify = command == QLatin1String("verify");
    if (words.size() != 2 || (!isVerify && command != QLatin1String("export"))) {
        return complain({kUsage, "journal takes verify or export. Try glovebox journal --help."});
    }
    if (!crypto::makeProcessUndumpable()) {
        return complain({kDefect, "This process cannot be kept out of core dumps."});
    }
    const auto sources = readSources(parser);
    if (!sources) {
        return complain(sources.error());
    }
    return isVerify ? verifyJournal(*sources, parser.isSet(QStringLiteral("json"))) : exportJournal(*sources);
}

} // namespace glovebox::cli
