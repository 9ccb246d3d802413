// SPDX-License-Identifier: Apache-2.0
// A gateway that was never there, that shows another certificate, or that does not know this car: nothing is
// lost, the assistant is told why there is no merchant, and a person is told what to do.
#include "platform/simulator/bench/wait.h"
#include "tests/agents/json_compare.h"
#include "tests/e2e/path/whole_car.h"
#include "tests/support/fatal_log.h"

#include <QProcess>
#include <QTest>

using namespace glovebox;
using namespace glovebox::testing;

class NoContactTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<WholeCar> m_car;
    std::unique_ptr<simulator::McpClient> m_assistant;

    void startWith(const std::function<void(Json &)> &change)
    {
        WholeCar::Options options;
        options.gateway = false;
        auto car = WholeCar::start(options);
        QVERIFY_OK(car);
        m_car = std::move(*car);
        QVERIFY_OK(m_car->changeGateway(change));
        auto assistant = m_car->assistant();
        QVERIFY_OK(assistant);
        m_assistant = std::move(*assistant);
    }
    [[nodiscard]] bool statusHolds(const char *words)
    {
        return m_car->glovebox({QStringLiteral("status")}).value_or(QByteArray()).contains(words);
    }
    /// What a person reads, and what an assistant is told meanwhile.
    void compareTrouble(const char *cause, const char *remedy)
    {
        // It was tried before, while nobody listened at all.
        QTRY_VERIFY_WITH_TIMEOUT(statusHolds(cause), 60000);
        const auto status = m_car->glovebox({QStringLiteral("status")});
        QVERIFY_OK(status);
        for (const char *part :
             {"NO ANSWER of the gateway since ", remedy, "online, but the gateway gives no answer",
              "no contact yet", "none known: the gateway's directory was never received",
              "What is approved is kept"}) {
            QVERIFY2(status->contains(part), status->constData());
        }
        const auto found = m_assistant->callTool("find_merchants", {{"kind", "parking"}});
        QVERIFY_OK(found);
        QVERIFY((*found)["merchants"].empty());
        QVERIFY((*found)["message"].get<std::string>().starts_with("The car has had no contact"));
        const auto refused = m_assistant->callTool("propose_purchase", garageExit("too-early"));
        QVERIFY_OK(refused);
        COMPARE_JSON((*refused)["state"], "refused");
        COMPARE_JSON((*refused)["reason"], "merchant.no_directory");
        COMPARE_JSON((*refused)["pointer"], "/merchant_id");
        COMPARE_JSON((*refused)["message"], "Refused: No contact with the payment service yet.");
        QVERIFY(m_car->daemonRuns());
    }
    /// The same car, once the gateway is what it should be.
    void comparePaid()
    {
        QVERIFY_OK(m_car->startGateway());
        QVERIFY_OK(WholeCar::waitForMerchants(*m_assistant));
        QTRY_VERIFY_WITH_TIMEOUT(!statusHolds("NO ANSWER"), 60000);
        QVERIFY(!statusHolds("none known"));
        QVERIFY_OK(m_car->waitForScreen("idle")); // the refusal has left by itself
        QVERIFY_OK(m_car->unlock());
        const auto proposed = m_assistant->callTool("propose_purchase", garageExit("exit-1"));
        QVERIFY_OK(proposed);
        const std::string id = (*proposed)["purchase_id"].get<std::string>();
        QVERIFY_OK(m_car->approve(id));
        QVERIFY_OK(m_car->waitForState(id, "captured"));
    }

private Q_SLOTS:
    void cleanup()
    {
        m_assistant.reset();
        m_car.reset();
    }

    void aGatewayThatIsNotThere()
    {
        startWith([](Json &) {});
        if (QTest::currentTestFailed()) {
            return;
        }
        m_car->setNetwork(Forwarder::Mode::closed);
        compareTrouble("Connection refused", "gateway.url of the configuration");
        m_car->setNetwork(Forwarder::Mode::open);
        comparePaid();
    }

    void aGatewayWithACertificateOfAnotherAuthority()
    {
        Json own;
        startWith([this, &own](Json &config) {
            own = config["tls"];
            config["tls"] = {{"certificate", m_car->path("tls-other/server.pem").toStdString()},
                             {"key", m_car->path("tls-other/server.key").toStdString()}};
        });
        QCOMPARE(QProcess::execute(QStringLiteral(GLOVEBOX_SOURCE_DIR "/scripts/make-test-ca"),
                                   {m_car->path("tls-other")}),
                 0);
        QVERIFY_OK(m_car->startGateway());
        compareTrouble("certificate", "Compare gateway.ca_file of the configuration");
        m_car->stopGateway();
        QVERIFY_OK(m_car->changeGateway([&own](Json &config) { config["tls"] = own; }));
        comparePaid();
    }

    void aGatewayThatDoesNotKnowTheCar()
    {
        Json own;
        startWith([&own](Json &config) {
            own = config["wallets"];
            config["wallets"][0]["keys"] = Json::array();
        });
        QVERIFY_OK(m_car->startGateway());
        compareTrouble("status 401", "glovebox key show --jwk");
        m_car->stopGateway();
        QVERIFY_OK(m_car->changeGateway([&own](Json &config) { config["wallets"] = own; }));
        comparePaid();
    }
};

GLOVEBOX_TEST_MAIN(NoContactTest)
#include "no_contact_test.moc"
