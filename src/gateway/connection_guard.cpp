// SPDX-License-Identifier: Apache-2.0
#include "gateway/connection_guard.h"

#include <algorithm>
#include <sys/socket.h>

namespace glovebox::gateway
{

namespace
{

// How late a connection may be cut.
constexpr std::chrono::milliseconds kTick{100};

// A connection is served by one thread from its handshake to its end.
thread_local const SSL *t_served = nullptr;
thread_local bool t_refuses = false;

} // namespace

int ConnectionGuard::indexOfConnection()
{
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, &ConnectionGuard::onFree);
    return index;
}

int ConnectionGuard::indexOfGuard()
{
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

ConnectionGuard::Connection *ConnectionGuard::connectionOf(const SSL *ssl)
{
    return static_cast<Connection *>(SSL_get_ex_data(ssl, indexOfConnection()));
}

ConnectionGuard::ConnectionGuard(SSL_CTX *context, Limits limits)
    : m_limits(limits), m_watch([this] { watch(); })
{
    SSL_CTX_set_ex_data(context, indexOfGuard(), this);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_info_callback(context, &ConnectionGuard::onState);
    SSL_CTX_set_msg_callback(context, &ConnectionGuard::onRecord);
    SSL_CTX_set_msg_callback_arg(context, this);
}

ConnectionGuard::~ConnectionGuard()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_watch.join();
}

void ConnectionGuard::onState(const SSL *ssl, int where, int /*result*/)
{
    Connection *connection = connectionOf(ssl);
    if ((where & SSL_CB_HANDSHAKE_START) != 0 && connection == nullptr) {
        static_cast<ConnectionGuard *>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), indexOfGuard()))->begin(ssl);
    } else if ((where & SSL_CB_HANDSHAKE_DONE) != 0 && connection != nullptr) {
        connection->guard->shaken(*connection);
    }
}

void ConnectionGuard::onRecord(int writes, int /*version*/, int type, const void *data, std::size_t size,
                               SSL *ssl, void *guard)
{
    constexpr std::size_t kHeader_bytes = 5; // type, version, length
    Connection *connection = connectionOf(ssl);
    if (writes == 0 && type == SSL3_RT_HEADER && size == kHeader_bytes && connection != nullptr) {
        const auto *header = static_cast<const unsigned char *>(data);
        static_cast<ConnectionGuard *>(guard)->received(*connection,
                                                        (std::size_t{header[3]} << 8U) + header[4] + size);
    }
}

void ConnectionGuard::onFree(void * /*ssl*/, void *connection, CRYPTO_EX_DATA * /*data*/, int /*index*/,
                             long /*number*/, void * /*pointer*/)
{
    // Before the socket is closed: its number is never shut down when it is somebody else's.
    if (connection != nullptr) {
        auto *ended = static_cast<Connection *>(connection);
        ended->guard->end(*ended);
    }
}

void ConnectionGuard::begin(const SSL *ssl)
{
    t_served = ssl;
    const int socket = SSL_get_fd(ssl);
    if (t_refuses) {
        ::shutdown(socket, SHUT_RDWR);
        return;
    }
    const Clock::time_point now = Clock::now();
    const std::lock_guard lock(m_mutex);
    Connection &connection = m_connections[ssl];
    connection = {this, ssl, socket, false, now + m_limits.handshake, now + m_limits.whole, 0};
    // OpenSSL hands the callback a const object, and keeps the mutable one.
    SSL_set_ex_data(const_cast<SSL *>(ssl), indexOfConnection(), &connection);
    m_wake.notify_one();
}

void ConnectionGuard::shaken(Connection &connection)
{
    const std::lock_guard lock(m_mutex);
    if (!connection.shaken) {
        connection.shaken = true;
        connection.due = std::min(Clock::now() + m_limits.header, connection.end);
    }
}

void ConnectionGuard::headersArrived()
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_connections.find(t_served); found != m_connections.end()) {
        found->second.due = found->second.end;
    }
}

void ConnectionGuard::received(Connection &connection, std::size_t bytes)
{
    const std::lock_guard lock(m_mutex);
    connection.received_bytes += bytes;
    if (connection.received_bytes > m_limits.received_bytes_max) {
        ::shutdown(connection.socket, SHUT_RDWR);
    }
}

void ConnectionGuard::end(Connection &connection)
{
    const std::lock_guard lock(m_mutex);
    m_connections.erase(connection.ssl);
}

void ConnectionGuard::refuseHere(bool refuse)
{
    t_refuses = refuse;
}

void ConnectionGuard::watch()
{
    std::unique_lock lock(m_mutex);
    while (!m_ending) {
        if (m_connections.empty()) {
            m_wake.wait(lock, [this] { return m_ending || !m_connections.empty(); });
            continue;
        }
        m_wake.wait_for(lock, kTick, [this] { return m_ending; });
        const Clock::time_point now = Clock::now();
        for (auto &[ssl, connection] : m_connections) {
            if (connection.due <= now) {
                ::shutdown(connection.socket, SHUT_RDWR); // said again until the worker has seen it
            }
        }
    }
}

} // namespace glovebox::gateway
