// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/purchase.h"
#include "ports/clock.h"
#include "ports/transport.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace glovebox::settlement
{

/// What settlement asks of the daemon: the durable truth. Each record() is one transition, one journal entry,
/// one transaction; `done(true)` comes after it is on disk, `done(false)` where the lifecycle table or the
/// disk said no. Called on the main thread, `done` from its event loop.
class Book
{
public:
    virtual ~Book() = default;
    /// Approvals that are not in a final state: approved, queued, submitted, unknown, authorised,
    /// cancel_requested, ….
    [[nodiscard]] virtual std::vector<payment::Purchase> unsettled() const = 0;
    [[nodiscard]] virtual std::optional<payment::Purchase> find(const payment::ApprovalId &id) const = 0;
    /// Makes an approval that was over long ago known to find() again, where there ever was one: a refund may
    /// come weeks later. `done(false)`: it could not be looked up, ask again later.
    virtual void recall(const payment::ApprovalId &id, std::function<void(bool)> done) = 0;
    virtual void record(const payment::PurchaseEvent &event, std::function<void(bool)> done) = 0;
    /// Small named values that survive a restart ("events.cursor", "directory", "time").
    [[nodiscard]] virtual std::string setting(const std::string &name) const = 0;
    virtual void store(const std::string &name, const std::string &value, std::function<void(bool)> done) = 0;
};

/// Why a question to the gateway brought nothing that could be used.
struct Trouble
{
    enum class Kind {
        unreachable, // nothing was sent
        tls,         // who answered is not the pinned gateway
        broken,      // no whole answer came
        status,      // it answered with `status`, and with nothing it signed
        notBelieved, // it answered, and the answer does not hold: onDoubt has the detail
    };
    Kind kind;
    int status = 0;
    std::string detail; // English
};

/// Store and forward. Drives everything between "approved" and a final state; owns retry, query before
/// resend, events, directory and signed time. Never blocks, keeps nothing that is not in the Book or
/// derivable from it.
class Settlement
{
public:
    virtual ~Settlement() = default;
    /// After start-up: goes on with what the Book says.
    virtual void start() = 0;
    /// The Book changed (an approval was queued, a cancel requested).
    virtual void wake() = 0;
    /// A new directory was verified and stored; the argument is the compact JWS.
    std::function<void(const std::string &)> onDirectory;
    /// An answer whose signature or content does not hold: about this approval, or, where that is empty, to a
    /// question of the car's own. It moved nothing. `detail` in English.
    std::function<void(const payment::ApprovalId &about, const std::string &detail)> onDoubt;
    /// Any verified answer of the gateway: its wall time.
    std::function<void(base::WallTime)> onContact;
    /// Each question in vain, until an answer is verified or the hint changes: then, once, nothing.
    std::function<void(const std::optional<Trouble> &)> onTrouble;
};

} // namespace glovebox::settlement
