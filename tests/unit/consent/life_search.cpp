// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/consent/life_search.h"

#include "consent/budget.h"

#include <algorithm>
#include <initializer_list>
#include <unordered_map>
#include <vector>

namespace glovebox::testing
{

namespace
{

using payment::Event;
using payment::State;

std::uint64_t pack(const WorldState &world)
{
    std::uint64_t key = world.card;
    for (const Life &life : world.lives) {
        key = key << 5 | static_cast<std::uint64_t>(life.state);
        key = key << 3 | static_cast<std::uint64_t>(life.gateway);
        key = key << 4 | (life.sent ? 8u : 0u) | (life.voidSent ? 4u : 0u) | (life.consented ? 2u : 0u) |
              (life.proven ? 1u : 0u);
        key = key << 2 | life.charges;
    }
    return key;
}

bool isLocal(State state)
{
    return state == State::approved || state == State::queued;
}

bool isOneOf(State state, std::initializer_list<State> states)
{
    return std::ranges::find(states, state) != states.end();
}

bool isBeforeApproval(State state)
{
    return isOneOf(state, {State::proposed, State::held, State::presented, State::refused, State::declined,
                           State::expired, State::withdrawn});
}

bool saysNothingWasPaid(State state)
{
    return isOneOf(state,
                   {State::refused, State::declined, State::expired, State::withdrawn, State::cancelled,
                    State::voided, State::lapsed, State::released, State::refusedByIssuer, State::abandoned});
}

/// All that can happen next in one world. Left out: step-up, hand-over, refunds and disputes, which begin
/// where these lives end, and standing permissions.
class Steps
{
public:
    Steps(const Table &table, const WorldState &world, int purchases, std::vector<WorldState> &next)
        : m_table(table), m_world(world), m_next(next)
    {
        for (int i = 0; i < purchases; ++i) {
            m_i = static_cast<std::size_t>(i);
            agent();
            cockpit();
            driver();
            outbox();
            gateway();
            answers();
        }
        crash();
    }

private:
    [[nodiscard]] const Life &life() const { return m_world.lives[m_i]; }

    /// One event by the table; nothing where it says no. `change` sees the world after it.
    void on(Event event, const std::function<void(WorldState &, Life &)> &change = {})
    {
        const auto step = m_table(life().state, event);
        if (!step) {
            return;
        }
        WorldState after = m_world;
        Life &its = after.lives[m_i];
        its.state = step->next;
        if (after.card == m_i && its.state != State::presented) {
            after.card = WorldState::kNoCard;
        }
        if (change) {
            change(after, its);
        }
        m_next.push_back(after);
    }
    /// Something that the car does not notice.
    void unseen(const std::function<void(Life &)> &change)
    {
        WorldState after = m_world;
        change(after.lives[m_i]);
        m_next.push_back(after);
    }

