// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/viss/config.h"
#include "ports/vehicle_signals.h"

#include <QThread>

namespace glovebox::viss
{

class Session;

/// The car's signals over VISS version 2 (WebSocket, subprotocol VISSv2), on a thread of its own.
///
/// Fail closed: a lost, silent, flooding or unintelligible peer is given up, everything becomes unset, and
/// the next connection counts as another peer. Reconnects for ever, with a doubling wait and full jitter.
class VissClient final : public ports::VehicleSignals
{
public:
    /// CLOCK_BOOTTIME in the car; called on the adapter's thread.
    using BootTimeSource = std::function<base::BootTime()>;

    VissClient(Config config, BootTimeSource bootTime);
    ~VissClient() override; // joins the thread; no call of onChange after it

    void start(std::function<void(const ports::VehicleReadings &)> onChange) override;
    void clear() override;

private:
    Config m_config;
    BootTimeSource m_bootTime;
    QThread m_thread;
    Session *m_session = nullptr; // lives on m_thread, which deletes it at its end
};

} // namespace glovebox::viss
