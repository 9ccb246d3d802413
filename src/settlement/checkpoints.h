// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/checkpoints.h"

#include <functional>
#include <optional>

namespace glovebox::settlement
{

/// What settlement asks of the daemon about the journal as a log that others can hold it to. Called on the
/// main thread, `done` from its event loop.
class Checkpoints
{
public:
    enum class Compared {
        goesOn,      // the log contains it: the next prove() starts from there
        contradicts, // it does not, and the daemon has stopped approving
        failed       // it could not be compared now
    };
    virtual ~Checkpoints() = default;
    /// A checkpoint of the log as it stands, signed and in the log itself when it is handed out. Nothing: it
    /// could not be made, or the log is one that nobody may sign for any more.
    virtual void sign(std::function<void(std::optional<std::string>)> done) = 0;
    /// What shows the witness that it goes on from the one that was cosigned last. Nothing: the log could not
    /// be read.
    virtual void prove(const std::string &note,
                       std::function<void(std::optional<wire::CheckpointRequest>)> done) = 0;
    /// A note of sign() with the witness's signature added, verified. `done(false)`: not on disk.
    virtual void keep(const std::string &note, std::function<void(bool)> done) = 0;
    /// What the witness says that it has cosigned, its signature verified; empty: nothing.
    virtual void compare(const std::string &note, std::function<void(Compared)> done) = 0;
};

} // namespace glovebox::settlement
