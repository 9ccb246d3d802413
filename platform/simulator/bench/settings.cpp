// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/settings.h"

#include "crypto/hash.h"

#include <QFile>

#include <unistd.h>

namespace glovebox::simulator
{
namespace
{

using Done = std::expected<void, std::string>;

constexpr std::size_t kTokenBytes = 32;
constexpr const char *kBusRules =
    R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>custom</type>
  <listen>%1</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
  </policy>
</busconfig>
)";

std::string text(const QString &value)
{
    return value.toStdString();
}

Done made(bool ok, const char *what)
{
    return ok ? Done() : std::unexpected(std::string("cannot make ") + what + " in the run's folder");
}

std::expected<base::Json, std::string> jwkOf(const RunFolder &run, const std::string &keyName)
{
    const auto key = openKey(run, keyName);
    if (!key) {
        return std::unexpected(key.error());
    }
    return key->publicKey().jwk();
}

} // namespace

QString busAddress(const RunFolder &run)
{
    return QStringLiteral("unix:path=") + run / "bus/bus";
}

std::expected<crypto::SigningKey, std::string> openKey(const RunFolder &run, const std::string &name)
{
    auto key = crypto::SigningKey::open("file:" + text(run / "keys/") + name);
    if (!key) {
        return std::unexpected("key " + name + ": " + key.error().detail);
    }
    return std::move(*key);
}

std::string witnessKeyPath(const RunFolder &run)
{
    return text(run / "keys/gateway-witness.pem");
}

std::string merchantKeyName(const std::string &merchantId)
{
    return "merchant-" + merchantId + ".pem";
}

Done prepareRun(const RunFolder &run)
{
    for (const char *folder : {"bus", "driver", "desk", "state", "keys", "tls", "gateway"}) {
        if (auto ok = made(run.makeFolder(folder), folder); !ok) {
            return ok;
        }
    }
    std::vector<std::string> keys = {"gateway.pem"};
    for (const char *merchant : kMerchants) {
        keys.push_back(merchantKeyName(merchant));
    }
    for (const std::string &key : keys) {
        const auto made = crypto::SigningKey::createDevelopmentKey(text(run / "keys/") + key);
        if (!made) {
            return std::unexpected(key + ": " + made.error().detail);
        }
    }
    if (const auto made = crypto::CosigningKey::create(witnessKeyPath(run), kWitness); !made) {
        return std::unexpected("the witness's key: " + made.error().detail);
    }
    const std::string token = base::toHex(crypto::randomBytes(kTokenBytes));
    if (auto ok = made(run.write("assistant.token", token), "the assistant's token"); !ok) {
        return ok;
    }
    const QString bus = QString::fromLatin1(kBusRules).arg(busAddress(run));
    return made(run.write("bus/bus.conf", text(bus)), "the bus configuration");
}

