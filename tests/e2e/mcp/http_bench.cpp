// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/mcp/http_bench.h"

#include "ipc/bus.h"

#include <QFile>
#include <QTest>

namespace glovebox::testing
{

QByteArray toolCall(const char *tool, const QByteArray &arguments, const QByteArray &more)
{
    return QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":")") + tool +
           R"(","arguments":)" + arguments + more + "}}";
}

HttpClient::Fields withToken(HttpClient::Fields fields)
{
    if (!fields.contains("Authorization")) {
        fields["Authorization"] = "Bearer " + kHttpToken;
    }
    return fields;
}

HttpClient::Fields callFields(const char *tool)
{
    return withToken(
        {{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "tools/call"}, {"Mcp-Name", tool}});
}

HttpBench::HttpBench()
{
    if (!m_bus.start()) {
        m_problem = m_bus.errorString();
        return;
    }
    m_daemon =
        std::make_unique<FakeAgent1>(ipc::connectToBus(m_bus.address(), QStringLiteral("fake")), kHttpToken);
    if (!m_daemon->appear()) {
        m_problem = QStringLiteral("the fake daemon has no name");
        return;
    }
    m_server.start(
        QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox-mcp"),
        {QStringLiteral("--bus"), m_bus.address(), QStringLiteral("--http"), QStringLiteral("127.0.0.1:0")});
    const bool said = QTest::qWaitFor([this] { return m_server.canReadLine(); }, 20000);
    const QByteArray url = said ? m_server.readLine().trimmed() : QByteArray();
    m_port = url.split(':').value(2).split('/').value(0).toUShort();
    if (!url.startsWith("http://127.0.0.1:") || !url.endsWith("/mcp") || m_port == 0) {
        m_problem = QStringLiteral("the server said \"%1\"").arg(QString::fromUtf8(url));
    }
}

HttpBench::~HttpBench()
{
    m_server.kill();
    m_server.waitForFinished();
    m_daemon.reset();
    QDBusConnection::disconnectFromBus(QStringLiteral("fake"));
    m_bus.stop();
}

std::optional<HttpClient::Answer> HttpBench::ask(const QByteArray &body,
                                                 const HttpClient::Fields &fields) const
{
    HttpClient client(m_port);
    client.post(body, fields);
    return client.next();
}

QByteArray HttpBench::openSession() const
{
    const auto answer =
        ask(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}})",
            withToken({}));
    return answer ? answer->fields.value("mcp-session-id") : QByteArray();
}

qint64 HttpBench::memory_kB() const
{
    QFile status(QStringLiteral("/proc/%1/status").arg(m_server.processId()));
    if (!status.open(QIODevice::ReadOnly)) {
        return -1;
    }
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:")) {
            return line.simplified().split(' ').value(1).toLongLong();
        }
    }
    return -1;
}

} // namespace glovebox::testing
