// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "platform/simulator/bench/child_process.h"

#include <map>

namespace glovebox::simulator
{

/// A minimal MCP host: it starts the real glovebox-mcp as assistants do (stdio, hardly any environment), goes
/// through `initialize` and calls tools.
class McpClient
{
public:
    struct Server
    {
        QString program;
        QStringList arguments;
        QString logFile;
    };
    explicit McpClient(const Server &server);

    /// Starts the server and opens the MCP session.
    [[nodiscard]] std::expected<void, std::string> open();
    [[nodiscard]] bool isOpen() const { return m_initialised && m_server.running(); }
    /// The structured content of the result. A tool's own error (isError) is an error with its text.
    [[nodiscard]] std::expected<base::Json, std::string> callTool(const std::string &name,
                                                                  const base::Json &arguments);

private:
    [[nodiscard]] std::expected<base::Json, std::string> request(const std::string &method,
                                                                 const base::Json &params);
    void send(const base::Json &message);
    void read();

    ChildProcess m_server;
    std::map<std::int64_t, base::Json> m_answers;
    std::int64_t m_lastId = 0;
    bool m_initialised = false;
};

} // namespace glovebox::simulator
