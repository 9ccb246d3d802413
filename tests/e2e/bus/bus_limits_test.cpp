// SPDX-License-Identifier: Apache-2.0
// How often, how much and how long a caller on the bus may ask, and that a new connection is no new start.
#include "tests/e2e/bus/bus_bench.h"
#include "tests/support/fatal_log.h"

#include <algorithm>

using namespace glovebox;
using testing::answerOf;
using testing::errorOf;
using testing::kToken;

class BusLimitsTest : public QObject, protected testing::BusBench
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void callsAreBoundedPerConnection()
    {
        QObject owner;
        const QDBusConnection bus = client();
        auto *agent = agentOn(bus, &owner);
        for (int i = 0; i < daemon::BusCallers::kCallsBurst; ++i) {
            QCOMPARE(errorOf(agent->Permissions()), ipc::error::kNoSession);
        }
        QCOMPARE(errorOf(agent->Permissions()), ipc::error::kRateLimited);
        QCOMPARE(errorOf(agentOn(client(), &owner)->Permissions()), ipc::error::kNoSession);
        m_clock->advance(daemon::BusCallers::kCallPeriod);
        QCOMPARE(errorOf(agent->Permissions()), ipc::error::kNoSession);
    }

    void longPollsAreParkedBoundedAndAnswered()
    {
        QObject owner;
        auto *agent = agentOn(client(), &owner);
        QCOMPARE(errorOf(agent->OpenSession(kToken)), QString());
        std::vector<QDBusPendingCall> waiting;
        for (int i = 0; i < daemon::BusCallers::kWaitsPerConnectionMax; ++i) {
            waiting.push_back(agent->GetPurchase(QStringLiteral("p1"), 1, 4'000'000'000U));
        }
        QCOMPARE(errorOf(agent->GetPurchase(QStringLiteral("p1"), 1, 1)), ipc::error::kRateLimited);
        QCOMPARE(m_services->calls.back(), std::string("assistant: purchase p1 1 20")); // 20 s at most
        QCOMPARE(errorOf(agent->Permissions()), QString()); // nothing is blocked meanwhile
        m_services->parked.front()(R"({"state":"captured"})");
        QCOMPARE(answerOf(waiting.front()), QStringLiteral(R"({"state":"captured"})"));
        waiting.push_back(agent->GetPurchase(QStringLiteral("p1"), 1, 1));
        QTRY_COMPARE(m_services->parked.size(),
                     static_cast<std::size_t>(daemon::BusCallers::kWaitsPerConnectionMax + 1));
    }

    void callsOfAnAgentAreBoundedOverItsConnections()
    {
        QObject owner;
        Agent1Interface *agents[2] = {agentOn(client(), &owner), agentOn(client(), &owner)};
        for (Agent1Interface *agent : agents) {
            QCOMPARE(errorOf(agent->OpenSession(kToken)), QString());
        }
        for (int i = 0; i < daemon::BusCallers::kCallsBurst; ++i) {
            QCOMPARE(errorOf(agents[i % 2]->Permissions()), QString());
        }
        for (Agent1Interface *agent : agents) {
            QCOMPARE(errorOf(agent->Permissions()), ipc::error::kRateLimited);
        }
        QDBusConnection::disconnectFromBus(QStringLiteral("client%1").arg(m_clients));
        auto *again = agentOn(client(), &owner);
        QCOMPARE(errorOf(again->OpenSession(kToken)), QString());
        QCOMPARE(errorOf(again->Permissions()), ipc::error::kRateLimited);
        m_clock->advance(daemon::BusCallers::kCallPeriod);
        QCOMPARE(errorOf(again->Permissions()), QString());
    }

    void connectionsAreBoundedPerAgentAndUser()
    {
        QObject owner;
        auto *first = agentOn(client(), &owner);
        QCOMPARE(errorOf(first->OpenSession(kToken)), QString());
        for (int i = 1; i < daemon::BusCallers::kConnectionsPerAgentMax; ++i) {
            QCOMPARE(errorOf(agentOn(client(), &owner)->OpenSession(kToken)), QString());
        }
        QCOMPARE(errorOf(agentOn(client(), &owner)->OpenSession(kToken)), ipc::error::kRateLimited);
        while (m_clients < daemon::BusCallers::kConnectionsPerUidMax) {
            QCOMPARE(errorOf(agentOn(client(), &owner)->Permissions()), ipc::error::kNoSession);
        }
        auto *oneMore = agentOn(client(), &owner);
        QCOMPARE(errorOf(oneMore->Permissions()), ipc::error::kRateLimited);
        delete first; // what uses a connection keeps it open
        QDBusConnection::disconnectFromBus(QStringLiteral("client1"));
        QTRY_COMPARE(errorOf(oneMore->OpenSession(kToken)), QString());
    }

    void aClosedConnectionWaitsForNothing()
    {
        QObject owner;
        const auto park = [&](Agent1Interface *agent, int calls) {
            for (int i = 0; i < calls; ++i) {
                agent->GetPurchase(QStringLiteral("p1"), 1, 20);
            }
        };
        constexpr int kConnections =
            daemon::BusCallers::kWaitsPerAgentMax / daemon::BusCallers::kWaitsPerConnectionMax;
        for (int round = 1; round <= 3; ++round) {
            const auto parked = static_cast<std::size_t>(round * daemon::BusCallers::kWaitsPerAgentMax);
            QList<int> opened;
            auto users = std::make_unique<QObject>(); // what uses a connection keeps it open
            for (int i = 0; i < kConnections; ++i) {
                auto *agent = agentOn(client(), users.get());
                opened.append(m_clients);
                QCOMPARE(errorOf(agent->OpenSession(kToken)), QString());
                park(agent, daemon::BusCallers::kWaitsPerConnectionMax);
            }
            QTRY_COMPARE(m_services->parked.size(), parked);
            auto *late = agentOn(client(), users.get());
            opened.append(m_clients);
            QCOMPARE(errorOf(late->OpenSession(kToken)), QString());
            QCOMPARE(errorOf(late->GetPurchase(QStringLiteral("p1"), 1, 20)), ipc::error::kRateLimited);
            users.reset();
            for (const int number : std::as_const(opened)) {
                QDBusConnection::disconnectFromBus(QStringLiteral("client%1").arg(number));
            }
            // The service is told, nobody has answered them, and none of them counts any more.
            QTRY_COMPARE(std::ranges::count(m_services->calls, "gone"),
                         std::ptrdiff_t{round * (kConnections + 1)});
        }
        for (const daemon::Reply &reply : m_services->parked) {
            reply(R"({})"); // too late, and counted twice by nobody
        }
        auto *agent = agentOn(client(), &owner);
        QCOMPARE(errorOf(agent->OpenSession(kToken)), QString());
        park(agent, daemon::BusCallers::kWaitsPerConnectionMax);
        QTRY_COMPARE(m_services->parked.size(),
                     static_cast<std::size_t>(3 * daemon::BusCallers::kWaitsPerAgentMax +
                                              daemon::BusCallers::kWaitsPerConnectionMax));
        QCOMPARE(errorOf(agent->GetPurchase(QStringLiteral("p1"), 1, 20)), ipc::error::kRateLimited);
    }

    void aParkedPollMayOutliveItsCaller()
    {
        QObject owner;
        auto *agent = agentOn(client(), &owner);
        QCOMPARE(errorOf(agent->OpenSession(kToken)), QString());
        agent->GetPurchase(QStringLiteral("p1"), 1, 20);
        QTRY_COMPARE(m_services->parked.size(), std::size_t{1});
        delete agent;
        QDBusConnection::disconnectFromBus(QStringLiteral("client%1").arg(m_clients));
        m_services->parked.front()(R"({})");
        QCOMPARE(errorOf(agentOn(client(), &owner)->Permissions()), ipc::error::kNoSession);
    }
};

GLOVEBOX_TEST_MAIN(BusLimitsTest)
#include "bus_limits_test.moc"
