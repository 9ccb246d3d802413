// SPDX-License-Identifier: Apache-2.0
#include "daemon/admin_desk.h"

#include "daemon/agent_answers.h"
#include "daemon/moment_json.h"
#include "journal/checkpoints.h"

#include <algorithm>

namespace glovebox::daemon
{

namespace
{

std::unexpected<CallError> callError(CallFault fault, std::string message)
{
    return std::unexpected(CallError{fault, std::move(message)});
}

base::Json summary(const payment::Purchase &purchase)
{
    const payment::Amount &amount = purchase.proposal.amount;
    base::Json json = {{"purchase_id", purchase.id.text()},
                       {"state", payment::nameOf(purchase.state)},
                       {"kind", purchase.proposal.kind.text()},
                       {"merchant_name", purchase.merchant ? purchase.merchant->name : std::string()},
                       {"amount",
                        {{"type", payment::nameOf(amount.type)},
                         {"value", amount.value.minor},
                         {"currency", amount.value.currency.code()}}},
                       {"changed", momentJson(purchase.changedAt)}};
    if (isPaid(purchase)) {
        json["captured_minor"] = *purchase.settlement.captured_minor;
    }
    return json;
}

void answerBusy(const Reply &reply, bool asked)
{
    if (!asked) {
        reply(callError(CallFault::unavailable, "Too much to do. Try again later."));
    }
}

} // namespace

AdminDesk::AdminDesk(World &world, const crypto::SigningKey &key, PermissionDesk &permissions,
                     const LifeNotes &life)
    : m_world(world), m_key(key), m_permissions(permissions), m_life(life)
{}

std::string AdminDesk::describeRecord(const payment::Purchase &purchase) const
{
    base::Json json = payment::toCanonical(purchase).value();
    if (const auto doubts = m_world.contact.doubtsAbout(purchase.approvalId)) {
        json["doubted"] = *doubts;
    }
    return json.dump();
}

std::string AdminDesk::describeStatus(const JournalState &state) const
{
    base::Json log = {{"entries", state.identity.size}, {"root", base::toBase64Url(state.identity.root)}};
    if (state.cosigned) {
        log["cosigned"] = *state.cosigned;
    }
    if (const auto &since = m_life.fullSince()) {
        log["full_since"] = momentJson(*since);
    }
    base::Json gateway = m_world.contact.describe();
    gateway["id"] = m_world.settings.gateway;
    gateway["directory"] = m_world.directory.known() ? "known" : "unknown";
    base::Json status = {
        {"version", m_world.settings.version},
        {"insecure_desk", m_world.settings.insecureDesk},
        {"key",
         {{"thumbprint", m_key.publicKey().thumbprint()}, {"protection", std::string(m_key.protection())}}},
        {"journal", std::move(log)},
        {"driving", payment::nameOf(m_world.driving.state())},
        {"session_open", m_world.session.open()},
        {"pin", m_world.session.pinEnrolled() ? "enrolled" : "none"},
        {"online", m_world.connectivity.online()},
        {"cockpit", m_world.cockpitThere ? "connected" : "absent"},
        {"unsettled", m_world.book.unsettled().size()},
        {"gateway", std::move(gateway)}};
    if (const auto &rollback = m_world.settings.rollback) {
        status["service_needed"] = journal::toJson(*rollback);
    }
    return status.dump();
}

void AdminDesk::status(Reply reply)
{
    answerBusy(reply,
               m_world.book.journal().ask<JournalState>(
                   [](journal::Journal &journal) {
                       const auto kept = journal::readCosigned(journal);
                       const bool any = kept && *kept;
                       return JournalState{journal.identity(),
                                           any ? std::optional((*kept)->checkpoint.size) : std::nullopt};
                   },
                   [this, reply](const JournalState &state) { reply(describeStatus(state)); }));
}

void AdminDesk::purchases(unsigned count_max, Reply reply)
{
    using List = journal::JournalResult<std::vector<payment::Purchase>>;
    const int count = static_cast<int>(std::clamp(count_max, 1u, kPurchases_max));
    answerBusy(reply, m_world.book.journal().ask<List>(
                          [count](journal::Journal &journal) { return journal.purchases(count); },
                          [this, reply](const List &list) {
                              if (!list) {
                                  reply(callError(CallFault::unavailable, list.error().detail));
                                  return;
                              }
                              base::Json purchases = base::Json::array();
                              for (const payment::Purchase &purchase : *list) {
                                  purchases.push_back(summary(m_world.named(purchase)));
                              }
                              reply(base::Json{{"purchases", std::move(purchases)}}.dump());
                          }));
}

void AdminDesk::purchase(const std::string &purchaseId, Reply reply)
{
    const auto id = payment::PurchaseId::fromText(purchaseId);
    if (!id) {
        reply(callError(CallFault::notFound, "No such purchase."));
        return;
    }
    using Stored = journal::JournalResult<std::optional<payment::Purchase>>;
    answerBusy(reply, m_world.book.journal().ask<Stored>(
                          [id = *id](journal::Journal &journal) { return journal.purchase(id); },
                          [this, reply](const Stored &stored) {
                              if (!stored) {
                                  reply(callError(CallFault::unavailable, stored.error().detail));
                              } else if (!*stored) {
                                  reply(callError(CallFault::notFound, "No such purchase."));
                              } else {
                                  reply(describeRecord(**stored));
                              }
                          }));
}

Answer AdminDesk::simulateVerdict(const std::string &question) const
{
    const auto malformed = [](const base::JsonError &error) {
        return callError(CallFault::malformed,
                         base::Json{{"pointer", error.pointer}, {"reason", error.reason}}.dump());
    };
    const auto json = base::parseJson(question);
    if (!json) {
        return malformed(json.error());
    }
    base::ObjectReader reader(*json);
    const auto agent = payment::AgentId::fromText(reader.text("agent_id", 64));
    const base::Json &text = reader.object("proposal");
    if (const auto error = reader.finish()) {
        return malformed(*error);
    }
    const auto proposal = payment::parseProposal(text.dump());
    if (!proposal) {
        return malformed(
            {base::JsonFault::notAllowed, "/proposal" + proposal.error().pointer, proposal.error().reason});
    }
    if (!agent || std::ranges::find(m_world.settings.agents, *agent) == m_world.settings.agents.end()) {
        return callError(CallFault::notFound, "No such agent.");
    }
    const base::Moment now = m_world.clock.now();
    const consent::Verdict verdict = m_world.judge(*proposal, *agent, now.boot, {});
    const consent::Spent spent = m_world.book.budgets().spent(*agent, proposal->amount.value.currency, now);
    base::Json rules = base::Json::array();
    for (const consent::Fired &fired : verdict.fired) {
        rules.push_back({{"rule", fired.rule},
                         {"driver", m_world.texts.translate("Rules", fired.forDriver.c_str()).toStdString()},
                         {"auditor", fired.forAuditor}});
    }
    return base::Json{{"verdict", consent::nameOf(verdict.outcome)},
                      {"rules", std::move(rules)},
                      {"permission_revision", m_world.permissionsOf(*agent).revision},
                      {"would_reserve_minor", proposal->amount.value.minor},
                      {"spent_today_minor", spent.today_minor},
                      {"spent_month_minor", spent.month_minor}}
        .dump();
}

Answer AdminDesk::publicKey() const
{
    base::Json jwk = m_key.publicKey().jwk();
    jwk["kid"] = m_key.publicKey().thumbprint();
    jwk["alg"] = "ES256";
    jwk["use"] = "sig";
    return jwk.dump();
}

} // namespace glovebox::daemon
