// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/services.h"
#include "payment/merchant.h"
#include "wire/messages.h"

namespace glovebox::daemon
{

/// The merchants that the gateway vouches for. What is not in here, or not valid any more, cannot be paid.
class MerchantDirectory
{
public:
    MerchantDirectory(std::vector<crypto::PublicKey> gatewayKeys, std::string gateway);

    /// Verifies again what comes from the disk; a directory that does not verify leaves the present one.
    [[nodiscard]] bool load(const std::string &jws);
    /// Whether one was ever received and verified.
    [[nodiscard]] bool known() const { return m_revision >= 0; }
    [[nodiscard]] const payment::MerchantEntry *find(const payment::MerchantId &id) const;
    /// {"merchants":[…]}, nearest first where the car knows where it is; with a "message" while none is
    /// known.
    [[nodiscard]] std::string nearest(const payment::KindId &kind, std::optional<payment::Position> car,
                                      unsigned count_max) const;

private:
    std::vector<crypto::PublicKey> m_gatewayKeys;
    std::string m_gateway;
    std::map<payment::MerchantId, payment::MerchantEntry> m_entries;
    std::int64_t m_revision = -1;
};

} // namespace glovebox::daemon
