// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <thread>

namespace glovebox::gateway
{

/// Ends connections that take too long or send too much. The HTTP library limits the silence between two
/// bytes only, so that a peer that trickles them would hold a worker for ever. A connection is shut down, and
/// the worker that reads from it goes on. Thread-safe.
class ConnectionGuard
{
public:
    struct Limits
    {
        std::chrono::milliseconds handshake{5000}; // from the first byte that is read
        std::chrono::milliseconds header{5000};    // from the end of the handshake
        std::chrono::milliseconds whole{20000};    // from the beginning to the last byte of the answer
        std::size_t received_bytes_max = 512 * 1024;
    };

    /// `context` belongs to a server that does not run yet, and is not used after this object.
    ConnectionGuard(SSL_CTX *context, Limits limits);
    ~ConnectionGuard();
    ConnectionGuard(const ConnectionGuard &) = delete;
    ConnectionGuard &operator=(const ConnectionGuard &) = delete;

    /// The headers of the connection that this thread serves have arrived.
    void headersArrived();
    /// Connections that this thread begins from now on are ended at once: there are too many.
    static void refuseHere(bool refuse);

private:
    using Clock = std::chrono::steady_clock;
    struct Connection
    {
        ConnectionGuard *guard = nullptr;
        const SSL *ssl = nullptr;
        int socket = -1;
        bool shaken = false; // the handshake is done
        Clock::time_point due;
        Clock::time_point end;
        std::size_t received_bytes = 0;
    };
    static void onState(const SSL *ssl, int where, int result);
    static void onRecord(int writes, int version, int type, const void *data, std::size_t size, SSL *ssl,
                         void *guard);
    static void onFree(void *ssl, void *connection, CRYPTO_EX_DATA *data, int index, long number,
                       void *pointer);
    static int indexOfConnection();
    static int indexOfGuard();
    static Connection *connectionOf(const SSL *ssl);

    void begin(const SSL *ssl);
    void shaken(Connection &connection);
    void received(Connection &connection, std::size_t bytes);
    void end(Connection &connection);
    void watch();

    Limits m_limits;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::map<const SSL *, Connection> m_connections;
    bool m_ending = false;
    std::thread m_watch; // last: starts when the rest is there
};

} // namespace glovebox::gateway
