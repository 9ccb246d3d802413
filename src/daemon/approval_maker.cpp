// SPDX-License-Identifier: Apache-2.0
#include "daemon/approval_maker.h"

#include "crypto/hash.h"
#include "wire/messages.h"

namespace glovebox::daemon
{

namespace
{

std::optional<base::WallTime> stopUntil(payment::StopMoment stop, const payment::Kind &kind,
                                        const base::Moment &now)
{
    if (stop != payment::StopMoment::undoSeconds) {
        return std::nullopt; // a moment in the world, not on the clock
    }
    return base::WallTime{now.wall.milliseconds + std::int64_t{1000} * kind.undo_s};
}

} // namespace

payment::Approval makeApproval(const World &world, const payment::Purchase &purchase, const Consent &consent,
                               const consent::Verdict &verdict)
{
    const base::Moment now = world.clock.now();
    const payment::Kind &kind = *world.kinds.find(purchase.proposal.kind);
    const Settings &settings = world.settings;
    payment::Approval approval;
    approval.cap = purchase.proposal.amount.value;
    approval.id = *payment::ApprovalId::fromText(crypto::randomId('a'));
    approval.purchase = purchase.id;
    approval.wallet = settings.wallet;
    approval.gateway = settings.gateway;
    approval.proposal = purchase.proposal.canonical;
    approval.merchantEntryHash = crypto::hashJson(purchase.merchant->canonical);
    approval.merchant = purchase.merchant->id;
    approval.kind = kind.id;
    approval.amountType = purchase.proposal.amount.type;
    approval.instrument = settings.instrument;
    approval.shown = consent.shown;
    approval.driver = settings.driver;
    approval.method = consent.method;
    approval.nonce = consent.nonce;
    approval.shownAt = consent.shownAt;
    approval.answeredAt = consent.answeredAt;
    approval.session = world.session.id();
    // The PIN opened the session, the key never leaves the car: knowledge and possession.
    approval.sca = world.session.open() ? payment::ScaStatus::performed : payment::ScaStatus::none;
    approval.vehicle = world.driving.evidence();
    approval.verdict = consent::nameOf(verdict.outcome);
    approval.rules = ruleIds(verdict);
    approval.permissionRevision = world.permissionsOf(purchase.agent).revision;
    approval.agent = purchase.agent;
    approval.agentAuthentication = "token";
    approval.utterance = purchase.proposal.utterance;
    approval.reason = purchase.proposal.reason;
    approval.at = now;
    approval.admitBy = verdict.admitBy;
    approval.settleBy = verdict.settleBy;
    approval.fulfilment = verdict.fulfilment;
    approval.stop = payment::stopMoment(kind, approval.amountType, !world.connectivity.online());
    approval.stopUntil = stopUntil(approval.stop, kind, now);
    return approval;
}

Change approvalChange(const crypto::SigningKey &key, payment::Approval approval)
{
    payment::PurchaseEvent approve;
    approve.purchase = approval.purchase;
    approve.event = payment::Event::approve;
    approve.at = approval.at;
    approve.driver = approval.driver;
    approve.rules = approval.rules;
    approve.nonce = approval.nonce;
    approve.approvalId = approval.id;
    approve.settleBy = approval.settleBy;
    approve.stop = approval.stop;
    approve.stopUntil = approval.stopUntil;
    payment::PurchaseEvent queue;
    queue.purchase = approval.purchase;
    queue.event = payment::Event::queue;
    queue.at = approval.at;

    Change change;
    change.events = {std::move(approve), std::move(queue)};
    change.sign = [&key, approval = std::move(approval)](
                      std::uint64_t sequence) mutable -> base::Result<std::string, std::string> {
        approval.sequence = sequence;
        auto jws = wire::signPayload(key, wire::kApprovalType, payment::toClaims(approval, crypto::hashJson));
        if (!jws) {
            return base::fail(std::string("signature"), jws.error().detail);
        }
        return std::move(*jws);
    };
    return change;
}

} // namespace glovebox::daemon
