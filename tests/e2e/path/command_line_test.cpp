// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fatal_log.h"

#include <QProcess>
#include <QTest>

/// Wrong use is 64 for each shipped program (docs/formats.md, "Exit codes"), with a message and nothing on
/// standard output.
class CommandLineTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wrongUseIs64_data()
    {
        QTest::addColumn<QString>("program");
        for (const char *name :
             {"gloveboxd", "glovebox-cockpit", "glovebox-mcp", "glovebox", "glovebox-gateway"}) {
            QTest::newRow(name) << QString::fromLatin1(name);
        }
    }
    void wrongUseIs64()
    {
        QFETCH(QString, program);
        for (const QStringList &arguments : {QStringList{QStringLiteral("--approve-everything")},
                                             QStringList{QStringLiteral("--desk-socket=/nowhere/socket")}}) {
            QProcess process;
            process.start(QStringLiteral(GLOVEBOX_BIN_DIR "/") + program, arguments);
            QVERIFY(process.waitForFinished());
            QCOMPARE(process.exitStatus(), QProcess::NormalExit);
            QCOMPARE(process.exitCode(), 64);
            QVERIFY(process.readAllStandardError().contains(program.toLatin1()));
            QCOMPARE(process.readAllStandardOutput(), QByteArray());
        }
    }
};

GLOVEBOX_TEST_MAIN(CommandLineTest)
#include "command_line_test.moc"
