// SPDX-License-Identifier: Apache-2.0
// docs/examples/native_assistant.cpp does what it says.
#include "ipc/bus.h"
#include "tests/agents/fake_agent1.h"
#include "tests/agents/json_compare.h"
#include "tests/support/fatal_log.h"
#include "tests/support/private_bus.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace glovebox;
using base::Json;

class NativeAssistantTest final : public QObject
{
    Q_OBJECT
private:
    const QByteArray m_token{43, 't'};
    testing::PrivateBus m_bus;
    QTemporaryDir m_folder;
    std::unique_ptr<testing::FakeAgent1> m_daemon;
    QProcess m_example;

    void start(const QByteArray &token)
    {
        QFile file(m_folder.filePath(QStringLiteral("token")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(token + '\n') > 0);
        file.close();
        m_example.start(QStringLiteral(NATIVE_ASSISTANT),
                        {m_bus.address(), file.fileName(), QStringLiteral("garage-marktplatz"),
                         QStringLiteral("exit-1")});
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_bus.start(), qPrintable(m_bus.errorString()));
        m_daemon = std::make_unique<testing::FakeAgent1>(
            ipc::connectToBus(m_bus.address(), QStringLiteral("fake")), m_token);
        QVERIFY(m_daemon->appear());
    }

    void isAtMost60Lines()
    {
        QFile source(QStringLiteral(GLOVEBOX_SOURCE_DIR "/docs/examples/native_assistant.cpp"));
        QVERIFY(source.open(QIODevice::ReadOnly));
        QVERIFY(source.readAll().count('\n') < 60);
    }

    void proposesAndSaysWhatBecameOfIt()
    {
        start(m_token);
        QTRY_COMPARE_WITH_TIMEOUT(m_daemon->waits(), 1, 20000);
        const Json proposal = Json::parse(m_daemon->lastProposal());
        COMPARE_JSON(proposal["amount"], Json::parse(R"({"type":"exact","value":1250,"currency":"EUR"})"));
        COMPARE_JSON(proposal["merchant_id"], "garage-marktplatz");
        m_daemon->move("pu-exit-1", "captured", true, true);
        QTRY_COMPARE_WITH_TIMEOUT(m_example.state(), QProcess::NotRunning, 20000);
        QCOMPARE(m_example.exitCode(), 0);
        QCOMPARE(m_example.readAllStandardOutput(),
                 QByteArray("The driver is asked on the car's screen.\npaid\n"));
        QCOMPARE(m_example.readAllStandardError(), QByteArray());
    }

    void saysWhatTheDaemonRefuses()
    {
        start(QByteArray(43, 'x'));
        QTRY_COMPARE_WITH_TIMEOUT(m_example.state(), QProcess::NotRunning, 20000);
        QCOMPARE(m_example.exitCode(), 1);
        QVERIFY(m_example.readAllStandardError().startsWith("org.glovebox.Error.NotPermitted: "));
    }
};

GLOVEBOX_TEST_MAIN(NativeAssistantTest)
#include "native_assistant_test.moc"
