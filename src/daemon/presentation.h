// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/approval_maker.h"

#include <expected>

namespace glovebox::daemon
{

/// One card on the driver's display, and whether an answer to it counts. Driver safety, "Input";
/// architecture, "Approval record": the nonce is of this presentation, 500 ms passed since its frame was
/// swapped, the cockpit's UI thread lives, and what the items showed is what was composed, to the character.
class Presentation
{
public:
    static constexpr base::Duration kSettle = std::chrono::milliseconds(500);
    static constexpr base::Duration kHeartbeat_max = std::chrono::seconds(2);

    Presentation(payment::PurchaseId purchase, std::string nonce, payment::ShownTexts texts,
                 base::BootTime now);

    [[nodiscard]] const payment::PurchaseId &purchase() const { return m_purchase; }
    [[nodiscard]] const std::string &nonce() const { return m_nonce; }
    [[nodiscard]] const payment::ShownTexts &texts() const { return m_texts; }

    void shown(base::BootTime now);
    void alive(base::BootTime now) { m_aliveAt = now; }
    /// When it dies unless the cockpit says something before.
    [[nodiscard]] base::BootTime diesAt() const { return m_aliveAt + kHeartbeat_max; }

    /// The consent, or why it is none: "stale_nonce", "not_shown", "too_soon", "no_heartbeat",
    /// "texts_differ". A card gives at most one consent.
    [[nodiscard]] std::expected<Consent, const char *> answer(const std::string &nonce,
                                                              const std::vector<payment::ShownText> &items,
                                                              payment::ConsentMethod method,
                                                              base::BootTime now);
    /// Declined, expired, taken away: no answer counts any more.
    void close() { m_closed = true; }
    [[nodiscard]] bool closed() const { return m_closed; }

private:
    payment::PurchaseId m_purchase;
    std::string m_nonce;
    payment::ShownTexts m_texts;
    std::optional<base::BootTime> m_shownAt;
    base::BootTime m_aliveAt;
    bool m_closed = false;
};

} // namespace glovebox::daemon
