// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "mcp/http_connection.h"

#include <memory>
#include <vector>

namespace glovebox::mcp
{

/// Connections at one time; a newcomer takes the place of the one that has been idle for longest, and is cut
/// where none is.
inline constexpr std::size_t kHttpConnections_count_max = 256;

enum class ListenFault { notLoopback, notPossible };

/// Accepts connections on one address of the loopback interface.
class HttpListener final : public QObject
{
    Q_OBJECT
public:
    explicit HttpListener(std::size_t body_bytes_max);
    ~HttpListener() override;
    Q_DISABLE_COPY_MOVE(HttpListener)

    /// `host`: an address (no name); `port`: 0 takes a free one. The port that is listened on.
    [[nodiscard]] base::Result<std::uint16_t, ListenFault> listen(const std::string &host,
                                                                  std::uint16_t port);
    [[nodiscard]] std::size_t connections() const { return m_connections.size(); }

Q_SIGNALS:
    void accepted(glovebox::mcp::HttpConnection *connection);

private:
    void acceptSome();
    [[nodiscard]] bool makeRoom();
    void drop(HttpConnection *connection);

    std::size_t m_body_bytes_max;
    int m_socket = -1;
    std::unique_ptr<QSocketNotifier> m_readable;
    std::vector<HttpConnection *> m_connections; // children of this
};

} // namespace glovebox::mcp
