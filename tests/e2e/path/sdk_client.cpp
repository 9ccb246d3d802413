// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/path/sdk_client.h"

#include "platform/simulator/bench/wait.h"

#include <QFile>
#include <QStandardPaths>

namespace glovebox::testing
{

namespace
{

using simulator::waitUntil;

constexpr std::chrono::milliseconds kLimit(60000);
const auto kAgents = QStringLiteral(GLOVEBOX_SOURCE_DIR "/tests/agents");

} // namespace

bool npmPackagesThere()
{
    return !QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty() &&
           QFile::exists(kAgents + QStringLiteral("/node_modules/@modelcontextprotocol/sdk/package.json")) &&
           QFile::exists(kAgents + QStringLiteral("/node_modules/jose/package.json"));
}

SdkClient::SdkClient(const WholeCar &car)
    : m_process({QStringLiteral("node"),
                 QStringList{kAgents + QStringLiteral("/propose.mjs"), QStringLiteral("--"),
                             car.program("glovebox-mcp")} +
                     car.mcpArguments(),
                 car.path("propose.log")})
{}

SdkClient::~SdkClient() = default;

Done SdkClient::open()
{
    if (auto started = m_process.start(); !started) {
        return started;
    }
    const auto ready = nextLine();
    if (!ready) {
        return std::unexpected(ready.error());
    }
    return ready->value("ready", false) ? Done() : std::unexpected("no MCP session: " + ready->dump());
}

Maybe<Json> SdkClient::nextLine()
{
    constexpr base::JsonLimits kLineLimits{1U << 20, 32};
    const auto spoke = [this] { return m_process.process().canReadLine() || !m_process.running(); };
    if (!waitUntil(spoke, kLimit) || !m_process.process().canReadLine()) {
        return std::unexpected("the MCP client says nothing: " + m_process.logTail());
    }
    auto line = base::parseJson(m_process.process().readLine().trimmed().toStdString(), kLineLimits);
    return line && line->is_object() ? Maybe<Json>(std::move(*line))
                                     : std::unexpected("the MCP client does not print JSON");
}

Maybe<Json> SdkClient::call(const char *tool, const Json &arguments)
{
    const Json command = {{"call", tool}, {"arguments", arguments}};
    m_process.process().write(QByteArray::fromStdString(command.dump()) + '\n');
    const auto answer = nextLine();
    if (!answer) {
        return answer;
    }
    if (answer->contains("error") || answer->value("is_error", true)) {
        return std::unexpected(answer->dump());
    }
    return answer->value("result", Json());
}

Maybe<int> SdkClient::close()
{
    m_process.process().closeWriteChannel();
    if (!waitUntil([this] { return !m_process.running(); }, kLimit)) {
        return std::unexpected("the MCP client does not end");
    }
    return m_process.process().exitCode();
}

} // namespace glovebox::testing
