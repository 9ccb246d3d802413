// SPDX-License-Identifier: Apache-2.0
#include "daemon/driver_session.h"

#include "crypto/hash.h"

#include <algorithm>
#include <charconv>

namespace glovebox::daemon
{

namespace
{

constexpr const char *kFailures = "pin.failures";

int failuresFrom(const std::string &text)
{
    int failures = 0;
    std::from_chars(text.data(), text.data() + text.size(), failures);
    return std::max(failures, 0);
}

base::Duration lockAfter(int failures)
{
    if (failures < DriverSession::kFreeTries) {
        return base::Duration(0);
    }
    const int doublings = std::min(failures - DriverSession::kFreeTries, 6);
    return std::min<base::Duration>(DriverSession::kFirstLock * (1 << doublings), DriverSession::kLock_max);
}

base::Json sessionPayload(const char *type, const payment::SessionId &session, const base::Moment &at)
{
    return {{"v", 1},
            {"type", type},
            {"session", session.text()},
            {"boot_id", at.bootId},
            {"boot_ms", at.boot.milliseconds()},
            {"wall_ms", at.wall.milliseconds}};
}

} // namespace

DriverSession::DriverSession(ports::Clock &clock, PurchaseBook &book, payment::DriverId driver,
                             std::shared_ptr<crypto::PinLock> lock)
    : m_clock(clock), m_book(book), m_driver(std::move(driver)), m_lock(std::move(lock)),
      m_endAlarm(clock.makeAlarm([this] { end("time"); })), m_lockAlarm(clock.makeAlarm([this] {
          if (onChanged) {
              onChanged();
          }
      }))
{
    // How much of a lock was left when the process ended is not known: it starts anew.
    setFailures(failuresFrom(book.setting(kFailures)));
}

int DriverSession::triesLeft() const
{
    return std::max(kFreeTries - m_failures, lockedFor_s() > 0 ? 0 : 1);
}

int DriverSession::lockedFor_s() const
{
    const auto left = m_lockedUntil - m_clock.now().boot;
    return static_cast<int>(std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::seconds>(left).count()));
}

void DriverSession::setFailures(int failures)
{
    m_failures = failures;
    const base::Duration lock = lockAfter(failures);
    if (lock > base::Duration(0)) {
        m_lockedUntil = m_clock.now().boot + lock;
        m_lockAlarm->set(m_lockedUntil);
    } else {
        m_lockedUntil = {};
        m_lockAlarm->clear();
    }
}

void DriverSession::tryPin(std::span<std::uint8_t> pin, std::function<void(Outcome)> done)
{
    auto secret = std::make_shared<crypto::Secret>(crypto::Secret::take(pin));
    if (!m_lock) {
        done(Outcome::unavailable);
        return;
    }
    if (m_checking || lockedFor_s() > 0) {
        done(Outcome::locked);
        return;
    }
    m_checking = true;
    // Counted before it is checked: pulling the plug after a wrong PIN gives no further try.
    const base::Json payload = sessionPayload("pin_try", {}, m_clock.now());
    m_book.note(
        {journal::EntryKind::wrongPin, m_driver, payload, {{kFailures, std::to_string(m_failures + 1)}}},
        [this, secret, drive = m_drivesEnded, done = std::move(done)](bool written) {
            if (!written) {
                m_checking = false;
                done(Outcome::unavailable);
                return;
            }
            check(secret, drive, done);
        });
}

void DriverSession::check(std::shared_ptr<crypto::Secret> pin, int drive, std::function<void(Outcome)> done)
{
    using crypto::PinAnswer;
    const bool asked = m_book.journal().ask<PinAnswer>(
        [lock = m_lock, pin](journal::Journal &) { return lock->check(*pin); },
        [this, drive, done](PinAnswer answer) {
            m_checking = false;
            if (answer == PinAnswer::right) {
                opened(drive, done);
                return;
            }
            if (answer == PinAnswer::unavailable) {
                done(Outcome::unavailable);
                return;
            }
            // A chip that has locked itself says no to everybody: ours holds at least for its first time.
            setFailures(answer == PinAnswer::locked ? std::max(m_failures + 1, kFreeTries) : m_failures + 1);
            done(lockedFor_s() > 0 ? Outcome::locked : Outcome::wrong);
        });
    if (!asked) {
        m_checking = false;
        done(Outcome::unavailable);
    }
}

void DriverSession::opened(int drive, std::function<void(Outcome)> done)
{
    const auto id = payment::SessionId::fromText(crypto::randomId('s'));
    const base::Json payload = sessionPayload("opened", *id, m_clock.now());
    m_book.note({journal::EntryKind::session, m_driver, payload, {{kFailures, "0"}}},
                [this, id, drive, done = std::move(done)](bool written) {
                    if (!written) {
                        done(Outcome::unavailable);
                        return;
                    }
                    setFailures(0);
                    m_id = *id;
                    m_pinAt = m_clock.now().boot;
                    if (drive != m_drivesEnded) {
                        end("drive"); // it ended while the PIN was checked
                        done(Outcome::unavailable);
                        return;
                    }
                    m_endAlarm->set(m_clock.now().boot + kSession_max);
                    done(Outcome::opened);
                    if (onChanged) {
                        onChanged();
                    }
                });
}

void DriverSession::end(const char *why)
{
    ++m_drivesEnded;
    if (!open()) {
        return;
    }
    base::Json payload = sessionPayload("ended", m_id, m_clock.now());
    payload["why"] = why;
    m_id = {}; // at once: what the log says about it follows
    m_endAlarm->clear();
    m_book.note({journal::EntryKind::session, m_driver, payload, {}});
    if (onChanged) {
        onChanged();
    }
}

} // namespace glovebox::daemon
