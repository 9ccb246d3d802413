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
    /// What may become of a call that is under way when its client turns away.
    enum class Pace {
        prompt,    // answers as soon as it can, and is never forgotten
        takesBack, // the same; cancelled, nobody is told, and the tool undoes what it did before it is done
        waits, // answers when something changes: forgotten when it is cancelled or nobody listens any more
    };
    /// Takes a CallToolResult. False: nobody waited for it any more and nobody got to know it.
    using Done = std::function<bool(base::Json result)>;
    /// How far a call is; `progress` grows from one to the next, `message` is for people. False: as with
    /// Done.
    using Progress =
        std::function<bool(std::int64_t progress, std::int64_t total, const std::string &message)>;
    struct Listener
    {
        Done done;
        Progress progress;            // empty where the client did not ask for it
        std::function<bool()> wanted; // false: it was cancelled
    };

    virtual ~ToolSet() = default;

    /// The array of tools/list.
    [[nodiscard]] virtual const base::Json &definitions() const = 0;
    [[nodiscard]] virtual bool has(std::string_view name) const = 0;
    /// The ClientCapabilities without which the tool cannot do its work; an empty object for nearly all.
    [[nodiscard]] virtual base::Json neededCapabilities(std::string_view name) const = 0;
    /// Precondition: has(name), and `arguments` is an object. Completes by calling `done` at most once,
    /// possibly before it returns; never after the tools are destroyed. What fails is a result with
    /// "isError".
    virtual Pace call(const std::string &name, const base::Json &arguments, Listener listener) = 0;
};

} // namespace glovebox::mcp
