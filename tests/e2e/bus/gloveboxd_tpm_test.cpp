// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "crypto/tpm_file.h"
#include "ipc/names.h"
#include "tests/support/fatal_log.h"
#include "tests/support/private_bus.h"
#include "tests/support/software_tpm.h"
#include "tests/unit/daemon_edges/example_config.h"
#include "tests/unit/journal/bench.h"
#include "tests/unit/wire/sample.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

using namespace glovebox;

namespace
{

constexpr int kWait_ms = 30'000;
const std::vector<unsigned> kPcrs{7, 11};

struct Found
{
    int locked = 0; // in pages that stay in memory and out of core files
    int elsewhere = 0;
};

/// Every copy of `bytes` in the memory of a process.
Found findIn(qint64 pid, base::ByteView bytes)
{
    Found found;
    QFile maps(QStringLiteral("/proc/%1/smaps").arg(pid));
    QFile memory(QStringLiteral("/proc/%1/mem").arg(pid));
    if (!maps.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        qFatal("the memory of the process cannot be read");
    }
    const QByteArray wanted(reinterpret_cast<const char *>(bytes.data()),
                            static_cast<qsizetype>(bytes.size()));
    static const QRegularExpression range(QStringLiteral("^([0-9a-f]+)-([0-9a-f]+) r"));
    qint64 start = 0;
    qint64 end = 0;
    for (const QByteArray &line : maps.readAll().split('\n')) {
        if (const auto match = range.match(QString::fromLatin1(line)); match.hasMatch()) {
            start = static_cast<qint64>(match.captured(1).toULongLong(nullptr, 16));
            end = static_cast<qint64>(match.captured(2).toULongLong(nullptr, 16));
        } else if (line.startsWith("VmFlags:") && start > 0 && end > start) {
            const bool locked = line.contains(" lo") && line.contains(" dd");
            const QByteArray content = memory.seek(start) ? memory.read(end - start) : QByteArray();
            for (qsizetype at = content.indexOf(wanted); at >= 0; at = content.indexOf(wanted, at + 1)) {
                ++(locked ? found.locked : found.elsewhere);
            }
            start = 0;
        }
    }
    return found;
}

} // namespace

/// gloveboxd over a TPM: its sealing key opens in the states that were signed, and the chip's counter tells
/// an old journal from the present one.
class GloveboxdTpmTest : public QObject
{
    Q_OBJECT
    testing::PrivateBus m_bus;
    std::unique_ptr<testing::SoftwareTpm> m_chip;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<crypto::SigningKey> m_authority;

