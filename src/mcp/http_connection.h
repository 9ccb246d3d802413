// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/http_request.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <chrono>

namespace glovebox::mcp
{

/// A request that has begun must be there, and an answer that is ready must be taken, within this time.
inline constexpr std::chrono::milliseconds kHttpStall{5000};
/// For how long a connection may stay without a request.
inline constexpr std::chrono::milliseconds kHttpIdle{60000};
/// Answers that a client does not take pile up to here; then the connection is cut.
inline constexpr std::size_t kHttpOutput_bytes_max = 1048576;

struct HttpAnswer
{
    int status = 200;
    std::string contentType = {}; // empty: no body
    std::string body = {};
    std::map<std::string, std::string> fields = {};
};

/// One client's connection: one request at a time, each answered whole or as a stream of events. It owns the
/// socket. Nothing blocks, and no time-out runs while a request is being answered.
class HttpConnection final : public QObject
{
    Q_OBJECT
public:
    HttpConnection(int socket, std::size_t body_bytes_max);
    ~HttpConnection() override;
    Q_DISABLE_COPY_MOVE(HttpConnection)

    /// Ends the request with an answer.
    void answer(const HttpAnswer &answer);
    /// Begins an answer as server-sent events; each `event` is one JSON text, endStream() ends the request.
    void beginStream(const std::map<std::string, std::string> &fields);
    void event(const std::string &json);
    void endStream();
    /// Closes the socket at once.
    void cut();
    /// No request is being read or answered.
    [[nodiscard]] bool idle() const
    {
        return !m_answering && !m_answered && m_reader.idle() && m_output.empty();
    }
    [[nodiscard]] std::chrono::steady_clock::time_point idleSince() const { return m_idleSince; }

Q_SIGNALS:
    void requested(const glovebox::mcp::HttpRequest &request);
    /// The client is gone, or was cut. Emitted once; nothing is written any more.
    void closed();

private:
    void readSome();
    void writeSome();
    void handle(HttpRequestReader::Progress progress);
    void finishRequest();
    void proceed();
    void write(std::string_view bytes);
    void watch();
    void hangUp();

    int m_socket;
    HttpRequestReader m_reader;
    std::string m_output;
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
    enum class ClockFor { nothing, idle, request, output };
    QTimer m_clock;
    ClockFor m_clockFor = ClockFor::nothing;
    std::chrono::steady_clock::time_point m_idleSince;
    bool m_answering = false; // a request was handed out and is not answered yet
    bool m_answered = false;  // its answer is being taken; only then comes the next
    bool m_last = false;      // this request is
    bool m_hungUp = false;    // nothing more will be written
    bool m_closed = false;
};

} // namespace glovebox::mcp
