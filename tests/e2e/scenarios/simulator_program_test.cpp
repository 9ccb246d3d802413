// SPDX-License-Identifier: Apache-2.0
// The simulator as a person at a desk starts it: with a display, without one, with one that does not answer,
// and wrongly.
#include "base/json.h"
#include "tests/support/fatal_log.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

namespace
{

constexpr int kLimit_ms = 120'000;

struct Ended
{
    int code = -1; // -1: crashed, or did not end
    QByteArray out;
    QByteArray errors;
};

/// `displays`: DISPLAY, WAYLAND_DISPLAY and so on; nothing else names one.
QProcessEnvironment withDisplays(const QMap<QString, QString> &displays)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}) {
        environment.remove(QLatin1String(name));
    }
    for (auto it = displays.cbegin(); it != displays.cend(); ++it) {
        environment.insert(it.key(), it.value());
    }
    return environment;
}

Ended simulate(const QStringList &arguments, const QMap<QString, QString> &displays = {})
{
    QProcess process;
    process.setProcessEnvironment(withDisplays(displays));
    process.start(QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox-simulator"), arguments);
    const bool ended = process.waitForFinished(kLimit_ms) && process.exitStatus() == QProcess::NormalExit;
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
    }
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

class SimulatorProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongUseIsSaid_data();
    void wrongUseIsSaid();
    void helpNeedsNoDisplay();
    void aDisplayThatDoesNotAnswerIsNone_data();
    void aDisplayThatDoesNotAnswerIsNone();
    void anEarlierRunLeavesNothing();
    void aFolderOfSomebodyElseIsLeftAlone();
    void aFolderThatCannotBeWrittenIsSaid();
    void aFullDiskIsSaid_data();
    void aFullDiskIsSaid();
    void aKilledRunLeavesNoKeys();
    void thePersonAtTheWindowLearnsHowToConnect();

private:
    [[nodiscard]] QString scenario(const char *pictures);
    QTemporaryDir m_folder;
};

QString SimulatorProgramTest::scenario(const char *pictures)
{
    const QString path = m_folder.filePath(QStringLiteral("drive.json"));
    write(path, QByteArray(R"({"title":"Pictures","steps":[)") + pictures + "]}");
    return path;
}

void SimulatorProgramTest::wrongUseIsSaid_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QStringList &arguments, int code, const char *says) {
        QTest::newRow(name) << arguments << code << QString::fromLatin1(says);
    };
    row("unknown option", {QStringLiteral("--fast")}, 64, "fast");
    row("option without its value", {QStringLiteral("--scenario")}, 64, "scenario");
    row("a word", {QStringLiteral("fuel")}, 64, "options only");
    row("no such scenario", {QStringLiteral("--scenario"), QStringLiteral("boat")}, 66, "--list");
}

void SimulatorProgramTest::wrongUseIsSaid()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, says);
    const Ended ended = simulate(arguments);
    QCOMPARE(ended.code, code);
    QVERIFY2(ended.errors.startsWith("glovebox-simulator: ") && ended.errors.contains(says.toUtf8()),
             ended.errors.constData());
    QVERIFY(ended.out.isEmpty());
}

void SimulatorProgramTest::helpNeedsNoDisplay()
{
    const Ended ended =
        simulate({QStringLiteral("--help")}, {{QStringLiteral("DISPLAY"), QStringLiteral(":987")}});
    QCOMPARE(ended.code, 0);
    QVERIFY(ended.out.contains("--scenario"));
    QCOMPARE(simulate({QStringLiteral("--list")}).code, 0);
}

void SimulatorProgramTest::aDisplayThatDoesNotAnswerIsNone_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("an X server that is gone") << "DISPLAY" << ":987";
    QTest::newRow("a compositor that is gone") << "WAYLAND_DISPLAY" << "wayland-987";
    QTest::newRow("no platform of Qt") << "QT_QPA_PLATFORM" << "nonesuch";
}

void SimulatorProgramTest::aDisplayThatDoesNotAnswerIsNone()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const QString out = m_folder.filePath(QStringLiteral("out-") + name);
    const Ended ended = simulate(
        {QStringLiteral("--scenario"), scenario(R"({"picture":"one"})"), QStringLiteral("--out"), out},
        {{name, value}});
    QVERIFY2(ended.code == 0, ended.errors.constData());
    QVERIFY2(ended.out.contains("there is no display"), ended.out.constData());
    QVERIFY(QFile::exists(out + QStringLiteral("/01-one.png")));
}

