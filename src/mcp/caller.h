// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/session.h"

#include <chrono>
#include <memory>
#include <string>

namespace glovebox::mcp
{

/// Calls that one assistant may make over HTTP at once, and how long until there is one more. The daemon
/// counts for itself what reaches it.
inline constexpr int kHttpCallsBurst = 400;
inline constexpr std::chrono::milliseconds kHttpCallPeriod{5};
/// Sessions of one assistant at one time; a new one ends the one that was used longest ago.
inline constexpr std::size_t kHttpSessions_count_max = 128;

/// So many at once, then one after each period.
class Allowance
{
public:
    using Clock = std::chrono::steady_clock;
    Allowance(int burst, Clock::duration period) : m_burst(burst), m_period(period) {}
    /// False: there is none left now.
    bool take(Clock::time_point now);

private:
    int m_burst;
    Clock::duration m_period;
    Clock::time_point m_full{}; // when all of them are there again
};

/// One assistant that showed who it is, with what it is offered.
class Caller
{
public:
    virtual ~Caller() = default;
    [[nodiscard]] virtual Offer offer() = 0;

    /// False: too many.
    [[nodiscard]] bool admit() { return m_allowance.take(Allowance::Clock::now()); }
    /// Opens a session; the id is 128 random bits.
    [[nodiscard]] std::string keep(std::shared_ptr<Session> session);
    /// Null where there is none of this id.
    [[nodiscard]] std::shared_ptr<Session> session(const std::string &id);
    bool end(const std::string &id);

private:
    struct Kept
    {
        std::shared_ptr<Session> session;
        Allowance::Clock::time_point used;
    };
    std::map<std::string, Kept, std::less<>> m_sessions;
    Allowance m_allowance{kHttpCallsBurst, kHttpCallPeriod};
};

enum class CallerFault { unknownToken, rateLimited, unavailable };

/// Who a token belongs to. It does not decide: the daemon does.
class Callers
{
public:
    using Found = std::function<void(std::expected<std::shared_ptr<Caller>, CallerFault> caller)>;
    virtual ~Callers() = default;
    /// `token`: what came with the request, maybe nothing; valid during the call. Calls `found` once,
    /// possibly before it returns; never after the callers are destroyed.
    virtual void find(std::string_view token, Found found) = 0;
};

} // namespace glovebox::mcp
