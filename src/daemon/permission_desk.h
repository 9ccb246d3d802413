// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/services.h"
#include "daemon/world.h"

namespace glovebox::daemon
{

/// What agents may still do. Here it is only taken away: in force at once, answered once it is on disk, and
/// each change an entry of the journal with the next revision. Granting is the configuration's: a higher
/// number under
/// "/permissions/grant" ends every restriction.
class PermissionDesk
{
public:
    explicit PermissionDesk(World &world);

    /// Notes what the configuration grants, where that is another than before.
    void start();

    [[nodiscard]] Answer list() const;
    /// notFound: the configuration has no such agent.
    void revoke(const std::string &agent, Reply reply);
    /// `narrowing`: JSON, as docs/formats.md says; refused whole where a field of it would widen.
    void narrow(const std::string &agent, const std::string &narrowing, Reply reply);
    void stopAll(Reply reply);

    /// After a change: cards are judged again, and what was stopped has to be told to the gateway.
    std::function<void()> onChanged;
    std::function<void()> onSettlementWork;

private:
    [[nodiscard]] std::optional<payment::AgentId> known(const std::string &agent) const;
    void change(consent::Restrictions next, base::Json what, const char *reason, Reply reply);
    /// Everything approved that is not permitted any more and can still be stopped.
    void stopInFlight(const char *reason);
    void stop(const payment::PurchaseId &id, const char *reason);

    World &m_world;
};

} // namespace glovebox::daemon
