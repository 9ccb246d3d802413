// SPDX-License-Identifier: Apache-2.0
#include "daemon/composition.h"

#include "daemon/daemon.h"
#include "daemon/edges.h"
#include "daemon/foundation.h"
#include "daemon/shared_connectivity.h"
#include "daemon/system_clock.h"
#include "platform/network/network_connectivity.h"
#include "platform/viss/viss_client.h"
#include "settlement/make_settlement.h"

#include <QCoreApplication>
#include <QRandomGenerator>

namespace glovebox::daemon
{

namespace
{

std::unique_ptr<ports::VehicleSignals> makeSignals(const Composition::Parts &parts)
{
    std::unique_ptr<ports::VehicleSignals> signals = std::make_unique<viss::VissClient>(
        parts.config.viss, [&clock = parts.clock] { return clock.now().boot; });
    return parts.outside.wrapSignals ? parts.outside.wrapSignals(std::move(signals)) : std::move(signals);
}

std::unique_ptr<ports::Connectivity> makeConnectivity(const Composition::Parts &parts)
{
    return std::make_unique<SharedConnectivity>(parts.outside.makeConnectivity
                                                    ? parts.outside.makeConnectivity()
                                                    : network::makeNetworkConnectivity());
}

/// Opened one after the other; each of them may be the reason not to start.
struct Opened
{
    Foundation foundation;
    std::shared_ptr<crypto::PinLock> pin;
    std::unique_ptr<journal::Journal> journal;
    std::optional<journal::Rollback> rollback;
    PurchaseBook::Loaded loaded;
};

std::expected<Opened, StartFailure> openAll(const Composition::Parts &parts)
{
    auto foundation = Foundation::open(parts.config, parts.clock, parts.insecureDesk);
    if (!foundation) {
        return std::unexpected(foundation.error());
    }
    auto pin = foundation->readPin(parts.config);
    if (!pin) {
        return std::unexpected(pin.error());
    }
    auto journal = foundation->openJournal(parts.config, parts.clock);
    if (!journal) {
        return std::unexpected(journal.error());
    }
    auto loaded = PurchaseBook::load(*journal->journal);
    if (!loaded) {
        return std::unexpected(journalFailure(loaded.error(), parts.config.journalPath()));
    }
    return Opened{std::move(*foundation), std::move(*pin), std::move(journal->journal), journal->rollback,
                  std::move(*loaded)};
}

Settings settingsOf(const Composition::Parts &parts, const Foundation &foundation,
                    const std::optional<journal::Rollback> &rollback)
{
    const Config &config = parts.config;
    Settings settings;
    settings.wallet = config.gateway.walletId;
    settings.gateway = config.gateway.id;
    settings.gatewayKeys = config.gateway.keys;
    settings.driver = config.driver;
    settings.instrument = config.instrument;
    for (const ConfiguredAgent &agent : config.agents) {
        settings.agents.push_back(agent.id);
    }
    settings.permissions = foundation.permissions;
    settings.grant = config.grant;
    settings.risk = config.risk;
    settings.vehicle = config.vehicle;
    settings.proposals = config.proposals;
    settings.surface = parts.insecureDesk ? payment::Surface::desk : payment::Surface::reserved;
    settings.insecureDesk = parts.insecureDesk;
    settings.rollback = rollback;
    settings.version = GLOVEBOX_VERSION;
    return settings;
}

class Serving final : public Composition
{
public:
    Serving(const Parts &parts, Opened opened)
        : m_foundation(std::move(opened.foundation)),
          m_texts(QString::fromStdString(parts.config.locale), &m_foundation.kinds),
          m_signals(makeSignals(parts)), m_connectivity(makeConnectivity(parts)),
          m_journal(std::move(opened.journal)),
          m_daemon({settingsOf(parts, m_foundation, opened.rollback), parts.clock, m_journal,
                    std::move(opened.loaded), *m_foundation.signingKey, m_foundation.kinds, m_texts,
                    *m_signals, *m_connectivity, std::move(opened.pin),
                    QString::fromStdString(m_foundation.deskNotice),
                    [this, &parts](settlement::Book &book, settlement::Checkpoints &checkpoints) {
                        return settlement::makeSettlement(
                            parts.clock, *m_foundation.transport, *m_connectivity, book,
                            m_foundation.makeChannel(parts.config), {},
                            [] { return QRandomGenerator::global()->generate64(); }, &checkpoints);
                    }}),
          m_suspend([this] {
              m_signals->clear();
              m_daemon.resumed();
          }),
          m_edges(parts.config, parts.clock, m_foundation.bus, m_daemon.agents(), m_daemon.admins(),
                  m_daemon.driver())
    {
        m_daemon.onUnknownOutcome = [](const std::string &) { QCoreApplication::exit(exit_code::kDisk); };
    }

    std::optional<StartFailure> begin()
    {
        // Nobody is served before the event loop runs, so a start that fails here has written nothing.
        if (auto failure = m_edges.open()) {
            return failure;
        }
        m_daemon.start();
        return std::nullopt;
    }
    void stop(std::function<void()> done) override { m_daemon.stop(std::move(done)); }

private:
    Foundation m_foundation;
    payment::TextCatalogue m_texts;
    std::unique_ptr<ports::VehicleSignals> m_signals;
    std::unique_ptr<ports::Connectivity> m_connectivity;
    JournalThread m_journal;
    Daemon m_daemon;
    SuspendWatch m_suspend;
    Edges m_edges;
};

} // namespace

std::expected<std::unique_ptr<Composition>, StartFailure> Composition::make(const Parts &parts)
{
    auto opened = openAll(parts);
    if (!opened) {
        return std::unexpected(opened.error());
    }
    auto serving = std::make_unique<Serving>(parts, std::move(*opened));
    if (auto failure = serving->begin()) {
        return std::unexpected(std::move(*failure));
    }
    return serving;
}

} // namespace glovebox::daemon
