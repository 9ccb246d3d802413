// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <functional>
#include <string>
#include <string_view>

namespace glovebox::mcp
{

/// What the protocol needs of tools; it knows nothing of what they do.
class ToolSet
{
public:
    enum class Pace {
        prompt, // answers as soon as it can
        waits,  // answers when something changes: may be forgotten when nobody waits any more
    };
    /// Takes a CallToolResult. False: nobody waited for it any more and nobody got to know it.
    using Done = std::function<bool(base::Json result)>;

    virtual ~ToolSet() = default;

    /// The array of tools/list.
    [[nodiscard]] virtual const base::Json &definitions() const = 0;
    [[nodiscard]] virtual bool has(std::string_view name) const = 0;
    /// Precondition: has(name), and `arguments` is an object. Completes by calling `done` at most once,
    /// possibly before it returns; never after the tools are destroyed. What fails is a result with
    /// "isError".
    virtual Pace call(const std::string &name, const base::Json &arguments, Done done) = 0;
};

} // namespace glovebox::mcp
