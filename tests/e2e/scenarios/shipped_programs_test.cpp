// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QProcess>
#include <QTest>

/// The desk's clock, hand and eyes are in other programs. The ones that are installed have neither the code
/// nor the option.
class ShippedProgramsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdNoDeskCode_data();
    void holdNoDeskCode();
    void refuseTheDeskSocket_data();
    void refuseTheDeskSocket();
    void deskProgramsAreNotInstalled();
};

namespace
{

QString pathOf(const char *program)
{
    return QStringLiteral(GLOVEBOX_BIN_DIR "/") + QLatin1String(program);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Names that the compiler leaves in a program (symbols, type names) and texts that the code holds.
const QByteArrayList kMarks = {"9simulator9DeskClock",
                               "9simulator10DeskSocket",
                               "9simulator11DeskSignals",
                               "9simulator16DeskConnectivity",
                               "9simulator6Finger",
                               "9simulator10pressPoint",
                               "desk-socket",
                               "advance_ms",
                               "touch_pin"};

} // namespace

void ShippedProgramsTest::holdNoDeskCode_data()
{
    QTest::addColumn<QString>("shipped");
    QTest::addColumn<QString>("desk");
    QTest::newRow("gloveboxd") << pathOf("gloveboxd") << pathOf("gloveboxd-desk");
    QTest::newRow("glovebox-cockpit") << pathOf("glovebox-cockpit") << pathOf("glovebox-cockpit-desk");
}

void ShippedProgramsTest::holdNoDeskCode()
{
    QFETCH(QString, shipped);
    QFETCH(QString, desk);
    const QByteArray shippedContent = contentOf(shipped);
    const QByteArray deskContent = contentOf(desk);
    QVERIFY(!shippedContent.isEmpty() && !deskContent.isEmpty());
    int marksOfTheDesk = 0;
    for (const QByteArray &mark : kMarks) {
        QVERIFY2(!shippedContent.contains(mark), mark.constData());
        marksOfTheDesk += deskContent.contains(mark) ? 1 : 0;
    }
    QVERIFY(marksOfTheDesk >= 3); // else the marks say nothing
}

void ShippedProgramsTest::refuseTheDeskSocket_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("option");
    QTest::newRow("gloveboxd") << pathOf("gloveboxd") << QStringLiteral("--config");
    QTest::newRow("glovebox-cockpit") << pathOf("glovebox-cockpit") << QStringLiteral("--socket");
}

void ShippedProgramsTest::refuseTheDeskSocket()
{
    QFETCH(QString, program);
    QFETCH(QString, option);
    QProcess process;
    process.start(program, {option, QStringLiteral("/nowhere"), QStringLiteral("--desk-socket"),
                            QStringLiteral("/tmp/s")});
    constexpr int kLimit_ms = 20'000;
    QVERIFY(process.waitForFinished(kLimit_ms));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QVERIFY(process.exitCode() != 0);
    QVERIFY2(process.readAllStandardError().contains("desk-socket"), "it does not say which option");
}

void ShippedProgramsTest::deskProgramsAreNotInstalled()
{
    // What an install would copy is written into these scripts when the build is configured.
    QProcess find;
    find.start(QStringLiteral("find"), {QStringLiteral(GLOVEBOX_BIN_DIR "/.."), QStringLiteral("-name"),
                                        QStringLiteral("cmake_install.cmake")});
    QVERIFY(find.waitForFinished());
    const QByteArrayList scripts = find.readAllStandardOutput().trimmed().split('\n');
    QVERIFY(scripts.size() > 10);
    for (const QByteArray &script : scripts) {
        const QByteArray content = contentOf(QString::fromLocal8Bit(script));
        QVERIFY2(!content.contains("-desk\"") && !content.contains("glovebox-simulator\""),
                 script.constData());
    }
}

GLOVEBOX_TEST_MAIN(ShippedProgramsTest)
#include "shipped_programs_test.moc"
