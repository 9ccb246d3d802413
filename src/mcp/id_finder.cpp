// SPDX-License-Identifier: Apache-2.0
#include "mcp/id_finder.h"

namespace glovebox::mcp
{

using base::Json;

namespace
{

/// Far above what any client numbers its requests with.
constexpr std::size_t kToken_bytes_max = 4096;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

void IdFinder::feed(std::string_view part)
{
    for (const char c : part) {
        take(c);
    }
}

Json IdFinder::id() const
{
    return !m_lost && m_count == 1 ? m_id : Json(nullptr);
}

void IdFinder::take(char c)
{
    if (m_lost) {
        return;
    }
    if (m_inString) {
        takeInString(c);
    } else if (!isSpace(c)) {
        takeOutside(c);
    }
}

void IdFinder::takeInString(char c)
{
    keep(c);
    if (m_escaped) {
        m_escaped = false;
    } else if (c == '\\') {
        m_escaped = true;
    } else if (c == '"') {
        m_inString = false;
        if (m_depth == 1 && !m_inValue) {
            // Through the strict reader, as a key may be written with escapes.
            m_isId = token() == "id";
        }
    }
}

void IdFinder::takeOutside(char c)
{
    if (!m_started) {
        m_started = true;
        m_lost = c != '{';
        m_depth = 1;
        return;
    }
    if (m_depth == 0) {
        // Something follows the object. A bracket too much is what a text with one too few before it ends
        // with.
        m_lost = c != '}' && c != ']';
        return;
    }
    const bool outermost = m_depth == 1;
    if (outermost && !m_inValue && c == '"') {
        startToken();
    }
    switch (c) {
    case '"':
        m_inString = true;
        break;
    case '{':
    case '[':
        ++m_depth;
        break;
    case '}':
    case ']':
        if (outermost) {
            endMember();
        }
        --m_depth;
        return;
    case ',':
        if (outermost) {
            endMember();
            return;
        }
        break;
    case ':':
        if (outermost) {
            m_inValue = true;
            startToken();
            return;
        }
        break;
    default:
        break;
    }
    keep(c);
}

void IdFinder::endMember()
{
    if (m_inValue && m_isId) {
        ++m_count;
        m_id = token();
    }
    m_inValue = false;
    m_isId = false;
}

void IdFinder::startToken()
{
    m_token.clear();
    m_tokenCut = false;
}

Json IdFinder::token() const
{
    const auto value = base::parseJson(m_token, {.bytes_max = kToken_bytes_max});
    const bool counts = !m_tokenCut && value && (value->is_string() || value->is_number_integer());
    return counts ? *value : Json(nullptr);
}

void IdFinder::keep(char c)
{
    if (m_inValue && !m_isId) {
        return;
    }
    if (m_token.size() == kToken_bytes_max) {
        m_tokenCut = true;
        return;
    }
    m_token += c;
}

Json findId(std::string_view text)
{
    IdFinder finder;
    finder.feed(text);
    return finder.id();
}

} // namespace glovebox::mcp
