// SPDX-License-Identifier: Apache-2.0
// The folder, the configurations and the owners of a WholeCar.
#include "crypto/hash.h"
#include "platform/simulator/bench/settings.h"
#include "tests/e2e/path/whole_car.h"

#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

namespace glovebox::testing
{

namespace
{

constexpr const char *kGatewayConfig = "gateway.json";
constexpr const char *kDaemonConfig = "gloveboxd.json";

Maybe<Json> readJson(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::unexpected(path.toStdString() + " cannot be read");
    }
    auto json = base::parseJson(file.readAll().toStdString());
    return json ? Maybe<Json>(std::move(*json)) : std::unexpected(path.toStdString() + " is not JSON");
}

Done replace(const simulator::RunFolder &run, const char *name, const Json &content)
{
    QFile::remove(run / name);
    return run.write(name, content.dump(2)) ? Done() : std::unexpected(std::string(name) + " not written");
}

Done giveTo(const Account &account, const QString &path, mode_t mode)
{
    const QByteArray name = path.toLocal8Bit();
    return ::chown(name.constData(), account.user, account.group) == 0 && ::chmod(name.constData(), mode) == 0
               ? Done()
               : std::unexpected("cannot hand over " + name.toStdString());
}

} // namespace

Done WholeCar::writeDaemonConfig()
{
    if (auto written =
            simulator::writeDaemonConfig(m_run, m_forwarder.port(), m_vissUrl, QStringLiteral("en"));
        !written) {
        return written;
    }
    auto config = readJson(m_run / kDaemonConfig);
    if (!config) {
        return std::unexpected(config.error());
    }
    (*config)["bus"] = m_bus.address().toStdString();
    (*config)["permissions"].erase("proposals"); // as a car ships
    if (m_options.secondAssistant) {
        const std::string token(32, 's');
        if (!m_run.write("second.token", token)) {
            return std::unexpected("second.token not written");
        }
        (*config)["agents"].push_back({{"id", "second"},
                                       {"name", "Second"},
                                       {"token_sha256", base::toHex(crypto::sha256(base::bytesOf(token)))}});
    }
    if (m_options.accounts) {
        (*config)["uids"] = {{"cockpit", m_options.accounts->cockpit.user},
                             {"agents", {m_options.accounts->agent.user}},
                             {"admins", {::geteuid()}}};
    }
    return replace(m_run, kDaemonConfig, *config);
}

Done WholeCar::handOver()
{
    if (!m_options.accounts) {
        return {};
    }
    const auto &[daemon, cockpit, agent] = *m_options.accounts;
    const Account self{::geteuid(), ::getegid()};
    // As glovebox.tmpfiles.conf and the unit file make them.
    for (const auto &[owner, name, mode] :
         {std::tuple(self, "", 0711), std::tuple(self, "tls", 0711), std::tuple(daemon, "state", 0700),
          std::tuple(daemon, "keys", 0700), std::tuple(daemon, kDaemonConfig, 0600),
          std::tuple(Account{daemon.user, cockpit.group}, "driver", 0710), std::tuple(cockpit, "desk", 0700),
          std::tuple(agent, "assistant.token", 0600)}) {
        if (auto given = giveTo(owner, m_run / name, static_cast<mode_t>(mode)); !given) {
            return given;
        }
    }
    return copyPrograms();
}

Done WholeCar::copyPrograms()
{
    // Other users may have no way into the build folder.
    if (!m_run.makeFolder("bin") || ::chmod((m_run / "bin").toLocal8Bit().constData(), 0755) != 0) {
        return std::unexpected("cannot make a folder for the programs");
    }
    for (const char *name : {"gloveboxd", "glovebox-mcp", "glovebox-cockpit-desk", "glovebox"}) {
        const QString copy = m_run / "bin/" + QLatin1String(name);
        if (!QFile::copy(QStringLiteral(GLOVEBOX_BIN_DIR "/") + QLatin1String(name), copy) ||
            ::chmod(copy.toLocal8Bit().constData(), 0755) != 0) {
            return std::unexpected(std::string("cannot copy ") + name);
        }
    }
    return {};
}

