// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/agents/fake_agent1.h"
#include "tests/e2e/mcp/http_client.h"
#include "tests/support/private_bus.h"

#include <QProcess>

#include <memory>

namespace glovebox::testing
{

inline const QByteArray kHttpToken(43, 't');
inline const QByteArray kStatelessMeta = R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                                         R"("io.modelcontextprotocol/clientCapabilities":{}})";

/// A tools/call; `more` begins with a comma and goes into its params.
[[nodiscard]] QByteArray toolCall(const char *tool, const QByteArray &arguments, const QByteArray &more = {});
/// `fields` and the token, unless they have one.
[[nodiscard]] HttpClient::Fields withToken(HttpClient::Fields fields);
/// The fields of a stateless tools/call.
[[nodiscard]] HttpClient::Fields callFields(const char *tool);

/// glovebox-mcp --http as a process, with a fake Agent1 on a private bus behind it.
class HttpBench
{
public:
    HttpBench();
    ~HttpBench();
    Q_DISABLE_COPY_MOVE(HttpBench)

    /// What went wrong at the start; empty: it listens.
    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] FakeAgent1 &daemon() { return *m_daemon; }
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] bool serverRuns() const { return m_server.state() == QProcess::Running; }
    /// POST on a connection of its own.
    [[nodiscard]] std::optional<HttpClient::Answer> ask(const QByteArray &body,
                                                        const HttpClient::Fields &fields) const;
    /// The id of a new session; empty where there is none.
    [[nodiscard]] QByteArray openSession() const;
    /// Resident memory of the server.
    [[nodiscard]] qint64 memory_kB() const;

private:
    PrivateBus m_bus;
    std::unique_ptr<FakeAgent1> m_daemon;
    QProcess m_server;
    std::uint16_t m_port = 0;
    QString m_problem;
};

} // namespace glovebox::testing
