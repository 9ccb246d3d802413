// SPDX-License-Identifier: Apache-2.0
#include "journal/schema.h"

namespace glovebox::journal
{

std::vector<std::string> migrations()
{
    return {R"sql(
CREATE TABLE identity (
    id INTEGER PRIMARY KEY CHECK (id = 0),
    journal_id TEXT NOT NULL,
    key_thumbprint TEXT NOT NULL
) STRICT;
CREATE TABLE entries (
    sequence INTEGER PRIMARY KEY CHECK (sequence >= 0),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 65535),
    pseudonym BLOB NOT NULL CHECK (length(pseudonym) = 16),
    commitment BLOB NOT NULL CHECK (length(commitment) = 32),
    sealed BLOB
) STRICT;
CREATE TABLE frontier (
    id INTEGER PRIMARY KEY CHECK (id = 0),
    size INTEGER NOT NULL CHECK (size >= 0),
    hashes BLOB NOT NULL,
    mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;
CREATE TABLE data_keys (
    pseudonym BLOB PRIMARY KEY CHECK (length(pseudonym) = 16),
    wrapped BLOB NOT NULL,
    driver BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE purchases (
    purchase_id TEXT PRIMARY KEY,
    first_sequence INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,
    unfinished INTEGER NOT NULL CHECK (unfinished IN (0, 1)),
    pseudonym BLOB NOT NULL CHECK (length(pseudonym) = 16),
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX purchases_by_age ON purchases (first_sequence);
CREATE INDEX purchases_unfinished ON purchases (first_sequence) WHERE unfinished = 1;
CREATE TABLE requests (
    request BLOB PRIMARY KEY CHECK (length(request) = 32),
    purchase_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
    purchase_id TEXT PRIMARY KEY,
    approval_id TEXT NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    not_before_wall_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
)sql"};
}

} // namespace glovebox::journal
