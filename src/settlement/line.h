// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settlement/backoff.h"
#include "settlement/checkpoints.h"
#include "settlement/recorder.h"

#include <QLoggingCategory>

namespace glovebox::settlement
{

Q_DECLARE_LOGGING_CATEGORY(logSettlement)

[[nodiscard]] Trouble troubleOf(const ports::HttpAnswer &answer);

/// What the parts of settlement share: its ports and how a request goes out.
struct Line
{
    ports::Clock &clock;
    ports::Transport &transport;
    ports::Connectivity &connectivity;
    Book &book;
    Checkpoints *checkpoints; // null: nothing is signed for
    wire::CarChannel channel;
    Settings settings;
    RandomSource random;
    Recorder recorder;
    std::function<void(base::WallTime)> onContact;
    std::function<void(const payment::ApprovalId &, const std::string &)> onDoubt;
    std::function<void(const std::optional<Trouble> &)> onTrouble;
    std::function<void()> onProgress; // something may be due now
    // Boot time of the last verified answer; nothing once a fault or the hint spoke against it.
    std::optional<base::BootTime> lastContact{};
    bool inTrouble = false;

    [[nodiscard]] std::int64_t now_s() const { return clock.now().wall.milliseconds / 1000; }
    /// Requests about purchases and news wait for a time that the gateway signed in this boot.
    [[nodiscard]] bool timeKnown() const { return clock.now().trust == base::ClockTrust::gatewaySigned; }
    /// A submit that never left cannot be told from one whose answer was lost, and takes the certain undo
    /// from the driver: it waits for a proof that the gateway can be reached.
    [[nodiscard]] bool inContact() const
    {
        return lastContact && clock.now().boot - *lastContact <= settings.contactLasts;
    }
    void contact()
    {
        lastContact = clock.now().boot;
        endTrouble();
    }
    void contact(base::WallTime at)
    {
        contact();
        if (onContact) {
            onContact(at);
        }
    }
    /// The answer is none: it carries nothing that the gateway signed.
    void noAnswer(const ports::HttpAnswer &answer)
    {
        if (answer.fault) {
            lastContact.reset();
        }
        beInTrouble(troubleOf(answer));
    }
    /// The answer does not hold; `about` is empty where it was about no approval.
    void doubt(const payment::ApprovalId &about, const std::string &detail)
    {
        onDoubt(about, detail);
        beInTrouble({Trouble::Kind::notBelieved, 0, detail});
    }
    void endTrouble()
    {
        if (std::exchange(inTrouble, false)) {
            onTrouble(std::nullopt);
        }
    }
    void beInTrouble(const Trouble &trouble)
    {
        inTrouble = true;
        onTrouble(trouble);
    }
    void send(const wire::CarRequest &request, std::function<void(const ports::HttpAnswer &)> onAnswer) const
    {
        transport.send({request.method, request.path, request.headers, request.body}, std::move(onAnswer));
    }
};

/// The events that a verified receipt about this purchase means, with the facts it brings. None where it is a
/// repeat or older than what is known.
[[nodiscard]] std::vector<payment::PurchaseEvent> eventsOf(const payment::Purchase &purchase,
                                                           const wire::Receipt &receipt);

} // namespace glovebox::settlement
