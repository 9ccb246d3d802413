// SPDX-License-Identifier: Apache-2.0
#include "mcp/line_reader.h"

#include <utility>

namespace glovebox::mcp
{

LineReader::LineReader(std::size_t bytes_max, Handlers handlers)
    : m_bytes_max(bytes_max), m_handlers(std::move(handlers))
{}

void LineReader::feed(std::string_view bytes)
{
    for (std::size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
        append(bytes.substr(0, end));
        finishLine();
        bytes.remove_prefix(end + 1);
    }
    append(bytes);
}

void LineReader::end()
{
    finishLine();
}

void LineReader::append(std::string_view part)
{
    if (!m_overlong && m_line.size() + part.size() <= m_bytes_max) {
        m_line += part;
        return;
    }
    m_overlong = true;
    m_id.feed(std::exchange(m_line, {}));
    m_id.feed(part);
}

void LineReader::finishLine()
{
    const std::string line = std::exchange(m_line, {});
    if (std::exchange(m_overlong, false)) {
        m_handlers.overlong(std::exchange(m_id, {}).id());
        return;
    }
    std::string_view text = line;
    if (text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    if (!text.empty()) {
        m_handlers.line(text);
    }
}

} // namespace glovebox::mcp
