// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/ledger.h"
#include "wire/messages.h"

namespace glovebox::gateway
{

[[nodiscard]] wire::Receipt receiptOf(const Row &row, wire::Outcome outcome, const std::string &gateway,
                                      base::WallTime at);
/// Why a row in state refused or ended was: the code of its refusal.
[[nodiscard]] std::string refusalCode(const Row &row);

enum class QuarantineFault { notThere, signing, ledger };

/// What was refused for good and not for its time alone. A car holds each of these back, and counts it
/// against its limits until settle_by, so that a car with a defect does not go on: a person looks at it here.
class Quarantine
{
public:
    Quarantine(Ledger &ledger, std::string gateway) : m_ledger(ledger), m_gateway(std::move(gateway)) {}

    /// {"quarantined":[{"wallet_id","approval_id","code","refused_at_ms", and where the approval can be read:
    ///  "merchant_id","amount":{"value","currency"},"settle_by_ms"}],"more":bool}
    [[nodiscard]] LedgerResult<base::Json> list();
    /// Ends it: the car hears by a signed event that it was never accepted and never will be, and gives it
    /// up. Durable when it returns.
    [[nodiscard]] base::Result<void, QuarantineFault> end(const std::string &wallet,
                                                          const std::string &approval,
                                                          const crypto::SigningKey &key, base::WallTime now);

private:
    Ledger &m_ledger;
    std::string m_gateway;
};

} // namespace glovebox::gateway
