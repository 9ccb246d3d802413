// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/simulator/bench/bench.h"

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace glovebox::simulator
{

class DeskModel;

/// One button of the scenario picker.
class ScenarioEntry : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by DeskModel")
    Q_PROPERTY(QString name READ name CONSTANT)
public:
    ScenarioEntry(QString name, DeskModel *desk);
    [[nodiscard]] QString name() const { return m_name; }
    Q_INVOKABLE void play();

private:
    QString m_name;
    DeskModel *m_desk; // the parent
};

/// What the vehicle panel shows and does. Calls come from buttons, one at a time: `busy` while one is under
/// way.
class DeskModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(int speed_kmh READ speed_kmh WRITE setSpeed_kmh NOTIFY speed_kmhChanged)
    Q_PROPERTY(QString gear READ gear WRITE setGear NOTIFY gearChanged)
    Q_PROPERTY(bool parkingBrake READ parkingBrake WRITE setParkingBrake NOTIFY parkingBrakeChanged)
    Q_PROPERTY(bool online READ online WRITE setOnline NOTIFY onlineChanged)
    Q_PROPERTY(bool night READ night WRITE setNight NOTIFY nightChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    Q_PROPERTY(QString message READ message NOTIFY messageChanged)
    Q_PROPERTY(QVariantList scenarios READ scenarios CONSTANT)
public:
    DeskModel(Bench &bench, QString outFolder, QObject *parent = nullptr);

    [[nodiscard]] int speed_kmh() const { return m_speed_kmh; }
    void setSpeed_kmh(int speed_kmh);
    [[nodiscard]] QString gear() const { return m_gear; }
    void setGear(const QString &gear);
    [[nodiscard]] bool parkingBrake() const { return m_parkingBrake; }
    void setParkingBrake(bool engaged);
    [[nodiscard]] bool online() const { return m_online; }
    void setOnline(bool online);
    [[nodiscard]] bool night() const { return m_night; }
    void setNight(bool night);
    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] QString message() const { return m_message; }
    /// ScenarioEntry objects.
    [[nodiscard]] QVariantList scenarios() const { return m_scenarios; }

    /// "fuel", "parking", "coffee": by a real MCP session.
    Q_INVOKABLE void propose(const QString &kind);
    /// The merchant completes the newest fuel purchase for 63.18 euro.
    Q_INVOKABLE void completeFuel();
    Q_INVOKABLE void advance(int seconds);
    Q_INVOKABLE void play(const QString &scenario);

Q_SIGNALS:
    void speed_kmhChanged();
    void gearChanged();
    void parkingBrakeChanged();
    void onlineChanged();
    void nightChanged();
    void busyChanged();
    void messageChanged();

private:
    using Outcome = std::expected<QString, std::string>;
    void run(const std::function<Outcome()> &work);
    void say(const QString &message);
    void setSignal(const char *name, const base::Json &value);
    [[nodiscard]] Outcome proposeNow(const QString &kind);
    [[nodiscard]] Outcome completeNow();
    [[nodiscard]] Outcome playNow(const QString &scenario);

    Bench &m_bench;
    QString m_outFolder;
    QVariantList m_scenarios;
    QString m_gear = QStringLiteral("park");
    QString m_message;
    std::string m_fuelPurchase;
    int m_speed_kmh = 0;
    int m_requests = 0;
    bool m_parkingBrake = true;
    bool m_online = true;
    bool m_night = true;
    bool m_busy = false;
};

} // namespace glovebox::simulator
