// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fatal_log.h"

#include <QProcess>
#include <QTest>

namespace
{

constexpr int limit_ms = 20'000;

struct Ended
{
    int code = -1; // -1: it crashed or did not end
    QByteArray out;
    QByteArray error;
};

/// The shipped program, where the environment names a platform and a display that are not there.
Ended runWithoutDisplay(const QString &platform, const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), platform);
    environment.insert(QStringLiteral("DISPLAY"), QStringLiteral("nowhere.invalid:7"));
    environment.insert(QStringLiteral("WAYLAND_DISPLAY"), QStringLiteral("/nowhere/wayland"));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox-cockpit"), arguments);
    const bool ended = process.waitForFinished(limit_ms) && process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

const QStringList toStart{QStringLiteral("--socket"), QStringLiteral("/nowhere/driver.sock")};

} // namespace

/// glovebox-cockpit as it is started, with its exit codes.
class CockpitProgramTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysThatNoDisplayCanBeUsed_data();
    void saysThatNoDisplayCanBeUsed();
    void answersQuestionsWithoutADisplay();
    void namesWrongUseWithoutADisplay();
};

void CockpitProgramTest::saysThatNoDisplayCanBeUsed_data()
{
    QTest::addColumn<QString>("platform");
    QTest::newRow("no such platform") << QStringLiteral("nosuch");
    QTest::newRow("no X server") << QStringLiteral("xcb");
}

void CockpitProgramTest::saysThatNoDisplayCanBeUsed()
{
    QFETCH(QString, platform);
    const Ended ended = runWithoutDisplay(platform, toStart);
    QVERIFY2(ended.error.contains("glovebox-cockpit: no display can be used"), ended.error.constData());
    QCOMPARE(ended.code, 69);
}

void CockpitProgramTest::answersQuestionsWithoutADisplay()
{
    const Ended help = runWithoutDisplay(QStringLiteral("nosuch"), {QStringLiteral("--help")});
    QCOMPARE(help.code, 0);
    QVERIFY2(help.out.contains("--socket"), help.out.constData());
    QCOMPARE(help.error, QByteArray());
    const Ended version = runWithoutDisplay(QStringLiteral("nosuch"), {QStringLiteral("--version")});
    QCOMPARE(version.code, 0);
    QVERIFY2(version.out.startsWith("glovebox-cockpit "), version.out.constData());
}

void CockpitProgramTest::namesWrongUseWithoutADisplay()
{
    const Ended ended =
        runWithoutDisplay(QStringLiteral("nosuch"), {QStringLiteral("--theme"), QStringLiteral("dusk")});
    QCOMPARE(ended.code, 64);
    QVERIFY2(ended.error.contains("--socket"), ended.error.constData());
}

GLOVEBOX_TEST_MAIN(CockpitProgramTest)
#include "cockpit_program_test.moc"
