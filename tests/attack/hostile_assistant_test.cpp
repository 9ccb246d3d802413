// SPDX-License-Identifier: Apache-2.0
// A configured assistant that turns against the car, on the real bus: it floods with the largest proposals
// that are legal, opens connection after connection, parks waits and leaves. The daemon goes on serving
// another assistant, the disk does not fill, and nothing is approved.
#include "ipc/bus.h"
#include "ipc/names.h"
#include "platform/simulator/bench/wait.h"
#include "tests/agents/json_compare.h"
#include "tests/e2e/path/whole_car.h"
#include "tests/support/fatal_log.h"

#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingReply>
#include <QDir>
#include <QFile>
#include <QTest>

#include <set>

using namespace glovebox;
using namespace glovebox::testing;

namespace
{

constexpr int kConnections = 12;
constexpr int kProposalsPerConnection = 80;
// The database, its log of at most 1000 pages before it is emptied, and what 60 proposals leave.
constexpr qint64 kGrowth_bytes_max = 6 * 1024 * 1024;

/// One connection of the hostile assistant.
class Attacker
{
public:
    Attacker(const QString &busAddress, const QByteArray &token)
        : m_name(QStringLiteral("attacker%1").arg(++s_count)), m_bus(ipc::connectToBus(busAddress, m_name))
    {
        const QDBusMessage opened = m_bus.call(message("OpenSession", {token}));
        session = opened.type() == QDBusMessage::ReplyMessage;
    }
    ~Attacker() { QDBusConnection::disconnectFromBus(m_name); }
    Q_DISABLE_COPY_MOVE(Attacker)

    void send(const char *method, const QVariantList &arguments)
    {
        pending.push_back(m_bus.asyncCall(message(method, arguments)));
    }
    /// Every call so far has its answer, a good or a bad one.
    [[nodiscard]] bool answered() const
    {
        return std::ranges::all_of(pending, [](const QDBusPendingCall &call) { return call.isFinished(); });
    }
    /// Proposes and waits; false: not taken.
    [[nodiscard]] bool proposes(const QString &proposal)
    {
        send("Propose", {proposal});
        pending.back().waitForFinished();
        return !pending.back().isError();
    }
    [[nodiscard]] bool isConnected() const { return m_bus.isConnected(); }

    std::vector<QDBusPendingCall> pending;
    bool session = false;

private:
    static QDBusMessage message(const char *method, const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createMethodCall(ipc::kBusName, ipc::kAgentPath,
                                                              ipc::kAgentInterface, QLatin1String(method));
        message.setArguments(arguments);
        return message;
    }
    static inline int s_count = 0;
    QString m_name;
    QDBusConnection m_bus;
};

/// As large as the schema lets a proposal be; half of them are refused, the others are in order.
QString largest(int number)
{
    Json proposal = garageExit("evil-" + std::to_string(number));
    std::string text;
    for (int i = 0; i < 280; ++i) {
        text += "𝄞"; // four bytes each
    }
    proposal["utterance"] = text;
    proposal["reason"] = text;
    proposal["items"] = Json::array();
    const auto value = number % 2 == 0 ? std::int64_t{1200} : std::int64_t{1'200'000};
    for (int i = 0; i < 12; ++i) {
        proposal["items"].push_back({{"label", text.substr(0, 160)}, {"amount", value / 12}});
    }
    proposal["amount"]["value"] = value;
    return QString::fromStdString(proposal.dump());
}

} // namespace

class HostileAssistantTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<WholeCar> m_car;
    std::unique_ptr<simulator::McpClient> m_other;
    QByteArray m_token;

    [[nodiscard]] qint64 bytesOfState() const
    {
        qint64 bytes = 0;
        const auto files = QDir(m_car->path("state")).entryInfoList(QDir::Files | QDir::Hidden);
        for (const QFileInfo &file : files) {
            bytes += file.size();
        }
        return bytes;
    }
    [[nodiscard]] std::unique_ptr<Attacker> attacker() const
    {
        return std::make_unique<Attacker>(m_car->busAddress(), m_token);
    }
    /// The other assistant's wish is taken while the attack goes on.
    void othersAreServed(const std::string &requestId)
    {
        const auto taken = m_other->callTool("propose_purchase", garageExit(requestId));
        QVERIFY_OK(taken);
        const std::set<std::string> waiting = {"held", "presented"};
        QVERIFY2(waiting.contains((*taken)["state"].get<std::string>()), taken->dump().c_str());
        QVERIFY_OK(m_other->callTool("withdraw_purchase", {{"purchase_id", (*taken)["purchase_id"]}}));
    }
    void nothingIsApproved()
    {
        const auto list = m_car->books().purchases();
        QVERIFY_OK(list);
        QVERIFY(!list->empty() && list->size() < 100); // all there are
        const std::set<std::string> harmless = {"held", "presented", "refused", "withdrawn", "expired"};
        for (const Json &purchase : *list) {
            QVERIFY2(harmless.contains(purchase["state"].get<std::string>()), purchase.dump().c_str());
        }
    }

