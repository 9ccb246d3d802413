// SPDX-License-Identifier: Apache-2.0
// The driver's display: whether it is there, and what it shows: PIN pad, card, result, and when each of them
// leaves.
#include "daemon/card_desk.h"
#include "payment/reasons.h"

#include <QCoreApplication>

#include <algorithm>

namespace glovebox::daemon
{

namespace
{

constexpr const char *kWaitingLocked =
    QT_TRANSLATE_NOOP("Notice", "A purchase waits. Unlock payments when parked.");
constexpr const char *kWaitingParked = QT_TRANSLATE_NOOP("Notice", "A purchase waits. Details when parked.");
constexpr const char *kNoRoom = QT_TRANSLATE_NOOP("Notice", "The car's storage is full.");
constexpr const char *kNotApprovedNoRoom =
    QT_TRANSLATE_NOOP("Notice", "Nothing was approved. The car's storage is full.");
constexpr const char *kMoreWaiting = QT_TRANSLATE_NOOP("Notice", "%1 more when parked.");

const char *answerName(DriverSession::Outcome outcome)
{
    switch (outcome) {
    case DriverSession::Outcome::opened:
        return "opened";
    case DriverSession::Outcome::wrong:
        return "wrong";
    case DriverSession::Outcome::locked:
        return "locked";
    case DriverSession::Outcome::unavailable:
        break;
    }
    return "unavailable";
}

} // namespace

void CardDesk::attach(Listener listener)
{
    m_listener = std::move(listener);
    m_world.cockpitThere = true;
    if (m_card && !m_card->closed()) {
        takeAway(); // another cockpit showed it
    }
    m_cockpitFrozen = false;
    m_pushed.reset();
    refresh();
}

void CardDesk::detach()
{
    m_listener = {};
    m_world.cockpitThere = false;
    m_pinOpen = false;
    if (m_card && !m_card->closed()) {
        takeAway();
    }
    refresh();
}

void CardDesk::dismiss(const std::string &purchaseId)
{
    if (m_result && m_result->id.text() == purchaseId) {
        m_result.reset();
        refresh();
    }
}

void CardDesk::openPin()
{
    if (m_world.driving.state() == payment::DrivingState::parked && !m_world.session.open() && !m_card) {
        m_pinOpen = true;
        m_pinWanted = true;
        push();
    } else if (m_listener.pinAnswered && !m_world.session.open()) {
        m_listener.pinAnswered("not_parked");
    }
}

void CardDesk::closePin()
{
    m_pinOpen = false;
    m_pinWanted = false;
    push();
}

void CardDesk::enterPin(std::span<std::uint8_t> pin)
{
    if (!m_pinOpen || m_world.driving.state() != payment::DrivingState::parked) {
        std::ranges::fill(pin, std::uint8_t{0});
        if (m_listener.pinAnswered) {
            m_listener.pinAnswered("not_parked");
        }
        return;
    }
    m_world.session.tryPin(pin, [this](DriverSession::Outcome outcome) {
        if (outcome == DriverSession::Outcome::opened) {
            m_pinOpen = false;
        }
        if (m_listener.pinAnswered) {
            m_listener.pinAnswered(answerName(outcome));
        }
        refresh();
    });
}

bool CardDesk::resultBlocks() const
{
    return m_result && m_world.canBeStopped(*m_result);
}

void CardDesk::setAlarms()
{
    std::optional<base::BootTime> next;
    const base::BootTime now = m_world.clock.now().boot;
    // A moment that is over was looked at in tick(); only what is to come needs the alarm.
    const auto sooner = [&next, now](base::BootTime at) {
        if (at > now) {
            next = next ? std::min(*next, at) : at;
        }
    };
    if (m_card && !m_card->closed()) {
        sooner(m_card->diesAt());
        sooner(m_cardEnds);
    }
    sooner(m_retryAt);
    if (m_result) {
        sooner(m_resultEnds);
        sooner(lastPresentation(*m_result) + std::chrono::nanoseconds(1)); // no longer resumable
        const payment::Kind *kind = m_world.kinds.find(m_result->proposal.kind);
        if (kind && m_result->stop == payment::StopMoment::undoSeconds && m_result->approvedAt) {
            sooner(m_result->approvedAt->boot + std::chrono::seconds(kind->undo_s));
        }
    }
    for (const auto &[id, purchase] : m_world.book.inMemory()) {
        if (purchase.state == payment::State::held || purchase.state == payment::State::presented) {
            sooner(purchase.proposedAt.boot + std::chrono::seconds(purchase.proposal.expiresIn_s));
        }
    }
    if (next) {
        m_alarm->set(*next);
    } else {
        m_alarm->clear();
    }
}

void CardDesk::tick()
{
    const base::BootTime now = m_world.clock.now().boot;
    if (m_card && !m_card->closed()) {
        if (now >= m_card->diesAt()) {
            m_cockpitFrozen = true; // a frozen screen must not keep a live "Pay"
            takeAway();
        } else if (now >= m_cardEnds) {
            end(m_card->purchase(), payment::Event::expire, "card.no_answer");
        }
    }
    refresh();
}

int CardDesk::waiting() const
{
    return static_cast<int>(std::ranges::count_if(m_world.book.inMemory(), [](const auto &entry) {
        return entry.second.state == payment::State::held;
    }));
}

QString CardDesk::notice() const
{
    if (m_world.settings.rollback) {
        return m_world.texts.translate("Rules", payment::driverSentence("service.needed"));
    }
    if (m_world.book.lacksRoom()) {
        return m_world.texts.translate("Notice", m_approvalFoundNoRoom ? kNotApprovedNoRoom : kNoRoom);
    }
    const int count = waiting();
    if (count == 0 || m_world.driving.state() == payment::DrivingState::parked) {
        return {};
    }
    if (m_card) {
        return m_world.texts.translate("Notice", kMoreWaiting).arg(count);
    }
    return m_world.texts.translate("Notice", m_world.session.open() ? kWaitingParked : kWaitingLocked);
}

void CardDesk::fillCard(ViewState &view) const
{
    view.screen = "card";
    view.card.nonce = m_card->nonce();
    view.card.purchaseId = m_card->purchase().text();
    view.card.layout = m_world.driving.state() == payment::DrivingState::parked ? "details" : "glance";
    view.card.texts = m_card->texts();
    const payment::Purchase *purchase = m_world.book.find(m_card->purchase());
    if (const payment::Kind *kind = purchase ? m_world.kinds.find(purchase->proposal.kind) : nullptr) {
        view.card.icon = kind->icon;
    }
}

void CardDesk::fillResult(ViewState &view) const
{
    const payment::Kind *kind = m_world.kinds.find(m_result->proposal.kind);
    if (!kind) {
        return; // refused as an unknown kind: the assistant gets the reason, the driver no screen without a
                // name
    }
    const bool undo = m_world.canBeStopped(*m_result);
    const payment::ResultTexts texts = payment::resultTexts(
        m_world.texts, *kind, *m_result, m_world.driving.state(), m_world.sendsNow(), undo);
    view.screen = "result";
    view.result.purchaseId = m_result->id.text();
    view.result.tone = texts.tone;
    view.result.items = texts.items;
    view.result.undoPossible = undo;
    view.result.resumable = payment::transition(m_result->state, payment::Event::resume).has_value() &&
                            !isTooLateToPresent(*m_result);
}

ViewState CardDesk::view() const
{
    ViewState view;
    view.driving = m_world.driving.state();
    view.sessionOpen = m_world.session.open();
    view.online = m_world.connectivity.online();
    view.paused = m_world.settings.rollback.has_value() || m_world.book.lacksRoom();
    view.waiting = waiting();
    view.locale = m_world.texts.locale().bcp47Name().toStdString();
    view.notice = notice().toStdString();
    view.deskNotice = m_deskNotice.toStdString();
    view.pin = {m_pinOpen, m_world.session.triesLeft(), m_world.session.lockedFor_s()};
    if (m_card) {
        fillCard(view);
    } else if (m_pinOpen) {
        view.screen = "pin";
    } else if (m_result) {
        fillResult(view);
    }
    return view;
}

void CardDesk::push()
{
    ViewState now = view();
    if (m_listener.view && m_pushed != now) {
        m_pushed = now;
        m_listener.view(now);
    }
}

} // namespace glovebox::daemon
