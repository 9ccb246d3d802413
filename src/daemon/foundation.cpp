// SPDX-License-Identifier: Apache-2.0
#include "daemon/foundation.h"

#include "crypto/seal.h"
#include "daemon/kind_files.h"
#include "daemon/start_rules.h"
#include "ipc/bus.h"
#include "payment/texts.h"
#include "platform/network/network_transport.h"

#include <QDBusError>
#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

namespace glovebox::daemon
{

namespace
{

constexpr const char *kDeskNotice =
    QT_TRANSLATE_NOOP("Daemon", "Desk mode: development keys, sandbox payments");

bool isThere(const std::string &path)
{
    struct stat status = {};
    return lstat(path.c_str(), &status) == 0;
}

using Keys = std::pair<std::shared_ptr<const crypto::SigningKey>, crypto::Secret>;

/// A key that is missing beside a journal, or a journal beside a key, is no new car: it is a loss.
std::expected<Keys, StartFailure> openKeys(const Config &config)
{
    using journal::JournalFault;
    const std::string path = config.journalPath();
    auto signing = crypto::SigningKey::open(config.signingKey);
    if (!signing) {
        if (signing.error().code == crypto::KeyFault::missing && isThere(path)) {
            return std::unexpected(
                journalFailure({JournalFault::journalWithoutKey, config.signingKey + " is missing"}, path));
        }
        return std::unexpected(signingKeyFailure(signing.error(), config.signingKey));
    }
    auto sealing = crypto::readSealingKey(config.sealingKey);
    if (!sealing) {
        if (sealing.error().code == ENOENT && isThere(path)) {
            return std::unexpected(
                journalFailure({JournalFault::journalWithoutKey, config.sealingKey + " is missing"}, path));
        }
        return std::unexpected(sealingKeyFailure(sealing.error().code, config.sealingKey));
    }
    if (!isThere(path)) {
        return std::unexpected(journalFailure({JournalFault::keyWithoutJournal, config.signingKey}, path));
    }
    return Keys(std::make_shared<const crypto::SigningKey>(std::move(*signing)), std::move(*sealing));
}

std::expected<std::unique_ptr<ports::Transport>, StartFailure> makeTransport(const Config &config,
                                                                             ports::Clock &clock)
{
    network::TransportOptions options;
    options.url = config.gateway.url;
    options.caFile = config.gateway.caFile;
    options.clockTrusted = [&clock] { return clock.now().trust == base::ClockTrust::gatewaySigned; };
    auto transport = network::makeNetworkTransport(std::move(options));
    if (transport) {
        return std::move(*transport);
    }
    const std::string why = " (" + transport.error().detail + ").";
    switch (transport.error().code) {
    case network::TransportOptionFault::caMissing:
        return std::unexpected(StartFailure{exit_code::kMissing, "The gateway's CA " + config.gateway.caFile +
                                                                     " is missing" + why + " Restore it."});
    case network::TransportOptionFault::caMalformed:
        return std::unexpected(StartFailure{exit_code::kData, "The gateway's CA " + config.gateway.caFile +
                                                                  " is no certificate in PEM" + why +
                                                                  " Restore it."});
    case network::TransportOptionFault::url:
        break;
    }
    return std::unexpected(StartFailure{exit_code::kConfiguration, "\"/gateway/url\" " + config.gateway.url +
                                                                       " is no address of a gateway" + why +
                                                                       " Use https://host:port."});
}

std::expected<QDBusConnection, StartFailure> openBus(const Config &config)
{
    const auto bus = ipc::connectToBus(QString::fromStdString(config.bus), QStringLiteral("glovebox-daemon"));
    if (!bus.isConnected()) {
        return std::unexpected(
            StartFailure{exit_code::kUnavailable, "There is no bus \"" + config.bus +
                                                      "\": " + bus.lastError().message().toStdString() +
                                                      " Start it, or name another under \"/bus\"."});
    }
    return bus;
}

consent::Permissions limitsInForce(const Config &config, std::string_view keyProtection, bool insecureDesk)
{
    consent::Permissions permissions = config.permissions;
    // Without a chip that counts, a copied state would spend the same offline limit again.
    if (keyProtection != "hardware" && !insecureDesk) {
        permissions.offlineUnsettled_minor_max = 0;
    }
    return permissions;
}

} // namespace

std::expected<Foundation, StartFailure> Foundation::open(const Config &config, ports::Clock &clock,
                                                         bool insecureDesk)
{
    auto keys = openKeys(config);
    if (!keys) {
        return std::unexpected(keys.error());
    }
    const std::string_view protection = keys->first->protection();
    if (const auto failure = checkStartRules(config, geteuid(), protection, insecureDesk)) {
        return std::unexpected(*failure);
    }
    auto kinds = readKinds(config.kindsDir);
    if (!kinds) {
        return std::unexpected(
            StartFailure{exit_code::kMissing, "The purchase kinds cannot be read: " + kinds.error() +
                                                  ". Correct \"/kinds_dir\"."});
    }
    auto transport = makeTransport(config, clock);
    if (!transport) {
        return std::unexpected(transport.error());
    }
    auto bus = openBus(config);
    if (!bus) {
        return std::unexpected(bus.error());
    }
    const payment::TextCatalogue texts(QString::fromStdString(config.locale));
    return Foundation{std::move(keys->first),
                      std::move(keys->second),
                      std::move(*kinds),
                      limitsInForce(config, protection, insecureDesk),
                      std::move(*transport),
                      *bus,
                      insecureDesk ? texts.translate("Daemon", kDeskNotice).toStdString() : std::string()};
}

std::expected<std::unique_ptr<journal::Journal>, StartFailure>
Foundation::openJournal(const Config &config, const ports::Clock &clock) const
{
    auto journal = journal::Journal::open(
        {config.journalPath(), signingKey->publicKey().thumbprint(), clock.now()}, sealingKey);
    if (!journal) {
        return std::unexpected(journalFailure(journal.error(), config.journalPath()));
    }
    return std::move(*journal);
}

std::expected<std::optional<crypto::PinRecord>, StartFailure> Foundation::readPin(const Config &config)
{
    const std::string path = config.pinPath();
    QFile file(QString::fromStdString(path));
    if (!file.exists()) {
        return std::nullopt;
    }
    struct stat status = {};
    if (lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != geteuid() ||
        (status.st_mode & 0177) != 0 || !file.open(QIODevice::ReadOnly)) {
        return std::unexpected(StartFailure{exit_code::kNotPermitted,
                                            "The PIN record " + path +
                                                " is not ours alone. Give it to the user of this daemon "
                                                "with mode 0600, or enrol again."});
    }
    const auto json = base::parseJson(file.read(4097).toStdString(), {4096, 4});
    if (json) {
        if (auto record = crypto::pinRecordFromJson(*json)) {
            return std::move(*record);
        }
    }
    return std::unexpected(StartFailure{exit_code::kData, "The PIN record " + path +
                                                              " is damaged. Enrol again with --enrol-pin."});
}

wire::CarChannel Foundation::makeChannel(const Config &config) const
{
    return wire::CarChannel({config.gateway.id, config.gateway.walletId, config.gateway.keys,
                             signingKey->publicKey().thumbprint(),
                             [key = signingKey](base::ByteView message) { return key->sign(message); }});
}

} // namespace glovebox::daemon