private Q_SLOTS:
    void init()
    {
        WholeCar::Options options;
        options.secondAssistant = true;
        auto car = WholeCar::start(options);
        QVERIFY_OK(car);
        m_car = std::move(*car);
        auto other = m_car->assistant();
        QVERIFY_OK(other);
        m_other = std::move(*other);
        QVERIFY_OK(WholeCar::waitForMerchants(*m_other));
        QVERIFY_OK(m_car->unlock());
        QFile token(m_car->path("second.token"));
        QVERIFY(token.open(QIODevice::ReadOnly));
        m_token = token.readAll();
    }
    void cleanup()
    {
        m_other.reset();
        m_car.reset();
    }

    void aFloodFillsNoDisk()
    {
        const qint64 before = bytesOfState();
        qint64 sent_bytes = 0;
        int taken = 0;
        for (int round = 0; round < kConnections; ++round) {
            const auto flood = attacker(); // a new connection every time
            QVERIFY(flood->session);
            for (int i = 0; i < kProposalsPerConnection; ++i) {
                const QString proposal = largest(round * kProposalsPerConnection + i);
                sent_bytes += proposal.toUtf8().size();
                flood->send("Propose", {proposal});
            }
            othersAreServed("served-" + std::to_string(round));
            QVERIFY(simulator::waitUntil([&] { return flood->answered(); }, std::chrono::minutes(1)));
            for (const QDBusPendingCall &call : flood->pending) {
                const QDBusPendingReply<QString> reply = call;
                taken += reply.isError() ? 0 : 1;
                QVERIFY2(!reply.isError() || reply.error().name() == ipc::error::kRateLimited,
                         qPrintable(reply.error().name() + reply.error().message()));
            }
        }
        QVERIFY(m_car->daemonRuns());
        QVERIFY2(taken > 0 && taken <= 70, qPrintable(QString::number(taken)));
        QVERIFY(sent_bytes > 2 * kConnections * kProposalsPerConnection * 1024);
        const qint64 growth = bytesOfState() - before;
        QVERIFY2(growth < kGrowth_bytes_max, qPrintable(QString::number(growth)));
        nothingIsApproved();
        // What was refused left none of its texts.
        const auto list = m_car->books().purchases();
        QVERIFY_OK(list);
        int refused = 0;
        for (const Json &purchase : *list) {
            if (purchase["state"] == "refused") {
                const auto record = m_car->books().purchase(purchase["purchase_id"].get<std::string>());
                QVERIFY_OK(record);
                QVERIFY2(record->dump().size() < 1024, record->dump().c_str());
                ++refused;
            }
        }
        QVERIFY(refused > 0);
    }

    void parkedWaitsKeepNobodyOut()
    {
        const auto own = m_other->callTool("propose_purchase", garageExit("own"));
        QVERIFY_OK(own);
        for (int round = 0; round < kConnections; ++round) {
            std::vector<std::unique_ptr<Attacker>> parked;
            for (int i = 0; i < 3; ++i) {
                Attacker &one = *parked.emplace_back(attacker());
                QVERIFY(one.session);
                // What the flood used up of its share of calls comes back by and by.
                QVERIFY(simulator::waitUntil([&] { return one.proposes(largest(2 * i)); },
                                             std::chrono::minutes(1)));
                const QDBusPendingReply<QString> proposed = one.pending.back();
                QVERIFY2(!proposed.isError(), qPrintable(proposed.error().message()));
                const auto purchase = base::parseJson(proposed.value().toStdString());
                QVERIFY(purchase.has_value());
                for (int wait = 0; wait < 6; ++wait) {
                    one.send("GetPurchase",
                             {QString::fromStdString((*purchase)["purchase_id"].get<std::string>()),
                              qlonglong{(*purchase)["version"].get<std::int64_t>()}, 20U});
                }
            }
            // They leave without an answer; the other one still waits as long as it likes.
        }
        const auto seen =
            m_other->callTool("get_purchase", {{"purchase_id", (*own)["purchase_id"]}, {"wait_s", 1}});
        QVERIFY_OK(seen);
        QVERIFY_OK(m_other->callTool("withdraw_purchase", {{"purchase_id", (*own)["purchase_id"]}}));
        nothingIsApproved();
    }

    void connectionsKeepNobodyOut()
    {
        std::vector<std::unique_ptr<Attacker>> many;
        int sessions = 0;
        for (int i = 0; i < 40; ++i) {
            sessions += many.emplace_back(attacker())->session ? 1 : 0;
        }
        QVERIFY2(sessions == 16, qPrintable(QString::number(sessions)));
        auto late = m_car->assistant(); // a connection of its own
        QVERIFY_OK(late);
        QVERIFY_OK((*late)->callTool("get_payment_permissions", Json::object()));
        othersAreServed("beside-many");
        QVERIFY(m_car->daemonRuns());
    }
};

GLOVEBOX_TEST_MAIN(HostileAssistantTest)
#include "hostile_assistant_test.moc"
