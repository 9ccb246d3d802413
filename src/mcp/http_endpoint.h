// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/caller.h"
#include "mcp/http_connection.h"
#include "mcp/http_guard.h"

#include <QPointer>

namespace glovebox::mcp
{

/// MCP's Streamable HTTP, revisions 2025-03-26 to 2026-07-28, on one path. GET is not offered (405): the
/// server has nothing to say that nobody asked for.
class HttpEndpoint final : public QObject
{
    Q_OBJECT
public:
    /// `callers` outlives the endpoint.
    HttpEndpoint(Callers &callers, AllowedHosts hosts);

    /// Answers what comes on this connection, which outlives its last request or says that it closed.
    void serve(HttpConnection *connection);

private:
    struct Exchange;
    using ExchangePointer = std::shared_ptr<Exchange>;

    void begin(HttpConnection *connection, const HttpRequest &request);
    void post(const ExchangePointer &exchange);
    void postStateless(const ExchangePointer &exchange, const Json &value, const Message &message);
    void postInSession(const ExchangePointer &exchange, const Json &value);
    void endSession(const ExchangePointer &exchange);
    void run(const ExchangePointer &exchange, const Json &value);
    void send(const ExchangePointer &exchange, const Json &message);
    void left(HttpConnection *connection);

    Callers &m_callers;
    AllowedHosts m_hosts;
    std::map<HttpConnection *, std::weak_ptr<Exchange>> m_current; // the last request of each connection
};

} // namespace glovebox::mcp