    [[nodiscard]] QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    [[nodiscard]] std::shared_ptr<crypto::Tpm> chip() const
    {
        return crypto::Tpm::open(m_chip->tcti()).value();
    }
    [[nodiscard]] std::vector<crypto::SignedPolicy> policies() const
    {
        return {crypto::signPolicy(*m_authority, kPcrs, chip()->readPcrs(kPcrs).value()).value()};
    }
    void writeJson(const char *name, const base::Json &json) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray::fromStdString(json.dump()));
    }
    void start(QProcess &process, const QString &option) const
    {
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(QStringLiteral(GLOVEBOX_BIN_DIR "/gloveboxd"),
                      {QStringLiteral("--config"), path("gloveboxd.json"), option});
    }
    /// Ends by itself: the exit code, and what it said.
    [[nodiscard]] std::pair<int, QString> run(const QString &option) const
    {
        QProcess process;
        start(process, option);
        if (!process.waitForFinished(kWait_ms)) {
            process.kill();
            process.waitForFinished(kWait_ms);
            return {-1, QStringLiteral("it did not end")};
        }
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardError())};
    }
    /// Serves, while `meanwhile` asks it, and ends in order; what `glovebox status` says.
    QString serve(const std::function<void(qint64 pid)> &meanwhile = {})
    {
        QProcess daemon;
        start(daemon, QStringLiteral("--insecure-desk"));
        const auto *const bus = QDBusConnection(QStringLiteral("tpm observer")).interface();
        if (!QTest::qWaitFor(
                [&] {
                    return bus->isServiceRegistered(ipc::kBusName) || daemon.state() == QProcess::NotRunning;
                },
                kWait_ms) ||
            daemon.state() == QProcess::NotRunning) {
            return QString::fromUtf8(daemon.readAllStandardError());
        }
        QProcess status;
        status.start(QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox"),
                     {QStringLiteral("--bus"), m_bus.address(), QStringLiteral("status")});
        status.waitForFinished(kWait_ms);
        if (meanwhile) {
            meanwhile(daemon.processId());
        }
        daemon.terminate();
        daemon.waitForFinished(kWait_ms);
        return QString::fromUtf8(status.readAllStandardOutput());
    }

    [[nodiscard]] static std::pair<int, QString> glovebox(const QStringList &arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox"), arguments);
        process.waitForFinished(kWait_ms);
        return {process.exitCode(), QString::fromUtf8(process.readAll())};
    }
    [[nodiscard]] std::pair<int, QString> journal(const QStringList &arguments) const
    {
        return glovebox(QStringList{QStringLiteral("journal")} + arguments +
                        QStringList{QStringLiteral("--config"), path("gloveboxd.json")});
    }
    [[nodiscard]] crypto::SigningKey signingKey() const
    {
        return crypto::SigningKey::open("file:" + path("keys/signing.pem").toStdString(), m_chip->tcti())
            .value();
    }
    /// An approved purchase, in the journal of the stopped daemon, under the keys of its chip.
    void approveOne() const
    {
        const testing::Sample sample;
        const auto signer = signingKey();
        const auto key = crypto::readSealedFile(*chip(), path("keys/sealing.tpm").toStdString(),
                                                m_authority->publicKey(), policies());
        const auto log = journal::Journal::open({path("state/journal.sqlite").toStdString(),
                                                 signer.publicKey().thumbprint(), testing::moment(0)},
                                                key.value())
                             .value();
        payment::Approval approval = sample.approval("a1");
        payment::PurchaseEvent event =
            testing::proposed(approval.purchase.text(), "r1", "mia", payment::Event::hold);
        auto purchase = log->append(testing::batchOf(std::nullopt, event, event.driver)).value().purchase;
        event = testing::next(approval.purchase.text(), payment::Event::present, 2);
        purchase = log->append(testing::batchOf(purchase, event, purchase->driver)).value().purchase;
        event = testing::next(approval.purchase.text(), payment::Event::approve, 3);
        approval.sequence = log->identity().size;
        event.approvalId = approval.id;
        event.approvalJws =
            wire::signPayload(signer, wire::kApprovalType, payment::toClaims(approval, crypto::hashJson))
                .value();
        journal::Batch batch = testing::batchOf(purchase, event, purchase->driver);
        batch.entries.front().kind = journal::EntryKind::approval;
        QVERIFY(log->append(batch));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_bus.start(), qPrintable(m_bus.errorString()));
        QDBusConnection::connectToBus(m_bus.address(), QStringLiteral("tpm observer"));
    }
    void cleanupTestCase() { QDBusConnection::disconnectFromBus(QStringLiteral("tpm observer")); }

    void init()
    {
        m_chip = std::make_unique<testing::SoftwareTpm>();
        QVERIFY2(m_chip->start(), qPrintable(m_chip->errorString()));
        m_folder = std::make_unique<QTemporaryDir>();
        auto authority = crypto::SigningKey::createDevelopmentKey(path("authority.pem").toStdString());
        QVERIFY(authority);
        m_authority = std::make_unique<crypto::SigningKey>(std::move(*authority));
        writeJson("policy.json", crypto::toJson(policies()));
        const std::string base = m_folder->path().toStdString();
        base::Json config = testing::exampleConfig();
        config["state_dir"] = base + "/state";
        config["driver_socket"] = base + "/driver/driver.sock";
        config["bus"] = m_bus.address().toStdString();
        config["uids"] = {{"cockpit", geteuid()}, {"agents", {geteuid()}}, {"admins", {geteuid()}}};
        config["signing_key"] = "file:" + base + "/keys/signing.pem";
        config["sealing_key"] = base + "/keys/sealing.tpm";
        config["tpm"] = {{"tcti", m_chip->tcti()},
                         {"counter", "0x01800476"},
                         {"policy_authority", m_authority->publicKey().jwk()},
                         {"policy_file", base + "/policy.json"}};
        config["gateway"]["ca_file"] = base + "/ca.pem";
        config["gateway"]["url"] = "https://127.0.0.1:1";
        config["viss"]["url"] = "ws://127.0.0.1:1";
        QCOMPARE(mkdir((base + "/driver").c_str(), 0700), 0);
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"),
                      QStringLiteral("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -batch "
                                     "-subj /CN=test -keyout %1 -out %2")
                          .arg(path("ca.key"), path("ca.pem"))
                          .split(QLatin1Char(' ')));
        QVERIFY(openssl.waitForFinished(kWait_ms) && openssl.exitCode() == 0);
        writeJson("gloveboxd.json", config);
        const auto [code, said] = run(QStringLiteral("--init"));
        QVERIFY2(code == 0, qPrintable(said));
    }
    void cleanup() { m_chip.reset(); }

    void itStartsAgainAndAgain()
    {
        for (int i = 0; i < 3; ++i) {
            const QString status = serve();
            QVERIFY2(status.contains(QLatin1String("Journal")), qPrintable(status));
            QVERIFY2(!status.contains(QLatin1String("Service needed")), qPrintable(status));
        }
        QCOMPARE(run(QStringLiteral("--init")).first, 73);
    }

    void anEarlierCopyOfTheJournalIsFoundOffline()
    {
        QVERIFY(QFile::copy(path("state/journal.sqlite"), path("earlier")));
        QVERIFY(!serve().contains(QLatin1String("Service needed")));
        QVERIFY(QFile::remove(path("state/journal.sqlite")));
        QFile::remove(path("state/journal.sqlite-wal"));
        QVERIFY(QFile::copy(path("earlier"), path("state/journal.sqlite")));
        for (int i = 0; i < 2; ++i) { // two entries came with --init
            const QString status = serve();
            QVERIFY2(status.contains(QLatin1String("missing from sequence 2 on")), qPrintable(status));
        }
    }

    void theCommandLineOpensItsJournal()
    {
        approveOne();
        QVERIFY(serve().contains(QLatin1String("Journal"))); // its end is signed for
        const auto [code, said] = journal({QStringLiteral("verify"), QStringLiteral("--json")});
        QVERIFY2(code == 0, qPrintable(said));
        const auto result = base::parseJson(said.toStdString()).value();
        QCOMPARE(result.at("unsealed").get<int>(), result.at("entries").get<int>());
        QCOMPARE(result.at("signatures").get<int>(), 1);
        QCOMPARE(journal({QStringLiteral("prove"), QStringLiteral("px"), QStringLiteral("--out"), path("x")})
                     .first,
                 66);
        const auto [proved, proof] = journal(
            {QStringLiteral("prove"), QStringLiteral("p-a1"), QStringLiteral("--out"), path("proof")});
        QVERIFY2(proved == 0, qPrintable(proof));
        QFile jwk(path("car.jwk"));
        QVERIFY(jwk.open(QIODevice::WriteOnly));
        jwk.write(QByteArray::fromStdString(signingKey().publicKey().jwk().dump()));
        jwk.close();
        const auto [holds, how] = glovebox({QStringLiteral("journal"), QStringLiteral("check-proof"),
                                            path("proof"), QStringLiteral("--public-key"), path("car.jwk")});
        QVERIFY2(holds == 0, qPrintable(how));
        QVERIFY(how.contains(QLatin1String("The proof holds.")));
        // Another state of the machine, for which nobody has signed, and no chip at all.
        QVERIFY(m_chip->tool(QStringLiteral("tpm2_pcrextend"),
                             {QStringLiteral("11:sha256=") + QString(64, QLatin1Char('b'))}));
        QCOMPARE(journal({QStringLiteral("verify")}).first, 77);
        m_chip->die();
        QCOMPARE(journal({QStringLiteral("export")}).first, 69);
    }

    void anUpdateNeedsItsPolicy()
    {
        QVERIFY2(m_chip->tool(QStringLiteral("tpm2_pcrextend"),
                              {QStringLiteral("11:sha256=") + QString(64, QLatin1Char('b'))}),
                 qPrintable(m_chip->errorString()));
        const auto [code, said] = run(QStringLiteral("--insecure-desk"));
        QCOMPARE(code, 77);
        QVERIFY2(said.contains(QLatin1String("signed policies")), qPrintable(said));
        writeJson("policy.json", crypto::toJson(policies()));
        QVERIFY(serve().contains(QLatin1String("Journal")));
    }

    void withoutTheChipItSaysSo()
    {
        m_chip->die();
        const auto [code, said] = run(QStringLiteral("--insecure-desk"));
        QCOMPARE(code, 69);
        QVERIFY2(said.contains(QLatin1String("TPM")), qPrintable(said));
    }

    void keysAreInLockedMemoryOnly()
    {
        if (geteuid() != 0) {
            QSKIP("only root reads the memory of a process that is not dumpable");
        }
        const auto key = crypto::readSealedFile(*chip(), path("keys/sealing.tpm").toStdString(),
                                                m_authority->publicKey(), policies());
        QVERIFY(key);
        Found found;
        QByteArray limits;
        (void)serve([&](qint64 pid) {
            found = findIn(pid, key->view());
            QFile file(QStringLiteral("/proc/%1/limits").arg(pid));
            limits = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        });
        QVERIFY(found.locked > 0); // the search finds what is there
        QCOMPARE(found.elsewhere, 0);
        static const QRegularExpression noCore(QStringLiteral("Max core file size +0 +0 "));
        QVERIFY(QString::fromUtf8(limits).contains(noCore));
    }
};

GLOVEBOX_TEST_MAIN(GloveboxdTpmTest)
#include "gloveboxd_tpm_test.moc"
