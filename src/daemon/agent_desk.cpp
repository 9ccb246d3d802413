// SPDX-License-Identifier: Apache-2.0
#include "daemon/agent_desk.h"

#include "crypto/hash.h"
#include "daemon/agent_answers.h"

#include <algorithm>

namespace glovebox::daemon
{

namespace
{

using payment::Event;
using payment::State;

std::unexpected<CallError> callError(CallFault fault, std::string message)
{
    return std::unexpected(CallError{fault, std::move(message)});
}

std::unexpected<CallError> malformed(const std::string &pointer, const std::string &reason)
{
    return callError(CallFault::malformed, base::Json{{"pointer", pointer}, {"reason", reason}}.dump());
}

std::unexpected<CallError> usedForAnother()
{
    return malformed("/request_id", "this request_id was used for another proposal");
}

/// Of a refused one only the hash is known.
bool isOf(const payment::Purchase &purchase, const payment::Proposal &proposal)
{
    return purchase.proposalHash.empty() ? purchase.proposal.canonical == proposal.canonical
                                         : purchase.proposalHash == crypto::hashJson(proposal.canonical);
}

} // namespace

AgentDesk::AgentDesk(World &world)
    : m_world(world), m_limits(world.settings.proposals, world.settings.permissions.openProposals_max)
{}

AgentDesk::~AgentDesk() = default;

void AgentDesk::propose(const AgentCaller &caller, const std::string &text, Reply reply)
{
    const auto proposal = payment::parseProposal(text);
    if (!proposal) {
        reply(malformed(proposal.error().pointer, proposal.error().reason));
        return;
    }
    // The same request again, from before the last restart perhaps: the journal knows it.
    using Earlier = journal::JournalResult<std::optional<payment::PurchaseId>>;
    const bool asked = m_world.book.journal().ask<Earlier>(
        [agent = caller.agent, request = proposal->requestId](journal::Journal &journal) {
            return journal.purchaseOfRequest(agent, request);
        },
        [this, caller, proposal = *proposal, reply](Earlier earlier) {
            if (!earlier) {
                reply(callError(CallFault::unavailable, "The journal could not be read."));
                return;
            }
            if (!*earlier) {
                record(caller, proposal, reply);
                return;
            }
            look(caller, (*earlier)->text(),
                 [this, proposal, reply](const std::expected<payment::Purchase, CallError> &found) {
                     if (!found) {
                         reply(std::unexpected(found.error()));
                     } else if (!isOf(*found, proposal)) {
                         reply(usedForAnother());
                     } else {
                         reply(describe(*found));
                     }
                 });
        });
    if (!asked) {
        reply(callError(CallFault::unavailable, "Too much to do. Try again later."));
    }
}

Change AgentDesk::firstChange(const AgentCaller &caller, const payment::Proposal &proposal,
                              const payment::PurchaseId &id) const
{
    const base::Moment now = m_world.clock.now();
    const consent::Verdict verdict = m_world.judge(proposal, caller.agent, now.boot, id);
    payment::PurchaseEvent event;
    event.purchase = id;
    // Held first, also where it may be asked at once: the driver's desk presents, one card at a time.
    const bool refused = verdict.outcome == consent::Outcome::refuse;
    event.event = refused ? Event::refuse : Event::hold;
    event.at = now;
    if (refused) {
        // It cost the assistant nothing and nobody approves it: what it may leave behind is small.
        event.proposal = payment::boundedFacts(proposal);
        event.proposalHash = crypto::hashJson(proposal.canonical);
    } else {
        event.proposal = proposal;
        if (const payment::MerchantEntry *merchant = m_world.directory.find(proposal.merchant)) {
            event.merchant = *merchant;
        }
    }
    event.agent = caller.agent;
    event.driver = m_world.settings.driver;
    event.rules = ruleIds(verdict);
    event.reason = event.rules.empty() ? std::string() : event.rules.front();
    return {{std::move(event)}, {}, {}};
}

void AgentDesk::record(const AgentCaller &caller, const payment::Proposal &proposal, Reply reply)
{
    const auto id = *payment::PurchaseId::fromText(crypto::randomId('p'));
    auto earlier = std::make_shared<std::optional<payment::Purchase>>();
    auto tooMany = std::make_shared<std::optional<CallError>>();
    m_world.book.take(
        [this, caller, proposal, id, earlier, tooMany]() -> std::optional<Change> {
            // The same request twice at the same time: the first one is on disk by now.
            if (const payment::Purchase *same = m_world.book.findRequest(caller.agent, proposal.requestId)) {
                *earlier = *same;
                return std::nullopt;
            }
            Change change = firstChange(caller, proposal, id);
            const bool refused = change.events.front().event == Event::refuse;
            *tooMany = m_limits.take(caller, id, refused, m_world.clock.now().boot);
            return *tooMany ? std::nullopt : std::optional(std::move(change));
        },
        [this, id, proposal, earlier, tooMany, reply](const payment::Purchase *purchase) {
            if (purchase) {
                reply(describe(*purchase));
            } else if (*tooMany) {
                reply(std::unexpected(**tooMany));
            } else if (!*earlier) {
                m_limits.dropped(id);
                reply(callError(CallFault::unavailable, "It could not be kept. Nothing was proposed."));
            } else if (!isOf(**earlier, proposal)) {
                reply(usedForAnother());
            } else {
                reply(describe(**earlier));
            }
        });
}

void AgentDesk::look(const AgentCaller &caller, const std::string &purchaseId, Found found)
{
    const auto notFound = [] { return callError(CallFault::notFound, "No such purchase."); };
    const auto id = payment::PurchaseId::fromText(purchaseId);
    if (!id) {
        found(notFound());
        return;
    }
    if (const payment::Purchase *purchase = m_world.book.find(*id)) {
        if (purchase->agent == caller.agent) {
            found(*purchase);
        } else {
            found(notFound()); // whether another agent has it is not this one's business
        }
        return;
    }
    using Stored = journal::JournalResult<std::optional<payment::Purchase>>;
    const bool asked = m_world.book.journal().ask<Stored>(
        [id = *id](journal::Journal &journal) { return journal.purchase(id); },
        [agent = caller.agent, found, notFound](Stored stored) {
            if (!stored) {
                found(callError(CallFault::unavailable, "The journal could not be read."));
            } else if (!*stored || (*stored)->agent != agent) {
                found(notFound());
            } else {
                found(**stored);
            }
        });
    if (!asked) {
        found(callError(CallFault::unavailable, "Too much to do. Try again later."));
    }
}

void AgentDesk::purchase(const AgentCaller &caller, const std::string &purchaseId, std::int64_t sinceVersion,
                         unsigned wait_s, Reply reply)
{
    look(caller, purchaseId,
         [this, caller, sinceVersion, wait_s,
          reply](const std::expected<payment::Purchase, CallError> &found) {
             if (!found) {
                 reply(std::unexpected(found.error()));
             } else if (wait_s == 0 || found->version != sinceVersion || caller.isGone()) {
                 reply(describe(*found));
             } else if (m_waits.size() >= kWaits_max) {
                 reply(callError(CallFault::rateLimited, "Too many calls wait already."));
             } else {
                 park(caller, *found, std::min(wait_s, kWait_s_max), reply);
             }
         });
}

void AgentDesk::park(const AgentCaller &caller, const payment::Purchase &waitedFor, unsigned wait_s,
                     Reply reply)
{
    Wait &wait =
        m_waits.emplace_back(waitedFor.id, describe(waitedFor), std::move(reply), caller.connected, nullptr);
    const auto place = std::prev(m_waits.end());
    wait.alarm = m_world.clock.makeAlarm([this, place] {
        const Wait over = std::move(*place);
        m_waits.erase(place);
        if (const payment::Purchase *purchase = m_world.book.find(over.purchase)) {
            over.reply(describe(*purchase));
        } else {
            over.reply(over.known); // it is over, and did not change: that would have ended the wait
        }
    });
    wait.alarm->set(m_world.clock.now().boot + std::chrono::seconds(wait_s));
}

void AgentDesk::callerGone()
{
    std::erase_if(m_waits, [](const Wait &wait) { return wait.connected && !*wait.connected; });
}

void AgentDesk::changed(const payment::Purchase &purchase)
{
    m_limits.changed(purchase);
    std::list<Wait> told;
    for (auto it = m_waits.begin(); it != m_waits.end();) {
        const auto next = std::next(it);
        if (it->purchase == purchase.id) {
            told.splice(told.end(), m_waits, it);
        }
        it = next;
    }
    for (const Wait &wait : told) {
        wait.reply(describe(purchase));
    }
}

void AgentDesk::withdraw(const AgentCaller &caller, const std::string &purchaseId, Reply reply)
{
    look(caller, purchaseId, [this, reply](const std::expected<payment::Purchase, CallError> &found) {
        if (!found) {
            reply(std::unexpected(found.error()));
            return;
        }
        if (found->state == State::withdrawn) {
            reply(describe(*found)); // said again
            return;
        }
        m_world.book.take(
            [this, id = found->id] {
                payment::PurchaseEvent event;
                event.purchase = id;
                event.event = Event::withdraw;
                event.at = m_world.clock.now();
                event.reason = "agent.withdrew";
                return Change{{std::move(event)}, {}, {}};
            },
            [this, id = found->id, reply](const payment::Purchase *purchase) {
                if (purchase) {
                    reply(describe(*purchase));
                } else {
                    reply(std::unexpected(whyNotWithdrawn(id)));
                }
            });
    });
}

CallError AgentDesk::whyNotWithdrawn(const payment::PurchaseId &id) const
{
    const payment::Purchase *purchase = m_world.book.find(id);
    if (!purchase || payment::isFinal(purchase->state)) {
        return {CallFault::refused, "It is over already: there is nothing to withdraw."};
    }
    if (payment::transition(purchase->state, Event::withdraw)) {
        return {CallFault::unavailable, "It could not be kept. Nothing was withdrawn."};
    }
    if (m_world.canBeStopped(*purchase)) {
        return {CallFault::refused,
                "It is past the point where an assistant can withdraw it. Only the driver "
                "can still stop it, on the car's screen."};
    }
    return {CallFault::refused, "It is past the point where it can be withdrawn."};
}

Answer AgentDesk::permissions(const AgentCaller &caller) const
{
    return describePermissions(caller, m_world.permissionsOf(caller.agent));
}

Answer AgentDesk::findMerchants(const AgentCaller & /*caller*/, const std::string &kind,
                                unsigned count_max) const
{
    constexpr unsigned kMerchants_max = 20;
    const auto id = payment::KindId::fromText(kind);
    if (!kind.empty() && (!id || !m_world.kinds.find(*id))) {
        return callError(CallFault::notFound, "No such purchase kind.");
    }
    return m_world.directory.nearest(id.value_or(payment::KindId()), m_world.driving.position(),
                                     std::clamp(count_max, 1u, kMerchants_max));
}

std::string AgentDesk::describe(const payment::Purchase &purchase) const
{
    return describeForAgent(m_world.named(purchase), m_world.canBeStopped(purchase));
}

} // namespace glovebox::daemon
