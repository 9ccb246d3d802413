// SPDX-License-Identifier: Apache-2.0
// kill_cycles [--cycles N] [--seed S]: the shipped gloveboxd, killed by SIGKILL N times at points drawn with
// the seed: while it starts, when a proposal was made, when its card is up, within 6 ms of the driver's
// press, and within 300 ms of the result, while the approval is settled. A ledger of what was acknowledged to
// assistant and driver is kept here, outside of the car's files; in the end it is compared with the journal
// and with the charges of a real gateway. Exit code 0: nothing was lost and nothing doubled.
#include "cockpit/driver_link.h"
#include "crypto/seal.h"
#include "ipc/names.h"
#include "journal/check.h"
#include "platform/simulator/bench/settings.h"
#include "platform/simulator/bench/wait.h"
#include "tests/e2e/path/whole_car.h"

#include <QCommandLineParser>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QElapsedTimer>
#include <QFile>

#include <limits>
#include <map>
#include <random>
#include <set>

namespace
{

using namespace glovebox;
using namespace glovebox::testing;
using simulator::waitUntil;
using std::chrono::milliseconds;

constexpr milliseconds kLimit(60000);
constexpr milliseconds kPause(5);
constexpr int kHeartbeat_ms = 300;   // the daemon gives a cockpit two seconds
constexpr qint64 kReaction_ms = 600; // it takes no answer to a card before 500 ms

/// Where a cycle ends.
enum class Point { start, proposed, card, pressed, result };

/// What was said to people outside of the car's files.
struct Ledger
{
    std::map<std::string, std::string> proposed; // request -> purchase, as the assistant was told
    std::set<std::string> pressed;               // purchases
    std::set<std::string> approved;              // purchases, as the driver was told
};

class Cycles
{
public:
    Cycles(WholeCar &car, std::uint64_t seed)
        : m_car(car), m_bus(QDBusConnection::connectToBus(car.busAddress(), QStringLiteral("kill_cycles"))),
          m_link(car.path("driver/driver.sock")), m_random(seed)
    {
        QObject::connect(&m_link, &cockpit::DriverLink::viewArrived, [this](const CockpitView &view) {
            m_view = view;
            const QString tone = view.result().tone();
            if (view.screen() == QLatin1String("result") &&
                (tone == QLatin1String("saved") || tone == QLatin1String("reserved") ||
                 tone == QLatin1String("paid"))) {
                m_ledger.approved.insert(view.result().purchaseId().toStdString());
            }
        });
        QObject::connect(&m_link, &cockpit::DriverLink::lost, [this] { m_view = {}; });
        QObject::connect(&m_heart, &QTimer::timeout, [this] { m_link.alive(m_shownNonce); });
        m_heart.start(kHeartbeat_ms);
        m_link.start();
    }

    /// One start and one kill.
    [[nodiscard]] Done cycle()
    {
        const auto point = static_cast<Point>(upTo(4));
        if (point == Point::start) {
            killDuringStart();
            return {};
        }
        if (auto started = m_car.startDaemon(); !started) {
            return started;
        }
        const Done done = drive(point);
        m_car.killDaemon();
        return done;
    }

    /// Starts once more, and waits until everything approved is settled.
    [[nodiscard]] Done settle()
    {
        if (auto started = m_car.startDaemon(); !started) {
            return started;
        }
        for (const std::string &purchase : m_ledger.approved) {
            if (auto captured = m_car.waitForState(purchase, "captured"); !captured) {
                return std::unexpected(purchase + ": " + captured.error());
            }
        }
        m_car.stopDaemon();
        m_car.stopGateway();
        return {};
    }
    [[nodiscard]] const Ledger &ledger() const { return m_ledger; }

private:
    [[nodiscard]] int upTo(int most) { return std::uniform_int_distribution<int>(0, most)(m_random); }

    void killDuringStart()
    {
        QTimer timer; // goes with this cycle
        timer.setTimerType(Qt::PreciseTimer);
        timer.setSingleShot(true);
        QObject::connect(&timer, &QTimer::timeout, [this] { m_car.killDaemon(); });
        timer.start(upTo(150));
        static_cast<void>(m_car.startDaemon()); // it is not there, or has just got there
        m_car.killDaemon();
    }

