// SPDX-License-Identifier: Apache-2.0
#include "daemon/config.h"

#include "base/small_file.h"
#include "base/text.h"
#include "crypto/key_uri.h"
#include "daemon/config_consent.h"

#include <charconv>

namespace glovebox::daemon
{

using base::JsonFault;
using base::ObjectReader;

namespace
{

constexpr std::int64_t kUidMax = 4294967294; // 2^32 - 1 means "no user"
constexpr std::size_t kListMax = 32;
constexpr std::uint32_t kCounter_min = 0x01800000; // the owner's range of NV indices
constexpr std::uint32_t kCounter_max = 0x01BFFFFF;
constexpr std::size_t kSocketPathMax = 100; // sockaddr_un holds 108 bytes

bool isAbsolute(const std::string &path)
{
    return path.size() > 1 && path.front() == '/' && path.find('\0') == std::string::npos;
}

std::string absolutePath(ObjectReader &reader, const char *name, std::size_t bytes_max = 1024)
{
    std::string path = reader.text(name, bytes_max);
    if (!reader.failed() && !isAbsolute(path)) {
        reader.refuse(name, JsonFault::notAllowed, "must be an absolute path");
    }
    return path;
}

template<class IdType> IdType idOf(ObjectReader &reader, const char *name)
{
    const std::string text = reader.text(name, 64);
    const auto id = IdType::fromText(text);
    if (!reader.failed() && !id) {
        reader.refuse(name, JsonFault::notAllowed, "must be 1 to 64 characters of A-Z a-z 0-9 . _ -");
    }
    return id.value_or(IdType{});
}

std::string label(ObjectReader &reader, const char *name, std::size_t codePoints_max)
{
    std::string text = reader.text(name, codePoints_max * 4);
    if (!reader.failed()) {
        if (const auto fault = base::findTextFault(text, codePoints_max)) {
            reader.refuse(name, JsonFault::notAllowed, std::string(base::sentence(*fault)));
        }
    }
    return text;
}

std::vector<unsigned> uidList(ObjectReader &reader, const char *name)
{
    std::vector<unsigned> uids;
    const base::Json &list = reader.array(name, kListMax);
    if (reader.failed()) {
        return uids;
    }
    for (const base::Json &entry : list) {
        if (!entry.is_number_integer() || entry < 0 || entry > kUidMax) {
            reader.refuse(name, JsonFault::outOfRange,
                          "every user id must be an integer from 0 to 4294967294");
            return {};
        }
        uids.push_back(entry.get<unsigned>());
    }
    return uids;
}

void readUids(ObjectReader &top, Config &config)
{
    const base::Json &json = top.object("uids");
    if (top.failed()) {
        return;
    }
    ObjectReader reader(json, top.pointerTo("uids"));
    config.uids.cockpit = static_cast<unsigned>(reader.integer("cockpit", 0, kUidMax));
    config.uids.agents = uidList(reader, "agents");
    config.uids.admins = uidList(reader, "admins");
    top.absorb(reader.finish());
}

void readAgents(ObjectReader &top, Config &config)
{
    const base::Json &list = top.array("agents", kListMax);
    for (std::size_t i = 0; !top.failed() && i < list.size(); ++i) {
        ObjectReader reader(list[i], top.pointerTo("agents") + "/" + std::to_string(i));
        ConfiguredAgent agent;
        agent.id = idOf<payment::AgentId>(reader, "id");
        agent.name = label(reader, "name", 40);
        const auto hash = base::fromHex(reader.text("token_sha256", 64));
        if (!reader.failed() && (!hash || hash->size() != agent.tokenHash.size())) {
            reader.refuse("token_sha256", JsonFault::notAllowed, "must be 64 hexadecimal digits");
        } else if (hash && hash->size() == agent.tokenHash.size()) {
            std::ranges::copy(*hash, agent.tokenHash.begin());
        }
        for (const ConfiguredAgent &other : config.agents) {
            if (!reader.failed() && (other.id == agent.id || other.tokenHash == agent.tokenHash)) {
                reader.refuse("id", JsonFault::notAllowed, "another agent has this id or this token already");
            }
        }
        top.absorb(reader.finish());
        config.agents.push_back(std::move(agent));
    }
}

void readGateway(ObjectReader &top, Config &config)
{
    const base::Json &json = top.object("gateway");
    if (top.failed()) {
        return;
    }
    ObjectReader reader(json, top.pointerTo("gateway"));
    config.gateway.id = reader.text("id", 64);
    config.gateway.url = reader.text("url", 512);
    if (!reader.failed() && !config.gateway.url.starts_with("https://")) {
        reader.refuse("url", JsonFault::notAllowed, "must begin with https://");
    }
    config.gateway.caFile = absolutePath(reader, "ca_file");
    config.gateway.walletId = idOf<payment::WalletId>(reader, "wallet_id");
    const base::Json &keys = reader.array("keys", 8);
    for (std::size_t i = 0; !reader.failed() && i < keys.size(); ++i) {
        if (auto key = crypto::PublicKey::fromJwk(keys[i])) {
            config.gateway.keys.push_back(std::move(*key));
        } else {
            reader.refuse("keys", JsonFault::notAllowed,
                          "key " + std::to_string(i) + ": " + key.error().detail);
        }
    }
    if (!reader.failed() && config.gateway.keys.empty()) {
        reader.refuse("keys", JsonFault::notAllowed, "at least one public key of the gateway is needed");
    }
    if (const auto vkey = reader.optionalText("witness", 512)) {
        if (auto key = crypto::CosignerKey::fromVkey(*vkey)) {
            config.gateway.witness = std::move(*key);
        } else {
            reader.refuse("witness", JsonFault::notAllowed, key.error().detail);
        }
    }
    config.gateway.sandbox = reader.optionalBoolean("sandbox").value_or(false);
    top.absorb(reader.finish());
}

void readViss(ObjectReader &top, Config &config)
{
    const base::Json &json = top.object("viss");
    if (top.failed()) {
        return;
    }
    if (auto viss = viss::configFromJson(json, top.pointerTo("viss"))) {
        config.viss = std::move(*viss);
    } else {
        top.absorb(viss.error());
    }
}

void readPeople(ObjectReader &top, Config &config)
{
    const base::Json &driver = top.object("driver");
    if (top.failed()) {
        return;
    }
    ObjectReader driverReader(driver, top.pointerTo("driver"));
    config.driver = idOf<payment::DriverId>(driverReader, "id");
    config.locale = driverReader.text("locale", 35);
    top.absorb(driverReader.finish());

    const base::Json &instrument = top.object("instrument");
    if (top.failed()) {
        return;
    }
    ObjectReader reader(instrument, top.pointerTo("instrument"));
    config.instrument.reference = idOf<payment::Id<struct InstrumentTag>>(reader, "reference").text();
    config.instrument.label = label(reader, "label", 24);
    top.absorb(reader.finish());
}

std::optional<std::uint32_t> hexNumber(std::string_view text)
{
    constexpr std::string_view kStart = "0x";
    std::uint32_t number = 0;
    if (!text.starts_with(kStart)) {
        return std::nullopt;
    }
    const char *const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + kStart.size(), end, number, 16);
    return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

void readTpm(ObjectReader &top, Config &config)
{
    const base::Json *json = top.optionalObject("tpm");
    if (json == nullptr || top.failed()) {
        return;
    }
    ObjectReader reader(*json, top.pointerTo("tpm"));
    const std::string tcti = reader.text("tcti", 512);
    const auto counter = hexNumber(reader.text("counter", 16));
    if (!reader.failed() && (!counter || *counter < kCounter_min || *counter > kCounter_max)) {
        reader.refuse("counter", JsonFault::notAllowed, "must be an index from 0x01800000 to 0x01BFFFFF");
    }
    auto authority = crypto::PublicKey::fromJwk(reader.object("policy_authority"));
    if (!reader.failed() && !authority) {
        reader.refuse("policy_authority", JsonFault::notAllowed, authority.error().detail);
    }
    const std::string policyFile = absolutePath(reader, "policy_file");
    top.absorb(reader.finish());
    if (counter && authority && !top.failed()) {
        config.tpm = Config::Tpm{tcti, *counter, std::move(*authority), policyFile};
    }
}

} // namespace

std::optional<std::uint32_t> Config::signingKeyHandle() const
{
    constexpr std::string_view scheme = "handle:";
    return signingKey.starts_with(scheme) ? hexNumber(std::string_view(signingKey).substr(scheme.size()))
                                          : std::nullopt;
}

std::optional<std::string> Config::signingKeyPath() const
{
    constexpr std::string_view scheme = "file:";
    if (!signingKey.starts_with(scheme)) {
        return std::nullopt;
    }
    return signingKey.substr(scheme.size());
}

std::expected<Config, base::JsonError> parseConfig(std::string_view text)
{
    auto json = base::parseJson(text);
    if (!json) {
        return std::unexpected(json.error());
    }
    if (!json->is_object()) {
        return std::unexpected(base::JsonError{JsonFault::wrongType, "", "must be an object"});
    }
    // null says the same as absence here, and only here.
    if (const auto kinds = json->find("kinds_dir"); kinds != json->end() && kinds->is_null()) {
        json->erase(kinds);
    }
    Config config;
    ObjectReader reader(*json);
    config.stateDir = absolutePath(reader, "state_dir");
    config.driverSocket = absolutePath(reader, "driver_socket", kSocketPathMax);
    config.bus = reader.text("bus", 1024);
    readUids(reader, config);
    readAgents(reader, config);
    config.signingKey = reader.text("signing_key", 1024);
    if (!reader.failed() && !crypto::isKeyUri(config.signingKey)) {
        reader.refuse("signing_key", JsonFault::notAllowed,
                      "must be file:/absolute/path or handle:0x81000010");
    }
    config.sealingKey = absolutePath(reader, "sealing_key");
    readTpm(reader, config);
    readGateway(reader, config);
    readViss(reader, config);
    readPeople(reader, config);
    readConsent(reader, config);
    if (reader.has("kinds_dir")) {
        config.kindsDir = absolutePath(reader, "kinds_dir");
    }
    if (const auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return config;
}

std::expected<Config, StartFailure> readConfig(const std::string &path)
{
    const auto text = base::readSmallFile(path, base::JsonLimits{}.bytes_max);
    if (!text) {
        return std::unexpected(fileFailure(text.error(), "The configuration " + path,
                                           "Name one with --config FILE.", exit_code::kConfiguration));
    }
    auto config = parseConfig(*text);
    if (!config) {
        const base::JsonError &error = config.error();
        return std::unexpected(
            StartFailure{exit_code::kConfiguration, "Configuration " + path + ", at \"" + error.pointer +
                                                        "\": " + error.reason + ". Correct it."});
    }
    return std::move(*config);
}

} // namespace glovebox::daemon
