// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/id_finder.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace glovebox::mcp
{

/// Cuts a stream of bytes into lines; keeps no more than one line of at most bytes_max.
class LineReader
{
public:
    struct Handlers
    {
        std::function<void(std::string_view line)> line;    // without its end; never empty
        std::function<void(const base::Json &id)> overlong; // once for each line that was not kept
    };

    LineReader(std::size_t bytes_max, Handlers handlers);

    void feed(std::string_view bytes);
    /// The stream ends: what is left is a line too.
    void end();

private:
    void append(std::string_view part);
    void finishLine();

    std::size_t m_bytes_max;
    Handlers m_handlers;
    std::string m_line;
    bool m_overlong = false;
    IdFinder m_id; // of the overlong line
};

} // namespace glovebox::mcp
