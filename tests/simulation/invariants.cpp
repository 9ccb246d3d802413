// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/universe.h"

#include <algorithm>
#include <map>

namespace glovebox::simulation
{

namespace
{

using payment::State;

/// Where the car may be, given what the ledger says in the end.
bool agrees(State car, const std::string &ledger)
{
    if (ledger == "captured") {
        return car == State::captured;
    }
    if (ledger == "authorised") {
        return car == State::authorised;
    }
    if (ledger == "refused_by_issuer") {
        return car == State::refusedByIssuer;
    }
    if (ledger == "step_up_required") {
        return car == State::stepUpRequired || car == State::lapsed; // nobody holds anything
    }
    if (ledger == "voided") {
        return car == State::voided;
    }
    // Asked to stop what was over by then: nothing is held and nothing will be, which is what was wanted.
    if (ledger == "released") {
        return car == State::released || car == State::voided;
    }
    if (ledger == "refused") {
        return car == State::lapsed || car == State::voided;
    }
    // Nothing came: it was never sent. What is still claimed agrees with nothing.
    return ledger == "nothing" && (car == State::cancelled || car == State::lapsed);
}

class Judge
{
public:
    Judge(const Bench &bench, const Car &car, GatewayPair &gateway)
        : m_car(car), m_gateway(gateway), m_channel(bench.sample.channel()), m_report(gateway.report())
    {
        for (const payment::Purchase &purchase : car.purchases()) {
            m_purchases.emplace(purchase.approvalId, purchase);
        }
    }

    std::vector<std::string> judge()
    {
        for (const payment::ApprovalId &id : m_car.acknowledged()) {
            require(m_purchases.contains(id), id, "was approved and is not in the journal");
        }
        for (const gateway::Row &row : m_gateway.seconds()) {
            require(false, row.approval, "has a second entry in the ledger");
        }
        for (const base::Json &row : m_report["approvals"]) {
            judgeRow(row);
        }
        for (const auto &[id, purchase] : m_purchases) {
            judgePurchase(id, purchase);
        }
        return std::move(m_violations);
    }

private:
    void require(bool holds, const payment::ApprovalId &id, const std::string &otherwise)
    {
        if (!holds) {
            m_violations.push_back(id.text() + ' ' + otherwise);
        }
    }

    void judgeRow(const base::Json &row)
    {
        const auto id = payment::ApprovalId::fromText(row["approval_id"].get<std::string>()).value();
        const auto purchase = m_purchases.find(id);
        if (purchase == m_purchases.end()) {
            require(false, id, "is in the ledger and the car never approved it");
            return;
        }
        const auto state = row["state"].get<std::string>();
        m_states.emplace(id, state);
        const std::int64_t cap_minor = purchase->second.proposal.amount.value.minor;
        const auto captured_minor = row["captured_minor"].get<std::int64_t>();
        const auto held_minor = row["held_minor"].get<std::int64_t>();
        require(row["charges"].get<int>() == (state == "captured" ? 1 : 0), id,
                "has charges that do not fit its state");
        require(row["holds"].get<int>() <= 1, id, "was held twice");
        require(captured_minor <= cap_minor, id, "took more than was approved");
        require(held_minor == (state == "authorised" ? cap_minor : 0), id,
                "holds money that does not fit its state");
        const bool accepted = state == "authorised" || state == "captured";
        require(m_gateway.processor().chargesOf(id) >= (accepted ? 1 : 0), id,
                "was never authorised by the processor");
    }

    void judgePurchase(const payment::ApprovalId &id, const payment::Purchase &purchase)
    {
        const std::string name(payment::nameOf(purchase.state));
        const auto found = m_states.find(id);
        const std::string ledger = found == m_states.end() ? "nothing" : found->second;
        require(agrees(purchase.state, ledger), id,
                "is " + name + " in the car, and in the ledger " + ledger);
        const bool waits = purchase.state == State::stepUpRequired && purchase.settleBy &&
                           m_car.now().wall < *purchase.settleBy;
        require(payment::isFinal(purchase.state) || purchase.state == State::authorised || waits, id,
                "is still " + name);
        require(m_gateway.processor().chargesOf(id) <= 1, id, "was charged more than once by the processor");
        require(!m_car.undone().contains(id) || ledger == "nothing", id,
                "was undone for certain and was sent");
        const bool paid = purchase.settlement.captured_minor.has_value();
        require(paid == (purchase.state == State::captured), id,
                "says a captured amount while it is " + name);
        if (paid) {
            judgeReceipt(id, purchase);
        }
    }

    void judgeReceipt(const payment::ApprovalId &id, const payment::Purchase &purchase)
    {
        const base::Json body{{"receipt", purchase.settlement.captureReceipt}};
        const auto said = m_channel.readAnswer(200, body.dump(), purchase.approvalJws);
        require(said.kind == wire::ApprovalAnswer::Kind::receipt &&
                    said.receipt.captured_minor == purchase.settlement.captured_minor,
                id, "is paid without a receipt that says so");
        const auto row = std::ranges::find(m_report["approvals"], base::Json(id.text()),
                                           [](const base::Json &each) { return each["approval_id"]; });
        require(row != m_report["approvals"].end() &&
                    (*row)["captured_minor"] == base::Json(*purchase.settlement.captured_minor),
                id, "was paid with another amount than the ledger says");
    }

    const Car &m_car;
    GatewayPair &m_gateway;
    wire::CarChannel m_channel;
    base::Json m_report;
    std::map<payment::ApprovalId, payment::Purchase> m_purchases;
    std::map<payment::ApprovalId, std::string> m_states; // in the ledger
    std::vector<std::string> m_violations;
};

} // namespace

std::vector<std::string> violationsOf(const Bench &bench, const Car &car, GatewayPair &gateway)
{
    return Judge(bench, car, gateway).judge();
}

} // namespace glovebox::simulation
