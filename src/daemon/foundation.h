// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/pin.h"
#include "daemon/config.h"
#include "payment/kind.h"
#include "ports/clock.h"
#include "ports/transport.h"
#include "ports/vehicle_signals.h"
#include "wire/car_channel.h"

#include <QDBusConnection>

#include <expected>
#include <memory>

namespace glovebox::daemon
{

/// What a serving daemon rests on: opened and checked before the journal is, so that a start which fails here
/// has written nothing.
struct Foundation
{
    std::shared_ptr<const crypto::SigningKey> signingKey;
    crypto::Secret sealingKey;
    payment::KindCatalogue kinds;
    consent::Permissions permissions;
    std::unique_ptr<ports::Transport> transport;
    QDBusConnection bus;    // connected; no name yet
    std::string deskNotice; // translated; empty without --insecure-desk

    [[nodiscard]] static std::expected<Foundation, StartFailure> open(const Config &config,
                                                                      ports::Clock &clock, bool insecureDesk);
    /// The last thing to be opened.
    [[nodiscard]] std::expected<std::unique_ptr<journal::Journal>, StartFailure>
    openJournal(const Config &config, const ports::Clock &clock) const;
    /// The PIN record; nothing where none was enrolled.
    [[nodiscard]] static std::expected<std::optional<crypto::PinRecord>, StartFailure>
    readPin(const Config &config);
    /// Signs what goes to the gateway with the same key.
    [[nodiscard]] wire::CarChannel makeChannel(const Config &config) const;
};

} // namespace glovebox::daemon
