// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

#include <expected>
#include <functional>
#include <string>

namespace glovebox::mcp
{

/// What the protocol needs of resources: texts that a client may read.
class ResourceSet
{
public:
    /// The array `contents` of resources/read, or a sentence that says why there is none now.
    using Contents = std::expected<base::Json, std::string>;
    using Done = std::function<void(Contents contents)>;

    virtual ~ResourceSet() = default;

    /// The array of resources/list.
    [[nodiscard]] virtual const base::Json &definitions() const = 0;
    /// The array of resources/templates/list.
    [[nodiscard]] virtual const base::Json &templates() const = 0;
    [[nodiscard]] virtual bool has(const std::string &uri) const = 0;
    /// Precondition: has(uri). Completes by calling `done` once, possibly before it returns; never after the
    /// resources are destroyed.
    virtual void read(const std::string &uri, Done done) = 0;
};

} // namespace glovebox::mcp
