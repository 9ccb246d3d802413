// SPDX-License-Identifier: Apache-2.0
#include "daemon/world.h"

#include <QDateTime>

#include <algorithm>
#include <limits>

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

/// On boot time, and after a restart of the machine on signed time; the largest number where nobody knows.
std::int64_t age_s(const payment::Purchase &purchase, const base::Moment &now)
{
    constexpr std::int64_t kMs = 1000;
    const std::optional<base::Moment> &since = purchase.approvedAt;
    if (since && since->bootId == now.bootId) {
        return (now.boot.milliseconds() - since->boot.milliseconds()) / kMs;
    }
    if (since && since->trust == base::ClockTrust::gatewaySigned &&
        now.trust == base::ClockTrust::gatewaySigned) {
        return (now.wall.milliseconds - since->wall.milliseconds) / kMs;
    }
    return std::numeric_limits<std::int64_t>::max();
}

int minuteOfDay(base::WallTime at)
{
    constexpr int kMinute_ms = 60'000;
    return QDateTime::fromMSecsSinceEpoch(at.milliseconds).time().msecsSinceStartOfDay() / kMinute_ms;
}

} // namespace

consent::Verdict World::judge(const payment::Proposal &proposal, const payment::AgentId &agent,
                              base::BootTime proposedAt, const payment::PurchaseId &purchase) const
{
    consent::Situation situation;
    situation.driving = driving.state();
    situation.driverSessionOpen = session.open();
    situation.pinAt = session.pinAt();
    situation.online = connectivity.online();
    situation.directoryKnown = directory.known();
    situation.serviceNeeded = settings.rollback.has_value();
    situation.now = clock.now();
    situation.proposedAt = proposedAt;
    situation.spent = book.budgets().spent(agent, proposal.amount.value.currency, situation.now);
    const payment::MerchantEntry *merchant = directory.find(proposal.merchant);
    if (const auto position = driving.position(); position && merchant) {
        situation.distance_m = payment::distance_m(*position, merchant->position);
    }
    if (situation.now.trust == base::ClockTrust::gatewaySigned) {
        situation.minuteOfDay = minuteOfDay(situation.now.wall);
    }
    for (const auto &[id, other] : book.inMemory()) {
        if (id == purchase) {
            continue;
        }
        if (isOpenProposal(other.state) && other.agent == agent) {
            ++situation.openProposalsOfAgent;
        }
        if (countsAgainstOffline(other.state)) {
            situation.unsettledOffline_minor += other.proposal.amount.value.minor;
            ++situation.unsettledOffline_count;
            situation.unsettledOffline_age_s =
                std::max(situation.unsettledOffline_age_s, age_s(other, situation.now));
        }
    }
    const consent::RiskContext risk{settings.risk, book.history().of(settings.driver), agent,
                                    settings.vehicle};
    return consent::decide(
        {proposal, kinds.find(proposal.kind), merchant, permissionsOf(agent), situation, &risk});
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
