// SPDX-License-Identifier: Apache-2.0
// bench_propose: from an assistant's Agent1.Propose to the frame that shows the card, through the real bus,
// daemon, socket and cockpit.
#include "cockpit/cockpit.h"
#include "cockpit/cockpit_model.h"
#include "ipc/names.h"
#include "tests/bench/car.h"
#include "tests/bench/driver_line.h"
#include "tests/bench/first_frame.h"
#include "tests/bench/report.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QFile>
#include <QGuiApplication>
#include <QQuickWindow>

#include <optional>

namespace
{

using namespace glovebox;
using namespace glovebox::bench;
using Steady = std::chrono::steady_clock;

constexpr int kProposals = 300;
constexpr int kWarmUps = 10;
// Two calls a round: the daemon lets an assistant call fifty times a second.
constexpr auto kRoundPeriod = std::chrono::milliseconds(60);
constexpr double kFrame_ms = 1000.0 / 60;
constexpr double kGoal_frames = 2;

class Assistant
{
public:
    explicit Assistant(const simulator::RunFolder &folder)
        : m_bus(QDBusConnection::connectToBus(simulator::busAddress(folder), QStringLiteral("bench")))
    {
        QFile token(folder / "assistant.token");
        require(m_bus.isConnected() && token.open(QIODevice::ReadOnly), "the bus and the token");
        static_cast<void>(call("OpenSession", {token.readAll()}));
        // The signed directory comes from the gateway a moment after the start.
        waitFor([this] { return call("FindMerchants", {QStringLiteral("parking"), 1u}).contains("garage"); },
                "the garage is in the directory");
    }

    [[nodiscard]] QDBusPendingCall propose(int number)
    {
        const base::Json proposal = {{"request_id", "bench-" + std::to_string(number)},
                                     {"kind", "parking"},
                                     {"merchant_id", "garage-marktplatz"},
                                     {"amount", {{"type", "exact"}, {"value", 850}, {"currency", "EUR"}}},
                                     {"place", {{"type", "gate"}, {"label", "2"}}},
                                     {"utterance", "Pay for the garage when we drive out."},
                                     {"reason", "The car stands at the exit of the garage."}};
        return m_bus.asyncCall(message("Propose", {QString::fromStdString(proposal.dump())}));
    }

    QByteArray call(const char *method, const QVariantList &arguments)
    {
        const QDBusMessage answer = m_bus.call(message(method, arguments));
        require(answer.type() == QDBusMessage::ReplyMessage, qPrintable(answer.errorMessage()));
        return answer.arguments().value(0).toString().toUtf8();
    }

    [[nodiscard]] Sample roundTrip()
    {
        const auto ping = QDBusMessage::createMethodCall(ipc::kBusName, ipc::kAgentPath,
                                                         QStringLiteral("org.freedesktop.DBus.Peer"),
                                                         QStringLiteral("Ping"));
        const auto began = Steady::now();
        require(m_bus.call(ping).type() == QDBusMessage::ReplyMessage, "a ping on the bus");
        return Steady::now() - began;
    }

private:
    static QDBusMessage message(const char *method, const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createMethodCall(ipc::kBusName, ipc::kAgentPath,
                                                              ipc::kAgentInterface, QLatin1String(method));
        message.setArguments(arguments);
        return message;
    }

    QDBusConnection m_bus;
};

std::vector<Sample> measureProposals(const QString &socket, Assistant &assistant)
{
    cockpit::CockpitOptions options;
    options.socketPath = socket;
    const cockpit::Cockpit cockpit(options);
    require(cockpit.valid(), "loading the cockpit");
    using cockpit::CockpitModel;
    CockpitModel &model = cockpit.model();
    std::optional<Steady::time_point> shownAt;
    FrameWatch watch(
        *cockpit.window(),
        [&cockpit] {
            return cockpit.model().screen() == CockpitModel::Card &&
                   cockpit.item(QStringLiteral("item.amount"));
        },
        [&shownAt] { shownAt = Steady::now(); });
    cockpit.window()->show();
    std::vector<Sample> samples;
    for (int number = -kWarmUps; number < kProposals; ++number) {
        const auto next = Steady::now() + kRoundPeriod;
        waitFor([&] { return model.screen() == CockpitModel::Idle && Steady::now() >= next; },
                "the idle screen");
        shownAt.reset();
        watch.begin();
        const auto began = Steady::now();
        QDBusPendingCall call = assistant.propose(number + kWarmUps);
        waitFor([&] { return shownAt.has_value() || (call.isFinished() && call.isError()); },
                "a card is on the screen");
        call.waitForFinished();
        require(!call.isError(), qPrintable(call.error().message()));
        if (number >= 0) {
            samples.emplace_back(*shownAt - began);
        }
        const auto answer = base::parseJson(call.reply().arguments().value(0).toString().toStdString());
        require(answer.has_value(), "the answer to a proposal");
        assistant.call("Withdraw", {QString::fromStdString(answer->value("purchase_id", std::string()))});
        waitFor([&] { return model.screen() == CockpitModel::Result; }, "the withdrawal is shown");
        model.result()->done();
    }
    return samples;
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QUICK_BACKEND", "software");
    const QGuiApplication application(argc, argv);
    const Car car;
    Assistant assistant(car.folder());
    { // the session stays open when the line ends
        const DriverLine line(car.driverSocket());
    }
    std::vector<Sample> roundTrips;
    for (int i = 0; i < kWarmUps * 10; ++i) {
        roundTrips.push_back(assistant.roundTrip());
    }
    const std::vector<Sample> samples = measureProposals(car.driverSocket(), assistant);
    print({"propose.to_frame.p99", percentile(samples, 0.99), "ms", kFrame_ms, kGoal_frames});
    print({"propose.to_frame.p50", percentile(samples, 0.5), "ms", kFrame_ms, {}});
    print({"propose.bus_round_trip.p50", percentile(roundTrips, 0.5), "ms", {}, {}});
    return 0;
}
