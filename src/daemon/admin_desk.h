// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/services.h"
#include "daemon/world.h"

namespace glovebox::daemon
{

/// What the owner's command line may read.
class AdminDesk final : public AdminService
{
public:
    static constexpr unsigned kPurchases_max = 500;

    AdminDesk(World &world, const crypto::SigningKey &key);

    /// The gateway answered with something it signed.
    void setLastContact(base::WallTime at) { m_lastContact = at; }

    void status(Reply reply) override;
    void purchases(unsigned count_max, Reply reply) override;
    void purchase(const std::string &purchaseId, Reply reply) override;
    [[nodiscard]] Answer publicKey() const override;

private:
    [[nodiscard]] std::string describeStatus(const journal::JournalIdentity &identity) const;

    World &m_world;
    const crypto::SigningKey &m_key;
    std::optional<base::WallTime> m_lastContact;
};

} // namespace glovebox::daemon
