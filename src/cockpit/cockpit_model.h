// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cockpit/card_model.h"
#include "cockpit/pin_model.h"
#include "cockpit/result_model.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace glovebox::cockpit
{

/// Which screen, and what stands around it. Fails closed: what it does not know is "Payments unavailable".
class CockpitModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(Screen screen READ screen NOTIFY screenChanged)
    Q_PROPERTY(bool parked READ parked NOTIFY parkedChanged)
    Q_PROPERTY(bool sessionOpen READ sessionOpen NOTIFY sessionOpenChanged)
    Q_PROPERTY(bool paused READ paused NOTIFY pausedChanged)
    Q_PROPERTY(bool canUnlock READ canUnlock NOTIFY canUnlockChanged)
    Q_PROPERTY(int waiting READ waiting NOTIFY waitingChanged)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)
    Q_PROPERTY(QString deskNotice READ deskNotice NOTIFY deskNoticeChanged)
    Q_PROPERTY(glovebox::cockpit::CardModel *card READ card CONSTANT)
    Q_PROPERTY(glovebox::cockpit::ResultModel *result READ result CONSTANT)
    Q_PROPERTY(glovebox::cockpit::PinModel *pin READ pin CONSTANT)
public:
    enum Screen { Unavailable, Idle, Card, Pin, Result };
    Q_ENUM(Screen)

    CockpitModel(MillisecondClock clock, int pressAfterShown_ms, QObject *parent = nullptr);

    [[nodiscard]] Screen screen() const { return m_screen; }
    [[nodiscard]] bool parked() const { return m_view.driving() == QLatin1String("parked"); }
    [[nodiscard]] bool sessionOpen() const { return m_view.sessionOpen(); }
    [[nodiscard]] bool paused() const { return m_view.paused(); }
    /// The PIN pad may be asked for: parked, no session yet.
    [[nodiscard]] bool canUnlock() const { return parked() && !sessionOpen(); }
    [[nodiscard]] int waiting() const { return m_view.waiting(); }
    [[nodiscard]] QString notice() const { return m_view.notice(); }
    [[nodiscard]] QString deskNotice() const { return m_view.deskNotice(); }
    [[nodiscard]] QString locale() const { return m_view.locale(); }
    [[nodiscard]] CardModel *card() { return &m_card; }
    [[nodiscard]] ResultModel *result() { return &m_result; }
    [[nodiscard]] PinModel *pin() { return &m_pin; }

    void setView(const CockpitView &view);
    /// No daemon: no card, no result, no digits.
    void setUnavailable();

    Q_INVOKABLE void unlock();

Q_SIGNALS:
    void screenChanged();
    void parkedChanged();
    void sessionOpenChanged();
    void pausedChanged();
    void canUnlockChanged();
    void waitingChanged();
    void noticeChanged();
    void deskNoticeChanged();
    void localeChanged();
    void unlockRequested();

private:
    void apply(const CockpitView &view, Screen screen);

    CardModel m_card;
    ResultModel m_result;
    PinModel m_pin;
    CockpitView m_view;
    Screen m_screen = Unavailable;
};

} // namespace glovebox::cockpit
