// SPDX-License-Identifier: Apache-2.0
#include "mcp/token.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace glovebox;

class McpTokenTest final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;

    QByteArray file(const QByteArray &content, mode_t mode)
    {
        const QString path = m_folder.filePath(QStringLiteral("token"));
        QFile::remove(path);
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size()) {
            return {};
        }
        out.close();
        const QByteArray name = QFile::encodeName(path);
        return ::chmod(name.constData(), mode) == 0 ? name : QByteArray();
    }

private Q_SLOTS:
    void readsTheBytesWithoutOneLineFeed()
    {
        const QByteArray token(43, 'a');
        for (const mode_t mode : {0600U, 0400U}) {
            const auto read = mcp::Token::read(file(token + '\n', mode));
            QVERIFY(read);
            QCOMPARE(read->view(), token);
        }
        QCOMPARE(mcp::Token::read(file(QByteArray(64, 'b'), 0600))->view(), QByteArray(64, 'b'));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<uint>("mode");
        QTest::addColumn<int>("fault");
        const auto row = [](const char *name, const QByteArray &content, uint mode, mcp::TokenFault fault) {
            QTest::newRow(name) << content << mode << static_cast<int>(fault);
        };
        row("group may read", QByteArray(43, 'a'), 0640, mcp::TokenFault::notPrivate);
        row("others may read", QByteArray(43, 'a'), 0604, mcp::TokenFault::notPrivate);
        row("group may write", QByteArray(43, 'a'), 0620, mcp::TokenFault::notPrivate);
        row("empty", {}, 0600, mcp::TokenFault::badLength);
        row("short", QByteArray(31, 'a') + '\n', 0600, mcp::TokenFault::badLength);
        row("long", QByteArray(65, 'a'), 0600, mcp::TokenFault::badLength);
        row("very long", QByteArray(100000, 'a'), 0600, mcp::TokenFault::badLength);
    }
    void refuses()
    {
        QFETCH(QByteArray, content);
        QFETCH(uint, mode);
        QFETCH(int, fault);
        const auto read = mcp::Token::read(file(content, mode));
        QVERIFY(!read);
        QCOMPARE(static_cast<int>(read.error().code), fault);
        QVERIFY(!read.error().detail.empty());
    }

    void refusesWhatIsNoFile()
    {
        QCOMPARE(mcp::Token::read("/nonexistent/token").error().code, mcp::TokenFault::missing);
        QCOMPARE(mcp::Token::read(QFile::encodeName(m_folder.path())).error().code,
                 mcp::TokenFault::notPrivate);
    }
};

GLOVEBOX_TEST_MAIN(McpTokenTest)
#include "mcp_token_test.moc"
