// SPDX-License-Identifier: Apache-2.0
// The whole path, as a driver with an assistant has it: the official MCP client proposes, a press on the
// cockpit approves, the daemon dies before it is settled, and in the end there is exactly one charge.
#include "tests/agents/json_compare.h"
#include "tests/e2e/path/sdk_client.h"
#include "tests/support/fatal_log.h"

#include <QTest>

using namespace glovebox;
using namespace glovebox::testing;

class SdkPathTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<WholeCar> m_car;
    std::unique_ptr<SdkClient> m_assistant;

    void compareReport(std::size_t charges)
    {
        m_car->stopGateway();
        const auto report = m_car->gatewayReport();
        QVERIFY_OK(report);
        QCOMPARE(report->at("charges").get<std::size_t>(), charges);
        QCOMPARE(report->at("approvals").size(), charges);
        if (charges == 1) {
            COMPARE_JSON(report->at("approvals")[0]["state"], "captured");
            COMPARE_JSON(report->at("approvals")[0]["captured_minor"], 1250);
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!npmPackagesThere()) {
            QVERIFY2(qEnvironmentVariableIsEmpty("GLOVEBOX_REQUIRE_NPM"),
                     "scripts/setup has not installed node and the npm packages of tests/agents");
            QSKIP(
                "node or the npm packages of tests/agents are missing: scripts/setup needs the npm registry");
        }
    }

    void init()
    {
        auto car = WholeCar::start();
        QVERIFY_OK(car);
        m_car = std::move(*car);
        m_assistant = std::make_unique<SdkClient>(*m_car);
        QVERIFY_OK(m_assistant->open());
        const auto merchantsKnown = [this] {
            const auto answer = m_assistant->call("find_merchants", {{"kind", "parking"}});
            return answer && !answer->value("merchants", Json::array()).empty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(merchantsKnown(), 60000);
    }
    void cleanup()
    {
        m_assistant.reset();
        m_car.reset();
    }

    void killedBetweenApprovalAndSettlementItIsChargedOnce_data()
    {
        QTest::addColumn<bool>("reached");
        QTest::newRow("nothing reached the gateway") << false;
        QTest::newRow("the gateway charged and its answer was lost") << true;
    }
    void killedBetweenApprovalAndSettlementItIsChargedOnce()
    {
        QFETCH(bool, reached);
        QVERIFY_OK(m_car->unlock());
        m_car->setNetwork(reached ? Forwarder::Mode::dropsAnswers : Forwarder::Mode::closed);

        const auto proposed = m_assistant->call("propose_purchase", garageExit("exit-1"));
        QVERIFY_OK(proposed);
        COMPARE_JSON((*proposed)["paid"], false);
        const Json handle = {{"purchase_id", (*proposed)["purchase_id"]}};
        const auto id = (*proposed)["purchase_id"].get<std::string>();
        const auto approved = m_car->approve(id);
        QVERIFY_OK(approved);
        const QStringList unsettled = {QStringLiteral("approved"), QStringLiteral("queued"),
                                       QStringLiteral("submitted"), QStringLiteral("unknown")};
        QVERIFY2(unsettled.contains(QString::fromStdString(*approved)), approved->c_str());
        if (reached) { // and nobody in the car knows what became of it
            QVERIFY_OK(m_car->waitForState(id, "unknown"));
        }
        const auto saved = m_assistant->call("get_purchase", handle);
        QVERIFY_OK(saved);
        COMPARE_JSON((*saved)["paid"], false);

        m_car->killDaemon();
        compareReport(reached ? 1 : 0);
        QVERIFY_OK(m_car->startGateway());
        m_car->setNetwork(Forwarder::Mode::open);
        QVERIFY_OK(m_car->startDaemon());
        QVERIFY_OK(m_car->waitForState(id, "captured"));

        // The assistant's session outlives the daemon; its MCP server shows the token again.
        Maybe<Json> paid;
        const auto told = [&] {
            paid = m_assistant->call("get_purchase", handle);
            return paid.has_value();
        };
        QTRY_VERIFY_WITH_TIMEOUT(told(), 60000);
        COMPARE_JSON((*paid)["state"], "captured");
        COMPARE_JSON((*paid)["paid"], true);
        COMPARE_JSON((*paid)["captured_minor"], 1250);
        // The same wish again is the same purchase.
        const auto again = m_assistant->call("propose_purchase", garageExit("exit-1"));
        QVERIFY_OK(again);
        COMPARE_JSON((*again)["purchase_id"], (*proposed)["purchase_id"]);

        const auto exitCode = m_assistant->close();
        QVERIFY_OK(exitCode);
        QCOMPARE(*exitCode, 0);
        m_car->stopDaemon();
        compareReport(1);
    }
};

GLOVEBOX_TEST_MAIN(SdkPathTest)
#include "sdk_path_test.moc"
