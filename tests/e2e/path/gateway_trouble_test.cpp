// SPDX-License-Identifier: Apache-2.0
// A gateway that cannot be reached, and one that is not ours: nothing moves, nothing is lost, and the real
// one settles it later, once.
#include "platform/simulator/bench/wait.h"
#include "tests/agents/json_compare.h"
#include "tests/e2e/path/whole_car.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QTest>

using namespace glovebox;
using namespace glovebox::testing;

class GatewayTroubleTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<WholeCar> m_car;
    std::unique_ptr<simulator::McpClient> m_assistant;

    Maybe<std::string> propose()
    {
        const auto proposed = m_assistant->callTool("propose_purchase", garageExit("exit-1"));
        return proposed ? Maybe<std::string>((*proposed)["purchase_id"].get<std::string>())
                        : std::unexpected(proposed.error());
    }
    /// As the assistant is told, once the daemon of the day answers.
    Maybe<Json> asked(const std::string &id)
    {
        Maybe<Json> answer;
        const auto told = [&] {
            answer = m_assistant->callTool("get_purchase", {{"purchase_id", id}});
            return answer.has_value();
        };
        (void)simulator::waitUntil(told, std::chrono::minutes(1), std::chrono::milliseconds(100));
        return answer;
    }
    [[nodiscard]] bool daemonSaid(const char *words) const
    {
        QFile log(m_car->path("gloveboxd.log"));
        return log.open(QIODevice::ReadOnly) && log.readAll().contains(words);
    }
    void compareCharges(int charges)
    {
        m_car->stopGateway();
        const auto report = m_car->gatewayReport();
        QVERIFY_OK(report);
        COMPARE_JSON((*report)["charges"], charges);
    }

private Q_SLOTS:
    void init()
    {
        auto car = WholeCar::start();
        QVERIFY_OK(car);
        m_car = std::move(*car);
        auto assistant = m_car->assistant();
        QVERIFY_OK(assistant);
        m_assistant = std::move(*assistant);
        QVERIFY_OK(WholeCar::waitForMerchants(*m_assistant));
    }
    void cleanup()
    {
        m_assistant.reset();
        m_car.reset();
    }

    void withoutAGatewayAnApprovalStaysQueued()
    {
        // A drive that begins without a connection: the merchants are those of the last one.
        m_car->stopGateway();
        m_car->stopDaemon();
        QVERIFY_OK(m_car->startDaemon());
        QVERIFY_OK(m_car->unlock());
        const auto known = [this] {
            const auto status = m_assistant->callTool("find_merchants", {{"kind", "parking"}});
            return status && !status->value("merchants", Json::array()).empty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(known(), 60000);
        const auto id = propose();
        QVERIFY_OK(id);
        QVERIFY_OK(m_car->approve(*id));
        QVERIFY_OK(m_car->waitForState(*id, "queued"));
        for (int restarts = 0; restarts < 2; ++restarts) {
            m_car->killDaemon();
            QVERIFY_OK(m_car->startDaemon());
            QCOMPARE(m_car->stateOf(*id).value_or("no answer"), std::string("queued"));
            const auto saved = asked(*id);
            QVERIFY_OK(saved);
            COMPARE_JSON((*saved)["paid"], false);
            COMPARE_JSON((*saved)["message"], "Approved and saved in the car, not paid yet.");
        }
        QVERIFY_OK(m_car->startGateway());
        QVERIFY_OK(m_car->waitForState(*id, "captured"));
        compareCharges(1);
    }

    void anAnswerOfAnotherKeyMovesNothing()
    {
        QVERIFY_OK(m_car->unlock());
        m_car->setNetwork(simulator::Forwarder::Mode::dropsAnswers);
        const auto id = propose();
        QVERIFY_OK(id);
        QVERIFY_OK(m_car->approve(*id));
        QVERIFY_OK(m_car->waitForState(*id, "unknown"));
        compareCharges(1);

        // It has the right name, address and certificate, and signs with a key of its own that it has never
        // seen this approval: a car that believed it would send it again.
        QVERIFY_OK(m_car->useGateway("impostor"));
        QVERIFY_OK(m_car->startGateway());
        m_car->setNetwork(simulator::Forwarder::Mode::open);
        QTRY_VERIFY_WITH_TIMEOUT(daemonSaid("cannot be believed"), 60000);
        QCOMPARE(m_car->stateOf(*id).value_or("no answer"), std::string("unknown"));
        const auto told = asked(*id);
        QVERIFY_OK(told);
        COMPARE_JSON((*told)["paid"], false);
        COMPARE_JSON((*told)["final"], false);
        // And a person is told what to do about it.
        for (const QStringList &command :
             {QStringList{QStringLiteral("status")},
              QStringList{QStringLiteral("show"), QString::fromStdString(*id)}}) {
            QTRY_VERIFY_WITH_TIMEOUT(m_car->glovebox(command).value_or(QByteArray()).contains("NOT BELIEVED"),
                                     60000);
        }
        compareCharges(0); // it was given nothing

        // The record stays, with its approval and without a receipt.
        m_car->killDaemon();
        QVERIFY_OK(m_car->startDaemon());
        const auto record = m_car->books().purchase(*id);
        QVERIFY_OK(record);
        COMPARE_JSON((*record)["state"], "unknown");
        QVERIFY(!(*record)["approval"].get<std::string>().empty());
        QVERIFY(!record->contains("settlement") || !(*record)["settlement"].contains("capture_receipt"));
        QVERIFY_OK(m_car->glovebox({QStringLiteral("show"), QString::fromStdString(*id)}));

        QVERIFY_OK(m_car->useGateway("gateway"));
        QVERIFY_OK(m_car->startGateway());
        QVERIFY_OK(m_car->waitForState(*id, "captured"));
        compareCharges(1);
    }
};

GLOVEBOX_TEST_MAIN(GatewayTroubleTest)
#include "gateway_trouble_test.moc"
