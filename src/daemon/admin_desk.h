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
    static constexpr std::size_t kDoubts_max = 64; // approvals whose doubts are remembered, the newest

    AdminDesk(World &world, const crypto::SigningKey &key, PermissionDesk &permissions,
              const LifeNotes &life);

    /// The gateway answered with something it signed.
    void setLastContact(base::WallTime at) { m_lastContact = at; }

    /// An answer of the gateway could not be believed; `about` is empty where it was about no approval.
    void noteDoubt(const payment::ApprovalId &about, const std::string &detail);

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
    struct Doubt
    {
        std::int64_t count = 0;
        base::Moment last;
        std::string detail;
    };
    [[nodiscard]] static base::Json doubtJson(const Doubt &doubt);
    void addTo(Doubt &doubt, const std::string &detail) const;
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
    std::optional<base::WallTime> m_lastContact;
    Doubt m_doubt;                                 // of all answers since the start
    std::map<payment::ApprovalId, Doubt> m_doubts; // of those about one approval
};

} // namespace glovebox::daemon
