// SPDX-License-Identifier: Apache-2.0
#include "mcp/http_connection.h"

#include <array>
#include <cerrno>
#include <cstdio>

#include <sys/socket.h>
#include <unistd.h>

namespace glovebox::mcp
{

namespace
{

bool wouldBlock(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

/// RFC 9110, section 15. The ones that are answered here.
const char *reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 202:
        return "Accepted";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 406:
        return "Not Acceptable";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "";
    }
}

std::string headOf(int status, const std::map<std::string, std::string> &fields)
{
    std::string head = "HTTP/1.1 " + std::to_string(status) + ' ' + reasonOf(status) + "\r\n";
    for (const auto &[name, value] : fields) {
        head += name + ": " + value + "\r\n";
    }
    return head + "Cache-Control: no-store\r\n";
}

/// RFC 9112, section 7.1.
std::string chunkOf(std::string_view bytes)
{
    std::array<char, 24> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    return size.data() + std::string(bytes) + "\r\n";
}

} // namespace

HttpConnection::HttpConnection(int socket, std::size_t body_bytes_max)
    : m_socket(socket), m_reader(body_bytes_max), m_readable(socket, QSocketNotifier::Read),
      m_writable(socket, QSocketNotifier::Write), m_idleSince(std::chrono::steady_clock::now())
{
    m_writable.setEnabled(false);
    m_clock.setSingleShot(true);
    m_clock.setTimerType(Qt::PreciseTimer);
    connect(&m_readable, &QSocketNotifier::activated, this, &HttpConnection::readSome);
    connect(&m_writable, &QSocketNotifier::activated, this, &HttpConnection::writeSome);
    connect(&m_clock, &QTimer::timeout, this, &HttpConnection::cut);
    watch();
}

HttpConnection::~HttpConnection()
{
    ::close(m_socket);
}

void HttpConnection::readSome()
{
    std::array<char, kHttpPart_bytes_max> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const ssize_t count = ::recv(m_socket, bytes.data(), bytes.size(), 0);
    if (count <= 0) {
        if (count == 0 || !wouldBlock(errno)) {
            cut();
        }
        return;
    }
    if (!m_hungUp) {
        const auto progress = m_reader.take({bytes.data(), static_cast<std::size_t>(count)});
        if (!m_answering && !m_answered) {
            handle(progress);
        }
    }
    ::explicit_bzero(bytes.data(), static_cast<std::size_t>(count)); // may hold a token
    watch();
}

void HttpConnection::handle(HttpRequestReader::Progress progress)
{
    switch (progress) {
    case HttpRequestReader::Progress::more:
        return;
    case HttpRequestReader::Progress::malformed:
        m_answering = true;
        m_last = true;
        answer({.status = m_reader.status()});
        return;
    case HttpRequestReader::Progress::whole:
        m_answering = true;
        m_last = !m_reader.request().keepAlive;
        Q_EMIT requested(m_reader.request());
        return;
    }
}

void HttpConnection::answer(const HttpAnswer &answer)
{
    std::string text = headOf(answer.status, answer.fields);
    if (!answer.contentType.empty()) {
        text += "Content-Type: " + answer.contentType + "\r\n";
    }
    if (m_last) {
        text += "Connection: close\r\n";
    }
    text += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n\r\n" + answer.body;
    write(text);
    finishRequest();
}

void HttpConnection::beginStream(const std::map<std::string, std::string> &fields)
{
    // Proxies must not keep events back (specification 2026-07-28, streamable-http, "Receiving Messages").
    write(headOf(200, fields) + "Content-Type: text/event-stream\r\nX-Accel-Buffering: no\r\n" +
          (m_last ? "Connection: close\r\n" : "") + "Transfer-Encoding: chunked\r\n\r\n");
}

void HttpConnection::event(const std::string &json)
{
    write(chunkOf("event: message\ndata: " + json + "\n\n"));
}

void HttpConnection::endStream()
{
    write("0\r\n\r\n");
    finishRequest();
}

void HttpConnection::finishRequest()
{
    m_answering = false;
    m_answered = true;
    m_idleSince = std::chrono::steady_clock::now();
    // From the event loop: a client that sends many requests at once must not grow the stack.
    QMetaObject::invokeMethod(this, &HttpConnection::proceed, Qt::QueuedConnection);
}

/// Goes on to the next request when the answer to the last one was taken.
void HttpConnection::proceed()
{
    if (m_answered && m_output.empty() && !m_hungUp) {
        m_answered = false;
        m_clockFor = ClockFor::nothing;
        if (m_last) {
            hangUp();
        } else {
            handle(m_reader.next());
        }
    }
    watch();
}

void HttpConnection::write(std::string_view bytes)
{
    if (m_hungUp) {
        return;
    }
    m_output += bytes;
    writeSome();
}

void HttpConnection::writeSome()
{
    while (!m_output.empty()) {
        const ssize_t count = ::send(m_socket, m_output.data(), m_output.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            if (!wouldBlock(errno)) {
                cut();
                return;
            }
            break;
        }
        m_output.erase(0, static_cast<std::size_t>(count));
    }
    if (m_output.size() > kHttpOutput_bytes_max) {
        cut();
        return;
    }
    if (m_output.empty() && m_answered) {
        QMetaObject::invokeMethod(this, &HttpConnection::proceed, Qt::QueuedConnection);
    }
    watch();
}

/// Sets what is waited for, and for how long.
void HttpConnection::watch()
{
    m_writable.setEnabled(!m_closed && !m_output.empty());
    m_readable.setEnabled(!m_closed && (m_hungUp || !m_reader.full()));
    auto clockFor = ClockFor::nothing;
    if (!m_output.empty() || m_hungUp) {
        clockFor = ClockFor::output;
    } else if (!m_answering && !m_answered) { // from the first byte on: dripping does not gain time
        clockFor = m_reader.idle() ? ClockFor::idle : ClockFor::request;
    }
    if (m_closed || clockFor == ClockFor::nothing) {
        m_clock.stop();
    } else if (clockFor != m_clockFor) {
        m_clock.start(clockFor == ClockFor::idle ? kHttpIdle : kHttpStall);
    }
    m_clockFor = clockFor;
}

/// Says that nothing more comes, and goes on reading: a socket that is closed with bytes unread resets the
/// connection, and the client might never see the answer.
void HttpConnection::hangUp()
{
    m_hungUp = true;
    ::shutdown(m_socket, SHUT_WR);
}

void HttpConnection::cut()
{
    if (m_closed) {
        return;
    }
    m_closed = true;
    m_hungUp = true;
    m_output.clear();
    ::shutdown(m_socket, SHUT_RDWR);
    watch();
    Q_EMIT closed();
}

} // namespace glovebox::mcp
