// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/purchase_book.h"
#include "ports/clock.h"

namespace glovebox::daemon
{

/// What the log says of the daemon's own life: when it started, when it ended, and that its disk had no room.
class LifeNotes
{
public:
    /// After a write that found no room, how long until the next one that nobody asked for.
    static constexpr base::Duration kProbeAfter = std::chrono::seconds(30);

    LifeNotes(ports::Clock &clock, PurchaseBook &book, std::string version);

    /// Notes the boot; where there is no room, as soon as there is.
    void start();
    /// Notes that the journal can be written again, as soon as it can. Called when book.lacksRoom() changed.
    void roomChanged();
    /// "boot" or "shutdown", now.
    [[nodiscard]] base::Json lifeOf(const char *type) const;
    /// Since when nothing can be written for want of room.
    [[nodiscard]] const std::optional<base::Moment> &fullSince() const { return m_fullSince; }

private:
    void noteBoot();
    void probe();

    ports::Clock &m_clock;
    PurchaseBook &m_book;
    std::string m_version;
    bool m_bootIsNoted = false;
    std::optional<base::Moment> m_fullSince;
    std::unique_ptr<ports::Alarm> m_alarm;
};

} // namespace glovebox::daemon
