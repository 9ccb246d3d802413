// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/mcp/session_bench.h"

namespace glovebox::testing
{

namespace
{

const char *const kMeta = R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                          R"("io.modelcontextprotocol/clientCapabilities":{}})";

} // namespace

void SessionBench::receive(const QByteArray &text)
{
    const auto value = mcp::readText(text.toStdString());
    if (!value) {
        sent.push_back(mcp::errorMessage(value.error()));
        return;
    }
    answered = session.receive(*value, [this](const Json &message) { sent.push_back(message); });
}

bool SessionBench::initialize(const char *revision)
{
    receive(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":")" +
            QByteArray(revision) + R"(","capabilities":{},"clientInfo":{"name":"t","version":"0"}}})");
    receive(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
    const bool agreed = last().contains("result");
    sent.clear();
    return agreed;
}

QString stateless(const char *id, const char *method, const char *params)
{
    return QStringLiteral(R"({"jsonrpc":"2.0","id":%1,"method":"%2","params":{%3%4}})")
        .arg(QLatin1String(id), QLatin1String(method), QLatin1String(kMeta), QLatin1String(params));
}

QString call(const char *id, const char *tool)
{
    return QStringLiteral(R"({"jsonrpc":"2.0","id":%1,"method":"tools/call","params":{"name":"%2"}})")
        .arg(QLatin1String(id), QLatin1String(tool));
}

} // namespace glovebox::testing
