// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace glovebox::simulator
{

/// What of the bench can be killed and started again.
enum class Program { gateway, daemon, cockpit };
[[nodiscard]] const char *nameOf(Program program); // "glovebox-gateway", "gloveboxd", "glovebox-cockpit"

/// The car's way to the gateway.
enum class Network {
    on,
    off,
    dropsAnswers, // requests arrive, answers do not: outcomes are unknown
};

} // namespace glovebox::simulator