    void agent()
    {
        if (life().state == State::proposed) {
            on(Event::hold);
            on(Event::refuse);
        }
        on(Event::withdraw); // also again, and late
    }
    void cockpit()
    {
        const bool free = m_world.card == WorldState::kNoCard;
        for (const Event how : {Event::present, Event::resume}) {
            if (free && life().state != State::proposed) {
                on(how, [this](WorldState &after, Life &) { after.card = static_cast<std::uint8_t>(m_i); });
            }
        }
        if (m_world.card == m_i) {
            // Approved and queued in one transaction; a crash in it leaves neither.
            const auto approved = m_table(life().state, Event::approve);
            const auto queued = approved ? m_table(approved->next, Event::queue) : approved;
            if (queued) {
                WorldState after = m_world;
                after.lives[m_i].state = queued->next;
                after.lives[m_i].consented = true;
                after.card = WorldState::kNoCard;
                m_next.push_back(after);
            }
            on(Event::decline);
        } else if (life().state != State::presented) {
            on(Event::approve); // a press that arrives late; where a newer card is up, its nonce is another
        }
        on(Event::interrupt);
        on(Event::expire);
    }
    void driver()
    {
        on(isLocal(life().state) ? Event::cancel : Event::requestCancel,
           [](WorldState &, Life &its) { its.voidSent = its.state == State::cancelRequested; });
        if (!isLocal(life().state)) {
            on(Event::cancel); // the daemon's view of a moment ago
        }
    }
    void outbox()
    {
        if (isLocal(life().state)) {
            on(Event::submit, [](WorldState &, Life &its) { its.sent = true; });
            on(Event::submit); // written down, and killed before it was sent
            on(Event::lapse);
        }
        if (life().state == State::cancelRequested) {
            unseen([](Life &its) { its.voidSent = true; }); // said again after a crash
            unseen([](Life &its) {
                its.sent = true;
            }); // the approval goes first, so that there is something to void
        }
        on(Event::outcomeUnknown);
        if (life().state == State::unknown && life().gateway == Held::nothing && !life().sent) {
            on(Event::queryFoundNothing, [](WorldState &, Life &its) { its.sent = true; });
            on(Event::neverAcceptedNowRefused, [](WorldState &, Life &its) { its.gateway = Held::barred; });
        } else if (life().state == State::unknown) {
            on(Event::submit); // the query found it, or may have
        }
        if (life().gateway == Held::nothing && !life().sent) {
            on(Event::quarantine); // the gateway could not read it
            on(Event::requeue);
        }
        if (life().state == State::quarantined) {
            on(Event::abandon);
        }
    }
    void gateway()
    {
        if (life().sent && life().gateway == Held::nothing) {
            for (const Held held : {Held::authorised, Held::captured, Held::refused}) {
                for (const bool again : {false, true}) { // the network may deliver it twice
                    unseen([held, again](Life &its) {
                        its.gateway = held;
                        its.sent = again;
                        its.charges =
                            static_cast<std::uint8_t>(its.charges + (held == Held::captured ? 1 : 0));
                    });
                }
            }
        } else if (life().sent) {
            unseen([](Life &its) { its.sent = false; }); // the stored receipt answers, or nothing does
        }
        if (life().gateway == Held::authorised) {
            unseen([](Life &its) {
                its.gateway = Held::captured;
                ++its.charges;
            });
            unseen([](Life &its) { its.gateway = Held::released; });
        }
        if (life().voidSent) {
            unseen([](Life &its) {
                its.voidSent = false;
                its.gateway = its.gateway == Held::authorised || its.gateway == Held::nothing ? Held::voided
                                                                                              : its.gateway;
            });
            unseen([](Life &its) { its.voidSent = false; }); // lost
        }
    }
    /// Signed answers, at any time and any number of times; the car believes what is signed.
    void answers()
    {
        switch (life().gateway) {
        case Held::nothing:
        case Held::barred:
            break;
        case Held::authorised:
            on(Event::authorised);
            break;
        case Held::captured:
            on(Event::captured, [](WorldState &, Life &its) { its.proven = true; });
            on(Event::tooLate);
            break;
        case Held::voided:
            on(Event::voided);
            break;
        case Held::released:
            on(Event::released);
            if (life().state == State::submitted || life().state == State::unknown) {
                on(Event::authorised); // the stored receipts come in their order
            } else if (life().state == State::cancelRequested) {
                on(Event::voided);
            }
            break;
        case Held::refused:
            on(Event::refusedByIssuer);
            if (life().state == State::cancelRequested) {
                on(Event::tooLate);
            }
            break;
        }
    }
    /// Of the daemon or the cockpit: the card is gone. Of the network: so is what was on its way.
    void crash()
    {
        WorldState after = m_world;
        after.card = WorldState::kNoCard;
        m_next.push_back(after);
        for (Life &its : after.lives) {
            its.sent = false;
            its.voidSent = false;
        }
        m_next.push_back(after);
    }

