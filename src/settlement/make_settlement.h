// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settlement/checkpoints.h"
#include "settlement/settlement.h"
#include "wire/car_channel.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace glovebox::settlement
{

struct Settings
{
    base::Duration retryFirst =
        std::chrono::seconds(2); // full jitter: the delay lies between 0 and retryFirst * 2^n …
    base::Duration retry_max = std::chrono::minutes(5);    // … or this
    base::Duration retryAfter_max = std::chrono::hours(1); // a gateway cannot silence a car for longer
    base::Duration eventsEvery = std::chrono::seconds(5);  // while money is held
    base::Duration eventsIdleEvery = std::chrono::minutes(10);
    base::Duration directoryEvery = std::chrono::hours(6);
    // Boot time for which a verified answer proves that the gateway can be reached. Short enough that a car
    // has rarely driven out of reach since, long enough that one proof serves what is approved together.
    base::Duration contactLasts = std::chrono::seconds(30);
    int parallel_max = 4; // requests about purchases at the same time
};

/// Uniform in the 64-bit range; for the jitter only, not for secrets.
using RandomSource = std::function<std::uint64_t()>;

/// All on the caller's thread. `checkpoints` may be null: then the journal is not signed for.
///  The ports and the book must outlive it; nothing is called back after its end.
[[nodiscard]] std::unique_ptr<Settlement> makeSettlement(ports::Clock &clock, ports::Transport &transport,
                                                         ports::Connectivity &connectivity, Book &book,
                                                         wire::CarChannel channel, Settings settings,
                                                         RandomSource random,
                                                         Checkpoints *checkpoints = nullptr);

} // namespace glovebox::settlement
