// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/pin.h"
#include "daemon/purchase_book.h"
#include "ports/clock.h"

namespace glovebox::daemon
{

/// One driver session per drive: opened by PIN while parked, ended by ignition, door or time. A profile is a
/// label; this is what authenticates. The throttle survives a restart: a try is on disk before it is checked.
class DriverSession
{
public:
    static constexpr int kFreeTries = 5;
    static constexpr base::Duration kFirstLock =
        std::chrono::seconds(60); // doubles with each further wrong PIN
    static constexpr base::Duration kLock_max = std::chrono::hours(1);
    static constexpr base::Duration kSession_max = std::chrono::hours(12);

    enum class Outcome { opened, wrong, locked, unavailable };

    DriverSession(ports::Clock &clock, PurchaseBook &book, payment::DriverId driver,
                  std::shared_ptr<crypto::PinLock> lock);

    [[nodiscard]] bool open() const { return !m_id.empty(); }
    [[nodiscard]] const payment::SessionId &id() const { return m_id; }
    /// When the PIN was last entered; nothing while no session is open.
    [[nodiscard]] std::optional<base::BootTime> pinAt() const
    {
        return open() ? std::optional(m_pinAt) : std::nullopt;
    }
    [[nodiscard]] bool pinEnrolled() const { return m_lock != nullptr; }
    [[nodiscard]] int triesLeft() const;
    /// Seconds until the next try, rounded up; 0 where one may try now.
    [[nodiscard]] int lockedFor_s() const;

    /// Answers from the event loop. `pin` is wiped before it returns; one check at a time.
    void tryPin(std::span<std::uint8_t> pin, std::function<void(Outcome)> done);
    void end(const char *why); // "ignition", "door", "time"

    std::function<void()> onChanged;

private:
    void check(std::shared_ptr<crypto::Secret> pin, int drive, std::function<void(Outcome)> done);
    void opened(int drive, std::function<void(Outcome)> done);
    void setFailures(int failures);

    ports::Clock &m_clock;
    PurchaseBook &m_book;
    payment::DriverId m_driver;
    std::shared_ptr<crypto::PinLock> m_lock; // null: no PIN was enrolled
    payment::SessionId m_id;
    base::BootTime m_pinAt;
    int m_failures = 0;
    base::BootTime m_lockedUntil;
    bool m_checking = false;
    int m_drivesEnded = 0; // a PIN that is still being checked does not open the session of the next drive
    std::unique_ptr<ports::Alarm> m_endAlarm;
    std::unique_ptr<ports::Alarm> m_lockAlarm;
};

} // namespace glovebox::daemon
