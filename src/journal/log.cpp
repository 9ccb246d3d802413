// SPDX-License-Identifier: Apache-2.0
#include "journal/log.h"

#include "crypto/hash.h"
#include "journal/faults.h"

namespace glovebox::journal
{

namespace
{

void append(base::Bytes &bytes, base::ByteView part)
{
    bytes.insert(bytes.end(), part.begin(), part.end());
}

/// With its length first, so that no two pairs of texts join to the same bytes.
void appendText(base::Bytes &bytes, std::string_view text)
{
    base::appendBigEndian(bytes, text.size(), 2);
    append(bytes, base::bytesOf(text));
}

} // namespace

JournalResult<Statements> Statements::prepare(store::Database &database)
{
    std::vector<store::Statement> made;
    for (const char *sql : {
             "INSERT INTO entries (sequence, kind, pseudonym, commitment, sealed) VALUES (?1, ?2, ?3, ?4, "
             "?5)",
             "INSERT INTO frontier (id, size, hashes, mac) VALUES (0, ?1, ?2, ?3) "
             "ON CONFLICT (id) DO UPDATE SET size = ?1, hashes = ?2, mac = ?3",
             "UPDATE purchases SET last_sequence = ?2, pseudonym = ?4, sealed = ?5 "
             "WHERE purchase_id = ?1 AND unfinished = ?3",
             "INSERT INTO purchases (purchase_id, first_sequence, last_sequence, unfinished, pseudonym, "
             "sealed) "
             "VALUES (?1, ?2, ?2, ?3, ?4, ?5) ON CONFLICT (purchase_id) "
             "DO UPDATE SET last_sequence = ?2, unfinished = ?3, pseudonym = ?4, sealed = ?5",
             "INSERT INTO requests (request, purchase_id) VALUES (?1, ?2) ON CONFLICT (request) DO NOTHING",
             "INSERT INTO outbox (purchase_id, approval_id, attempts, not_before_wall_ms) VALUES (?1, ?2, "
             "?3, ?4) "
             "ON CONFLICT (purchase_id) DO UPDATE SET approval_id = ?2, attempts = ?3, not_before_wall_ms = "
             "?4",
             "DELETE FROM outbox WHERE purchase_id = ?1",
             "INSERT INTO settings (name, sealed) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET sealed = "
             "?2",
             "SELECT sequence, kind, pseudonym, commitment, sealed FROM entries WHERE sequence >= ?1 "
             "ORDER BY sequence LIMIT ?2",
             "SELECT purchase_id, last_sequence, unfinished, pseudonym, sealed FROM purchases WHERE "
             "purchase_id = ?1",
             "SELECT purchase_id, last_sequence, unfinished, pseudonym, sealed FROM purchases "
             "ORDER BY first_sequence DESC LIMIT ?1",
             "SELECT purchase_id, last_sequence, unfinished, pseudonym, sealed FROM purchases "
             "WHERE unfinished = 1 ORDER BY first_sequence",
             "SELECT purchase_id FROM requests WHERE request = ?1",
             "SELECT purchase_id FROM outbox WHERE approval_id = ?1",
             "SELECT purchase_id, approval_id, attempts, not_before_wall_ms FROM outbox ORDER BY purchase_id",
             "SELECT sealed FROM settings WHERE name = ?1",
         }) {
        auto statement = database.prepare(sql);
        if (!statement) {
            return failed(statement.error());
        }
        made.push_back(std::move(*statement));
    }
    // In the order of the members.
    return Statements{std::move(made[0]),  std::move(made[1]),  std::move(made[2]),  std::move(made[3]),
                      std::move(made[4]),  std::move(made[5]),  std::move(made[6]),  std::move(made[7]),
                      std::move(made[8]),  std::move(made[9]),  std::move(made[10]), std::move(made[11]),
                      std::move(made[12]), std::move(made[13]), std::move(made[14]), std::move(made[15])};
}

crypto::Secret deriveKey(const crypto::Secret &sealingKey, std::string_view purpose)
{
    base::Hash key = crypto::hmacSha256(sealingKey.view(), base::bytesOf(purpose));
    return crypto::Secret::take(key);
}

base::Hash requestDigest(const crypto::Secret &key, const payment::AgentId &agent,
                         const payment::RequestId &request)
{
    base::Bytes bytes;
    appendText(bytes, agent.text());
    appendText(bytes, request.text());
    return crypto::hmacSha256(key.view(), bytes);
}

base::Hash approvalDigest(const crypto::Secret &key, const payment::ApprovalId &approval)
{
    base::Bytes bytes;
    appendText(bytes, {});
    appendText(bytes, approval.text());
    return crypto::hmacSha256(key.view(), bytes);
}

base::Hash frontierMac(const crypto::Secret &key, std::uint64_t size, base::ByteView hashes)
{
    base::Bytes bytes;
    base::appendBigEndian(bytes, size, 8);
    append(bytes, hashes);
    return crypto::hmacSha256(key.view(), bytes);
}

base::Bytes joined(const std::vector<base::Hash> &hashes)
{
    base::Bytes bytes;
    for (const base::Hash &hash : hashes) {
        append(bytes, hash);
    }
    return bytes;
}

base::Bytes purchaseHeader(const std::string &id, const Pseudonym &driver, std::uint64_t lastSequence,
                           bool unfinished)
{
    base::Bytes bytes;
    appendText(bytes, "glovebox purchase 1");
    appendText(bytes, id);
    append(bytes, driver);
    base::appendBigEndian(bytes, lastSequence, 8);
    base::appendBigEndian(bytes, unfinished ? 1 : 0, 1);
    return bytes;
}

base::Bytes settingHeader(const std::string &name)
{
    base::Bytes bytes;
    appendText(bytes, "glovebox setting 1");
    appendText(bytes, name);
    return bytes;
}

} // namespace glovebox::journal
