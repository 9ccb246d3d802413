// SPDX-License-Identifier: Apache-2.0
#include "daemon/hardware.h"

#include "base/small_file.h"
#include "crypto/tpm_file.h"

namespace glovebox::daemon
{

namespace
{

constexpr std::size_t kSealingKey = 32;
constexpr std::size_t kPolicyFile_max = 16384;
constexpr std::size_t kPinObject_max = 2048;

std::expected<std::vector<crypto::SignedPolicy>, StartFailure> readPolicies(const std::string &path)
{
    const auto text = base::readSmallFile(path, kPolicyFile_max);
    if (!text) {
        return std::unexpected(fileFailure(text.error(), "The signed policies " + path,
                                           "Install those of this version.", exit_code::kData));
    }
    const auto json = base::parseJson(*text);
    const auto policies = json ? crypto::policiesFromJson(*json)
                               : std::expected<std::vector<crypto::SignedPolicy>, base::JsonError>(
                                     std::unexpected(json.error()));
    if (!policies) {
        return std::unexpected(StartFailure{
            exit_code::kData, "The signed policies " + path + " are damaged (" + policies.error().pointer +
                                  ": " + policies.error().reason + "). Install those of this version."});
    }
    return *policies;
}

} // namespace

StartFailure tpmFailure(const base::Failure<crypto::TpmFault> &failure, const std::string &what)
{
    const std::string why = what + " (" + failure.detail + "). ";
    switch (failure.code) {
    case crypto::TpmFault::unreachable:
        return {exit_code::kUnavailable, "The TPM is out of reach: " + why + "Check it and \"/tpm/tcti\"."};
    case crypto::TpmFault::notThere:
        return {exit_code::kMissing, "The TPM or the disk has lost something: " + why +
                                         "Restore it, or make a new car with --init."};
    case crypto::TpmFault::exists:
        return {exit_code::kCannotCreate, "The TPM or the disk holds it already: " + why +
                                              "Nothing was changed; remove it only with what belongs to it."};
    case crypto::TpmFault::policy:
        return {exit_code::kNotPermitted, "The TPM does not know this state of the machine: " + why +
                                              "Install the signed policies of this version."};
    case crypto::TpmFault::wrongAuth:
        return {exit_code::kNotPermitted,
                "The TPM wants a password of its owner: " + why + "Let whoever owns it set this car up."};
    case crypto::TpmFault::locked:
        return {exit_code::kTryLater, "The TPM is locked: " + why + "Wait, and start again."};
    case crypto::TpmFault::malformed:
        return {exit_code::kData, "This does not belong to the TPM: " + why + "Restore it from a copy."};
    case crypto::TpmFault::refused:
        break;
    }
    return {exit_code::kUnavailable, "The TPM refused: " + why + "Check it."};
}

std::expected<Hardware, StartFailure> Hardware::open(const Config::Tpm &config)
{
    auto tpm = crypto::Tpm::open(config.tcti);
    if (!tpm) {
        return std::unexpected(tpmFailure(tpm.error(), config.tcti));
    }
    return Hardware{config, *tpm, crypto::counterOf(*tpm, config.counter)};
}

std::expected<crypto::Secret, StartFailure> Hardware::unsealKey(const std::string &path) const
{
    const auto policies = readPolicies(config.policyFile);
    if (!policies) {
        return std::unexpected(policies.error());
    }
    auto key = crypto::readSealedFile(*tpm, path, config.authority, *policies);
    if (!key) {
        return std::unexpected(tpmFailure(key.error(), "the sealing key " + path));
    }
    if (key->view().size() != kSealingKey) {
        return std::unexpected(
            StartFailure{exit_code::kData, "The sealing key " + path + " is of another size. Restore it."});
    }
    return std::move(*key);
}

std::expected<crypto::Secret, StartFailure> Hardware::makeSealedKey(const std::string &path) const
{
    crypto::Secret key = crypto::Secret::random(kSealingKey);
    const auto made = crypto::writeSealedFile(*tpm, path, config.authority, key);
    if (!made) {
        return std::unexpected(tpmFailure(made.error(), "the sealing key " + path));
    }
    return key;
}

std::optional<StartFailure> Hardware::makeCounter() const
{
    const auto made = tpm->makeCounter(config.counter);
    if (!made && made.error().code != crypto::TpmFault::exists) {
        return tpmFailure(made.error(), "the journal's counter");
    }
    return std::nullopt;
}

std::optional<StartFailure> Hardware::makeSigningKey(std::uint32_t handle) const
{
    const auto made = tpm->makeSigningKey(handle);
    return made ? std::nullopt : std::optional(tpmFailure(made.error(), "the signing key"));
}

base::Json pinObjectToJson(base::ByteView object)
{
    return {{"v", 2}, {"kdf", "tpm2"}, {"object", base::toBase64Url(object)}};
}

std::optional<base::Bytes> pinObjectFromJson(const base::Json &json)
{
    base::ObjectReader reader(json);
    reader.integer("v", 2, 2);
    const bool known = reader.text("kdf", 16) == "tpm2";
    base::Bytes object = reader.base64Url("object", kPinObject_max);
    return reader.finish() || !known || object.empty() ? std::nullopt : std::optional(std::move(object));
}

} // namespace glovebox::daemon
