// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/life_notes.h"
#include "daemon/permission_desk.h"
#include "daemon/services.h"
#include "daemon/world.h"

namespace glovebox::daemon
{

/// What the owner's command line may read, and what it may take away.
class AdminDesk final : public AdminService
{
public:
    static constexpr unsigned kPurchases_max = 500;

    AdminDesk(World &world, const crypto::SigningKey &key, PermissionDesk &permissions,
              const LifeNotes &life);

    void status(Reply reply) override;
    void purchases(unsigned count_max, Reply reply) override;
    void purchase(const std::string &purchaseId, Reply reply) override;
    [[nodiscard]] Answer publicKey() const override;
    [[nodiscard]] Answer permissions() const override { return m_permissions.list(); }
    void revoke(const std::string &agent, Reply reply) override
    {
        m_permissions.revoke(agent, std::move(reply));
    }
    void narrow(const std::string &agent, const std::string &narrowing, Reply reply) override
    {
        m_permissions.narrow(agent, narrowing, std::move(reply));
    }
    void stopAll(Reply reply) override { m_permissions.stopAll(std::move(reply)); }
    [[nodiscard]] Answer simulateVerdict(const std::string &question) const override;

private:
    [[nodiscard]] std::string describeRecord(const payment::Purchase &purchase) const;
    struct JournalState
    {
        journal::JournalIdentity identity;
        std::optional<std::uint64_t> cosigned; // entries
    };
    [[nodiscard]] std::string describeStatus(const JournalState &state) const;

    World &m_world;
    const crypto::SigningKey &m_key;
    PermissionDesk &m_permissions;
    const LifeNotes &m_life;
};

} // namespace glovebox::daemon
