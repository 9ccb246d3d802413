// SPDX-License-Identifier: Apache-2.0
// The shipped programs with a journal that is not the one the gateway knows, the way back, and a proof of an
// approval that another program checks.
#include "platform/simulator/bench/settings.h"
#include "platform/simulator/bench/wait.h"
#include "tests/agents/json_compare.h"
#include "tests/e2e/path/whole_car.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace glovebox;
using namespace glovebox::testing;

class WitnessTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<WholeCar> m_car;
    std::unique_ptr<simulator::McpClient> m_assistant;

    Maybe<std::string> propose(const char *request)
    {
        const auto proposed = m_assistant->callTool("propose_purchase", garageExit(request));
        return proposed ? Maybe<std::string>((*proposed)["purchase_id"].get<std::string>())
                        : std::unexpected(proposed.error());
    }
    Maybe<std::string> pay(const char *request)
    {
        if (auto open = m_car->unlock(); !open) {
            return std::unexpected(open.error());
        }
        auto id = propose(request);
        const auto decided = id ? m_car->approve(*id) : id;
        if (!decided) {
            return decided;
        }
        if (auto paid = m_car->waitForState(*id, "captured"); !paid) {
            return std::unexpected(paid.error());
        }
        return id;
    }
    void connectAssistant()
    {
        auto assistant = m_car->assistant();
        QVERIFY_OK(assistant);
        m_assistant = std::move(*assistant);
        QVERIFY_OK(WholeCar::waitForMerchants(*m_assistant));
    }
    /// Exit code of a program that ends, with what it said.
    static int run(const QString &program, const QStringList &arguments, QByteArray *said = nullptr)
    {
        QProcess process;
        process.start(program, arguments);
        if (!process.waitForFinished(60000)) {
            return -1;
        }
        const QByteArray all = process.readAllStandardOutput() + process.readAllStandardError();
        if (said != nullptr) {
            *said = all;
        }
        return process.exitCode();
    }
    [[nodiscard]] int journal(const QStringList &arguments, QByteArray *said = nullptr) const
    {
        return run(m_car->program("glovebox"), QStringList{QStringLiteral("journal")} + arguments, said);
    }
    [[nodiscard]] QStringList config() const
    {
        return {QStringLiteral("--config"), m_car->path("gloveboxd.json")};
    }
    /// The witness has signed for a log that holds the approval.
    static bool isCovered(const Json &status, const Json &record)
    {
        const QByteArray claims =
            QByteArray::fromStdString(record["approval"].get<std::string>()).split('.').value(1);
        const Json said =
            Json::parse(QByteArray::fromBase64(claims, QByteArray::Base64UrlEncoding).toStdString());
        return status["journal"]["cosigned"].get<std::uint64_t>() > said["sequence"].get<std::uint64_t>();
    }
    [[nodiscard]] bool serviceNeeded(const char *reason) const
    {
        const auto status = m_car->books().status();
        return status && status->contains("service_needed") &&
               (*status)["service_needed"].value("reason", "") == reason;
    }

