// SPDX-License-Identifier: Apache-2.0
// Not a test of its own: fatal_log_test runs its functions one by one and looks at the exit codes.
#include "tests/support/fatal_log.h"

#include <QRegularExpression>

#include <thread>

class FatalLogProbe : public QObject
{
    Q_OBJECT

public:
    ~FatalLogProbe() override
    {
        if (qEnvironmentVariableIsSet("PROBE_WARNS_AT_THE_END")) {
            qWarning("late");
        }
    }

private Q_SLOTS:
    void silent() { qDebug("allowed"); }
    void warning() { qWarning("unexpected"); }
    void manyLines() { qWarning("unexpected\nin two lines"); }
    void critical() { qCritical("unexpected"); }
    void otherThread()
    {
        std::thread([] { qWarning("unexpected"); }).join();
    }
    void announcedWarning()
    {
        QTest::ignoreMessage(QtWarningMsg, "announced");
        qWarning("announced");
    }
    void announcedPattern()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("^announ")));
        qWarning("announced");
    }
    void announcedCritical()
    {
        QTest::ignoreMessage(QtCriticalMsg, "announced");
        qCritical("announced");
    }
    void announcedOnceSaidTwice()
    {
        QTest::ignoreMessage(QtWarningMsg, "announced");
        qWarning("announced");
        qWarning("announced");
    }
    void announcedNeverSaid() { QTest::ignoreMessage(QtCriticalMsg, "announced"); }
};

GLOVEBOX_TEST_MAIN(FatalLogProbe)
#include "fatal_log_probe.moc"