    [[nodiscard]] Maybe<Json> call(const char *method, const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createMethodCall(ipc::kBusName, ipc::kAgentPath,
                                                              ipc::kAgentInterface, QLatin1String(method));
        message.setArguments(arguments);
        const QDBusMessage answer = m_bus.call(message);
        const std::string text = answer.arguments().value(0).toString().toStdString();
        if (answer.type() != QDBusMessage::ReplyMessage) {
            return std::unexpected(std::string(method) + ": " + answer.errorMessage().toStdString());
        }
        auto json = base::parseJson(text);
        return json ? Maybe<Json>(std::move(*json)) : std::unexpected("an answer that is not JSON");
    }

    [[nodiscard]] Done unlock()
    {
        const auto is = [this](auto what) { return waitUntil(what, kLimit, kPause); };
        if (!is([this] { return m_view.driving() == QLatin1String("parked"); })) {
            return std::unexpected("not parked");
        }
        m_link.alive(m_shownNonce);
        m_link.openPin();
        m_link.enterPin(simulator::kPin);
        return is([this] { return m_view.sessionOpen(); }) ? Done() : std::unexpected("no driver session");
    }

    /// The present request, or the next one where it is decided; the same request is the same purchase,
    /// whoever was killed between question and answer.
    [[nodiscard]] Maybe<std::string> propose()
    {
        while (true) {
            const std::string request = "r-" + std::to_string(m_request);
            const auto answer = call("Propose", {QString::fromStdString(garageExit(request).dump())});
            if (!answer) {
                return std::unexpected(answer.error());
            }
            const std::string purchase = answer->value("purchase_id", std::string());
            const std::string state = answer->value("state", std::string());
            const auto [known, isNew] = m_ledger.proposed.try_emplace(request, purchase);
            if (known->second != purchase) {
                return std::unexpected("request " + request + " became two purchases");
            }
            if (state == "held" || state == "presented") {
                return purchase;
            }
            ++m_request;
        }
    }

