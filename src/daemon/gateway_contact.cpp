// SPDX-License-Identifier: Apache-2.0
#include "daemon/gateway_contact.h"

#include "daemon/moment_json.h"

#include <algorithm>

namespace glovebox::daemon
{

namespace
{

using settlement::Trouble;

std::string_view nameOf(Trouble::Kind kind)
{
    switch (kind) {
    case Trouble::Kind::unreachable:
        return "unreachable";
    case Trouble::Kind::tls:
        return "tls";
    case Trouble::Kind::broken:
        return "broken";
    case Trouble::Kind::status:
        return "status";
    case Trouble::Kind::notBelieved:
        return "not_believed";
    }
    return {};
}

} // namespace

void GatewayContact::troubled(const std::optional<Trouble> &trouble)
{
    if (!trouble) {
        m_trouble.reset();
    } else if (m_trouble) {
        m_trouble->last = *trouble;
        ++m_trouble->count;
    } else {
        m_trouble = {*trouble, m_clock.now(), 1};
    }
}

void GatewayContact::addTo(Doubt &doubt, const std::string &detail) const
{
    ++doubt.count;
    doubt.last = m_clock.now();
    doubt.detail = detail;
}

void GatewayContact::doubted(const payment::ApprovalId &about, const std::string &detail)
{
    addTo(m_doubt, detail);
    if (about.empty()) {
        return;
    }
    addTo(m_doubts[about], detail);
    if (m_doubts.size() > kDoubts_max) {
        m_doubts.erase(
            std::ranges::min_element(m_doubts, {}, [](const auto &one) { return one.second.last.boot; }));
    }
}

base::Json GatewayContact::doubtJson(const Doubt &doubt)
{
    return {{"count", doubt.count}, {"last", momentJson(doubt.last)}, {"detail", doubt.detail}};
}

base::Json GatewayContact::describe() const
{
    base::Json json = base::Json::object();
    if (m_lastContact) {
        json["last_contact_ms"] = m_lastContact->milliseconds;
    }
    if (m_trouble) {
        json["trouble"] = {{"kind", nameOf(m_trouble->last.kind)},
                           {"status", m_trouble->last.status},
                           {"detail", m_trouble->last.detail},
                           {"since", momentJson(m_trouble->since)},
                           {"count", m_trouble->count}};
    }
    if (m_doubt.count > 0) {
        json["doubted"] = doubtJson(m_doubt);
    }
    return json;
}

std::optional<base::Json> GatewayContact::doubtsAbout(const payment::ApprovalId &approval) const
{
    const auto doubt = m_doubts.find(approval);
    return doubt == m_doubts.end() ? std::nullopt : std::optional(doubtJson(doubt->second));
}

} // namespace glovebox::daemon
