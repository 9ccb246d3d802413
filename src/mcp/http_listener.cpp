// SPDX-License-Identifier: Apache-2.0
#include "mcp/http_listener.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace glovebox::mcp
{

namespace
{

/// How long nothing is accepted after the system had no descriptor left.
constexpr std::chrono::milliseconds kNoDescriptors{200};
/// Most that are accepted in one go: the others get their turn.
constexpr int kAccept_count_max = 32;

struct Address
{
    sockaddr_storage storage{};
    socklen_t size = 0;
};

bool isLoopback(const in6_addr &address)
{
    return IN6_IS_ADDR_LOOPBACK(&address); // NOLINT(cppcoreguidelines-pro-type-cstyle-cast): the system's own
}

/// Nothing where `host` is no address of the loopback interface.
std::optional<Address> loopbackAddress(const std::string &host, std::uint16_t port)
{
    Address address;
    sockaddr_in v4{};
    if (::inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        std::memcpy(&address.storage, &v4, sizeof v4);
        address.size = sizeof v4;
        return ntohl(v4.sin_addr.s_addr) >> 24 == 127 ? std::optional(address) : std::nullopt;
    }
    sockaddr_in6 v6{};
    if (::inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) != 1 || !isLoopback(v6.sin6_addr)) {
        return std::nullopt;
    }
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&address.storage, &v6, sizeof v6);
    address.size = sizeof v6;
    return address;
}

std::optional<std::uint16_t> portOf(int socket)
{
    Address address;
    address.size = sizeof address.storage;
    if (::getsockname(socket, reinterpret_cast<sockaddr *>(&address.storage), &address.size) != 0) {
        return std::nullopt;
    }
    in_port_t port = 0;
    if (address.storage.ss_family == AF_INET) {
        port = reinterpret_cast<const sockaddr_in *>(&address.storage)->sin_port;
    } else {
        port = reinterpret_cast<const sockaddr_in6 *>(&address.storage)->sin6_port;
    }
    return ntohs(port);
}

} // namespace

HttpListener::HttpListener(std::size_t body_bytes_max) : m_body_bytes_max(body_bytes_max) {}

HttpListener::~HttpListener()
{
    m_readable.reset();
    if (m_socket >= 0) {
        ::close(m_socket);
    }
}

base::Result<std::uint16_t, ListenFault> HttpListener::listen(const std::string &host, std::uint16_t port)
{
    const auto address = loopbackAddress(host, port);
    if (!address) {
        return base::fail(ListenFault::notLoopback,
                          "\"" + host +
                              "\" is no loopback address: tokens would cross the network in the open");
    }
    const auto impossible = [] { return base::fail(ListenFault::notPossible, std::strerror(errno)); };
    m_socket = ::socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    if (m_socket < 0 || ::setsockopt(m_socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        ::bind(m_socket, reinterpret_cast<const sockaddr *>(&address->storage), address->size) != 0 ||
        ::listen(m_socket, SOMAXCONN) != 0) {
        return impossible();
    }
    const auto bound = portOf(m_socket);
    if (!bound) {
        return impossible();
    }
    m_readable = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &HttpListener::acceptSome);
    return *bound;
}

void HttpListener::acceptSome()
{
    for (int i = 0; i < kAccept_count_max; ++i) {
        const int socket = ::accept4(m_socket, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0) {
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
                m_readable->setEnabled(false); // it would be called again and again
                QTimer::singleShot(kNoDescriptors, Qt::PreciseTimer, this,
                                   [this] { m_readable->setEnabled(true); });
            }
            return;
        }
        if (!makeRoom()) {
            ::close(socket);
            continue;
        }
        const int on = 1; // an answer is one write: it must not wait for the one before it to be confirmed
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto *connection = new HttpConnection(socket, m_body_bytes_max);
        connection->setParent(this);
        m_connections.push_back(connection);
        connect(connection, &HttpConnection::closed, this, [this, connection] { drop(connection); });
        Q_EMIT accepted(connection);
    }
}

bool HttpListener::makeRoom()
{
    if (m_connections.size() < kHttpConnections_count_max) {
        return true;
    }
    HttpConnection *oldest = nullptr;
    for (HttpConnection *connection : m_connections) {
        if (connection->idle() && (!oldest || connection->idleSince() < oldest->idleSince())) {
            oldest = connection;
        }
    }
    if (!oldest) {
        return false;
    }
    oldest->cut();
    return true;
}

void HttpListener::drop(HttpConnection *connection)
{
    std::erase(m_connections, connection);
    connection->deleteLater();
}

} // namespace glovebox::mcp
