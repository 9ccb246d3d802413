// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>

namespace glovebox::simulator
{

/// Runs this thread's event loop until `done` answers true, at most for `limit` of real time. False: the
/// limit came first. `done` is asked again every `pause`.
[[nodiscard]] bool waitUntil(const std::function<bool()> &done, std::chrono::milliseconds limit,
                             std::chrono::milliseconds pause = std::chrono::milliseconds(5));

} // namespace glovebox::simulator
