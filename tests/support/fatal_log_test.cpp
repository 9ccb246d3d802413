// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fatal_log.h"

#include <QProcess>

class FatalLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exitCodes_data()
    {
        QTest::addColumn<QString>("function");
        QTest::addColumn<bool>("passes");
        QTest::newRow("silent") << QStringLiteral("silent") << true;
        QTest::newRow("a warning") << QStringLiteral("warning") << false;
        QTest::newRow("a warning of two lines") << QStringLiteral("manyLines") << false;
        QTest::newRow("a critical") << QStringLiteral("critical") << false;
        QTest::newRow("a warning on another thread") << QStringLiteral("otherThread") << false;
        QTest::newRow("an announced warning") << QStringLiteral("announcedWarning") << true;
        QTest::newRow("a warning announced by pattern") << QStringLiteral("announcedPattern") << true;
        QTest::newRow("an announced critical") << QStringLiteral("announcedCritical") << true;
        QTest::newRow("announced once, said twice") << QStringLiteral("announcedOnceSaidTwice") << false;
        QTest::newRow("announced, never said") << QStringLiteral("announcedNeverSaid") << false;
    }

    void exitCodes()
    {
        QFETCH(QString, function);
        QFETCH(bool, passes);
        QCOMPARE(failuresOf({function}, false), passes ? 0 : 1);
    }

    void outsideOfTheTestFunctions() { QCOMPARE(failuresOf({QStringLiteral("silent")}, true), 1); }

private:
    static int failuresOf(const QStringList &arguments, bool warnsAtTheEnd)
    {
        QProcess probe;
        auto environment = QProcessEnvironment::systemEnvironment();
        if (warnsAtTheEnd) {
            environment.insert(QStringLiteral("PROBE_WARNS_AT_THE_END"), QStringLiteral("1"));
        }
        probe.setProcessEnvironment(environment);
        probe.start(QStringLiteral(PROBE), arguments);
        if (!probe.waitForFinished() || probe.exitStatus() != QProcess::NormalExit) {
            return -1;
        }
        return probe.exitCode();
    }
};

GLOVEBOX_TEST_MAIN(FatalLogTest)
#include "fatal_log_test.moc"
