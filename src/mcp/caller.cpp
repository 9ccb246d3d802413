// SPDX-License-Identifier: Apache-2.0
#include "mcp/caller.h"

#include <QByteArray>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace glovebox::mcp
{

bool Allowance::take(Clock::time_point now)
{
    const auto full = std::max(m_full, now) + m_period;
    if (full - now > m_period * m_burst) {
        return false;
    }
    m_full = full;
    return true;
}

std::string Caller::keep(std::shared_ptr<Session> session)
{
    std::array<quint32, 4> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    const std::string id = QByteArray::fromRawData(reinterpret_cast<const char *>(bits.data()), sizeof bits)
                               .toHex()
                               .toStdString();
    if (m_sessions.size() >= kHttpSessions_count_max) {
        m_sessions.erase(
            std::ranges::min_element(m_sessions, {}, [](const auto &entry) { return entry.second.used; }));
    }
    m_sessions[id] = {std::move(session), Allowance::Clock::now()};
    return id;
}

std::shared_ptr<Session> Caller::session(const std::string &id)
{
    const auto kept = m_sessions.find(id);
    if (kept == m_sessions.end()) {
        return nullptr;
    }
    kept->second.used = Allowance::Clock::now();
    return kept->second.session;
}

bool Caller::end(const std::string &id)
{
    return m_sessions.erase(id) > 0;
}

} // namespace glovebox::mcp
