// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/http_endpoint.h"
#include "mcp/http_listener.h"

#include <optional>

namespace glovebox::mcp
{

struct HttpOptions
{
    std::string host;
    std::uint16_t port = 0; // 0: any free one
    std::vector<std::string> allowedHosts;
};

/// "HOST:PORT" or "[HOST]:PORT". Nothing where it is neither.
[[nodiscard]] std::optional<HttpOptions> readHttpAddress(std::string_view text);

/// Many clients over one listening socket.
class HttpServer final : public QObject
{
    Q_OBJECT
public:
    /// `callers` outlives the server.
    explicit HttpServer(Callers &callers);

    /// The port that is listened on.
    [[nodiscard]] base::Result<std::uint16_t, ListenFault> listen(const HttpOptions &options);

public Q_SLOTS:
    /// The bus is gone for good.
    void busLost();

Q_SIGNALS:
    void finished(int exitCode);

private:
    Callers &m_callers;
    HttpListener m_listener;
    std::optional<HttpEndpoint> m_endpoint;
};

} // namespace glovebox::mcp
