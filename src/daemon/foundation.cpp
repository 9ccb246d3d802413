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

#include <cerrno>
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

struct Keys
{
    std::optional<Hardware> hardware;
    std::shared_ptr<const crypto::SigningKey> signing;
    crypto::Secret sealing;
};

StartFailure lostKey(const std::string &key, const std::string &path)
{
    return journalFailure({journal::JournalFault::journalWithoutKey, key + " is missing"}, path);
}

std::expected<crypto::Secret, StartFailure> openSealingKey(const Config &config,
                                                           const std::optional<Hardware> &hardware)
{
    const std::string path = config.journalPath();
    struct stat status = {};
    const bool lost = lstat(config.sealingKey.c_str(), &status) != 0 && errno == ENOENT && isThere(path);
    if (lost) {
        return std::unexpected(lostKey(config.sealingKey, path));
    }
    if (hardware) {
        return hardware->unsealKey(config.sealingKey);
    }
    auto sealing = crypto::readSealingKey(config.sealingKey);
    if (!sealing) {
        return std::unexpected(sealingKeyFailure(sealing.error().code, config.sealingKey));
    }
    return std::move(*sealing);
}

/// A key that is missing beside a journal, or a journal beside a key, is no new car: it is a loss.
std::expected<Keys, StartFailure> openKeys(const Config &config)
{
    const std::string path = config.journalPath();
    std::optional<Hardware> hardware;
    if (config.tpm) {
        auto opened = Hardware::open(*config.tpm);
        if (!opened) {
            return std::unexpected(opened.error());
        }
        hardware = std::move(*opened);
    }
    auto signing = crypto::SigningKey::open(config.signingKey, config.tcti());
    if (!signing) {
        if (signing.error().code == crypto::KeyFault::missing && isThere(path)) {
            return std::unexpected(lostKey(config.signingKey, path));
        }
        return std::unexpected(signingKeyFailure(signing.error(), config.signingKey));
    }
    auto sealing = openSealingKey(config, hardware);
    if (!sealing) {
        return std::unexpected(sealing.error());
    }
    if (!isThere(path)) {
        return std::unexpected(
            journalFailure({journal::JournalFault::keyWithoutJournal, config.signingKey}, path));
    }
    return Keys{std::move(hardware), std::make_shared<const crypto::SigningKey>(std::move(*signing)),
                std::move(*sealing)};
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
    auto bus = ipc::connectToBus(QString::fromStdString(config.bus), QStringLiteral("glovebox-daemon"));
    if (!bus.isConnected()) {
        return std::unexpected(
            StartFailure{exit_code::kUnavailable, "There is no bus \"" + config.bus + "\" (" +
                                                      bus.lastError().message().toStdString() +
                                                      "). Start it, or name another under \"/bus\"."});
    }
    return bus;
}

consent::Permissions limitsInForce(const Config &config, bool counted, bool insecureDesk)
{
    consent::Permissions permissions = config.permissions;
    // Without a chip that counts, a copied state would spend the same offline limit again.
    if (!counted && !insecureDesk) {
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
    const std::string_view protection = keys->signing->protection();
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
    const bool counted = keys->hardware.has_value();
    return Foundation{std::move(keys->hardware),
                      std::move(keys->signing),
                      std::move(keys->sealing),
                      std::move(*kinds),
                      limitsInForce(config, counted, insecureDesk),
                      std::move(*transport),
                      *bus,
                      insecureDesk ? texts.translate("Daemon", kDeskNotice).toStdString() : std::string()};
}

std::expected<journal::CountedJournal, StartFailure> Foundation::openJournal(const Config &config,
                                                                             const ports::Clock &clock) const
{
    auto journal = journal::Journal::open(
        {config.journalPath(), signingKey->publicKey().thumbprint(), clock.now()}, sealingKey);
    if (!journal) {
        return std::unexpected(journalFailure(journal.error(), config.journalPath()));
    }
    auto counted = hardware ? journal::underCounter(std::move(*journal), *hardware->counter)
                            : journal::withoutCounter(std::move(*journal));
    if (!counted) {
        return std::unexpected(counterFailure(counted.error(), config.journalPath()));
    }
    return std::move(*counted);
}

std::expected<std::shared_ptr<crypto::PinLock>, StartFailure> Foundation::readPin(const Config &config) const
{
    const std::string path = config.pinPath();
    QFile file(QString::fromStdString(path));
    if (!file.exists()) {
        return nullptr;
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
        if (auto object = hardware ? pinObjectFromJson(*json) : std::nullopt) {
            return crypto::pinLockOf(hardware->tpm, std::move(*object));
        }
        // Where there is a chip, a record that a search of all PINs opens is not taken in its place.
        if (auto record = crypto::pinRecordFromJson(*json); record && !hardware) {
            return crypto::pinLockOf(std::move(*record));
        }
    }
    return std::unexpected(StartFailure{exit_code::kData, "The PIN record " + path +
                                                              " is damaged. Enrol again with --enrol-pin."});
}

wire::CarChannel Foundation::makeChannel(const Config &config) const
{
    return wire::CarChannel({config.gateway.id, config.gateway.walletId, config.gateway.keys,
                             signingKey->publicKey().thumbprint(),
                             [key = signingKey](base::ByteView message) { return key->sign(message); },
                             config.gateway.witness});
}

} // namespace glovebox::daemon
