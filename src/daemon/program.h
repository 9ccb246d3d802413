// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/clock.h"
#include "ports/transport.h"
#include "ports/vehicle_signals.h"

#include <functional>
#include <memory>

namespace glovebox::daemon
{

/// Called once, before anything reads the time.
using MakeClock = std::function<std::unique_ptr<ports::Clock>()>;

/// The whole life of a daemon process: command line, start rules, composition, event loop, orderly stop.
/// Answers the exit code of docs/formats.md; every failure to start is one sentence on standard error, and
/// leaves every file as it was. gloveboxd and gloveboxd-desk differ in the clock that they bring.
[[nodiscard]] int runDaemon(int argc, char **argv, const MakeClock &makeClock);

/// What gloveboxd-desk brings from outside. An empty function means the same as in gloveboxd.
struct Outside
{
    MakeClock makeClock; // required
    /// Gets the VISS adapter and answers what the daemon listens to in its place.
    std::function<std::unique_ptr<ports::VehicleSignals>(std::unique_ptr<ports::VehicleSignals>)> wrapSignals;
    std::function<std::unique_ptr<ports::Connectivity>()> makeConnectivity;
};
[[nodiscard]] int runDaemon(int argc, char **argv, const Outside &outside);

} // namespace glovebox::daemon
