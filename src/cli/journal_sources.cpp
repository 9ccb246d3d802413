// SPDX-License-Identifier: Apache-2.0
#include "cli/journal_sources.h"

#include "crypto/seal.h"

#include <QFile>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace glovebox::cli
{

using base::Json;
using journal::JournalFault;

namespace
{

constexpr qint64 kFile_bytes_max = 1024 * 1024;

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

std::optional<Failure> addWitness(Sources &sources, const std::string &vkey)
{
    auto key = crypto::CosignerKey::fromVkey(vkey);
    if (!key) {
        return Failure{kData, "\"" + vkey + "\" is no witness (" + key.error().detail + ")."};
    }
    sources.witness = std::move(*key);
    return std::nullopt;
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
    const auto gateway = config->find("gateway");
    if (gateway != config->end() && gateway->is_object() && gateway->contains("witness")) {
        if (auto failure = addWitness(sources, memberOf(*gateway, "witness"))) {
            return failure;
        }
    }
    // With a TPM the sealing key opens in the chip alone, for the daemon.
    return config->contains("tpm") ? std::nullopt : addSealingKey(sources, memberOf(*config, "sealing_key"));
}

} // namespace

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

std::expected<Sources, Failure> readSources(const QCommandLineParser &parser, bool needsJournal)
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
    if (!failure && parser.isSet(QStringLiteral("witness"))) {
        failure = addWitness(sources, parser.value(QStringLiteral("witness")).toStdString());
    }
    if (failure) {
        return std::unexpected(*failure);
    }
    if (parser.isSet(QStringLiteral("file"))) {
        sources.file = parser.value(QStringLiteral("file")).toStdString();
    }
    if (needsJournal && sources.file.empty()) {
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

} // namespace glovebox::cli