Done writeDaemonConfig(const RunFolder &run, quint16 gatewayPort, const QString &vissUrl,
                       const QString &locale)
{
    QFile tokenFile(run / "assistant.token");
    if (!tokenFile.open(QIODevice::ReadOnly)) {
        return std::unexpected("the assistant's token is gone");
    }
    const auto tokenHash = crypto::sha256(base::bytesOf(tokenFile.readAll().toStdString()));
    const auto gatewayKey = jwkOf(run, "gateway.pem");
    if (!gatewayKey) {
        return std::unexpected(gatewayKey.error());
    }
    const auto witness = crypto::CosigningKey::open(witnessKeyPath(run), kWitness);
    if (!witness) {
        return std::unexpected("the witness's key: " + witness.error().detail);
    }
    const auto uid = ::geteuid();
    const base::Json config = {
        {"state_dir", text(run / "state")},
        {"driver_socket", text(run / "driver/driver.sock")},
        {"bus", text(busAddress(run))},
        {"uids", {{"cockpit", uid}, {"agents", {uid}}, {"admins", {uid}}}},
        {"agents",
         base::Json::array(
             {{{"id", "assistant"}, {"name", "Assistant"}, {"token_sha256", base::toHex(tokenHash)}}})},
        {"signing_key", "file:" + text(run / "keys/signing.pem")},
        {"sealing_key", text(run / "keys/sealing.key")},
        {"gateway",
         {{"id", kGatewayId},
          {"url", "https://127.0.0.1:" + std::to_string(gatewayPort)},
          {"ca_file", text(run / "tls/ca.pem")},
          {"wallet_id", kWalletId},
          {"keys", base::Json::array({*gatewayKey})},
          {"witness", witness->publicKey().vkey()},
          {"sandbox", true}}},
        {"viss", {{"url", text(vissUrl)}}},
        {"driver", {{"id", "mia"}, {"locale", text(locale)}}},
        {"instrument", {{"reference", "tok_demo"}, {"label", "Visa ·· 42"}}},
        {"permissions",
         {{"kinds",
           {"assistant_credit", "car_wash", "charging", "coffee", "drive_through", "fuel", "membership",
            "parking", "toll"}},
          {"currency", "EUR"},
          {"per_purchase_minor_max", 12000},
          {"daily_minor_max", 100'000'000}, // a desk is there to try things out
          {"monthly_minor_max", 1'000'000'000},
          {"offline_unsettled_minor_max", 15000},
          {"offline_unsettled_count_max", 100},
          {"open_proposals_max", 3},
          {"proposals", {{"burst", 1000}, {"every_s", 1}}}}},
        {"risk", {{"duplicate", {{"action", "note"}}}, {"velocity", {{"action", "note"}}}}},
    };
    return made(run.write("gloveboxd.json", config.dump(2)), "the daemon's configuration");
}

Done writeGatewayConfig(const RunFolder &run, const Places &places)
{
    const auto walletKey = jwkOf(run, "signing.pem");
    if (!walletKey) {
        return std::unexpected(walletKey.error());
    }
    base::Json merchantKeys = base::Json::object();
    for (const char *merchant : kMerchants) {
        const auto key = jwkOf(run, merchantKeyName(merchant));
        if (!key) {
            return std::unexpected(key.error());
        }
        merchantKeys[merchant] = *key;
    }
    const base::Json config = {
        {"id", kGatewayId},
        {"listen", {{"host", "127.0.0.1"}, {"port", 0}}},
        {"tls", {{"certificate", text(run / "tls/server.pem")}, {"key", text(run / "tls/server.key")}}},
        {"signing_key", "file:" + text(run / "keys/gateway.pem")},
        {"witness", {{"name", kWitness}, {"key", witnessKeyPath(run)}}},
        {"database", text(run / "gateway/gateway.sqlite")},
        {"wallets", base::Json::array({{{"id", kWalletId},
                                        {"keys", base::Json::array({*walletKey})},
                                        {"instruments", base::Json::array({"tok_demo"})}}})},
        {"merchants_file", text(places.merchantsFile)},
        {"merchant_keys", merchantKeys},
    };
    return made(run.write("gateway.json", config.dump(2)), "the gateway's configuration");
}

Done copyGatewayBooks(const RunFolder &run)
{
    QFile configFile(run / "gateway.json");
    if (!configFile.open(QIODevice::ReadOnly)) {
        return std::unexpected("the gateway has no configuration");
    }
    auto config = base::parseJson(configFile.readAll().toStdString());
    if (!config) {
        return std::unexpected("the gateway's configuration is not JSON");
    }
    // The database first: what is only in the write-ahead log is then in the copy of the log.
    for (const char *suffix : {"", "-wal"}) {
        const QString original = run / "gateway/gateway.sqlite" + QLatin1String(suffix);
        const QString copy = run / "gateway/copy.sqlite" + QLatin1String(suffix);
        QFile::remove(copy);
        if (QFile::exists(original) && !QFile::copy(original, copy)) {
            return std::unexpected("the gateway's books cannot be copied");
        }
    }
    (*config)["database"] = text(run / "gateway/copy.sqlite");
    QFile::remove(run / "gateway-copy.json");
    return made(run.write("gateway-copy.json", config->dump(2)), "the configuration for the copy");
}

} // namespace glovebox::simulator
