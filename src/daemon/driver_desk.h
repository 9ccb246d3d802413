// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/approval.h"
#include "payment/texts.h"

#include <functional>
#include <string>
#include <vector>

namespace glovebox::daemon
{

/// What the cockpit must show, as a value; driver_source turns it into the CockpitView of Driver.rep.
struct ViewState
{
    std::string screen = "idle"; // "idle", "card", "pin", "result"
    payment::DrivingState driving = payment::DrivingState::moving;
    bool sessionOpen = false;
    bool online = false;
    bool paused = false; // nothing can be approved until what `notice` says is mended
    int waiting = 0;     // further proposals that wait for their turn
    std::string locale = "en";
    std::string notice;
    std::string deskNotice;
    struct Card
    {
        std::string nonce;
        std::string purchaseId;
        std::string purpose = "purchase";
        std::string layout; // "glance", "details"
        std::string icon;
        payment::ShownTexts texts;
        friend bool operator==(const Card &, const Card &) = default;
    } card;
    struct Result
    {
        std::string purchaseId;
        std::string tone;
        bool undoPossible = false;
        bool resumable = false;
        std::vector<payment::ShownText> items;
        friend bool operator==(const Result &, const Result &) = default;
    } result;
    struct Pin
    {
        bool open = false;
        int triesLeft = 5;
        int lockedFor_s = 0;
        friend bool operator==(const Pin &, const Pin &) = default;
    } pin;
    friend bool operator==(const ViewState &, const ViewState &) = default;
};

/// The driver's side of the daemon: Driver.rep without the socket. All calls on the main thread.
class DriverDesk
{
public:
    virtual ~DriverDesk() = default;
    struct Listener
    {
        std::function<void(const ViewState &)> view;
        std::function<void(const std::string &nonce, const std::string &reason)> refused;
        std::function<void(const std::string &outcome)> pinAnswered;
    };
    /// One cockpit at a time; the listener gets the present view at once.
    virtual void attach(Listener listener) = 0;
    /// The socket closed: a card without an answer is interrupted.
    virtual void detach() = 0;

    virtual void shown(const std::string &nonce) = 0;
    virtual void alive(const std::string &nonce) = 0; // empty: the cockpit draws, and shows no card
    virtual void approve(const std::string &nonce, const std::vector<payment::ShownText> &items,
                         payment::ConsentMethod method) = 0;
    virtual void decline(const std::string &nonce) = 0;
    virtual void interrupted(const std::string &nonce) = 0;
    virtual void enterPin(std::span<std::uint8_t> pin) = 0; // wiped before it returns
    virtual void openPin() = 0;
    virtual void closePin() = 0;
    virtual void undo(const std::string &purchaseId) = 0;
    virtual void dismiss(const std::string &purchaseId) = 0;
    virtual void resume(const std::string &purchaseId) = 0;
};

} // namespace glovebox::daemon
