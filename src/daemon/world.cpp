// SPDX-License-Identifier: Apache-2.0
#include "daemon/world.h"

namespace glovebox::daemon
{

namespace
{

using payment::State;

/// Still asks for the driver's attention.
bool isOpenProposal(State state)
{
    return state == State::held || state == State::presented;
}

/// Money that this car promised and that the gateway has not confirmed.
bool countsAgainstOffline(State state)
{
    return state == State::approved || state == State::queued || state == State::submitted ||
           state == State::unknown || state == State::quarantined;
}

} // namespace

consent::Verdict World::judge(const payment::Proposal &proposal, const payment::AgentId &agent,
                              base::BootTime proposedAt, const payment::PurchaseId &purchase) const
{
    consent::Situation situation;
    situation.driving = driving.state();
    situation.driverSessionOpen = session.open();
    situation.online = connectivity.online();
    situation.serviceNeeded = settings.rollback.has_value();
    situation.now = clock.now();
    situation.proposedAt = proposedAt;
    for (const auto &[id, other] : book.inMemory()) {
        if (id == purchase) {
            continue;
        }
        if (isOpenProposal(other.state) && other.agent == agent) {
            ++situation.openProposalsOfAgent;
        }
        if (countsAgainstOffline(other.state)) {
            situation.unsettledOffline_minor += other.proposal.amount.value.minor;
        }
    }
    return consent::decide({proposal, kinds.find(proposal.kind), directory.find(proposal.merchant),
                            settings.permissions, situation});
}

consent::Verdict World::judge(const payment::Purchase &purchase) const
{
    return judge(purchase.proposal, purchase.agent, purchase.proposedAt.boot, purchase.id);
}

bool World::canBeStopped(const payment::Purchase &purchase) const
{
    const bool local = purchase.state == State::approved || purchase.state == State::queued;
    const bool byRequest = purchase.state == State::submitted || purchase.state == State::authorised;
    if (!local && !byRequest) {
        return false;
    }
    const payment::Kind *kind = kinds.find(purchase.proposal.kind);
    if (!kind) {
        return local; // never sent: stopping is certain, whatever the kind says
    }
    // Parked again somewhere else is not "not left yet".
    const bool notLeft = driving.state() != payment::DrivingState::moving && purchase.approvedAt &&
                         purchase.approvedAt->bootId == clock.now().bootId &&
                         purchase.approvedAt->boot >= driving.stillSince();
    switch (purchase.stop.value_or(kind->stop)) {
    case payment::StopMoment::untilSent:
        return local;
    case payment::StopMoment::untilYouLeaveOrSent:
        return local && notLeft;
    case payment::StopMoment::untilYouLeave:
        return notLeft;
    case payment::StopMoment::undoSeconds:
        return purchase.approvedAt && purchase.approvedAt->bootId == clock.now().bootId &&
               clock.now().boot - purchase.approvedAt->boot < std::chrono::seconds(kind->undo_s);
    case payment::StopMoment::untilFulfilmentStarts:
    case payment::StopMoment::untilShopAccepts:
        return true; // until the gateway says that it started: too late is then a signed answer
    }
    return false;
}

payment::Purchase World::named(payment::Purchase purchase) const
{
    const payment::MerchantEntry *merchant = directory.find(purchase.proposal.merchant);
    if (purchase.state == State::refused && !purchase.merchant && merchant) {
        purchase.merchant = *merchant;
    }
    return purchase;
}

bool World::isOver(const payment::Purchase &purchase) const
{
    const base::Moment now = clock.now();
    return purchase.proposedAt.bootId != now.bootId ||
           now.boot - purchase.proposedAt.boot >= std::chrono::seconds(purchase.proposal.expiresIn_s);
}

std::vector<std::string> ruleIds(const consent::Verdict &verdict)
{
    std::vector<std::string> ids;
    for (const consent::Fired &fired : verdict.fired) {
        ids.push_back(fired.rule);
    }
    return ids;
}

} // namespace glovebox::daemon
