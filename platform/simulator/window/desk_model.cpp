// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/window/desk_model.h"

#include "platform/simulator/scenario/library.h"
#include "platform/simulator/scenario/runner.h"

#include <QDir>

#include <map>

namespace glovebox::simulator
{
namespace
{

constexpr std::int64_t kFuelTaken_minor = 6318;

using base::Json;

const std::map<QString, Json> kProposals = {
    {QStringLiteral("fuel"),
     {{"kind", "fuel"},
      {"merchant_id", "tankhof-koenigstrasse"},
      {"amount", {{"type", "up_to"}, {"value", 8000}, {"currency", "EUR"}}},
      {"place", {{"type", "pump"}, {"label", "4"}}}}},
    {QStringLiteral("parking"),
     {{"kind", "parking"},
      {"merchant_id", "garage-marktplatz"},
      {"amount", {{"type", "exact"}, {"value", 1250}, {"currency", "EUR"}}},
      {"place", {{"type", "gate"}, {"label", "2"}}}}},
    {QStringLiteral("coffee"),
     {{"kind", "coffee"},
      {"merchant_id", "roesterei-nord"},
      {"amount", {{"type", "exact"}, {"value", 420}, {"currency", "EUR"}}},
      {"items", Json::array({{{"label", "Flat white"}, {"amount", 420}}})},
      {"place", {{"type", "pickup"}, {"label", "2"}}}}},
};

} // namespace

ScenarioEntry::ScenarioEntry(QString name, DeskModel *desk)
    : QObject(desk), m_name(std::move(name)), m_desk(desk)
{}

void ScenarioEntry::play()
{
    m_desk->play(m_name);
}

DeskModel::DeskModel(Bench &bench, QString outFolder, QObject *parent)
    : QObject(parent), m_bench(bench), m_outFolder(std::move(outFolder))
{
    for (const QString &name : shippedScenarios()) {
        m_scenarios.append(QVariant::fromValue(new ScenarioEntry(name, this)));
    }
}

void DeskModel::setSignal(const char *name, const Json &value)
{
    if (const auto setting = settingFromName(name, value)) {
        m_bench.setSignal(*setting);
    }
}

void DeskModel::setSpeed_kmh(int speed_kmh)
{
    if (speed_kmh == m_speed_kmh) {
        return;
    }
    m_speed_kmh = speed_kmh;
    setSignal("speed_kmh", speed_kmh);
    Q_EMIT speed_kmhChanged();
}

void DeskModel::setGear(const QString &gear)
{
    if (gear == m_gear) {
        return;
    }
    m_gear = gear;
    setSignal("gear", gear.toStdString());
    Q_EMIT gearChanged();
}

void DeskModel::setParkingBrake(bool engaged)
{
    if (engaged == m_parkingBrake) {
        return;
    }
    m_parkingBrake = engaged;
    setSignal("parking_brake", engaged);
    Q_EMIT parkingBrakeChanged();
}

void DeskModel::setOnline(bool online)
{
    if (online == m_online) {
        return;
    }
    m_online = online;
    Q_EMIT onlineChanged();
    run([this]() -> Outcome {
        const auto set = m_bench.setNetwork(m_online ? Network::on : Network::off);
        return set ? Outcome(QString()) : std::unexpected(set.error());
    });
}

void DeskModel::setNight(bool night)
{
    if (night == m_night) {
        return;
    }
    m_night = night;
    Q_EMIT nightChanged();
    run([this]() -> Outcome {
        const auto set = m_bench.cockpit().call({{"theme", m_night ? "night" : "day"}});
        return set ? Outcome(QString()) : std::unexpected(set.error());
    });
}

void DeskModel::propose(const QString &kind)
{
    run([this, kind] { return proposeNow(kind); });
}

void DeskModel::completeFuel()
{
    run([this] { return completeNow(); });
}

void DeskModel::advance(int seconds)
{
    run([this, seconds]() -> Outcome {
        const auto moved = m_bench.advance(std::chrono::seconds(seconds));
        return moved ? Outcome(tr("The daemon's clock went on by %1 s.").arg(seconds))
                     : std::unexpected(moved.error());
    });
}

void DeskModel::play(const QString &scenario)
{
    run([this, scenario] { return playNow(scenario); });
}

void DeskModel::run(const std::function<Outcome()> &work)
{
    if (m_busy) {
        return; // the bench runs the event loop while it waits: a second press came in between
    }
    m_busy = true;
    Q_EMIT busyChanged();
    const Outcome outcome = work();
    if (!outcome) {
        say(QString::fromStdString(outcome.error()));
    } else if (!outcome->isEmpty()) {
        say(*outcome);
    }
    m_busy = false;
    Q_EMIT busyChanged();
}

void DeskModel::say(const QString &message)
{
    m_message = message;
    Q_EMIT messageChanged();
}

DeskModel::Outcome DeskModel::proposeNow(const QString &kind)
{
    const auto known = kProposals.find(kind);
    const auto assistant = m_bench.assistant();
    if (known == kProposals.end() || !assistant) {
        return std::unexpected(assistant ? "no such kind" : assistant.error());
    }
    Json proposal = known->second;
    proposal["request_id"] = "desk-" + std::to_string(++m_requests);
    const auto answer = (*assistant)->callTool("propose_purchase", proposal);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (kind == QLatin1String("fuel")) {
        m_fuelPurchase = answer->value("purchase_id", std::string());
    }
    return QString::fromStdString(answer->value("message", std::string()));
}

DeskModel::Outcome DeskModel::completeNow()
{
    if (m_fuelPurchase.empty()) {
        return tr("Propose fuel and approve it first.");
    }
    const auto completed = m_bench.merchantEvent(m_fuelPurchase, kFuelTaken_minor);
    return completed ? Outcome(tr("The pump stopped at 63.18 euro.")) : std::unexpected(completed.error());
}

DeskModel::Outcome DeskModel::playNow(const QString &scenario)
{
    const auto loaded = loadScenario(scenario);
    if (!loaded) {
        return std::unexpected(loaded.error().sentence);
    }
    const QString folder = m_outFolder + u'/' + scenario;
    if (!QDir().mkpath(folder)) {
        return std::unexpected("cannot make " + folder.toStdString());
    }
    for (const auto &[path, value] : parkedCar()) {
        m_bench.setSignal({path, value});
    }
    Recorder recorder(folder);
    Runner runner(m_bench, recorder);
    runner.setRequestSuffix("-desk" +
                            std::to_string(++m_requests)); // the same wish again would be the same purchase
    const auto played = runner.play(*loaded);
    const auto written =
        recorder.writeTimeline(*loaded, played ? std::nullopt : std::optional(played.error()));
    if (!played || !written) {
        return std::unexpected((played ? written.error() : played.error()).sentence);
    }
    return tr("“%1” passed.").arg(QString::fromStdString(loaded->title));
}

} // namespace glovebox::simulator