void SimulatorProgramTest::anEarlierRunLeavesNothing()
{
    const QString out = m_folder.filePath(QStringLiteral("twice"));
    const QStringList again = {QStringLiteral("--headless"), QStringLiteral("--out"), out,
                               QStringLiteral("--scenario")};
    QCOMPARE(simulate(again + QStringList{scenario(R"({"picture":"one"},{"picture":"two"})")}).code, 0);
    write(out + QStringLiteral("/notes.txt"), "mine");
    const QDir folder(out);
    const auto results = [&folder] { return folder.entryList(QDir::Files, QDir::Name); };
    QCOMPARE(results(), (QStringList{QStringLiteral("01-one.png"), QStringLiteral("02-two.png"),
                                     QStringLiteral("notes.txt"), QStringLiteral("purchases.json"),
                                     QStringLiteral("timeline.json")}));
    QCOMPARE(simulate(again + QStringList{scenario(R"({"picture":"three"})")}).code, 0);
    QCOMPARE(results(), (QStringList{QStringLiteral("01-three.png"), QStringLiteral("notes.txt"),
                                     QStringLiteral("purchases.json"), QStringLiteral("timeline.json")}));
    // One that fails leaves no records of the one before it either.
    QCOMPARE(simulate(again + QStringList{scenario(R"({"expect":{"screen":"card"}})")}).code, 1);
    QVERIFY(!results().contains(QStringLiteral("01-three.png")));
}

void SimulatorProgramTest::aFolderOfSomebodyElseIsLeftAlone()
{
    const QString out = m_folder.filePath(QStringLiteral("album"));
    QVERIFY(QDir().mkpath(out));
    write(out + QStringLiteral("/07-holiday.png"), "mine");
    QCOMPARE(simulate({QStringLiteral("--headless"), QStringLiteral("--out"), out,
                       QStringLiteral("--scenario"), scenario(R"({"picture":"one"})")})
                 .code,
             0);
    QVERIFY(QFile::exists(out + QStringLiteral("/07-holiday.png")));
    QVERIFY(QFile::exists(out + QStringLiteral("/01-one.png")));
}

void SimulatorProgramTest::aFolderThatCannotBeWrittenIsSaid()
{
    const QString file = m_folder.filePath(QStringLiteral("a-file"));
    write(file, "mine");
    const Ended ended = simulate({QStringLiteral("--headless"), QStringLiteral("--out"), file,
                                  QStringLiteral("--scenario"), scenario(R"({"picture":"one"})")});
    QCOMPARE(ended.code, 73);
    QVERIFY2(ended.errors.contains("a-file"), ended.errors.constData());
}

void SimulatorProgramTest::aFullDiskIsSaid_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("records") << QByteArray(R"({"network":"off"})")
                             << QByteArray("/timeline.json: No space left");
    QTest::newRow("a picture") << QByteArray(R"({"picture":"one"})")
                               << QByteArray("/01-one.png: No space left");
    QTest::newRow("records after a step that failed")
        << QByteArray(R"({"expect":{"screen":"card"}})") << QByteArray("/timeline.json: No space left");
}

void SimulatorProgramTest::aFullDiskIsSaid()
{
    if (::geteuid() != 0) {
        QSKIP("only root can mount a disk that is full");
    }
    QFETCH(QByteArray, steps);
    QFETCH(QByteArray, says);
    const QString disk = m_folder.filePath(QStringLiteral("disk"));
    QVERIFY(QDir().mkpath(disk));
    // The mount is this shell's alone and ends with it.
    const auto script =
        QStringLiteral("mount -t tmpfs -o size=64k none \"$1\" && mkdir -p \"$1/out/logs\" || exit 99\n"
                       "cat /dev/zero > \"$1/rest\"\n"
                       "\"$2\" --headless --scenario \"$3\" --out \"$1/out\"; code=$?\n"
                       "find \"$1/out\" -name '*.json*' -o -name '*.png*'; exit $code");
    QProcess process;
    process.setProcessEnvironment(withDisplays({}));
    process.start(QStringLiteral("unshare"),
                  {QStringLiteral("--mount"), QStringLiteral("sh"), QStringLiteral("-c"), script,
                   QStringLiteral("sh"), disk, QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox-simulator"),
                   scenario(steps.constData())});
    QVERIFY(process.waitForFinished(kLimit_ms));
    const QByteArray errors = process.readAllStandardError();
    QVERIFY2(process.exitCode() == 74, errors.constData());
    QVERIFY2(errors.contains(says) && errors.contains("Free space there, or name another folder"),
             errors.constData());
    QCOMPARE(process.readAllStandardOutput(), QByteArray()); // no "passed", and no file that holds nothing
}

