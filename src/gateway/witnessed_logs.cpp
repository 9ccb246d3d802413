// SPDX-License-Identifier: Apache-2.0
#include "gateway/witnessed_logs.h"

namespace glovebox::gateway
{

const char *const kWitnessedLogs = R"(
CREATE TABLE witnessed_logs (
    wallet_id TEXT NOT NULL, origin TEXT NOT NULL, size BIGINT NOT NULL CHECK (size > 0), note TEXT NOT NULL,
    cosigned_s BIGINT NOT NULL,
    UNIQUE (wallet_id, origin));
CREATE TABLE log_keys (
    wallet_id TEXT NOT NULL, key_id TEXT NOT NULL, origin TEXT NOT NULL,
    UNIQUE (wallet_id, key_id),
    FOREIGN KEY (wallet_id, origin) REFERENCES witnessed_logs (wallet_id, origin));
)";

LedgerResult<std::optional<WitnessedLog>> WitnessedLogs::ofOrigin(const payment::WalletId &wallet,
                                                                  const std::string &origin)
{
    return find("SELECT origin, size, note FROM witnessed_logs WHERE wallet_id = ?1 AND origin = ?2", wallet,
                origin);
}

LedgerResult<std::optional<WitnessedLog>> WitnessedLogs::ofKey(const payment::WalletId &wallet,
                                                               const std::string &keyId)
{
    return find(
        "SELECT l.origin, l.size, l.note FROM log_keys k JOIN witnessed_logs l ON l.wallet_id = k.wallet_id "
        "AND l.origin = k.origin WHERE k.wallet_id = ?1 AND k.key_id = ?2",
        wallet, keyId);
}

LedgerResult<std::optional<WitnessedLog>>
WitnessedLogs::find(const char *sql, const payment::WalletId &wallet, const std::string &second)
{
    auto statement = m_database.prepare(sql);
    if (!statement) {
        return ledgerFailure(statement.error());
    }
    statement->bind(1, wallet.text()).bind(2, second);
    const store::RowsEnd end(*statement);
    const auto found = statement->step();
    if (!found) {
        return ledgerFailure(found.error());
    }
    if (!*found) {
        return std::nullopt;
    }
    return WitnessedLog{statement->text(0), static_cast<std::uint64_t>(statement->integer(1)),
                        statement->text(2)};
}

LedgerResult<void> WitnessedLogs::keep(const payment::WalletId &wallet, const std::string &keyId,
                                       const WitnessedLog &log, std::uint64_t cosigned_s)
{
    auto transaction = m_database.begin();
    if (!transaction) {
        return ledgerFailure(transaction.error());
    }
    auto write = m_database.prepare(
        "INSERT INTO witnessed_logs (wallet_id, origin, size, note, cosigned_s) VALUES (?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT (wallet_id, origin) DO UPDATE SET size = ?3, note = ?4, cosigned_s = ?5 "
        "WHERE witnessed_logs.size <= ?3");
    auto bindKey = m_database.prepare("INSERT INTO log_keys (wallet_id, key_id, origin) VALUES (?1, ?2, ?3) "
                                      "ON CONFLICT (wallet_id, key_id) DO NOTHING");
    if (!write || !bindKey) {
        return ledgerFailure(write ? bindKey.error() : write.error());
    }
    const auto written = write->bind(1, wallet.text())
                             .bind(2, log.origin)
                             .bind(3, static_cast<std::int64_t>(log.size))
                             .bind(4, log.note)
                             .bind(5, static_cast<std::int64_t>(cosigned_s))
                             .run();
    const auto bound =
        written ? bindKey->bind(1, wallet.text()).bind(2, keyId).bind(3, log.origin).run() : written;
    const auto committed = bound ? transaction->commit() : bound;
    if (!committed) {
        return ledgerFailure(committed.error());
    }
    return {};
}

} // namespace glovebox::gateway
