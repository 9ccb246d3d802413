// SPDX-License-Identifier: Apache-2.0
#include "crypto/seal.h"
#include "daemon/hardware.h"
#include "daemon/initialise.h"
#include "journal/counted.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fatal_log.h"
#include "tests/support/software_tpm.h"
#include "tests/unit/daemon_edges/example_config.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace glovebox;
using crypto::TpmFault;

namespace
{

constexpr std::uint32_t kHandle = 0x81000010;
constexpr std::uint32_t kIndex = 0x01800476;

} // namespace

/// --init and --enrol-pin where a TPM keeps what a desk keeps in files.
class InitialiseTpmTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<testing::SoftwareTpm> m_chip;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<crypto::SigningKey> m_authority;
    std::optional<daemon::Config> m_config;

    [[nodiscard]] std::shared_ptr<crypto::Tpm> chip() const
    {
        return crypto::Tpm::open(m_chip->tcti()).value();
    }
    void writePolicy() const
    {
        const std::vector<unsigned> pcrs{7};
        const std::vector policies{
            crypto::signPolicy(*m_authority, pcrs, chip()->readPcrs(pcrs).value()).value()};
        QFile file(QString::fromStdString(m_config->tpm->policyFile));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(crypto::toJson(policies).dump()));
    }

private Q_SLOTS:
    void init()
    {
        m_chip = std::make_unique<testing::SoftwareTpm>();
        QVERIFY2(m_chip->start(), qPrintable(m_chip->errorString()));
        m_folder = std::make_unique<QTemporaryDir>();
        const std::string base = m_folder->path().toStdString();
        auto authority = crypto::SigningKey::createDevelopmentKey(base + "/authority.pem");
        QVERIFY(authority);
        m_authority = std::make_unique<crypto::SigningKey>(std::move(*authority));
        base::Json json = testing::exampleConfig();
        json["state_dir"] = base + "/state";
        json["signing_key"] = "handle:0x81000010";
        json["sealing_key"] = base + "/keys/sealing.tpm";
        json["tpm"] = {{"tcti", m_chip->tcti()},
                       {"counter", "0x01800476"},
                       {"policy_authority", m_authority->publicKey().jwk()},
                       {"policy_file", base + "/policy.json"}};
        auto config = daemon::parseConfig(json.dump());
        QVERIFY(config);
        m_config = std::move(*config);
    }
    void cleanup() { m_chip.reset(); }

    void keysLiveInTheChip()
    {
        const testing::FakeClock clock;
        const auto failure = daemon::initialise(*m_config, clock);
        QVERIFY2(!failure, failure ? failure->sentence.c_str() : "");
        writePolicy();
        const auto key = crypto::SigningKey::open(m_config->signingKey, m_config->tcti());
        QVERIFY2(key, key ? "" : key.error().detail.c_str());
        QCOMPARE(key->protection(), std::string_view("hardware"));
        const auto hardware = daemon::Hardware::open(*m_config->tpm);
        QVERIFY(hardware);
        const auto sealing = hardware->unsealKey(m_config->sealingKey);
        QVERIFY2(sealing, sealing ? "" : sealing.error().sentence.c_str());
        auto journal = journal::Journal::open(
            {m_config->journalPath(), key->publicKey().thumbprint(), clock.now()}, *sealing);
        QVERIFY(journal);
        const auto counted = journal::underCounter(std::move(*journal), *hardware->counter);
        QVERIFY(counted && !counted->rollback);
        // The file alone is worth nothing.
        QVERIFY(!crypto::readSealingKey(m_config->sealingKey));
    }

    void aSecondTimeIsRefused()
    {
        const testing::FakeClock clock;
        QVERIFY(!daemon::initialise(*m_config, clock));
        const auto again = daemon::initialise(*m_config, clock);
        QVERIFY(again);
        QCOMPARE(again->exitCode, 73);
        // Also where the files are gone and the chip remembers.
        QVERIFY(QDir(QString::fromStdString(m_config->stateDir)).removeRecursively());
        QCOMPARE(unlink(m_config->sealingKey.c_str()), 0);
        const auto lost = daemon::initialise(*m_config, clock);
        QVERIFY(lost);
        QCOMPARE(lost->exitCode, 73);
        QVERIFY(!QFile::exists(QString::fromStdString(m_config->sealingKey)));
        // The way back after a rollback: the counter goes on from where it was.
        const std::uint64_t before = chip()->readCounter(kIndex).value();
        QVERIFY(chip()->removeSigningKey(kHandle));
        QVERIFY(!daemon::initialise(*m_config, clock));
        QVERIFY(chip()->readCounter(kIndex).value() >= before);
    }

    void aFailureLeavesNoKeyInTheChip()
    {
        const testing::FakeClock clock;
        QVERIFY(QDir().mkpath(QString::fromStdString(m_config->stateDir)));
        QCOMPARE(chmod(m_config->stateDir.c_str(), 0755), 0); // the journal, which comes last, is refused
        const auto failure = daemon::initialise(*m_config, clock);
        QVERIFY(failure);
        QCOMPARE(failure->exitCode, 77);
        QCOMPARE(chip()->removeSigningKey(kHandle).error().code, TpmFault::notThere);
        QVERIFY(!QFile::exists(QString::fromStdString(m_config->sealingKey)));
    }

    void thePinIsAnObjectOfTheChip()
    {
        QVERIFY(QDir().mkpath(QString::fromStdString(m_config->stateDir)));
        int ends[2] = {};
        QCOMPARE(pipe(ends), 0);
        QCOMPARE(write(ends[1], "246810\n", 7), ssize_t{7});
        ::close(ends[1]);
        const auto failure = daemon::enrolPin(*m_config, ends[0]);
        ::close(ends[0]);
        QVERIFY2(!failure, failure ? failure->sentence.c_str() : "");
        QFile file(QString::fromStdString(m_config->pinPath()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto json = base::parseJson(file.readAll().toStdString());
        QVERIFY(json);
        QVERIFY(!crypto::pinRecordFromJson(*json)); // nothing that a search could try PINs on
        const auto object = daemon::pinObjectFromJson(*json);
        QVERIFY(object);
        const auto lock = crypto::pinLockOf(chip(), *object);
        const auto answer = [&lock](std::string digits) {
            return lock->check(
                crypto::Secret::take({reinterpret_cast<std::uint8_t *>(digits.data()), digits.size()}));
        };
        QVERIFY(answer("246811") == crypto::PinAnswer::wrong);
        QVERIFY(answer("246810") == crypto::PinAnswer::right);
        m_chip->die();
        QVERIFY(answer("246810") == crypto::PinAnswer::unavailable);
    }
};

GLOVEBOX_TEST_MAIN(InitialiseTpmTest)
#include "initialise_tpm_test.moc"
