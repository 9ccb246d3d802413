// SPDX-License-Identifier: Apache-2.0
#include "mcp/http_server.h"

#include <charconv>

namespace glovebox::mcp
{

namespace
{

constexpr int kExitNoBus = 69; // docs/formats.md, "Exit codes"

} // namespace

std::optional<HttpOptions> readHttpAddress(std::string_view text)
{
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) {
        return std::nullopt;
    }
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return std::nullopt;
    }
    HttpOptions options{.host = std::string(host), .port = 0, .allowedHosts = {}};
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), options.port);
    if (error != std::errc() || end != port.data() + port.size()) {
        return std::nullopt;
    }
    return options;
}

HttpServer::HttpServer(Callers &callers) : m_callers(callers), m_listener(kMessage_bytes_max)
{
    connect(&m_listener, &HttpListener::accepted, this,
            [this](HttpConnection *connection) { m_endpoint->serve(connection); });
}

base::Result<std::uint16_t, ListenFault> HttpServer::listen(const HttpOptions &options)
{
    auto port = m_listener.listen(options.host, options.port);
    if (port) {
        m_endpoint.emplace(m_callers, AllowedHosts(*port, options.allowedHosts));
    }
    return port;
}

void HttpServer::busLost()
{
    Q_EMIT finished(kExitNoBus);
}

} // namespace glovebox::mcp
