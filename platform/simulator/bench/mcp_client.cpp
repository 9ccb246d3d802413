// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/mcp_client.h"

#include "platform/simulator/bench/wait.h"

namespace glovebox::simulator
{
namespace
{
constexpr std::chrono::milliseconds kAnswerLimit(30000);
constexpr const char *kRevision = "2025-11-25";
} // namespace

McpClient::McpClient(const Server &server) : m_server({server.program, server.arguments, server.logFile})
{
    QProcessEnvironment environment;
    for (const char *name : {"HOME", "PATH"}) {
        environment.insert(QLatin1String(name), qEnvironmentVariable(name));
    }
    m_server.process().setProcessEnvironment(environment);
    QObject::connect(&m_server.process(), &QProcess::readyReadStandardOutput, &m_server.process(),
                     [this] { read(); });
}

std::expected<void, std::string> McpClient::open()
{
    if (auto started = m_server.start(); !started) {
        return started;
    }
    const auto answer =
        request("initialize", {{"protocolVersion", kRevision},
                               {"capabilities", base::Json::object()},
                               {"clientInfo", {{"name", "glovebox-simulator"}, {"version", "1"}}}});
    if (!answer) {
        return std::unexpected(answer.error());
    }
    send({{"jsonrpc", "2.0"}, {"method", "notifications/initialized"}});
    m_initialised = true;
    return {};
}

std::expected<base::Json, std::string> McpClient::callTool(const std::string &name,
                                                           const base::Json &arguments)
{
    const auto result = request("tools/call", {{"name", name}, {"arguments", arguments}});
    if (!result) {
        return std::unexpected(result.error());
    }
    base::Json content = result->value("structuredContent", base::Json());
    if (result->value("isError", false)) {
        const base::Json texts = result->value("content", base::Json::array());
        return std::unexpected(name + " says: " + (content.is_null() ? texts.dump() : content.dump()));
    }
    if (!content.is_object()) {
        return std::unexpected(name + " answered without structured content");
    }
    return content;
}

std::expected<base::Json, std::string> McpClient::request(const std::string &method, const base::Json &params)
{
    const std::int64_t id = ++m_lastId;
    send({{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}});
    const bool answered =
        waitUntil([this, id] { return m_answers.contains(id) || !m_server.running(); }, kAnswerLimit);
    if (!answered || !m_answers.contains(id)) {
        return std::unexpected("no answer to " + method + ": " + m_server.logTail());
    }
    const base::Json answer = m_answers.extract(id).mapped();
    if (answer.contains("error")) {
        return std::unexpected(method + " failed: " + answer.at("error").dump());
    }
    return answer.value("result", base::Json());
}

void McpClient::send(const base::Json &message)
{
    m_server.process().write(QByteArray::fromStdString(message.dump() + '\n'));
}

void McpClient::read()
{
    constexpr std::size_t kMessageBytesMax = 1048576;
    while (m_server.process().canReadLine()) {
        const auto message = base::parseJson(m_server.process().readLine().trimmed().toStdString(),
                                             {.bytes_max = kMessageBytesMax, .depth_max = 32});
        if (message && message->is_object() && message->contains("id") &&
            message->at("id").is_number_integer()) {
            m_answers[message->at("id").get<std::int64_t>()] = *message;
        }
    }
}

} // namespace glovebox::simulator
