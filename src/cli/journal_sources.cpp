// SPDX-License-Identifier: Apache-2.0
#include "cli/journal_sources.h"

#include "crypto/seal.h"
#include "crypto/tpm_file.h"

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

std::string memberOf(const Json &json, const char *name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<Failure> addSealingKey(Sources &sources, const std::string &path)
{
    auto key = crypto::readSealingKey(path);
    if (!key) {
        return Failure{key.error().code == ENOENT ? kMissing : kNotPermitted,
                       "The sealing key " + path +
                           " cannot be read: " + std::generic_category().message(key.error().code) +
                           ". It is a file of 32 bytes, ours alone with mode 0600; one that a TPM keeps "
                           "opens with --config."};
    }
    sources.sealingKey = std::move(*key);
    return std::nullopt;
}

Failure failureOf(const base::Failure<crypto::TpmFault> &failure, const std::string &what)
{
    const std::string why = what + " (" + failure.detail + "). ";
    switch (failure.code) {
    case crypto::TpmFault::unreachable:
        return {kUnavailable, "The TPM is out of reach: " + why + "Ask as a user who may speak to it."};
    case crypto::TpmFault::notThere:
        return {kMissing, "It is missing: " + why + "Restore it."};
    case crypto::TpmFault::policy:
        return {kNotPermitted, "The TPM does not know this state of the machine: " + why +
                                   "Install the signed policies of this version."};
    default:
        return {kData, "The TPM does not open it: " + why + "It belongs to this car's chip alone."};
    }
}

/// The chip opens it in the state that the machine is in, for whoever may speak to it and read the file.
std::optional<Failure> addSealedKey(Sources &sources, const Json &config, const std::string &path)
{
    const auto member = config.find("tpm");
    const Json &json = *member;
    const auto authority =
        json.is_object() && json.contains("policy_authority")
            ? crypto::PublicKey::fromJwk(json["policy_authority"])
            : crypto::KeyResult<crypto::PublicKey>(base::fail(crypto::KeyFault::malformed, "it is missing"));
    if (!authority) {
        return Failure{kConfiguration, "\"/tpm/policy_authority\": " + authority.error().detail + "."};
    }
    const auto file = readJson(QString::fromStdString(memberOf(json, "policy_file")));
    if (!file) {
        return file.error();
    }
    const auto policies = crypto::policiesFromJson(*file);
    if (!policies) {
        return Failure{kData, "The signed policies are damaged (" + policies.error().pointer + ": " +
                                  policies.error().reason + ")."};
    }
    const std::string tcti = memberOf(json, "tcti");
    const auto tpm = crypto::Tpm::open(tcti);
    if (!tpm) {
        return failureOf(tpm.error(), tcti);
    }
    auto key = crypto::readSealedFile(**tpm, path, *authority, *policies);
    if (!key) {
        return failureOf(key.error(), "the sealing key " + path);
    }
    sources.sealingKey = std::move(*key);
    return std::nullopt;
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

/// What the configuration pins of the gateway.
std::optional<Failure> addGateway(Sources &sources, const Json &gateway)
{
    const auto keys = gateway.find("keys");
    if (keys != gateway.end() && keys->is_array()) {
        for (const Json &jwk : *keys) {
            const auto key = crypto::PublicKey::fromJwk(jwk);
            if (!key) {
                return Failure{kConfiguration, "\"/gateway/keys\": " + key.error().detail + "."};
            }
            sources.gatewayKeys.push_back(*key);
        }
    }
    return gateway.contains("witness") ? addWitness(sources, memberOf(gateway, "witness")) : std::nullopt;
}

std::optional<Failure> addKeys(std::vector<crypto::PublicKey> &keys, const QStringList &paths)
{
    for (const QString &path : paths) {
        const auto jwk = readJson(path);
        if (!jwk) {
            return jwk.error();
        }
        const auto key = crypto::PublicKey::fromJwk(*jwk);
        if (!key) {
            return Failure{kData, path.toStdString() + " is no public key (" + key.error().detail + ")."};
        }
        keys.push_back(*key);
    }
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
    const bool hasChip = config->contains("tpm");
    const std::string signing = memberOf(*config, "signing_key");
    if (hasChip || signing.starts_with("file:")) {
        const auto key =
            crypto::SigningKey::open(signing, hasChip ? memberOf((*config)["tpm"], "tcti") : std::string());
        if (!key) {
            return Failure{kMissing,
                           "The signing key " + signing + " cannot be read (" + key.error().detail + ")."};
        }
        sources.keys.push_back(key->publicKey());
    }
    const auto gateway = config->find("gateway");
    if (gateway != config->end() && gateway->is_object()) {
        if (auto failure = addGateway(sources, *gateway)) {
            return failure;
        }
    }
    const std::string sealing = memberOf(*config, "sealing_key");
    return hasChip ? addSealedKey(sources, *config, sealing) : addSealingKey(sources, sealing);
}

} // namespace

int complain(const Failure &failure)
{
    std::fputs(("glovebox: " + failure.sentence + "\n").c_str(), stderr);
    return failure.exitCode;
}

int writeNew(const QString &path, const std::string &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner)) {
        return complain({kCannotCreate, path.toStdString() + ": " + file.errorString().toStdString() +
                                            ". Name a file that is not there yet with --out."});
    }
    const bool whole = file.write(text.data(), qint64(text.size())) == qint64(text.size()) && file.flush();
    if (!whole) {
        const std::string why = file.errorString().toStdString();
        file.remove();
        return complain({kDisk, path.toStdString() + ": " + why + "."});
    }
    return 0;
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
    if (!failure) {
        failure = addKeys(sources.keys, parser.values(QStringLiteral("public-key")));
    }
    const auto gatewayKey = QStringLiteral("gateway-key"); // not of every command
    if (!failure && parser.optionNames().contains(gatewayKey)) {
        failure = addKeys(sources.gatewayKeys, parser.values(gatewayKey));
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