private Q_SLOTS:
    void init()
    {
        auto car = WholeCar::start();
        QVERIFY_OK(car);
        m_car = std::move(*car);
        connectAssistant();
    }
    void cleanup()
    {
        m_assistant.reset();
        m_car.reset();
    }

    void anOldJournalStopsTheCarUntilItIsEnrolledAnew()
    {
        QVERIFY_OK(pay("exit-1"));
        m_car->stopDaemon();
        const QString journalFile = m_car->path("state/journal.sqlite");
        QVERIFY(QFile::copy(journalFile, m_car->path("old.sqlite")));
        QVERIFY_OK(m_car->startDaemon());
        connectAssistant();
        QVERIFY_OK(pay("exit-2"));
        m_car->stopDaemon();
        QVERIFY(QFile::remove(journalFile) && QFile::rename(m_car->path("old.sqlite"), journalFile));
        QVERIFY(QFile::setPermissions(journalFile, QFile::ReadOwner | QFile::WriteOwner));

        // At the first contact, before anybody wants to pay.
        QVERIFY_OK(m_car->startDaemon());
        const auto found = [this] {
            return serviceNeeded("journal_cut_off") || serviceNeeded("journal_forked");
        };
        QTRY_VERIFY_WITH_TIMEOUT(found(), 60000);
        const auto told = m_car->glovebox({QStringLiteral("status")});
        QVERIFY_OK(told);
        QVERIFY(told->contains("Service needed"));
        QVERIFY(told->contains("docs/keys.md"));
        for (int restarts = 0; restarts < 2; ++restarts) {
            connectAssistant();
            const auto id = propose(restarts == 0 ? "exit-3" : "exit-4");
            QVERIFY_OK(id);
            QCOMPARE(m_car->stateOf(*id).value_or("no answer"), std::string("refused"));
            m_car->killDaemon();
            QVERIFY_OK(m_car->startDaemon());
            QVERIFY(found()); // it needs no contact for that any more
        }

        // The way back: docs/keys.md.
        QVERIFY_OK(m_car->enrolAnew());
        connectAssistant();
        QVERIFY_OK(pay("exit-5"));
        QVERIFY(!found());
        m_car->stopDaemon();
        QByteArray said;
        QVERIFY2(journal(QStringList{QStringLiteral("verify")} + config(), &said) == 0, said.constData());
        // The old one is evidence, and says itself what was found.
        const QStringList old{QStringLiteral("verify"), QStringLiteral("--file"), journalFile,
                              QStringLiteral("--sealing-key"), m_car->path("keys/sealing.key")};
        QVERIFY2(journal(old, &said) == 1, said.constData());
        QVERIFY(said.contains("[rollback]"));
        m_car->stopGateway();
        const auto report = m_car->gatewayReport();
        QVERIFY_OK(report);
        COMPARE_JSON((*report)["charges"], 3);
    }

    void aProofIsCheckedWithoutTheJournal()
    {
        const auto id = pay("exit-1");
        QVERIFY_OK(id);
        const auto jwk =
            m_car->glovebox({QStringLiteral("key"), QStringLiteral("show"), QStringLiteral("--jwk")});
        QVERIFY_OK(jwk);
        QFile keyFile(m_car->path("car.jwk"));
        QVERIFY(keyFile.open(QIODevice::WriteOnly) && keyFile.write(*jwk) > 0);
        keyFile.close();
        const auto record = m_car->books().purchase(*id);
        QVERIFY_OK(record);
        const QString approval = QString::fromStdString((*record)["approval_id"].get<std::string>());
        const auto covered = [&] {
            const auto status = m_car->books().status();
            return status && (*status)["journal"].contains("cosigned") && isCovered(*status, *record);
        };
        QTRY_VERIFY_WITH_TIMEOUT(covered(), 60000);
        m_car->stopDaemon();
        QByteArray said;
        QVERIFY2(
            run(m_car->program("glovebox-gateway"),
                {QStringLiteral("--config"), m_car->path("gateway.json"), QStringLiteral("--witness-key")},
                &said) == 0,
            said.constData());
        const QString witness = QString::fromUtf8(said.trimmed());

        const QString file = m_car->path("proof.json");
        const QStringList out{QStringLiteral("--out"), file};
        QVERIFY2(journal(QStringList{QStringLiteral("prove"), QString::fromStdString(*id)} + config() + out,
                         &said) == 0,
                 said.constData());
        QCOMPARE(journal(QStringList{QStringLiteral("prove"), approval} + config() + out), 73); // it is there
        QVERIFY(QFile::remove(file));
        QCOMPARE(journal(QStringList{QStringLiteral("prove"), approval} + config() + out), 0);
        QCOMPARE(journal(QStringList{QStringLiteral("prove"), QStringLiteral("nobody")} + config() + out),
                 66);

        const QStringList keys{QStringLiteral("--public-key"), m_car->path("car.jwk"),
                               QStringLiteral("--witness"), witness};
        const QStringList check{QStringLiteral("check-proof"), file};
        QVERIFY2(journal(check + keys, &said) == 0, said.constData());
        QVERIFY(said.contains("Cosigned"));
        QCOMPARE(journal(check), 64);
        QCOMPARE(journal(QStringList{QStringLiteral("check-proof"), m_car->path("none.json")} + keys), 66);
        QCOMPARE(journal(QStringList{QStringLiteral("check-proof"), m_car->path("car.jwk")} + keys), 65);
        const QStringList python{QStringLiteral(GLOVEBOX_SOURCE_DIR "/tests/crash/check_proof.py"), file,
                                 m_car->path("car.jwk"), witness};
        QVERIFY2(run(QStringLiteral("python3"), python, &said) == 0, said.constData());

        // One character of it, in each of its parts.
        QFile proofFile(file);
        QVERIFY(proofFile.open(QIODevice::ReadOnly));
        const Json whole = Json::parse(proofFile.readAll().toStdString());
        proofFile.close();
        for (const char *pointer : {"/leaf/commitment", "/leaf/pseudonym", "/hashes/0", "/opening/salt",
                                    "/opening/payload/approval_id", "/checkpoint"}) {
            Json bent = whole;
            auto &text = bent[Json::json_pointer(pointer)].get_ref<std::string &>();
            const std::size_t at = text.size() / 2;
            text[at] = text[at] == 'a' ? 'b' : 'a';
            QVERIFY(proofFile.open(QIODevice::WriteOnly) && proofFile.write(bent.dump().c_str()) > 0);
            proofFile.close();
            const int code = journal(check + keys, &said);
            QVERIFY2(code == 1 || code == 65, (QByteArray(pointer) + ": " + said).constData());
            QVERIFY2(run(QStringLiteral("python3"), python) != 0, pointer);
        }
    }
};

GLOVEBOX_TEST_MAIN(WitnessTest)
#include "witness_test.moc"
