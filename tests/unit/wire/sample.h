// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/purchase.h"
#include "wire/car_channel.h"

#include <QTemporaryDir>

namespace glovebox::testing
{

/// A car, a gateway and a stranger with keys of their own, and approvals as a car signs them.
class Sample
{
public:
    Sample();
    [[nodiscard]] crypto::SigningKey makeKey(const char *name) const;
    [[nodiscard]] payment::Approval approval(const std::string &id) const;     // exact, 1200 EUR cents
    [[nodiscard]] payment::Approval fuelApproval(const std::string &id) const; // up to 8000 EUR cents
    [[nodiscard]] std::string signApproval(const payment::Approval &approval) const;
    /// `approvalJws`: the very one, for signatures are random.
    [[nodiscard]] wire::Receipt receipt(const payment::Approval &approval, const std::string &approvalJws,
                                        wire::Outcome outcome, std::int64_t revision) const;
    [[nodiscard]] std::string signReceipt(const wire::Receipt &receipt) const;
    [[nodiscard]] base::Json entry(const char *id, const char *kind) const; // of a merchant
    [[nodiscard]] wire::CarChannel
    channel(const std::optional<crypto::CosignerKey> &witness = std::nullopt) const;
    [[nodiscard]] std::string path(const char *name) const;

    QTemporaryDir dir;
    crypto::SigningKey car;
    crypto::SigningKey gateway;
    crypto::SigningKey stranger;
    crypto::SigningKey merchant;
    static constexpr std::int64_t now_ms = 1'777'888'800'000; // where FakeClock starts
};

} // namespace glovebox::testing
