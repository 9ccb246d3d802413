// SPDX-License-Identifier: Apache-2.0
#include "daemon/daemon.h"

#include <QLoggingCategory>

namespace glovebox::daemon
{

namespace
{

Q_LOGGING_CATEGORY(lcDaemon, "glovebox.daemon")

} // namespace

Daemon::Daemon(Parts parts)
    : m_settings(std::move(parts.settings)), m_book(parts.journal, std::move(parts.loaded)),
      m_driving(parts.clock, parts.signals),
      m_session(parts.clock, m_book, m_settings.driver, std::move(parts.pin)),
      m_directory(m_settings.gatewayKeys, m_settings.gateway), m_contact(parts.clock),
      m_world{m_settings,         parts.clock, parts.kinds, parts.texts,
              parts.connectivity, m_book,      m_driving,   m_session,
              m_directory,        m_contact,   {},          false},
      m_life(parts.clock, m_book, m_settings.version), m_agents(m_world), m_permissions(m_world),
      m_admins(m_world, parts.key, m_permissions, m_life),
      m_cards(m_world, parts.key, std::move(parts.deskNotice)),
      m_checkpoints(m_book, parts.key, m_settings.rollback.has_value()),
      m_settlement(parts.makeSettlement(m_book, m_checkpoints))
{
    m_book.onChanged = [this](const payment::Purchase &purchase) { changed(purchase); };
    m_book.onUnknownOutcome = [this](const std::string &detail) {
        if (onUnknownOutcome) {
            onUnknownOutcome(detail);
        }
    };
    m_book.onRoomChanged = [this] {
        m_life.roomChanged();
        m_cards.refresh();
    };
    m_checkpoints.onRollback = [this](const journal::Rollback &rollback) {
        m_settings.rollback = rollback;
        m_cards.refresh();
    };
    m_session.onChanged = [this] { m_cards.refresh(); };
    m_cards.onSettlementWork = [this] { m_settlement->wake(); };
    m_permissions.onChanged = [this] { m_cards.refresh(); };
    m_permissions.onSettlementWork = [this] { m_settlement->wake(); };
    m_settlement->onDirectory = [this](const std::string &jws) {
        if (!m_directory.load(jws)) {
            qCWarning(lcDaemon, "the gateway's directory did not verify and was left out");
        }
        m_cards.refresh();
    };
    m_settlement->onContact = [this](base::WallTime at) {
        m_contact.answered(at);
        m_cards.refresh(); // what waited for a confirmed time
    };
    m_settlement->onDoubt = [this](const payment::ApprovalId &about, const std::string &detail) {
        m_contact.doubted(about, detail);
    };
    m_settlement->onTrouble = [this](const std::optional<settlement::Trouble> &trouble) {
        const bool before = m_contact.reachable();
        m_contact.troubled(trouble);
        if (m_contact.reachable() != before) {
            m_cards.refresh(); // "being sent" was said of what waits
        }
    };
}

Daemon::~Daemon() = default;

void Daemon::start()
{
    restoreTime();
    m_life.start();
    m_permissions.start();
    const std::string directory = m_book.setting("directory");
    if (!directory.empty() && !m_directory.load(directory)) {
        qCWarning(lcDaemon,
                  "the stored directory did not verify: no merchant is known until the gateway answers");
    }
    recover();
    m_world.connectivity.start([this](bool) {
        m_settlement->wake();
        m_cards.refresh();
    });
    m_driving.start([this] { m_cards.refresh(); }, [this] { m_session.end("drive"); });
    m_settlement->start();
}

void Daemon::restoreTime()
{
    // Signed time goes on with boot time: a restart of the process alone does not lose it.
    const auto kept = base::parseJson(m_book.setting("time"));
    const base::Moment now = m_world.clock.now();
    if (!kept || now.trust == base::ClockTrust::gatewaySigned) {
        return;
    }
    base::ObjectReader reader(*kept);
    const std::string bootId = reader.text("boot_id", 64);
    const std::int64_t boot_ms = reader.integer("boot_ms", 0, base::Money::kMinorMax);
    const std::int64_t wall_ms = reader.integer("wall_ms", 0, base::Money::kMinorMax);
    if (!reader.finish() && bootId == now.bootId && boot_ms <= now.boot.milliseconds()) {
        m_world.clock.setSignedWallTime({wall_ms + now.boot.milliseconds() - boot_ms});
    }
}

void Daemon::recover()
{
    // A card that was up has no display any more, a proposal of an earlier boot is over: the card desk sees
    // to both.
    for (const auto &[id, purchase] : m_book.inMemory()) {
        if (purchase.state == payment::State::approved) {
            payment::PurchaseEvent event;
            event.purchase = id;
            event.event = payment::Event::queue;
            event.at = m_world.clock.now();
            m_book.take([event] { return Change{{event}, {}, {}}; });
        }
    }
    m_cards.refresh();
}

void Daemon::changed(const payment::Purchase &purchase)
{
    m_agents.changed(purchase);
    m_cards.changed(purchase);
}

void Daemon::resumed()
{
    m_session.end("suspend");
    m_cards.refresh();
}

void Daemon::stop(std::function<void()> done)
{
    m_session.end("shutdown");
    Note note{journal::EntryKind::shutdown, {}, {}, {}};
    note.compose = m_checkpoints.withCheckpoint(m_life.lifeOf("shutdown"));
    m_book.note(std::move(note), [done = std::move(done)](bool) { done(); });
}

} // namespace glovebox::daemon
