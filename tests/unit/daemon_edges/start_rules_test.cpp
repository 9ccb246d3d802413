// SPDX-License-Identifier: Apache-2.0
#include "daemon/start_rules.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon_edges/example_config.h"

#include <QTest>

#include <cerrno>

using namespace glovebox;

class StartRulesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoMayShareAUser_data()
    {
        QTest::addColumn<unsigned>("own");
        QTest::addColumn<unsigned>("cockpit");
        QTest::addColumn<unsigned>("agent");
        QTest::addColumn<bool>("sandbox");
        QTest::addColumn<QString>("protection");
        QTest::addColumn<bool>("desk");
        QTest::addColumn<int>("exitCode"); // 0: starts
        const QString file = QStringLiteral("development");
        const QString chip = QStringLiteral("hardware");
        QTest::newRow("three users") << 1U << 2U << 3U << false << chip << false << 0;
        QTest::newRow("agent is cockpit") << 1U << 2U << 2U << true << file << false << 78;
        QTest::newRow("agent is daemon") << 1U << 2U << 1U << true << file << false << 78;
        QTest::newRow("cockpit is daemon") << 1U << 1U << 3U << true << file << false << 78;
        QTest::newRow("desk, one user") << 1U << 1U << 1U << true << file << true << 0;
        QTest::newRow("desk, real gateway") << 1U << 1U << 1U << false << file << true << 78;
        QTest::newRow("desk, real key") << 1U << 1U << 1U << true << chip << true << 78;
        QTest::newRow("desk, real gateway, three users") << 1U << 2U << 3U << false << file << true << 78;
    }
    void whoMayShareAUser()
    {
        QFETCH(unsigned, own);
        QFETCH(unsigned, cockpit);
        QFETCH(unsigned, agent);
        QFETCH(bool, sandbox);
        QFETCH(QString, protection);
        QFETCH(bool, desk);
        QFETCH(int, exitCode);
        auto config = daemon::parseConfig(testing::exampleConfig().dump());
        QVERIFY(config);
        config->uids.cockpit = cockpit;
        config->uids.agents = {7, agent};
        config->gateway.sandbox = sandbox;
        const auto failure = daemon::checkStartRules(*config, own, protection.toStdString(), desk);
        QCOMPARE(failure ? failure->exitCode : 0, exitCode);
        QVERIFY(!failure || failure->sentence.find("--insecure-desk") != std::string::npos);
    }

    void everyFailureSaysWhatAndWhere()
    {
        using journal::JournalFault;
        for (const auto fault :
             {JournalFault::missing, JournalFault::notAJournal, JournalFault::newer, JournalFault::foreign,
              JournalFault::wrongOwner, JournalFault::wrongMode, JournalFault::isLink, JournalFault::readOnly,
              JournalFault::noBarriers, JournalFault::inUse, JournalFault::keyWithoutJournal,
              JournalFault::journalWithoutKey, JournalFault::sealed, JournalFault::corrupt,
              JournalFault::full, JournalFault::io, JournalFault::unknownOutcome}) {
            const auto failure = daemon::journalFailure({fault, "because"}, "/state/journal.sqlite");
            QVERIFY(failure.exitCode >= 64 && failure.exitCode <= 78 && failure.exitCode != 70);
            QVERIFY(failure.sentence.find("/state/journal.sqlite") != std::string::npos);
            QVERIFY(failure.sentence.find("(because)") != std::string::npos);
        }
        using crypto::KeyFault;
        for (const auto fault :
             {KeyFault::missing, KeyFault::unreadable, KeyFault::wrongMode, KeyFault::wrongType,
              KeyFault::wrongPassword, KeyFault::provider, KeyFault::exists, KeyFault::malformed}) {
            const auto failure = daemon::signingKeyFailure({fault, ""}, "file:/keys/signing.pem");
            QVERIFY(failure.exitCode >= 64 && failure.exitCode <= 78 && failure.exitCode != 70);
            QVERIFY(failure.sentence.find("file:/keys/signing.pem") != std::string::npos);
        }
        for (const int error : {ENOENT, EPERM, EINVAL, EEXIST, ENOSPC, EACCES}) {
            const auto failure = daemon::sealingKeyFailure(error, "/keys/sealing.key");
            QVERIFY(failure.exitCode >= 64 && failure.exitCode <= 78 && failure.exitCode != 70);
            QVERIFY(failure.sentence.find("/keys/sealing.key") != std::string::npos);
        }
    }
};

GLOVEBOX_TEST_MAIN(StartRulesTest)
#include "start_rules_test.moc"
