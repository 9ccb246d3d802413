// SPDX-License-Identifier: Apache-2.0
#include "cockpit/cockpit_model.h"

#include <utility>

namespace glovebox::cockpit
{

namespace
{

CockpitModel::Screen screenFor(const CockpitView &view)
{
    if (view.screen() == QLatin1String("idle"))
        return CockpitModel::Idle;
    if (view.screen() == QLatin1String("card") && !view.card().nonce().isEmpty())
        return CockpitModel::Card;
    if (view.screen() == QLatin1String("result"))
        return CockpitModel::Result;
    // NOSETUP: whoever asks for the PIN while driving gets the quiet screen.
    if (view.screen() == QLatin1String("pin"))
        return view.driving() == QLatin1String("parked") ? CockpitModel::Pin : CockpitModel::Idle;
    return CockpitModel::Unavailable;
}

} // namespace

CockpitModel::CockpitModel(MillisecondClock clock, int pressAfterShown_ms, QObject *parent)
    : QObject(parent), m_card(std::move(clock), pressAfterShown_ms)
{}

void CockpitModel::setView(const CockpitView &view)
{
    apply(view, screenFor(view));
}

void CockpitModel::setUnavailable()
{
    CockpitView nothing;
    nothing.setLocale(m_view.locale());
    nothing.setDeskNotice(m_view.deskNotice());
    apply(nothing, Unavailable);
}

void CockpitModel::apply(const CockpitView &view, Screen screen)
{
    const bool parkedBefore = parked();
    const bool unlockBefore = canUnlock();
    const CockpitView before = std::exchange(m_view, view);
    m_card.setView(screen == Card ? view.card() : CardView());
    m_result.setView(screen == Result ? view.result() : ResultView());
    m_pin.setView(view.pin());
    if (screen != Pin)
        m_pin.clear();
    if (before.locale() != view.locale())
        Q_EMIT localeChanged();
    if (parkedBefore != parked())
        Q_EMIT parkedChanged();
    if (before.paused() != view.paused())
        Q_EMIT pausedChanged();
    if (before.sessionOpen() != view.sessionOpen())
        Q_EMIT sessionOpenChanged();
    if (unlockBefore != canUnlock())
        Q_EMIT canUnlockChanged();
    if (before.waiting() != view.waiting())
        Q_EMIT waitingChanged();
    if (before.notice() != view.notice())
        Q_EMIT noticeChanged();
    if (before.deskNotice() != view.deskNotice())
        Q_EMIT deskNoticeChanged();
    if (std::exchange(m_screen, screen) != screen)
        Q_EMIT screenChanged();
}

void CockpitModel::unlock()
{
    if (canUnlock())
        Q_EMIT unlockRequested();
}

} // namespace glovebox::cockpit
