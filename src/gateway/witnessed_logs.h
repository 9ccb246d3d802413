// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/ledger_result.h"
#include "payment/ids.h"
#include "store/database.h"

#include <optional>
#include <string>

namespace glovebox::gateway
{

/// The newest checkpoint that this gateway has cosigned of one log of a wallet.
struct WitnessedLog
{
    std::string origin;
    std::uint64_t size = 0;
    std::string note; // with both signatures
};

/// What the gateway remembers as the witness of the cars' journals. A key of a car signs for one log for
/// ever: who copies it cannot begin another one under it.
class WitnessedLogs
{
public:
    explicit WitnessedLogs(store::Database database) : m_database(std::move(database)) {}
    [[nodiscard]] LedgerResult<std::optional<WitnessedLog>> ofOrigin(const payment::WalletId &wallet,
                                                                     const std::string &origin);
    /// The log that this key, by its RFC 7638 thumbprint, signs for.
    [[nodiscard]] LedgerResult<std::optional<WitnessedLog>> ofKey(const payment::WalletId &wallet,
                                                                  const std::string &keyId);
    /// Replaces what was known where it was not larger, and binds the key: one transaction, durable when it
    /// returns.
    [[nodiscard]] LedgerResult<void> keep(const payment::WalletId &wallet, const std::string &keyId,
                                          const WitnessedLog &log, std::uint64_t cosigned_s);

private:
    [[nodiscard]] LedgerResult<std::optional<WitnessedLog>>
    find(const char *sql, const payment::WalletId &wallet, const std::string &second);
    store::Database m_database;
};

/// The migration that makes its tables.
extern const char *const kWitnessedLogs;

} // namespace glovebox::gateway
