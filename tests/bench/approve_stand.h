// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/report.h"

#include <filesystem>
#include <memory>

namespace glovebox::bench
{

/// The daemon's own use cases over a real journal and a real key in `folder` (those that are there, or new
/// ones: filled_journal.h), in a parked car with an open driver session. Bus, socket, car and gateway are
/// played; nothing is settled. Needs a QCoreApplication.
class ApproveStand
{
public:
    explicit ApproveStand(const std::filesystem::path &folder);
    ~ApproveStand();

    /// From the driver's approve() to the moments at which the journal's thread takes it up, at which it is
    /// signed and on the disk, and at which the daemon's main thread knows.
    struct Times
    {
        Sample takenUp;
        Sample durable;
        Sample known;
    };
    /// A purchase is proposed, its card shown long enough, then approved.
    [[nodiscard]] Times approve();
    /// Stops that purchase and puts its result away: every round begins alike.
    void putAway();
    /// The compact JWS of the latest approval.
    [[nodiscard]] std::string approval() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m;
};

} // namespace glovebox::bench