void SimulatorProgramTest::aKilledRunLeavesNoKeys()
{
    // In a folder for temporary files of its own: nobody else's runs count.
    const QString temporary = m_folder.filePath(QStringLiteral("tmp"));
    QVERIFY(QDir().mkpath(temporary));
    const QMap<QString, QString> here = {{QStringLiteral("TMPDIR"), temporary}};
    const auto runs = [&temporary] {
        return QDir(temporary).entryList({QStringLiteral("glovebox-run-*")}, QDir::Dirs);
    };
    QProcess killed;
    killed.setProcessEnvironment(withDisplays(here));
    killed.start(
        QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox-simulator"),
        {QStringLiteral("--headless"), QStringLiteral("--out"), m_folder.filePath(QStringLiteral("killed"))});
    const auto hasKeys = [&] {
        return runs().size() == 1 &&
               QFile::exists(temporary + u'/' + runs().first() + QStringLiteral("/keys/gateway.pem"));
    };
    QVERIFY(QTest::qWaitFor(hasKeys, 30'000));
    const QString dead = runs().first();
    killed.kill();
    QVERIFY(killed.waitForFinished());
    QVERIFY(runs().contains(dead));
    QCOMPARE(simulate({QStringLiteral("--headless"), QStringLiteral("--out"),
                       m_folder.filePath(QStringLiteral("next")), QStringLiteral("--scenario"),
                       scenario(R"({"picture":"one"})")},
                      here)
                 .code,
             0);
    QVERIFY(runs().isEmpty());
}

void SimulatorProgramTest::thePersonAtTheWindowLearnsHowToConnect()
{
    QProcess screen; // a real X server without a monitor; it ends with its last client's end or with us
    screen.start(QStringLiteral("Xvfb"),
                 {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                  QStringLiteral("0"), QStringLiteral("1920x1200x24"), QStringLiteral("-nolisten"),
                  QStringLiteral("tcp")});
    QVERIFY(screen.waitForReadyRead(20'000));
    const QString display = u':' + QString::fromLatin1(screen.readAllStandardOutput()).trimmed();

    QProcess desk;
    desk.setProcessEnvironment(withDisplays({{QStringLiteral("DISPLAY"), display}}));
    desk.start(QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox-simulator"),
               {QStringLiteral("--out"), m_folder.filePath(QStringLiteral("window"))});
    QByteArray said;
    while (!said.contains(" status\n") && desk.waitForReadyRead(kLimit_ms)) {
        said += desk.readAllStandardOutput();
    }
    const auto snippet =
        QRegularExpression(QStringLiteral("^  (\\{.*\\})$"), QRegularExpression::MultilineOption)
            .match(QString::fromUtf8(said));
    QVERIFY2(snippet.hasMatch(), (said + desk.readAllStandardError()).constData());
    const auto json = glovebox::base::parseJson(snippet.captured(1).toStdString());
    QVERIFY(json);
    const auto &server = json->at("mcpServers").at("glovebox");
    QStringList arguments;
    for (const auto &argument : server.at("args")) {
        arguments.append(QString::fromStdString(argument.get<std::string>()));
    }
    // As a host would: it starts the server and asks for the tools.
    QProcess assistant;
    assistant.start(QString::fromStdString(server.at("command").get<std::string>()), arguments);
    assistant.write(
        R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",)"
        R"("capabilities":{},"clientInfo":{"name":"t","version":"1"}}})"
        "\n"
        R"({"jsonrpc":"2.0","method":"notifications/initialized"})"
        "\n"
        R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"get_payment_permissions","arguments":{}}})"
        "\n");
    QByteArray answers;
    while (!answers.contains("\"id\":2") && assistant.waitForReadyRead(kLimit_ms)) {
        answers += assistant.readAllStandardOutput();
    }
    QVERIFY2(answers.contains("currency"), answers.constData());
    assistant.closeWriteChannel();
    QVERIFY(assistant.waitForFinished(kLimit_ms));

    const QString command = QString::fromUtf8(said.trimmed().split('\n').last()).trimmed();
    QProcess people;
    people.startCommand(command);
    QVERIFY(people.waitForFinished(kLimit_ms));
    QCOMPARE(people.exitCode(), 0);
    QVERIFY(people.readAllStandardOutput().contains("insecure desk"));
    desk.terminate();
    QVERIFY(desk.waitForFinished(kLimit_ms));
    screen.terminate();
    QVERIFY(screen.waitForFinished(kLimit_ms));
}

GLOVEBOX_TEST_MAIN(SimulatorProgramTest)
#include "simulator_program_test.moc"
