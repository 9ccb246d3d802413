// SPDX-License-Identifier: Apache-2.0
#include "gateway/config.h"

#include "crypto/key_uri.h"

namespace glovebox::gateway
{

namespace
{

constexpr std::size_t kPath_max = 4096;
constexpr std::size_t kWallets_max = 64;
constexpr std::size_t kList_max = 32;
constexpr base::JsonLimits kFileLimits{.bytes_max = 1 << 20, .depth_max = 16};

/// `known`: thumbprints of the keys that were read before. A key says who asks: it has one owner.
std::vector<crypto::PublicKey> readKeys(base::ObjectReader &reader, const char *name,
                                        std::set<std::string> &known)
{
    std::vector<crypto::PublicKey> keys;
    for (const base::Json &jwk : reader.array(name, kList_max)) {
        auto key = crypto::PublicKey::fromJwk(jwk);
        if (!key) {
            reader.refuse(name, base::JsonFault::notAllowed, "not a P-256 JWK: " + key.error().detail);
            return {};
        }
        if (!known.insert(key->thumbprint()).second) {
            reader.refuse(name, base::JsonFault::notAllowed, "a key is listed twice");
        }
        keys.push_back(std::move(*key));
    }
    return keys;
}

void readWallets(base::ObjectReader &reader, Config &config, std::set<std::string> &known)
{
    const base::Json &list = reader.array("wallets", kWallets_max);
    for (std::size_t i = 0; i < list.size(); ++i) {
        base::ObjectReader item(list[i], "/wallets/" + std::to_string(i));
        Wallet wallet;
        const auto id = payment::WalletId::fromText(item.text("id", 64));
        if (!id) {
            item.refuse("id", base::JsonFault::notAllowed, "not an identifier");
        }
        wallet.id = id.value_or(payment::WalletId{});
        wallet.keys = readKeys(item, "keys", known);
        for (const base::Json &instrument : item.array("instruments", kList_max)) {
            if (instrument.is_string()) {
                wallet.instruments.insert(instrument.get<std::string>());
            } else {
                item.refuse("instruments", base::JsonFault::wrongType, "not a list of texts");
            }
        }
        if (config.wallets.contains(wallet.id)) {
            item.refuse("id", base::JsonFault::notAllowed, "this wallet is listed twice");
        }
        reader.absorb(item.finish());
        config.wallets.emplace(wallet.id, std::move(wallet));
    }
}

void readMerchantKeys(base::ObjectReader &reader, Config &config, std::set<std::string> &known)
{
    const base::Json *object = reader.optionalObject("merchant_keys");
    if (object == nullptr || !object->is_object()) {
        return;
    }
    for (const auto &[name, jwk] : object->items()) {
        const auto id = payment::MerchantId::fromText(name);
        auto key = crypto::PublicKey::fromJwk(jwk);
        if (!id || !key) {
            reader.refuse("merchant_keys", base::JsonFault::notAllowed,
                          "not a merchant id with a P-256 JWK: " + name);
            return;
        }
        if (!known.insert(key->thumbprint()).second) {
            reader.refuse("merchant_keys", base::JsonFault::notAllowed, "a key is listed twice: " + name);
            return;
        }
        config.merchantKeys.emplace(*id, std::move(*key));
    }
}

void readListen(base::ObjectReader &reader, Config &config)
{
    base::ObjectReader listen(reader.object("listen"), "/listen");
    if (!reader.failed()) {
        config.host = listen.text("host", 255);
        config.port = static_cast<int>(listen.integer("port", 0, 65535));
        reader.absorb(listen.finish());
    }
    base::ObjectReader tls(reader.object("tls"), "/tls");
    if (!reader.failed()) {
        config.certificate = tls.text("certificate", kPath_max);
        config.key = tls.text("key", kPath_max);
        reader.absorb(tls.finish());
    }
}

void readObservation(base::ObjectReader &reader, Config &config)
{
    constexpr std::int64_t kRequests_max = 1'000'000;
    if (const base::Json *object = reader.optionalObject("rate")) {
        base::ObjectReader rate(*object, "/rate");
        config.rate.burst = static_cast<int>(rate.integer("burst", 1, kRequests_max));
        config.rate.perSecond = static_cast<int>(rate.integer("per_s", 1, kRequests_max));
        reader.absorb(rate.finish());
    }
    if (const base::Json *object = reader.optionalObject("metrics")) {
        base::ObjectReader metrics(*object, "/metrics");
        config.metricsTokenSha256 = metrics.text("token_sha256", 64);
        const auto hash = base::fromHex(config.metricsTokenSha256);
        if (!hash || hash->size() != base::Hash().size()) {
            metrics.refuse("token_sha256", base::JsonFault::notAllowed, "not a SHA-256 in hexadecimal");
        }
        reader.absorb(metrics.finish());
    }
}

} // namespace

Started<base::Json> readJsonFile(const std::string &path, const char *what)
{
    const std::string named = std::string(what) + " " + path;
    const auto text = base::readSmallFile(path, kFileLimits.bytes_max);
    if (!text) {
        return std::unexpected(fileFailure(text.error(), named));
    }
    auto json = base::parseJson(*text, kFileLimits);
    if (!json) {
        return std::unexpected(contentFailure(json.error(), named));
    }
    return std::move(*json);
}

std::expected<Config, base::JsonError> parseConfig(std::string_view text)
{
    const auto json = base::parseJson(text, kFileLimits);
    if (!json) {
        return std::unexpected(json.error());
    }
    base::ObjectReader reader(*json);
    Config config;
    config.id = reader.text("id", 64);
    readListen(reader, config);
    config.signingKey = reader.text("signing_key", kPath_max);
    if (!reader.failed() && !crypto::isKeyUri(config.signingKey)) {
        reader.refuse("signing_key", base::JsonFault::notAllowed,
                      "must be file:/absolute/path or handle:0x81000010");
    }
    config.database = reader.text("database", kPath_max);
    std::set<std::string> keys;
    readWallets(reader, config, keys);
    config.merchantsFile = reader.text("merchants_file", kPath_max);
    readMerchantKeys(reader, config, keys);
    if (const base::Json *object = reader.optionalObject("witness")) {
        base::ObjectReader witness(*object, "/witness");
        config.witness = Config::Witness{witness.text("name", 255), witness.text("key", kPath_max)};
        reader.absorb(witness.finish());
    }
    if (const base::Json *object = reader.optionalObject("processor")) {
        base::ObjectReader processor(*object, "/processor");
        config.processorScript = processor.optionalText("script", kPath_max).value_or("");
        reader.absorb(processor.finish());
    }
    readObservation(reader, config);
    if (const auto error = reader.finish()) {
        return std::unexpected(*error);
    }
    return config;
}

Started<Config> readConfig(const std::string &path)
{
    const std::string what = "The configuration " + path;
    const auto text = base::readSmallFile(path, kFileLimits.bytes_max);
    if (!text) {
        return std::unexpected(fileFailure(text.error(), what, exit_code::kConfiguration));
    }
    auto config = parseConfig(*text);
    if (!config) {
        return std::unexpected(contentFailure(config.error(), what, exit_code::kConfiguration));
    }
    return std::move(*config);
}

} // namespace glovebox::gateway
