// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config.h"
#include "daemon/program.h"

#include <expected>
#include <memory>

namespace glovebox::daemon
{

/// The composition root of a serving daemon: everything is built here, in the order in which a failure leaves
/// the least behind, and ends here in the reverse order.
class Composition
{
public:
    struct Parts
    {
        const Config &config; // both outlive the composition
        const Outside &outside;
        ports::Clock &clock;
        bool insecureDesk = false;
    };
    /// Serves from the moment it returns. Loss of the bus ends the event loop with 69.
    [[nodiscard]] static std::expected<std::unique_ptr<Composition>, StartFailure> make(const Parts &parts);
    virtual ~Composition() = default;
    /// Notes the orderly end in the log; `done` when that is on disk.
    virtual void stop(std::function<void()> done) = 0;
};

} // namespace glovebox::daemon
