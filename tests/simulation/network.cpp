// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/network.h"

namespace glovebox::simulation
{

using namespace std::chrono_literals;

namespace
{

constexpr base::Duration kTimeOut = 20s;

ports::HttpAnswer fault(ports::TransportFault what)
{
    ports::HttpAnswer answer;
    answer.fault = what;
    return answer;
}

} // namespace

std::string lineOf(const ports::HttpRequest &request)
{
    return request.method + ' ' + request.path.substr(0, request.path.find('?'));
}

Network::Network(Timeline &timeline, Dice &dice, Gateway gateway)
    : m_timeline(timeline), m_dice(dice), m_gateway(std::move(gateway))
{}

base::Duration Network::delay()
{
    return m_dice.percent(weather.slow) ? m_dice.between(1s, 9s) : m_dice.between(10ms, 200ms);
}

void Network::send(const ports::HttpRequest &request, Answered onAnswer)
{
    const int number = ++m_sent;
    const std::string line = "#" + std::to_string(number) + ' ' + lineOf(request);
    m_waiting.emplace(number, std::move(onAnswer));
    if ((swallowed && swallowed(request)) || m_dice.percent(weather.down)) {
        m_timeline.tellFault(line + " does not leave");
        m_timeline.in(m_dice.between(1ms, 50ms),
                      [this, number] { answer(number, fault(ports::TransportFault::unreachable)); });
        return;
    }
    m_timeline.tell(line);
    m_timeline.in(kTimeOut, [this, number] { answer(number, fault(ports::TransportFault::broken)); });
    travel(request, [this, number](const ports::HttpAnswer &said) { answer(number, said); });
}

void Network::sendForMerchant(const ports::HttpRequest &request, Answered onAnswer)
{
    m_timeline.tell("merchant " + lineOf(request));
    travel(request, onAnswer);
}

void Network::travel(const ports::HttpRequest &request, const std::function<void(ports::HttpAnswer)> &arrive)
{
    const std::string line = lineOf(request);
    if (m_dice.percent(weather.doubled)) {
        const base::Duration late = m_dice.percent(50) ? delay() : m_dice.between(10s, 15min);
        m_timeline.tellFault(line + " is doubled");
        m_timeline.in(late, [this, request] { (void)m_gateway(request); });
    }
    if (m_dice.percent(weather.lost)) {
        m_timeline.tellFault(line + " is lost");
        return;
    }
    const bool answerLost = m_dice.percent(weather.answerLost);
    const bool halfOpen = m_dice.percent(weather.halfOpen);
    const base::Duration there = halfOpen ? kTimeOut + m_dice.between(1s, 3min) : delay();
    if (answerLost || halfOpen) {
        m_timeline.tellFault(line +
                             (halfOpen ? " arrives when nobody waits any more" : ": the answer is lost"));
    }
    m_timeline.in(there, [this, request, arrive, answerLost] {
        const auto said = m_gateway(request);
        if (!answerLost) {
            m_timeline.in(delay(),
                          [arrive, said] { arrive(said ? *said : fault(ports::TransportFault::broken)); });
        }
    });
}

void Network::answer(int number, const ports::HttpAnswer &said)
{
    if (m_asleep) {
        return;
    }
    auto waiting = m_waiting.extract(number);
    if (waiting) {
        const std::string what = said.fault ? "broke off" : std::to_string(said.status);
        m_timeline.tell("#" + std::to_string(number) + " -> " + what);
        waiting.mapped()(said);
    }
}

void Network::suspend(bool asleep)
{
    m_asleep = asleep;
    if (asleep) {
        return;
    }
    for (const auto &[number, onAnswer] : m_waiting) {
        m_timeline.in(0ms, [this, number] { answer(number, fault(ports::TransportFault::broken)); });
    }
}

} // namespace glovebox::simulation
