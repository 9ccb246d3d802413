// SPDX-License-Identifier: Apache-2.0
#include "daemon/life_notes.h"

#include <QLoggingCategory>

namespace glovebox::daemon
{

namespace
{

Q_LOGGING_CATEGORY(lcLife, "glovebox.life")

} // namespace

LifeNotes::LifeNotes(ports::Clock &clock, PurchaseBook &book, std::string version)
    : m_clock(clock), m_book(book), m_version(std::move(version)),
      m_alarm(clock.makeAlarm([this] { probe(); }))
{}

void LifeNotes::start()
{
    noteBoot();
}

void LifeNotes::noteBoot()
{
    m_book.note({journal::EntryKind::boot, {}, lifeOf("boot"), {}},
                [this](bool written) { m_bootIsNoted = written; });
}

void LifeNotes::roomChanged()
{
    if (m_book.lacksRoom()) {
        m_fullSince = m_clock.now();
        qCWarning(lcLife, "the journal's disk is full: nothing is approved until there is room");
        m_alarm->set(m_clock.now().boot + kProbeAfter);
        return;
    }
    m_fullSince.reset();
    m_alarm->clear();
    qCInfo(lcLife, "the journal's disk has room again");
    if (!m_bootIsNoted) {
        noteBoot();
    }
}

void LifeNotes::probe()
{
    if (!m_fullSince) {
        return;
    }
    m_alarm->set(m_clock.now().boot + kProbeAfter);
    if (!m_bootIsNoted) {
        noteBoot();
        return;
    }
    base::Json payload = lifeOf("room_again");
    payload["full_since_boot_ms"] = m_fullSince->boot.milliseconds();
    m_book.note({journal::EntryKind::session, {}, std::move(payload), {}});
}

base::Json LifeNotes::lifeOf(const char *type) const
{
    const base::Moment at = m_clock.now();
    return {{"v", 1},
            {"type", type},
            {"version", m_version},
            {"boot_id", at.bootId},
            {"boot_ms", at.boot.milliseconds()},
            {"wall_ms", at.wall.milliseconds}};
}

} // namespace glovebox::daemon
