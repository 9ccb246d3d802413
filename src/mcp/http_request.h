// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace glovebox::mcp
{

/// Longest request line with all fields, and most fields.
inline constexpr std::size_t kHttpHead_bytes_max = 16384;
inline constexpr std::size_t kHttpFields_count_max = 64;
/// Most bytes that are given to the reader at one time.
inline constexpr std::size_t kHttpPart_bytes_max = 16384;
/// Longest target of a request line.
inline constexpr std::size_t kHttpTarget_bytes_max = 1024;

/// One request (RFC 9112). Names of fields are in lower case; no value has white space around it.
struct HttpRequest
{
    std::string method;
    std::string target;
    std::map<std::string, std::string> fields;
    std::string body;
    bool keepAlive = true;

    /// Empty where there is no such field.
    [[nodiscard]] std::string_view field(const std::string &name) const;
};

/// HTTP requests out of the bytes of one connection. Strict where lenience has been used for attacks: CRLF
/// ends a line, no folded fields, no field twice, exactly one Content-Length, no Transfer-Encoding. Keeps no
/// more than one head and one body.
class HttpRequestReader
{
public:
    enum class Progress { more, whole, malformed };

    explicit HttpRequestReader(std::size_t body_bytes_max) : m_body_bytes_max(body_bytes_max) {}
    ~HttpRequestReader();
    HttpRequestReader(const HttpRequestReader &) = delete;
    HttpRequestReader &operator=(const HttpRequestReader &) = delete;

    /// At most kHttpPart_bytes_max, and none while full(). After whole only next() goes on; what comes before
    /// that is kept. After malformed nothing does.
    Progress take(std::string_view bytes);
    [[nodiscard]] const HttpRequest &request() const { return m_request; } // when whole
    [[nodiscard]] int status() const { return m_status; }                  // when malformed: what to answer
    /// Nothing of a request was seen yet.
    [[nodiscard]] bool idle() const { return m_bytes.empty() && !m_headRead; }
    /// So much came after the request that nothing more should be read before next().
    [[nodiscard]] bool full() const { return m_bytes.size() >= kHttpHead_bytes_max; }
    /// Forgets the request, wiping what may hold a token, and goes on with what followed it.
    Progress next();

private:
    Progress advance();
    bool readHead(std::string_view head);
    bool readRequestLine(std::string_view line);
    bool readField(std::string_view line);
    bool readLength();
    bool refuse(int status);
    void wipe();

    std::size_t m_body_bytes_max;
    std::string m_bytes; // not yet taken apart
    HttpRequest m_request;
    std::size_t m_length = 0;
    bool m_headRead = false;
    bool m_whole = false;
    int m_status = 0;
};

} // namespace glovebox::mcp
