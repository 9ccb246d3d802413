// SPDX-License-Identifier: Apache-2.0
#include "tests/agents/fake_agent1.h"

#include "ipc/agent1_adaptor.h"
#include "ipc/names.h"

#include <utility>

namespace glovebox::testing
{

namespace
{

using base::Json;

QString textOf(const Json &value)
{
    return QString::fromStdString(value.dump());
}

} // namespace

FakeAgent1::FakeAgent1(const QDBusConnection &bus, QByteArray token) : m_bus(bus), m_token(std::move(token))
{
    new Agent1Adaptor(this);
}

FakeAgent1::~FakeAgent1()
{
    vanish();
}

bool FakeAgent1::appear()
{
    return m_bus.registerObject(ipc::kAgentPath, this, QDBusConnection::ExportAdaptors) &&
           m_bus.registerService(ipc::kBusName);
}

void FakeAgent1::vanish()
{
    m_bus.unregisterObject(ipc::kAgentPath);
    m_bus.unregisterService(ipc::kBusName);
    m_sessions.clear();
}

void FakeAgent1::failNext(const QString &name, const QString &message)
{
    m_failure = {name, message};
}

void FakeAgent1::release()
{
    if (m_held) {
        m_bus.send(*std::exchange(m_held, std::nullopt));
    }
}

void FakeAgent1::move(const std::string &purchaseId, const std::string &state, bool paid, bool final)
{
    Json &purchase = m_purchases.at(purchaseId);
    purchase["state"] = state;
    purchase["paid"] = paid;
    purchase["final"] = final;
    purchase["message"] = "The purchase is " + state + ".";
    purchase["version"] = purchase["version"].get<std::int64_t>() + 1;
    for (const Wait &wait : std::exchange(m_waits, {})) {
        if (wait.purchaseId == purchaseId) {
            m_bus.send(wait.call.createReply(textOf(purchase)));
        } else {
            m_waits.push_back(wait);
        }
    }
}

bool FakeAgent1::admit(const char *method)
{
    m_calls.append(QLatin1String(method));
    if (std::exchange(m_swallow, false)) {
        setDelayedReply(true);
        return false;
    }
    if (!m_sessions.contains(message().service())) {
        sendErrorReply(ipc::error::kNoSession, QStringLiteral("Open a session first"));
        return false;
    }
    const auto failure = std::exchange(m_failure, {});
    if (!failure.first.isEmpty()) {
        sendErrorReply(failure.first, failure.second);
        return false;
    }
    return true;
}

QString FakeAgent1::OpenSession(const QByteArray &token)
{
    m_calls.append(QStringLiteral("OpenSession"));
    if (token != m_token) {
        sendErrorReply(ipc::error::kNotPermitted, QStringLiteral("This token is not known."));
        return {};
    }
    m_sessions.insert(message().service());
    return QStringLiteral(R"({"agent_id":"assistant","agent_name":"Assistant","expires_in_s":3600})");
}

QString FakeAgent1::RequestPairing(const QString &)
{
    sendErrorReply(ipc::error::kPairingByConfiguration, QStringLiteral("Pairing is by configuration."));
    return {};
}

QString FakeAgent1::Propose(const QString &proposal)
{
    if (!admit("Propose")) {
        return {};
    }
    m_lastProposal = proposal.toStdString();
    const auto value = base::parseJson(m_lastProposal);
    if (!value || !value->contains("request_id")) {
        sendErrorReply(ipc::error::kMalformed,
                       QStringLiteral(R"({"pointer":"/request_id","reason":"is required"})"));
        return {};
    }
    const Json amount = value->value("amount", Json::object());
    if (!amount.contains("value") || !amount["value"].is_number_integer() || amount["value"] < 1) {
        sendErrorReply(ipc::error::kMalformed,
                       QStringLiteral(R"({"pointer":"/amount/value","reason":"must be an integer from 1"})"));
        return {};
    }
    const std::string id = "pu-" + (*value)["request_id"].get<std::string>();
    m_purchases.try_emplace(id, Json{{"purchase_id", id},
                                     {"request_id", (*value)["request_id"]},
                                     {"state", "presented"},
                                     {"version", 2},
                                     {"paid", false},
                                     {"final", false},
                                     {"message", "The driver is asked on the car's screen."},
                                     {"merchant_name", "Tankhof Königstraße"},
                                     {"amount", amount},
                                     {"can_still_be_stopped", true}});
    if (std::exchange(m_hold, false)) {
        setDelayedReply(true);
        m_held = message().createReply(textOf(m_purchases.at(id)));
        return {};
    }
    return textOf(m_purchases.at(id));
}

QString FakeAgent1::GetPurchase(const QString &purchaseId, qlonglong since, uint wait_s)
{
    if (!admit("GetPurchase")) {
        return {};
    }
    m_lastSince = since;
    const auto purchase = m_purchases.find(purchaseId.toStdString());
    if (purchase == m_purchases.end()) {
        sendErrorReply(ipc::error::kNotFound, QStringLiteral("There is no such purchase."));
        return {};
    }
    if (wait_s > 0 && purchase->second["version"] == static_cast<std::int64_t>(since)) {
        setDelayedReply(true);
        m_waits.push_back({message(), purchase->first});
        return {};
    }
    return textOf(purchase->second);
}

QString FakeAgent1::Withdraw(const QString &purchaseId)
{
    if (!admit("Withdraw")) {
        return {};
    }
    const std::string id = purchaseId.toStdString();
    if (!m_purchases.contains(id)) {
        sendErrorReply(ipc::error::kNotFound, QStringLiteral("There is no such purchase."));
        return {};
    }
    move(id, "withdrawn", false, true);
    return textOf(m_purchases.at(id));
}

QString FakeAgent1::Permissions()
{
    if (!admit("Permissions")) {
        return {};
    }
    return QStringLiteral(R"({"agent_id":"assistant","kinds":["fuel","parking"],"currency":"EUR",)"
                          R"("per_purchase_minor_max":12000,"open_proposals_max":3,)"
                          R"("offline_unsettled_minor_max":15000,"asks":"every_time","revision":1})");
}

QString FakeAgent1::FindMerchants(const QString &kind, uint count_max)
{
    if (!admit("FindMerchants")) {
        return {};
    }
    Json merchants = Json::array();
    for (uint i = 0; i < count_max; ++i) {
        merchants.push_back({{"merchant_id", "merchant-" + std::to_string(i)},
                             {"name", "Tankhof"},
                             {"category", "5542"},
                             {"distance_m", 120 * i},
                             {"kinds", {{kind.toStdString(), "online"}}},
                             {"currency", "EUR"}});
    }
    return textOf({{"merchants", merchants}});
}

} // namespace glovebox::testing
