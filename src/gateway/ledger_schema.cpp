// SPDX-License-Identifier: Apache-2.0
#include "gateway/ledger_schema.h"

#include "gateway/ledger.h"

namespace glovebox::gateway
{

namespace
{

constexpr std::int32_t kApplicationId = 0x47426777; // "GBgw"

// SQL that PostgreSQL and its relatives take as well, but for the column types.
constexpr char kFirst[] = R"(
CREATE TABLE approvals (
    wallet_id TEXT NOT NULL, approval_id TEXT NOT NULL, approval_hash TEXT NOT NULL, approval_jws TEXT NOT NULL,
    merchant_id TEXT NOT NULL, currency TEXT NOT NULL, cap_minor BIGINT NOT NULL, state TEXT NOT NULL,
    authorised_minor BIGINT, captured_minor BIGINT, revision BIGINT NOT NULL,
    receipt TEXT NOT NULL, refusal TEXT NOT NULL,
    UNIQUE (wallet_id, approval_id));
CREATE INDEX approvals_of_merchant ON approvals (merchant_id, approval_id);
CREATE TABLE postings (
    wallet_id TEXT NOT NULL, approval_id TEXT NOT NULL, revision BIGINT NOT NULL, kind TEXT NOT NULL,
    from_account TEXT NOT NULL, to_account TEXT NOT NULL, amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    currency TEXT NOT NULL, at_ms BIGINT NOT NULL,
    UNIQUE (wallet_id, approval_id, revision, kind),
    FOREIGN KEY (wallet_id, approval_id) REFERENCES approvals (wallet_id, approval_id));
CREATE TABLE events (
    wallet_id TEXT NOT NULL, position BIGINT NOT NULL, receipt TEXT NOT NULL,
    UNIQUE (wallet_id, position));
CREATE TABLE merchant_entries (hash TEXT NOT NULL PRIMARY KEY, entry TEXT NOT NULL);
)";

constexpr char kClaims[] = "ALTER TABLE approvals ADD COLUMN claimed_at_ms BIGINT NOT NULL DEFAULT 0";

} // namespace

store::Options ledgerOptions(const std::string &path, store::Options::Mode mode)
{
    store::Options options;
    options.path = path;
    options.applicationId = kApplicationId;
    options.migrations = {kFirst, kWitnessedLogs, kClaims};
    options.mode = mode;
    return options;
}

store::StoreResult<void> Ledger::create(const std::string &path)
{
    // Made beside its place and moved there whole: what was interrupted leaves no half of a ledger behind.
    const std::string unfinished = path + ".new";
    store::discard(unfinished);
    store::StoreResult<void> made;
    if (auto database = store::Database::open(ledgerOptions(unfinished, store::Options::Mode::create));
        !database) {
        made = std::unexpected(std::move(database.error()));
    }
    if (made) { // and closed: whole in its file
        made = store::publish(unfinished, path);
    }
    if (!made) {
        store::discard(unfinished);
    }
    return made;
}

} // namespace glovebox::gateway
