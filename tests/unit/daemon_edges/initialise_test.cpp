// SPDX-License-Identifier: Apache-2.0
#include "crypto/pin.h"
#include "crypto/seal.h"
#include "daemon/initialise.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon_edges/example_config.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace glovebox;

namespace
{

QByteArray contentOf(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

mode_t modeOf(const std::string &path)
{
    struct stat status = {};
    return lstat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

crypto::Secret secretOf(std::string digits)
{
    return crypto::Secret::take({reinterpret_cast<std::uint8_t *>(digits.data()), digits.size()});
}

} // namespace

class InitialiseTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<daemon::Config> m_config;

    /// What the daemon finds on its standard input.
    std::optional<daemon::StartFailure> enrol(const char *input)
    {
        int ends[2] = {};
        if (pipe(ends) != 0 || write(ends[1], input, strlen(input)) < 0) {
            return daemon::StartFailure{-1, "no pipe"};
        }
        ::close(ends[1]);
        auto failure = daemon::enrolPin(*m_config, ends[0]);
        ::close(ends[0]);
        return failure;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const std::string base = m_folder->path().toStdString();
        base::Json json = testing::exampleConfig();
        json["state_dir"] = base + "/state";
        json["signing_key"] = "file:" + base + "/keys/signing.pem";
        json["sealing_key"] = base + "/keys/sealing.key";
        auto config = daemon::parseConfig(json.dump());
        QVERIFY(config);
        m_config = std::move(*config);
    }

    void everythingIsMadeTogetherAndPrivate()
    {
        const testing::FakeClock clock;
        const auto failure = daemon::initialise(*m_config, clock);
        QVERIFY2(!failure, failure ? failure->sentence.c_str() : "");
        QCOMPARE(modeOf(m_config->stateDir), mode_t{0700});
        QCOMPARE(modeOf(*m_config->signingKeyPath()), mode_t{0600});
        QCOMPARE(modeOf(m_config->sealingKey), mode_t{0600});
        QCOMPARE(modeOf(m_config->journalPath()), mode_t{0600});
        const auto key = crypto::SigningKey::open(m_config->signingKey);
        const auto sealing = crypto::readSealingKey(m_config->sealingKey);
        QVERIFY(key && sealing);
        const auto journal = journal::Journal::open(
            {m_config->journalPath(), key->publicKey().thumbprint(), clock.now()}, *sealing);
        QVERIFY(journal);
    }

    void aSecondTimeIsRefusedAndChangesNothing()
    {
        const testing::FakeClock clock;
        QVERIFY(!daemon::initialise(*m_config, clock));
        const auto key = contentOf(*m_config->signingKeyPath());
        const auto sealing = contentOf(m_config->sealingKey);
        const auto journal = contentOf(m_config->journalPath());
        const auto failure = daemon::initialise(*m_config, clock);
        QVERIFY(failure);
        QCOMPARE(failure->exitCode, 73);
        QCOMPARE(contentOf(*m_config->signingKeyPath()), key);
        QCOMPARE(contentOf(m_config->sealingKey), sealing);
        QCOMPARE(contentOf(m_config->journalPath()), journal);
    }

    void halfOfASetIsExplained_data()
    {
        QTest::addColumn<int>("lost");
        QTest::newRow("signing key") << 0;
        QTest::newRow("sealing key") << 1;
        QTest::newRow("journal") << 2;
    }
    void halfOfASetIsExplained()
    {
        QFETCH(int, lost);
        const testing::FakeClock clock;
        QVERIFY(!daemon::initialise(*m_config, clock));
        const std::array<std::string, 3> parts = {*m_config->signingKeyPath(), m_config->sealingKey,
                                                  m_config->journalPath()};
        const std::string &missing = parts.at(static_cast<std::size_t>(lost));
        QCOMPARE(unlink(missing.c_str()), 0);
        const auto failure = daemon::initialise(*m_config, clock);
        QVERIFY(failure);
        QCOMPARE(failure->exitCode, 73);
        QVERIFY(failure->sentence.find("Half of a set-up") != std::string::npos);
        for (const std::string &part : parts) {
            QVERIFY(failure->sentence.find(part) != std::string::npos);
            QCOMPARE(modeOf(part) == 0, part == missing);
        }
    }

    void aFailureLeavesNothingBehind()
    {
        // The last part cannot be made: its folder lets others in.
        const testing::FakeClock clock;
        QVERIFY(QDir().mkpath(QString::fromStdString(m_config->stateDir)));
        QCOMPARE(chmod(m_config->stateDir.c_str(), 0755), 0);
        const auto failure = daemon::initialise(*m_config, clock);
        QVERIFY(failure);
        QCOMPARE(failure->exitCode, 77);
        QCOMPARE(modeOf(*m_config->signingKeyPath()), mode_t{0});
        QCOMPARE(modeOf(m_config->sealingKey), mode_t{0});
        QCOMPARE(modeOf(m_config->journalPath()), mode_t{0});
    }

    void aPinIsEnrolledAndReplaced()
    {
        QVERIFY(QDir().mkpath(QString::fromStdString(m_config->stateDir)));
        for (const std::string digits : {"246810", "135791"}) {
            const auto failure = enrol((digits + "\n").c_str());
            QVERIFY2(!failure, failure ? failure->sentence.c_str() : "");
            QCOMPARE(modeOf(m_config->pinPath()), mode_t{0600});
            const auto json = base::parseJson(contentOf(m_config->pinPath()).toStdString());
            QVERIFY(json);
            const auto record = crypto::pinRecordFromJson(*json);
            QVERIFY(record);
            QVERIFY(crypto::checkPin(*record, secretOf(digits)));
            QVERIFY(!crypto::checkPin(*record, secretOf("000000")));
        }
        QCOMPARE(QDir(QString::fromStdString(m_config->stateDir)).entryList(QDir::Files | QDir::Hidden),
                 QStringList{QStringLiteral("pin.json")});
    }

    void whatIsNoPinIsRefused_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("short") << QByteArray("12345\n");
        QTest::newRow("long") << QByteArray("1234567\n");
        QTest::newRow("letters") << QByteArray("12a456\n");
        QTest::newRow("space in front") << QByteArray(" 123456\n");
    }
    void whatIsNoPinIsRefused()
    {
        QFETCH(QByteArray, input);
        QVERIFY(QDir().mkpath(QString::fromStdString(m_config->stateDir)));
        const auto failure = enrol(input.constData());
        QVERIFY(failure);
        QCOMPARE(failure->exitCode, 65);
        QCOMPARE(modeOf(m_config->pinPath()), mode_t{0});
    }
};

GLOVEBOX_TEST_MAIN(InitialiseTest)
#include "initialise_test.moc"
