// SPDX-License-Identifier: Apache-2.0
#include "daemon/card_desk.h"

#include "crypto/hash.h"
#include "payment/reasons.h"

#include <QLoggingCategory>

#include <algorithm>

namespace glovebox::daemon
{

namespace
{

Q_LOGGING_CATEGORY(lcCard, "glovebox.card")

using payment::Event;
using payment::State;

payment::PurchaseEvent eventFor(const World &world, const payment::PurchaseId &id, Event event,
                                const char *reason = "")
{
    payment::PurchaseEvent change;
    change.purchase = id;
    change.event = event;
    change.at = world.clock.now();
    change.reason = reason;
    return change;
}

bool isOpenProposal(State state)
{
    return state == State::held || state == State::presented;
}

} // namespace

CardDesk::CardDesk(World &world, const crypto::SigningKey &key, QString deskNotice)
    : m_world(world), m_key(key), m_deskNotice(std::move(deskNotice)),
      m_alarm(world.clock.makeAlarm([this] { tick(); }))
{}

void CardDesk::refresh()
{
    expireOld();
    if (m_result && m_world.clock.now().boot >= m_resultEnds && !resultBlocks()) {
        m_result.reset();
    }
    if (m_world.driving.state() != payment::DrivingState::parked) {
        m_pinOpen = false; // NOSETUP
    }
    if (m_card && !m_card->closed()) {
        const payment::Purchase *purchase = m_world.book.find(m_card->purchase());
        // Another state of driving, or of the world, makes another card or none: its nonce dies before the
        // new one shows.
        if (!purchase || purchase->state != State::presented || !mayBeAsked(*purchase) ||
            compose(*purchase) != m_card->texts()) {
            takeAway();
        }
    }
    presentNext();
    setAlarms();
    push();
}

void CardDesk::presentNext()
{
    if (m_card || m_presenting || m_world.clock.now().boot < m_retryAt) {
        return;
    }
    std::vector<payment::Purchase> held;
    for (const auto &[id, purchase] : m_world.book.inMemory()) {
        if (purchase.state == State::presented) {
            interrupt(id); // its card is not up: from before a restart, or its end could not be written
            return;
        }
        if (purchase.state == State::held) {
            held.push_back(purchase);
        }
    }
    if (!m_world.cockpitThere || m_cockpitFrozen || resultBlocks()) {
        return;
    }
    std::ranges::sort(held, {}, [](const payment::Purchase &purchase) { return purchase.proposedAt.boot; });
    for (const payment::Purchase &purchase : held) {
        const consent::Verdict verdict = m_world.judge(purchase);
        if (isTooLateToPresent(purchase)) {
            continue; // it expires unseen
        }
        if (mayBeAsked(purchase)) {
            present(purchase.id, Event::present);
            return;
        }
        if (verdict.outcome == consent::Outcome::confirmWithPin && m_pinWanted) {
            m_pinOpen = m_world.driving.state() == payment::DrivingState::parked;
            return;
        }
        if (verdict.outcome == consent::Outcome::refuse) {
            // A held proposal cannot be refused any more; the world moved on, so it is over.
            end(purchase.id, Event::expire, verdict.fired.empty() ? "" : verdict.fired.front().rule.c_str());
        }
    }
}

bool CardDesk::mayBeAsked(const payment::Purchase &purchase) const
{
    return m_world.judge(purchase).outcome == consent::Outcome::confirm;
}

base::BootTime CardDesk::lastPresentation(const payment::Purchase &purchase)
{
    return purchase.proposedAt.boot + std::chrono::seconds(purchase.proposal.expiresIn_s) - kCardStays_min;
}

bool CardDesk::isTooLateToPresent(const payment::Purchase &purchase) const
{
    return m_world.isOver(purchase) || m_world.clock.now().boot > lastPresentation(purchase);
}

payment::ShownTexts CardDesk::compose(const payment::Purchase &purchase) const
{
    const payment::Kind *kind = m_world.kinds.find(purchase.proposal.kind);
    if (!kind || !purchase.merchant) {
        return {};
    }
    return payment::cardTexts(m_world.texts, *kind, *purchase.merchant, purchase.proposal,
                              m_world.settings.instrument, m_world.driving.state(),
                              !m_world.connectivity.online(), m_world.settings.surface);
}

void CardDesk::present(const payment::PurchaseId &id, Event how)
{
    m_presenting = true;
    auto nonce = std::make_shared<std::string>(crypto::randomId('n'));
    auto texts = std::make_shared<payment::ShownTexts>();
    auto wanted = std::make_shared<bool>(false);
    m_world.book.take(
        [this, id, how, nonce, texts, wanted]() -> std::optional<Change> {
            const payment::Purchase *purchase = m_world.book.find(id);
            if (!purchase || !m_world.cockpitThere || m_card || resultBlocks() ||
                isTooLateToPresent(*purchase) || !payment::transition(purchase->state, how)) {
                return std::nullopt;
            }
            *wanted = true;
            *texts = compose(*purchase);
            payment::PurchaseEvent event = eventFor(m_world, id, how);
            event.nonce = *nonce;
            event.shown = *texts;
            return Change{{std::move(event)}, {}, {}};
        },
        [this, id, nonce, texts, wanted](const payment::Purchase *purchase) {
            m_presenting = false;
            if (purchase) {
                const base::BootTime now = m_world.clock.now().boot;
                m_card.emplace(id, *nonce, *texts, now);
                m_cardEnds = now + kCardStays;
                m_result.reset();
                m_pinOpen = false;
                m_approvalFoundNoRoom = false;
            } else if (*wanted) {
                retryLater();
            }
            refresh();
        });
}

void CardDesk::takeAway()
{
    m_card->close();
    const payment::PurchaseId id = m_card->purchase();
    m_card.reset();
    interrupt(id);
}

void CardDesk::interrupt(const payment::PurchaseId &id)
{
    m_presenting = true; // nothing new before this is on disk
    m_world.book.take([this, id] { return Change{{eventFor(m_world, id, Event::interrupt)}, {}, {}}; },
                      [this, id](const payment::Purchase *written) {
                          m_presenting = false;
                          const payment::Purchase *purchase = m_world.book.find(id);
                          if (!written && purchase && purchase->state == State::presented) {
                              retryLater();
                          }
                          refresh();
                      });
}

void CardDesk::retryLater()
{
    m_retryAt = m_world.clock.now().boot + kRetryAfter;
}

void CardDesk::end(const payment::PurchaseId &id, Event event, const char *reason)
{
    if (m_card && m_card->purchase() == id) {
        m_card->close();
    }
    m_world.book.take(
        [this, id, event, why = std::string(reason)]() -> std::optional<Change> {
            payment::PurchaseEvent change = eventFor(m_world, id, event);
            change.reason = why;
            return Change{{std::move(change)}, {}, {}};
        },
        [this, id](const payment::Purchase *written) {
            if (!written && m_card && m_card->purchase() == id) {
                m_card.reset(); // its end is not on disk: it is asked again, once there is room
                retryLater();
                refresh();
            }
        });
}

void CardDesk::expireOld()
{
    for (const auto &[id, purchase] : m_world.book.inMemory()) {
        if (isOpenProposal(purchase.state) && m_world.isOver(purchase)) {
            const bool answering = m_card && m_card->purchase() == id && m_card->closed();
            if (!answering) {
                end(id, Event::expire, "proposal.expired");
            }
        }
    }
}

void CardDesk::changed(const payment::Purchase &purchase)
{
    if (m_card && m_card->purchase() == purchase.id && purchase.state != State::presented) {
        m_card.reset();
        showResult(purchase, true);
    } else if (m_result && m_result->id == purchase.id) {
        showResult(purchase, false);
    } else if (purchase.state == State::refused) {
        if (!m_card && !m_result) { // an assistant that is refused again and again takes no screen away
            showResult(purchase, false);
        }
    } else if (purchase.state == State::authorised || purchase.state == State::captured ||
               purchase.state == State::refusedByIssuer || purchase.state == State::voided ||
               purchase.state == State::tooLate || purchase.state == State::lapsed ||
               purchase.state == State::released || purchase.state == State::quarantined ||
               purchase.state == State::stepUpRequired || purchase.state == State::refunded ||
               (payment::endedByRule(purchase) && !purchase.shown.items.empty())) {
        showResult(purchase, false);
    }
    if (purchase.state == State::held) {
        m_pinWanted = true;
    }
    refresh();
}

void CardDesk::showResult(const payment::Purchase &purchase, bool answered)
{
    // What the driver just answered comes first; other news never replaces an undo.
    if (isOpenProposal(purchase.state) || (!answered && resultBlocks() && m_result->id != purchase.id)) {
        return;
    }
    m_result = m_world.named(purchase);
    m_resultEnds = m_world.clock.now().boot + kResultStays;
}

void CardDesk::shown(const std::string &nonce)
{
    if (m_card && m_card->nonce() == nonce) {
        m_card->shown(m_world.clock.now().boot);
        setAlarms();
    }
}

void CardDesk::alive(const std::string &nonce)
{
    if (m_card && m_card->nonce() == nonce) {
        m_card->alive(m_world.clock.now().boot);
        setAlarms();
    } else if (m_cockpitFrozen) {
        m_cockpitFrozen = false; // it draws again: with a new nonce
        refresh();
    }
}

void CardDesk::approve(const std::string &nonce, const std::vector<payment::ShownText> &items,
                       payment::ConsentMethod method)
{
    if (!m_card) {
        refuse(nonce, "stale_nonce");
        return;
    }
    const auto consent = m_card->answer(nonce, items, method, m_world.clock.now().boot);
    if (!consent) {
        refuse(nonce, consent.error());
        return;
    }
    const payment::PurchaseId id = m_card->purchase();
    m_world.book.take(
        [this, id, consent = *consent]() -> std::optional<Change> {
            const payment::Purchase *purchase = m_world.book.find(id);
            if (!purchase || purchase->state != State::presented || purchase->nonce != consent.nonce) {
                return std::nullopt;
            }
            const consent::Verdict verdict = m_world.judge(*purchase);
            // The merchant that is signed is the one that was on the card.
            if (verdict.outcome != consent::Outcome::confirm || !purchase->merchant ||
                compose(*purchase) != consent.shown) {
                return std::nullopt;
            }
            Change change = approvalChange(m_key, makeApproval(m_world, *purchase, consent, verdict));
            change.approvedOffline = !m_world.connectivity.online();
            return change;
        },
        [this, nonce](const payment::Purchase *purchase) { finishApproval(purchase, nonce); });
}

void CardDesk::finishApproval(const payment::Purchase *purchase, const std::string &nonce)
{
    if (purchase) {
        if (onSettlementWork) {
            onSettlementWork();
        }
        return; // changed() shows what is on disk now
    }
    m_approvalFoundNoRoom = m_world.book.lacksRoom();
    refuse(nonce, m_approvalFoundNoRoom ? "no_room" : "verdict_changed");
    if (m_card && m_card->nonce() == nonce) {
        const payment::Purchase *present = m_world.book.find(m_card->purchase());
        if (present && present->state == State::presented) {
            takeAway();
        } else {
            m_card.reset();
        }
    }
    refresh();
}

void CardDesk::decline(const std::string &nonce)
{
    if (m_card && m_card->nonce() == nonce && !m_card->closed()) {
        end(m_card->purchase(), Event::decline, "driver.not_now");
    }
}

void CardDesk::interrupted(const std::string &nonce)
{
    if (m_card && m_card->nonce() == nonce && !m_card->closed()) {
        m_cockpitFrozen = true; // until it says that it draws again
        takeAway();
    }
}

void CardDesk::undo(const std::string &purchaseId)
{
    const auto id = payment::PurchaseId::fromText(purchaseId);
    if (!id) {
        return;
    }
    m_world.book.take(
        [this, id]() -> std::optional<Change> {
            const payment::Purchase *purchase = m_world.book.find(*id);
            if (!purchase || !m_world.canBeStopped(*purchase)) {
                return std::nullopt;
            }
            const bool local = purchase->state == State::queued || purchase->state == State::approved;
            return Change{
                {eventFor(m_world, *id, local ? Event::cancel : Event::requestCancel, "driver.undo")},
                {},
                {}};
        },
        [this](const payment::Purchase *purchase) {
            if (purchase && onSettlementWork) {
                onSettlementWork();
            }
            refresh();
        });
}

void CardDesk::resume(const std::string &purchaseId)
{
    const auto id = payment::PurchaseId::fromText(purchaseId);
    const payment::Purchase *purchase = id ? m_world.book.find(*id) : nullptr;
    if (purchase && !m_card && !m_presenting && !isTooLateToPresent(*purchase) &&
        payment::transition(purchase->state, Event::resume) && mayBeAsked(*purchase)) {
        present(*id, Event::resume);
    }
}

void CardDesk::refuse(const std::string &nonce, const char *reason)
{
    qCInfo(lcCard, "an answer did not count: %s", reason);
    if (m_listener.refused) {
        m_listener.refused(nonce, reason);
    }
}

} // namespace glovebox::daemon
