// SPDX-License-Identifier: Apache-2.0
// The books of a car that paid, of its gateway and of a processor, compared by the shipped programs.
#include "platform/simulator/bench/settings.h"
#include "tests/agents/json_compare.h"
#include "tests/e2e/path/whole_car.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace glovebox;
using namespace glovebox::testing;

class ReconcileProgramTest final : public QObject
{
    Q_OBJECT
private:
    struct Said
    {
        int code = -1;
        QByteArray out;
        QByteArray error;
        [[nodiscard]] Json json() const { return base::parseJson(out.toStdString()).value_or(Json()); }
    };
    std::unique_ptr<WholeCar> m_car;
    Json m_car_book;
    Json m_statement;

    static Said run(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.start(program, arguments);
        if (!process.waitForFinished(60000)) {
            return {};
        }
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    [[nodiscard]] Said gateway(const QStringList &arguments) const
    {
        return run(m_car->program("glovebox-gateway"),
                   QStringList{QStringLiteral("--config"), m_car->path("gateway.json"),
                               QStringLiteral("reconcile")} +
                       arguments);
    }
    [[nodiscard]] Said compare(const Json &book, const Json &statement) const
    {
        for (const auto &[name, json] :
             {std::pair("car.json", &book), std::pair("statement.json", &statement)}) {
            QFile file(m_car->path(name));
            const QByteArray text = QByteArray::fromStdString(json->dump());
            if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size()) {
                return {};
            }
        }
        return gateway({QStringLiteral("--car"),
                        QLatin1String(simulator::kWalletId) + QLatin1Char('=') + m_car->path("car.json"),
                        QStringLiteral("--processor"), m_car->path("statement.json")});
    }
    Done pay()
    {
        auto assistant = m_car->assistant();
        if (!assistant) {
            return std::unexpected(assistant.error());
        }
        if (auto known = WholeCar::waitForMerchants(**assistant); !known) {
            return known;
        }
        const auto proposed = (*assistant)->callTool("propose_purchase", garageExit("exit-1"));
        if (!proposed) {
            return std::unexpected(proposed.error());
        }
        const std::string id = (*proposed)["purchase_id"].get<std::string>();
        if (auto decided = m_car->approve(id); !decided) {
            return std::unexpected(decided.error());
        }
        return m_car->waitForState(id, "captured");
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto car = WholeCar::start();
        QVERIFY_OK(car);
        m_car = std::move(*car);
        QVERIFY_OK(m_car->unlock());
        QVERIFY_OK(pay());
        const QStringList settlements{QStringLiteral("journal"), QStringLiteral("settlements"),
                                      QStringLiteral("--config"), m_car->path("gloveboxd.json")};
        QCOMPARE(run(m_car->program("glovebox"), settlements).code, 75); // the daemon runs
        m_car->stopDaemon();
        m_car->stopGateway();
        const Said book = run(m_car->program("glovebox"), settlements);
        QVERIFY2(book.code == 0, book.error.constData());
        m_car_book = book.json();
        const Json &line = m_car_book["approvals"][0];
        m_statement = {{"payments", Json::array({{{"wallet_id", line["wallet_id"]},
                                                  {"approval_id", line["approval_id"]},
                                                  {"state", "succeeded"},
                                                  {"currency", "EUR"},
                                                  {"captured_minor", 1250},
                                                  {"held_minor", 0}}})}};
    }
    void cleanupTestCase() { m_car.reset(); }

    void aCarsBookSaysWhatWasPaidAndNothingElse()
    {
        COMPARE_JSON(m_car_book["approvals"].size(), 1);
        Json line = m_car_book["approvals"][0];
        line.erase("approval_id");
        COMPARE_JSON(line, Json({{"wallet_id", simulator::kWalletId},
                                 {"state", "captured"},
                                 {"currency", "EUR"},
                                 {"cap_minor", 1250},
                                 {"authorised_minor", 1250},
                                 {"captured_minor", 1250}}));
    }

    void theThreeAgree()
    {
        const Said said = compare(m_car_book, m_statement);
        QVERIFY2(said.code == 0, (said.out + said.error).constData());
        COMPARE_JSON(said.json()["agree"], 1);
        COMPARE_JSON(said.json()["sums"]["EUR"],
                     Json({{"ledger_minor", 1250}, {"car_minor", 1250}, {"processor_minor", 1250}}));
    }

    void aMessIsNamed()
    {
        Json book = m_car_book;
        book["approvals"][0]["captured_minor"] = 1249;
        Json statement = m_statement;
        statement["payments"].push_back(statement["payments"][0]);
        const Said said = compare(book, statement);
        QCOMPARE(said.code, 1);
        const Json findings = said.json()["findings"];
        COMPARE_JSON(findings.size(), 2);
        COMPARE_JSON(findings[0]["code"], "wrong_amount_in_car");
        COMPARE_JSON(findings[1]["code"], "twice_at_processor");
        book["approvals"] = Json::array();
        COMPARE_JSON(compare(book, m_statement).json()["findings"][0]["code"], "missing_in_car");
    }

    void wrongUseHasItsCodes()
    {
        QCOMPARE(gateway({}).code, 64);
        QCOMPARE(gateway({QStringLiteral("--car"), m_car->path("car.json")}).code, 64); // whose?
        QCOMPARE(gateway({QStringLiteral("--processor"), m_car->path("none.json")}).code, 66);
        QCOMPARE(gateway({QStringLiteral("--processor"), m_car->path("gateway.json")}).code, 65);
        Json foreign = m_car_book;
        foreign["approvals"][0]["wallet_id"] = "w-other";
        QCOMPARE(compare(foreign, m_statement).code, 65);
    }
};

GLOVEBOX_TEST_MAIN(ReconcileProgramTest)
#include "reconcile_test.moc"