Done WholeCar::writeGatewayConfig()
{
    const auto printed = glovebox({QStringLiteral("key"), QStringLiteral("show"), QStringLiteral("--jwk")});
    if (!printed) {
        return std::unexpected(printed.error());
    }
    const auto walletKey = base::parseJson(printed->trimmed().toStdString());
    auto merchants = readJson(QStringLiteral(GLOVEBOX_SOURCE_DIR "/resources/sandbox/merchants.json"));
    if (!walletKey || !merchants) {
        return std::unexpected("no key of the car, or no merchants");
    }
    for (const Json &entry : m_options.moreMerchants) {
        (*merchants)["merchants"].push_back(entry);
    }
    if (auto written = replace(m_run, "merchants.json", *merchants); !written) {
        return written;
    }
    const auto text = [this](const char *name) { return (m_run / name).toStdString(); };
    auto written =
        replace(m_run, kGatewayConfig,
                {{"id", simulator::kGatewayId},
                 {"listen", {{"host", "127.0.0.1"}, {"port", 0}}},
                 {"tls", {{"certificate", text("tls/server.pem")}, {"key", text("tls/server.key")}}},
                 {"signing_key", "file:" + text("keys/gateway.pem")},
                 {"witness", {{"name", simulator::kWitness}, {"key", simulator::witnessKeyPath(m_run)}}},
                 {"database", text("gateway/gateway.sqlite")},
                 {"wallets", Json::array({{{"id", simulator::kWalletId},
                                           {"keys", Json::array({*walletKey})},
                                           {"instruments", Json::array({"tok_demo"})}}})},
                 {"merchants_file", text("merchants.json")},
                 {"merchant_keys", Json::object()}});
    return written ? makeLedger() : written;
}

Done WholeCar::makeLedger()
{
    return runToEnd(command("glovebox-gateway",
                            {QStringLiteral("--config"), m_run / kGatewayConfig, QStringLiteral("--init")},
                            std::nullopt));
}

Done WholeCar::changeGateway(const std::function<void(Json &)> &change)
{
    auto config = readJson(m_run / kGatewayConfig);
    if (!config) {
        return std::unexpected(config.error());
    }
    change(*config);
    return replace(m_run, kGatewayConfig, *config);
}

Done WholeCar::useGateway(const std::string &name)
{
    const std::string key = (m_run / "keys/").toStdString() + name + ".pem";
    const std::string witness = (m_run / "keys/").toStdString() + name + "-witness.pem";
    const bool isNew = !QFile::exists(QString::fromStdString(key));
    if (isNew && (!crypto::SigningKey::createDevelopmentKey(key) ||
                  !crypto::CosigningKey::create(witness, simulator::kWitness))) {
        return std::unexpected("cannot make another key");
    }
    auto written = changeGateway([&](Json &config) {
        config["signing_key"] = "file:" + key;
        config["witness"]["key"] = witness;
        config["database"] = (m_run / "gateway/").toStdString() + name + ".sqlite";
    });
    return written && isNew ? makeLedger() : written;
}

Done WholeCar::enrolAnew()
{
    m_daemon->stop();
    m_gateway.reset();
    auto config = readJson(m_run / kDaemonConfig);
    auto gateway = readJson(m_run / kGatewayConfig);
    if (!config || !gateway) {
        return std::unexpected("the configurations cannot be read");
    }
    (*config)["state_dir"] = (m_run / "state-2").toStdString();
    (*config)["signing_key"] = "file:" + (m_run / "keys/signing-2.pem").toStdString();
    (*config)["sealing_key"] = (m_run / "keys/sealing-2.key").toStdString();
    if (auto written = replace(m_run, kDaemonConfig, *config); !written) {
        return written;
    }
    if (auto made = setUp(); !made) {
        return made;
    }
    const auto key = simulator::openKey(m_run, "signing-2.pem");
    if (!key) {
        return std::unexpected(key.error());
    }
    (*gateway)["wallets"][0]["keys"].push_back(key->publicKey().jwk());
    if (auto written = replace(m_run, kGatewayConfig, *gateway); !written) {
        return written;
    }
    if (auto started = startGateway(); !started) {
        return started;
    }
    return startDaemon();
}

} // namespace glovebox::testing
