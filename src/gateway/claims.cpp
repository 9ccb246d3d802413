// SPDX-License-Identifier: Apache-2.0
// An approval is claimed in the ledger before the processor is asked: of several instances, and of several
// lives of one, a single one asks. docs/decisions/0005-claim-first.md.
#include "crypto/hash.h"
#include "gateway/service.h"

namespace glovebox::gateway
{

namespace
{

using payment::Approval;
using wire::Outcome;

/// Held first where the final amount comes later.
bool holdsFirst(const Approval &approval)
{
    return approval.amountType != payment::AmountType::exact;
}

Answer stillOpen()
{
    return errorAnswer(503, "unavailable", "the processor has not answered yet");
}

} // namespace

template<class Ask> auto Service::unlocked(Ask ask)
{
    m_mutex.unlock();
    auto said = ask();
    m_mutex.lock();
    return said;
}

Decision Service::authorise(const Approval &approval)
{
    return unlocked([this, &approval] {
        const auto begun = std::chrono::steady_clock::now();
        Decision said = m_parts.processor->authorise(approval);
        m_metrics.processor(nameOf(said.kind), std::chrono::steady_clock::now() - begun);
        return said;
    });
}

std::optional<Decision> Service::lookUp(const Approval &approval)
{
    return unlocked([this, &approval] {
        const auto begun = std::chrono::steady_clock::now();
        auto found = m_parts.processor->lookup(approval);
        m_metrics.processor(found ? nameOf(found->kind) : "not_found",
                            std::chrono::steady_clock::now() - begun);
        return found;
    });
}

Answer Service::claim(const Wallet &wallet, const Approval &approval, const std::string &jws)
{
    Row row;
    row.wallet = wallet.id;
    row.approval = approval.id;
    row.approvalHash = wire::hashOfJws(jws);
    row.approvalJws = jws;
    row.merchant = approval.merchant;
    row.currency = std::string(approval.cap.currency.code());
    row.cap_minor = approval.cap.minor;
    row.state = Row::State::claimed;
    row.claimedAt = m_parts.now();
    row.revision = 1;
    if (const auto written = m_parts.ledger->write(row, {}, false, row.claimedAt); !written) {
        return broken(written.error());
    }
    return decide(row, approval, authorise(approval));
}

Answer Service::decide(Row row, const Approval &approval, Decision decision)
{
    if (decision.kind == Decision::Kind::duplicate) {
        // Somebody asked under this key before: what became of that is what counts.
        decision = lookUp(approval).value_or(Decision{Decision::Kind::noAnswer, {}});
    }
    const std::string from = "wallet:" + row.wallet.text();
    wire::Receipt details;
    switch (decision.kind) {
    case Decision::Kind::declined:
        row.state = Row::State::refusedByIssuer;
        details.declineCode = decision.declineCode;
        return store(row, Outcome::refusedByIssuer, {}, false, &details);
    case Decision::Kind::stepUp:
        row.state = Row::State::stepUpRequired;
        return store(row, Outcome::stepUpRequired, {}, false);
    case Decision::Kind::noAnswer:
    case Decision::Kind::duplicate:
        return stillOpen(); // the claim stays, and whoever asks next finds out
    case Decision::Kind::approved:
        break;
    }
    row.authorised_minor = row.cap_minor;
    if (holdsFirst(approval)) {
        row.state = Row::State::authorised;
        return store(row, Outcome::authorised,
                     {{Posting::Kind::hold, from, "held:" + row.wallet.text(), row.cap_minor}}, false);
    }
    if (approval.fulfilment == payment::Fulfilment::deferred) {
        details.pickupCode = crypto::randomId('c').substr(1, 4);
    }
    row.captured_minor = row.cap_minor;
    row.state = Row::State::captured;
    return store(row, Outcome::captured,
                 {{Posting::Kind::capture, from, "merchant:" + row.merchant.text(), row.cap_minor}}, false,
                 &details);
}

std::expected<std::optional<Row>, Answer> Service::findResolved(const Wallet &wallet,
                                                                const payment::ApprovalId &id)
{
    auto known = m_parts.ledger->find(wallet.id, id);
    if (!known) {
        return std::unexpected(broken(known.error()));
    }
    if (!*known || (*known)->state != Row::State::claimed) {
        return std::move(*known);
    }
    const Answer answer = resolve(wallet, **known);
    if (answer.status >= 500) {
        return std::unexpected(answer);
    }
    known = m_parts.ledger->find(wallet.id, id);
    if (!known) {
        return std::unexpected(broken(known.error()));
    }
    return std::move(*known);
}

Answer Service::resolve(const Wallet &wallet, Row row)
{
    const base::WallTime now = m_parts.now();
    const std::int64_t age_ms = now.milliseconds - row.claimedAt.milliseconds;
    if (age_ms >= 0 && age_ms < kClaimLasts_ms) {
        return stillOpen(); // whoever claimed it may be waiting for the processor
    }
    const auto verified = crypto::verifyJws(row.approvalJws, wire::kApprovalType, wallet.keys);
    const auto claims =
        verified ? base::parseJson(base::textOf(verified->payload)) : std::unexpected(base::JsonError{});
    const auto approval =
        claims ? payment::approvalFromClaims(*claims, crypto::hashJson) : std::unexpected(base::JsonError{});
    if (!approval) {
        return errorAnswer(503, "unavailable", "a claimed approval cannot be read any more");
    }
    // Taken over: a claimant that comes back late finds another revision and writes nothing.
    row.claimedAt = now;
    ++row.revision;
    if (const auto written = m_parts.ledger->write(row, {}, false, now); !written) {
        return broken(written.error());
    }
    if (const auto found = lookUp(*approval)) {
        return decide(row, *approval, *found);
    }
    if (now > approval->settleBy) {
        return refuse(row, "expired", "settle_by has passed");
    }
    return decide(row, *approval, authorise(*approval));
}

} // namespace glovebox::gateway