    [[nodiscard]] Done drive(Point point)
    {
        if (auto opened = unlock(); !opened) {
            return opened;
        }
        QFile token(m_car.path("assistant.token"));
        if (!token.open(QIODevice::ReadOnly)) {
            return std::unexpected("no token");
        }
        static_cast<void>(call("OpenSession", {token.readAll()}));
        const auto purchase = propose();
        if (!purchase || point == Point::proposed) {
            return purchase ? Done() : std::unexpected(purchase.error());
        }
        if (!waitUntil([this] { return m_view.screen() == QLatin1String("card"); }, kLimit, kPause)) {
            return std::unexpected("no card: " + m_view.screen().toStdString());
        }
        if (point == Point::card) {
            linger(upTo(20'000));
            return {};
        }
        m_shownNonce = m_view.card().nonce();
        m_link.shown(m_shownNonce);
        m_link.alive(m_shownNonce);
        linger(kReaction_ms * 1000);
        m_ledger.pressed.insert(m_view.card().purchaseId().toStdString());
        m_link.approve(m_shownNonce, m_view.card().items(), QStringLiteral("touch"));
        if (point == Point::pressed) {
            linger(upTo(6'000));
            return {};
        }
        if (!waitUntil([this] { return m_view.screen() == QLatin1String("result"); }, kLimit, kPause)) {
            return std::unexpected("no result");
        }
        linger(upTo(300'000));
        return {};
    }

    /// Goes on serving the line for so long.
    static void linger(qint64 span_us)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.nsecsElapsed() < span_us * 1000) {
            QCoreApplication::processEvents();
        }
    }

    WholeCar &m_car;
    QDBusConnection m_bus;
    cockpit::DriverLink m_link;
    QTimer m_heart;
    CockpitView m_view;
    QString m_shownNonce;
    std::mt19937_64 m_random;
    Ledger m_ledger;
    int m_request = 0;
};

/// The journal as the last daemon left it.
Maybe<std::map<std::string, payment::Purchase>> readJournal(const WholeCar &car)
{
    const auto key = crypto::SigningKey::open("file:" + car.path("keys/signing.pem").toStdString());
    const auto sealing = crypto::readSealingKey(car.path("keys/sealing.key").toStdString());
    if (!key || !sealing) {
        return std::unexpected("the car's keys cannot be read");
    }
    const auto journal = journal::Journal::open(
        {car.path("state/journal.sqlite").toStdString(), key->publicKey().thumbprint(), {}}, *sealing);
    if (!journal) {
        return std::unexpected("the journal: " + journal.error().detail);
    }
    const auto check = journal::checkProjections(**journal);
    const auto purchases = (*journal)->purchases(std::numeric_limits<int>::max());
    if (!check || !purchases || !check->differences.empty()) {
        return std::unexpected("the journal does not agree with itself");
    }
    std::map<std::string, payment::Purchase> found;
    for (const payment::Purchase &purchase : *purchases) {
        found.emplace(purchase.id.text(), purchase);
    }
    return found;
}

/// Nothing acknowledged is missing, nothing stands there that nobody asked for, and each approval is one
/// charge.
Done compare(const Ledger &ledger, const std::map<std::string, payment::Purchase> &kept, const Json &report)
{
    for (const auto &[request, purchase] : ledger.proposed) {
        if (!kept.contains(purchase)) {
            return std::unexpected("lost: " + purchase + ", told to the assistant");
        }
    }
    std::map<std::string, int> charged;
    for (const Json &approval : report.value("approvals", Json::array())) {
        charged[approval.value("approval_id", std::string())] += approval.value("charges", 1);
    }
    std::int64_t captured = 0;
    for (const auto &[id, purchase] : kept) {
        const bool approved = !purchase.approvalId.empty();
        if (ledger.approved.contains(id) && !approved) {
            return std::unexpected("lost: the approval of " + id + ", told to the driver");
        }
        if (approved && !ledger.pressed.contains(id)) {
            return std::unexpected("an approval of " + id + " that nobody gave");
        }
        if (approved && charged[purchase.approvalId.text()] != 1) {
            return std::unexpected(id + " was charged " +
                                   std::to_string(charged[purchase.approvalId.text()]) + " times");
        }
        captured += purchase.settlement.captured_minor ? 1 : 0;
    }
    const auto charges = report.value("charges", std::int64_t{-1});
    return charges == captured && charged.size() == static_cast<std::size_t>(charges)
               ? Done()
               : std::unexpected(std::to_string(captured) + " captured, " + std::to_string(charges) +
                                 " charged");
}

Done run(int cycles, std::uint64_t seed)
{
    auto car = WholeCar::start();
    if (!car) {
        return std::unexpected(car.error());
    }
    (*car)->stopCockpit();
    auto assistant = (*car)->assistant();
    if (!assistant) {
        return std::unexpected(assistant.error());
    }
    if (auto known = WholeCar::waitForMerchants(**assistant); !known) {
        return known;
    }
    assistant->reset();
    (*car)->killDaemon();
    Cycles runner(**car, seed);
    for (int i = 0; i < cycles; ++i) {
        if (auto done = runner.cycle(); !done) {
            return std::unexpected("cycle " + std::to_string(i) + ": " + done.error());
        }
    }
    if (auto settled = runner.settle(); !settled) {
        return settled;
    }
    const auto kept = readJournal(**car);
    const auto report = (*car)->gatewayReport();
    if (!kept || !report) {
        return std::unexpected(kept ? report.error() : kept.error());
    }
    const Ledger &ledger = runner.ledger();
    std::printf("%d kills, %zu proposals, %zu pressed, %zu told approved\n", cycles, ledger.proposed.size(),
                ledger.pressed.size(), ledger.approved.size());
    return compare(ledger, *kept, *report);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{QStringLiteral("cycles"), QStringLiteral("How often it is killed."),
                        QStringLiteral("N"), QStringLiteral("20")},
                       {QStringLiteral("seed"), QStringLiteral("Draws the points."), QStringLiteral("S"),
                        QStringLiteral("1")}});
    parser.process(app);
    const Done done = run(parser.value(QStringLiteral("cycles")).toInt(),
                          parser.value(QStringLiteral("seed")).toULongLong());
    if (!done) {
        std::fprintf(stderr, "seed %s: %s\n", qPrintable(parser.value(QStringLiteral("seed"))),
                     done.error().c_str());
        return 1;
    }
    return 0;
}
