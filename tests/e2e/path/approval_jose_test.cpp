// SPDX-License-Identifier: Apache-2.0
// What the driver approved verifies in a library that shares no code with ours, under the key that `glovebox`
// prints, and does not when one character is another.
#include "platform/simulator/bench/settings.h"
#include "tests/agents/json_compare.h"
#include "tests/e2e/path/sdk_client.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QTest>

using namespace glovebox;
using namespace glovebox::testing;

class ApprovalJoseTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<WholeCar> m_car;
    std::string m_purchase;
    Json m_record;

    /// What verify_approval.mjs prints; an error where it ends with 1.
    Maybe<Json> verify(const QByteArray &jws, const QString &jwkFile, const char *typ) const
    {
        simulator::ChildProcess process(
            {QStringLiteral("node"),
             {QStringLiteral(GLOVEBOX_SOURCE_DIR "/tests/agents/verify_approval.mjs"), jwkFile,
              QStringLiteral("-"), QLatin1String(typ)},
             m_car->path("verify.log")});
        const auto code = process.run(jws, std::chrono::minutes(1));
        if (!code || *code != 0) {
            return std::unexpected(code ? process.logTail() : "no exit code: " + code.error());
        }
        const auto payload =
            base::parseJson(process.process().readAllStandardOutput().trimmed().toStdString());
        return payload ? Maybe<Json>(*payload) : std::unexpected("the payload is not JSON");
    }
    [[nodiscard]] QString jwkFile() const { return m_car->path("signing.jwk"); }
    [[nodiscard]] QByteArray approval() const
    {
        return QByteArray::fromStdString(m_record["approval"].get<std::string>());
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
        auto car = WholeCar::start();
        QVERIFY_OK(car);
        m_car = std::move(*car);
        QVERIFY_OK(m_car->unlock());
        SdkClient assistant(*m_car);
        QVERIFY_OK(assistant.open());
        const auto merchantsKnown = [&] {
            const auto answer = assistant.call("find_merchants", {{"kind", "parking"}});
            return answer && !answer->value("merchants", Json::array()).empty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(merchantsKnown(), 60000);
        const auto proposed = assistant.call("propose_purchase", garageExit("exit-1"));
        QVERIFY_OK(proposed);
        m_purchase = (*proposed)["purchase_id"].get<std::string>();
        QVERIFY_OK(m_car->approve(m_purchase));
        QVERIFY_OK(m_car->waitForState(m_purchase, "captured"));

        const auto shown = m_car->glovebox(
            {QStringLiteral("show"), QString::fromStdString(m_purchase), QStringLiteral("--json")});
        QVERIFY_OK(shown);
        const auto record = base::parseJson(shown->trimmed().toStdString());
        QVERIFY(record && record->is_object());
        m_record = *record;
        const auto jwk =
            m_car->glovebox({QStringLiteral("key"), QStringLiteral("show"), QStringLiteral("--jwk")});
        QVERIFY_OK(jwk);
        QFile file(jwkFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(*jwk), jwk->size());
    }
    void cleanupTestCase() { m_car.reset(); }

    void theApprovalVerifies()
    {
        const auto payload = verify(approval(), jwkFile(), "glovebox-approval+jws");
        QVERIFY_OK(payload);
        COMPARE_JSON((*payload)["purchase_id"], m_purchase);
        COMPARE_JSON((*payload)["amount"],
                     Json({{"type", "exact"}, {"cap_minor", 1250}, {"currency", "EUR"}}));
        COMPARE_JSON((*payload)["consent"]["method"], "touch");
        COMPARE_JSON((*payload)["proposal"], garageExit("exit-1"));
        // What was signed are texts, and the record of the car says the same ones.
        QVERIFY(!(*payload)["shown"]["items"].empty());
        COMPARE_JSON((*payload)["shown"], m_record["shown"]);
    }

    void oneOtherCharacterDoesNotVerify_data()
    {
        QTest::addColumn<int>("part");
        QTest::newRow("header") << 0;
        QTest::newRow("payload") << 1;
        QTest::newRow("signature") << 2;
    }
    void oneOtherCharacterDoesNotVerify()
    {
        QFETCH(int, part);
        QList<QByteArray> parts = approval().split('.');
        QCOMPARE(parts.size(), 3);
        // Every bit of a character in the middle is used.
        char &character = parts[part].data()[parts[part].size() / 2];
        character = character == 'A' ? 'B' : 'A';
        const QByteArray twisted = parts.join('.');
        QVERIFY(twisted != approval());
        QVERIFY(!verify(twisted, jwkFile(), "glovebox-approval+jws"));
    }

    void theReceiptVerifiesUnderTheGatewaysKey()
    {
        const QByteArray receipt =
            QByteArray::fromStdString(m_record["settlement"]["capture_receipt"].get<std::string>());
        const auto config = m_car->path("gloveboxd.json");
        QFile file(config);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto pinned = base::parseJson(file.readAll().toStdString());
        QVERIFY(pinned.has_value());
        QFile gatewayKey(m_car->path("gateway.jwk"));
        QVERIFY(gatewayKey.open(QIODevice::WriteOnly));
        gatewayKey.write(QByteArray::fromStdString((*pinned)["gateway"]["keys"][0].dump()));
        gatewayKey.close();
        const auto payload = verify(receipt, gatewayKey.fileName(), "glovebox-receipt+jws");
        QVERIFY_OK(payload);
        COMPARE_JSON((*payload)["outcome"], "captured");
        QVERIFY(!verify(receipt, jwkFile(), "glovebox-receipt+jws"));
    }
};

GLOVEBOX_TEST_MAIN(ApprovalJoseTest)
#include "approval_jose_test.moc"
