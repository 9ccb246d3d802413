// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/transport.h"
#include "tests/simulation/dice.h"
#include "tests/simulation/timeline.h"

#include <map>

namespace glovebox::simulation
{

/// Between car and gateway: it loses, doubles, delays, overtakes and cuts off. Every request of the car is
/// answered once, at the latest by its time-out.
class Network final : public ports::Transport
{
public:
    /// Percent of requests for which each happens.
    struct Weather
    {
        std::uint64_t down = 0;       // nothing leaves
        std::uint64_t lost = 0;       // leaves and never arrives
        std::uint64_t answerLost = 0; // handled, and the answer never arrives
        std::uint64_t halfOpen = 0;   // handled late, after the car has given up
        std::uint64_t doubled = 0;    // handled once more, perhaps much later
        std::uint64_t slow = 0;       // seconds instead of milliseconds
    };
    /// Nothing: the connection broke, whatever was done.
    using Gateway = std::function<std::optional<ports::HttpAnswer>(const ports::HttpRequest &)>;

    Network(Timeline &timeline, Dice &dice, Gateway gateway);
    void send(const ports::HttpRequest &request,
              std::function<void(const ports::HttpAnswer &)> onAnswer) override;
    /// The same road for somebody else, who asks again by himself.
    void sendForMerchant(const ports::HttpRequest &request,
                         std::function<void(const ports::HttpAnswer &)> onAnswer);
    /// The process that waits for answers is gone.
    void forgetAll() { m_waiting.clear(); }
    /// What arrives while the car sleeps is lost; when it wakes its connections are broken.
    void suspend(bool asleep);

    Weather weather;
    /// A defect to plant: requests that never leave the car.
    std::function<bool(const ports::HttpRequest &)> swallowed;

private:
    using Answered = std::function<void(const ports::HttpAnswer &)>;
    void travel(const ports::HttpRequest &request, const std::function<void(ports::HttpAnswer)> &arrive);
    void answer(int number, const ports::HttpAnswer &answer);
    [[nodiscard]] base::Duration delay();

    Timeline &m_timeline;
    Dice &m_dice;
    Gateway m_gateway;
    std::map<int, Answered> m_waiting;
    int m_sent = 0;
    bool m_asleep = false;
};

/// "POST /v1/approvals/a1/void"
[[nodiscard]] std::string lineOf(const ports::HttpRequest &request);

} // namespace glovebox::simulation
