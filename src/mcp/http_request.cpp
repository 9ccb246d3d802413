// SPDX-License-Identifier: Apache-2.0
#include "mcp/http_request.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace glovebox::mcp
{

namespace
{

constexpr std::string_view kHeadEnd = "\r\n\r\n";

/// RFC 9110, section 5.6.2.
bool isTokenCharacter(char c)
{
    const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return alphanumeric || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, isTokenCharacter);
}

/// Visible characters, space and tab: nothing that could end a line or hide.
bool isValue(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c == '\t' || (c >= ' ' && c != 0x7f); });
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

void wipeText(std::string &text)
{
    ::explicit_bzero(text.data(), text.size());
    text.clear();
}

} // namespace

std::string_view HttpRequest::field(const std::string &name) const
{
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

HttpRequestReader::~HttpRequestReader()
{
    wipe();
    wipeText(m_bytes);
}

void HttpRequestReader::wipe()
{
    for (auto &[name, value] : m_request.fields) {
        wipeText(value);
    }
    m_request = HttpRequest{};
}

HttpRequestReader::Progress HttpRequestReader::take(std::string_view bytes)
{
    // A buffer that grows leaves its old bytes behind, unwiped: all it can come to is there from the start.
    m_bytes.reserve(kHttpHead_bytes_max + kHttpPart_bytes_max);
    m_bytes += bytes;
    return advance();
}

HttpRequestReader::Progress HttpRequestReader::next()
{
    wipe();
    m_headRead = false;
    m_whole = false;
    return advance();
}

HttpRequestReader::Progress HttpRequestReader::advance()
{
    if (m_status != 0) {
        return Progress::malformed;
    }
    if (m_whole) {
        return Progress::whole;
    }
    if (!m_headRead) {
        const auto end = m_bytes.find(kHeadEnd);
        if (end == std::string::npos) {
            return m_bytes.size() <= kHttpHead_bytes_max || refuse(431) ? Progress::more
                                                                        : Progress::malformed;
        }
        if (end > kHttpHead_bytes_max ? !refuse(431) : !readHead(std::string_view(m_bytes).substr(0, end))) {
            return Progress::malformed;
        }
        ::explicit_bzero(m_bytes.data(), end);
        m_bytes.erase(0, end + kHeadEnd.size());
        m_headRead = true;
    }
    const std::size_t part = std::min(m_length - m_request.body.size(), m_bytes.size());
    m_request.body.append(m_bytes, 0, part);
    m_bytes.erase(0, part);
    m_whole = m_request.body.size() == m_length;
    return m_whole ? Progress::whole : Progress::more;
}

bool HttpRequestReader::refuse(int status)
{
    m_status = status;
    return false;
}

bool HttpRequestReader::readHead(std::string_view head)
{
    auto end = head.find("\r\n");
    if (!readRequestLine(head.substr(0, end))) {
        return false;
    }
    while (end != std::string_view::npos) {
        head.remove_prefix(end + 2);
        end = head.find("\r\n");
        if (!readField(head.substr(0, end))) {
            return false;
        }
    }
    return readLength();
}

bool HttpRequestReader::readRequestLine(std::string_view line)
{
    const auto method = line.find(' ');
    const auto target = method == std::string_view::npos ? method : line.find(' ', method + 1);
    if (target == std::string_view::npos) {
        return refuse(400);
    }
    m_request.method = line.substr(0, method);
    m_request.target = line.substr(method + 1, target - method - 1);
    const std::string_view version = line.substr(target + 1);
    if (!isToken(m_request.method) || m_request.target.empty() || !isValue(m_request.target) ||
        !version.starts_with("HTTP/")) {
        return refuse(400);
    }
    if (m_request.target.size() > kHttpTarget_bytes_max) {
        return refuse(414);
    }
    return version == "HTTP/1.1" || refuse(505);
}

bool HttpRequestReader::readField(std::string_view line)
{
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon)) ||
        !isValue(line.substr(colon + 1))) {
        return refuse(400);
    }
    if (m_request.fields.size() == kHttpFields_count_max) {
        return refuse(431);
    }
    const std::string_view value = trimmed(line.substr(colon + 1));
    const auto [field, isNew] = m_request.fields.try_emplace(lowerCase(line.substr(0, colon)), value);
    if (isNew) {
        return true;
    }
    if (field->first != "accept") { // the one list that clients do send in parts (RFC 9110, section 5.3)
        return refuse(400);
    }
    field->second.append(", ").append(value);
    return true;
}

bool HttpRequestReader::readLength()
{
    m_length = 0;
    if (m_request.fields.contains("transfer-encoding")) {
        return refuse(411);
    }
    if (m_request.fields.contains("expect")) {
        return refuse(417);
    }
    m_request.keepAlive = lowerCase(m_request.field("connection")) != "close";
    const std::string_view length = m_request.field("content-length");
    if (!m_request.fields.contains("content-length")) {
        return m_request.method != "POST" || refuse(411);
    }
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), m_length);
    if (error != std::errc() || end != length.data() + length.size()) {
        return refuse(400);
    }
    return m_length <= m_body_bytes_max || refuse(413);
}

} // namespace glovebox::mcp
