// SPDX-License-Identifier: Apache-2.0
#include "daemon/presentation.h"

namespace glovebox::daemon
{

Presentation::Presentation(payment::PurchaseId purchase, std::string nonce, payment::ShownTexts texts,
                           base::BootTime now)
    : m_purchase(std::move(purchase)), m_nonce(std::move(nonce)), m_texts(std::move(texts)), m_aliveAt(now)
{}

void Presentation::shown(base::BootTime now)
{
    if (!m_shownAt) { // said again, it does not make the card younger or older
        m_shownAt = now;
    }
    m_aliveAt = now;
}

std::expected<Consent, const char *> Presentation::answer(const std::string &nonce,
                                                          const std::vector<payment::ShownText> &items,
                                                          payment::ConsentMethod method, base::BootTime now)
{
    if (m_closed || nonce != m_nonce) {
        return std::unexpected("stale_nonce");
    }
    if (!m_shownAt) {
        return std::unexpected("not_shown");
    }
    if (now - *m_shownAt < kSettle) {
        return std::unexpected("too_soon");
    }
    if (now >= diesAt()) {
        return std::unexpected("no_heartbeat");
    }
    if (items != m_texts.items) {
        return std::unexpected("texts_differ");
    }
    m_closed = true;
    return Consent{method, m_nonce, m_texts, *m_shownAt, now};
}

} // namespace glovebox::daemon
