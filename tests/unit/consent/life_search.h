// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/lifecycle.h"

#include <array>
#include <cstdint>
#include <expected>
#include <functional>
#include <string>

namespace glovebox::testing
{

/// The lifecycle table, or one that a test has changed.
using Table = std::function<std::expected<payment::Transition, payment::LifecycleError>(payment::State,
                                                                                        payment::Event)>;

/// What the gateway holds of an approval. Its database allows one row for each approval id.
enum class Held : std::uint8_t { nothing, authorised, captured, voided, released, refused, barred };

/// A purchase as car, gateway and the messages between them know it.
struct Life
{
    payment::State state = payment::State::proposed;
    Held gateway = Held::nothing;
    bool sent = false;      // the approval is on its way, perhaps for the second time
    bool voidSent = false;  // and the wish to stop it
    bool consented = false; // a press on its live card
    bool proven = false;    // the car holds the capture receipt
    std::uint8_t charges = 0;
    friend bool operator==(const Life &, const Life &) = default;
};

/// Two purchases at once, and the one card there is: whose it is, or 2 for none.
struct WorldState
{
    static constexpr std::uint8_t kNoCard = 2;
    std::array<Life, 2> lives;
    std::uint8_t card = kNoCard;
};

struct Found
{
    std::size_t states = 0;
    std::size_t steps = 0;
    std::string broken; // the first rule that a state breaks, with the state; empty: none does
};

/// Tries every order of every step that agent, daemon, cockpit and gateway can make, with crashes and repeats
/// of each of them, from the start on. `purchases`: 1 or 2.
[[nodiscard]] Found searchLives(const Table &table, int purchases);

} // namespace glovebox::testing
