// SPDX-License-Identifier: Apache-2.0
#include "daemon/agent_answers.h"

#include "payment/reasons.h"

namespace glovebox::daemon
{

using payment::State;

bool isPaid(const payment::Purchase &purchase)
{
    return purchase.state == State::captured && purchase.settlement.captured_minor &&
           !purchase.settlement.captureReceipt.empty();
}

std::string sentenceFor(const payment::Purchase &purchase)
{
    switch (purchase.state) {
    case State::proposed:
    case State::held:
        return "Waiting for the driver. Nothing is approved.";
    case State::presented:
        return "The car is asking the driver now. Nothing is approved.";
    case State::approved:
    case State::queued:
        return "Approved and saved in the car, not paid yet.";
    case State::submitted:
        return "Approved and sent, not paid yet.";
    case State::authorised:
        return "Reserved, not paid yet. The final amount comes later.";
    case State::captured:
        return isPaid(purchase) ? "Paid: " +
                                      base::plainText({*purchase.settlement.captured_minor,
                                                       purchase.proposal.amount.value.currency}) +
                                      "."
                                : "Approved, and the outcome is not known yet.";
    case State::refunded:
        return "Refunded, at least in part.";
    case State::refused:
        return std::string("Refused: ") + payment::driverSentence(purchase.reason);
    case State::declined:
        return "The driver said not now. Do not propose it again unless the driver asks.";
    case State::expired:
        return payment::endedByRule(purchase)
                   ? std::string("Not possible any more: ") + payment::driverSentence(purchase.reason)
                   : "Nobody answered in time. Nothing was paid.";
    case State::withdrawn:
        return "Withdrawn. Nothing was paid.";
    case State::superseded:
        return "Replaced by a newer purchase.";
    case State::cancelled:
    case State::voided:
        return "Stopped by the driver. Nothing was paid.";
    case State::handedOver:
        return "Handed over to the merchant, not paid here.";
    case State::lapsed:
        return "Lapsed: it was not accepted in time. Nothing was paid.";
    case State::refusedByIssuer:
        return "The bank refused it. Nothing was paid.";
    case State::stepUpRequired:
        return "The bank asks the driver for more. Not paid yet.";
    case State::unknown:
        return "Sent, and the outcome is not known yet. Do not propose it again.";
    case State::quarantined:
        return "Held back by the car, not paid.";
    case State::cancelRequested:
        return "The driver asked to stop it. The answer is not here yet.";
    case State::tooLate:
        return "Too late to stop. The final amount is not known yet.";
    case State::released:
        return "The reservation was released. Nothing was paid.";
    case State::abandoned:
        return "Given up. It will not be sent again.";
    case State::disputed:
        return "The driver disputes it.";
    case State::resolved:
        return "The dispute is closed.";
    }
    return {};
}

std::string describeForAgent(const payment::Purchase &purchase, bool canBeStopped)
{
    const payment::Amount &amount = purchase.proposal.amount;
    base::Json json = {{"purchase_id", purchase.id.text()},
                       {"request_id", purchase.proposal.requestId.text()},
                       {"state", payment::nameOf(purchase.state)},
                       {"version", purchase.version},
                       {"paid", isPaid(purchase)},
                       {"final", payment::isFinal(purchase.state)},
                       {"message", sentenceFor(purchase)},
                       {"amount",
                        {{"type", payment::nameOf(amount.type)},
                         {"value", amount.value.minor},
                         {"currency", amount.value.currency.code()}}},
                       {"can_still_be_stopped", canBeStopped}};
    if (!purchase.reason.empty()) {
        json["reason"] = purchase.reason;
    }
    if (const auto field = payment::faultyField(purchase.reason);
        purchase.state == State::refused && !field.empty()) {
        json["pointer"] = field;
    }
    if (purchase.merchant) {
        json["merchant_name"] = purchase.merchant->name;
    }
    if (isPaid(purchase)) {
        json["captured_minor"] = *purchase.settlement.captured_minor;
    }
    return json.dump();
}

std::string describePermissions(const AgentCaller &caller, const consent::Permissions &permissions)
{
    base::Json json = consent::toJson(permissions);
    json["agent_id"] = caller.agent.text();
    json["asks"] = "every_time";
    return json.dump();
}

} // namespace glovebox::daemon