    const Table &m_table;
    const WorldState &m_world;
    std::vector<WorldState> &m_next;
    std::size_t m_i = 0;
};

std::int64_t budgetOf(State state)
{
    payment::Purchase purchase;
    purchase.state = state;
    purchase.proposal.amount.value.minor = 1;
    return consent::heldBy(purchase);
}

std::string brokenRule(const Life &life)
{
    if (!isBeforeApproval(life.state) && !life.consented && life.state != State::superseded) {
        return "approved without consent";
    }
    if (life.gateway != Held::nothing && !life.consented) {
        return "at the gateway without consent";
    }
    if (life.charges > 1) {
        return "charged twice";
    }
    if (life.state == State::captured && !life.proven) {
        return "paid without a capture receipt";
    }
    if (life.charges > 0 && saysNothingWasPaid(life.state)) {
        return "charged, and the car says that nothing was paid";
    }
    if (life.charges > budgetOf(life.state)) {
        return "charged, and the budget was given back";
    }
    if (isLocal(life.state) && (life.gateway != Held::nothing || life.sent) && life.gateway != Held::barred) {
        return "sent, and the car believes that it was not";
    }
    return {};
}

bool isEnd(const WorldState &world, int purchases)
{
    for (int i = 0; i < purchases; ++i) {
        const Life &life = world.lives[static_cast<std::size_t>(i)];
        if (!payment::isFinal(life.state)) {
            return false;
        }
    }
    return true;
}

/// The states found, and who leads to whom, backwards.
struct Graph
{
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    std::vector<WorldState> states;
    std::vector<std::vector<std::uint32_t>> from;

    std::uint32_t add(const WorldState &state)
    {
        const auto [place, isNew] = numbers.emplace(pack(state), static_cast<std::uint32_t>(states.size()));
        if (isNew) {
            states.push_back(state);
            from.emplace_back();
        }
        return place->second;
    }
};

std::string described(const WorldState &world, int purchases)
{
    std::string text;
    for (int i = 0; i < purchases; ++i) {
        const Life &life = world.lives[static_cast<std::size_t>(i)];
        text += " [" + std::string(payment::nameOf(life.state)) + ", gateway " +
                std::to_string(static_cast<int>(life.gateway)) + ", charges " + std::to_string(life.charges) +
                "]";
    }
    return text;
}

/// The first state from which no end can be reached, if there is one.
std::string withoutEnd(const Graph &graph, int purchases)
{
    std::vector<bool> ends(graph.states.size());
    std::vector<std::uint32_t> work;
    for (std::uint32_t i = 0; i < graph.states.size(); ++i) {
        if (isEnd(graph.states[i], purchases)) {
            ends[i] = true;
            work.push_back(i);
        }
    }
    while (!work.empty()) {
        const std::uint32_t at = work.back();
        work.pop_back();
        for (const std::uint32_t before : graph.from[at]) {
            if (!ends[before]) {
                ends[before] = true;
                work.push_back(before);
            }
        }
    }
    for (std::uint32_t i = 0; i < graph.states.size(); ++i) {
        if (!ends[i]) {
            return "no end can be reached:" + described(graph.states[i], purchases);
        }
    }
    return {};
}

} // namespace

Found searchLives(const Table &table, int purchases)
{
    Found found;
    Graph graph;
    graph.add(WorldState());
    std::vector<WorldState> next;
    for (std::uint32_t at = 0; at < graph.states.size(); ++at) {
        const WorldState world = graph.states[at];
        for (int i = 0; i < purchases; ++i) {
            const std::string rule = brokenRule(world.lives[static_cast<std::size_t>(i)]);
            if (!rule.empty()) {
                found.states = graph.states.size();
                found.broken = rule + ":" + described(world, purchases);
                return found;
            }
        }
        next.clear();
        const Steps steps(table, world, purchases, next);
        for (const WorldState &after : next) {
            ++found.steps;
            const std::uint32_t to = graph.add(after);
            if (graph.from[to].empty() || graph.from[to].back() != at) {
                graph.from[to].push_back(at);
            }
        }
    }
    found.states = graph.states.size();
    found.broken = withoutEnd(graph, purchases);
    return found;
}

} // namespace glovebox::testing
