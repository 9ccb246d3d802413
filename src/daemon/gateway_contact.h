// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "ports/clock.h"
#include "settlement/settlement.h"

#include <map>

namespace glovebox::daemon
{

/// What the daemon knows of the way to its gateway: when it last answered, why it does not, and what it said
/// that could not be believed. Of this process alone: nothing of it is kept.
class GatewayContact
{
public:
    static constexpr std::size_t kDoubts_max = 64; // approvals whose doubts are remembered, the newest

    explicit GatewayContact(ports::Clock &clock) : m_clock(clock) {}

    /// The gateway answered with something it signed.
    void answered(base::WallTime at) { m_lastContact = at; }
    /// Nothing: the trouble is over.
    void troubled(const std::optional<settlement::Trouble> &trouble);
    /// An answer could not be believed; `about` is empty where it was about no approval.
    void doubted(const payment::ApprovalId &about, const std::string &detail);

    /// Whether nothing is known that speaks against it: a hint as well.
    [[nodiscard]] bool reachable() const { return !m_trouble; }
    /// The members of the status (docs/formats.md, "Admin1") that tell a person what is known.
    [[nodiscard]] base::Json describe() const;
    [[nodiscard]] std::optional<base::Json> doubtsAbout(const payment::ApprovalId &approval) const;

private:
    struct Doubt
    {
        std::int64_t count = 0;
        base::Moment last;
        std::string detail;
    };
    struct Troubled
    {
        settlement::Trouble last;
        base::Moment since;
        std::int64_t count = 0;
    };
    [[nodiscard]] static base::Json doubtJson(const Doubt &doubt);
    void addTo(Doubt &doubt, const std::string &detail) const;

    ports::Clock &m_clock;
    std::optional<base::WallTime> m_lastContact;
    std::optional<Troubled> m_trouble;
    Doubt m_doubt;                                 // of all answers since the start
    std::map<payment::ApprovalId, Doubt> m_doubts; // of those about one approval
};

} // namespace glovebox::daemon
