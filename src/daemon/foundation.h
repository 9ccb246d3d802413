// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/pin.h"
#include "daemon/hardware.h"
#include "journal/counted.h"
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
    std::optional<Hardware> hardware; // goes last: the key, the journal and the PIN's lock use it
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
    [[nodiscard]] std::expected<journal::CountedJournal, StartFailure>
    openJournal(const Config &config, const ports::Clock &clock) const;
    /// What checks the PIN; null where none was enrolled.
    [[nodiscard]] std::expected<std::shared_ptr<crypto::PinLock>, StartFailure>
    readPin(const Config &config) const;
    /// Signs what goes to the gateway with the same key.
    [[nodiscard]] wire::CarChannel makeChannel(const Config &config) const;
};

} // namespace glovebox::daemon
