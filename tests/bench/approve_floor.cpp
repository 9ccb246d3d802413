// SPDX-License-Identifier: Apache-2.0
// The floors stand on the libraries themselves, so this file includes them in spite of the link table.
#include "tests/bench/approve_floor.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <sqlite3.h>

#include <array>

namespace glovebox::bench
{
namespace
{

using Steady = std::chrono::steady_clock;

struct Close
{
    void operator()(sqlite3 *database) const { sqlite3_close_v2(database); }
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
using Connection = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

Connection open(const std::filesystem::path &file)
{
    sqlite3 *opened = nullptr;
    require(sqlite3_open(file.c_str(), &opened) == SQLITE_OK, "sqlite3_open");
    return Connection(opened);
}

Statement prepare(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *prepared = nullptr;
    require(sqlite3_prepare_v2(database, sql, -1, &prepared, nullptr) == SQLITE_OK, sql);
    return Statement(prepared);
}

} // namespace

class ApproveFloor::Signer
{
public:
    Signer() : m_key(EVP_EC_gen("P-256")) { require(m_key != nullptr, "EVP_EC_gen"); }

    void sign(std::string_view bytes)
    {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                              EVP_MD_CTX_free);
        std::size_t size = m_signature.size();
        require(context &&
                    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) == 1,
                "EVP_DigestSignInit");
        require(EVP_DigestSign(context.get(), m_signature.data(), &size,
                               reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size()) == 1,
                "EVP_DigestSign");
    }

private:
    std::unique_ptr<EVP_PKEY, Close> m_key;
    std::array<unsigned char, 80> m_signature{}; // DER of P-256: at most 72
};

class ApproveFloor::Database
{
public:
    explicit Database(const std::filesystem::path &file) : m_database(open(file))
    {
        // EXCLUSIVE first: reading journal_mode before it would create the shared memory file.
        constexpr const char *kSetUp =
            "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE entries (sequence INTEGER PRIMARY KEY, payload BLOB NOT NULL)";
        require(sqlite3_exec(m_database.get(), kSetUp, nullptr, nullptr, nullptr) == SQLITE_OK, kSetUp);
        m_insert = prepare(m_database.get(), "INSERT INTO entries (payload) VALUES (?1)");
    }

    void commit(std::string_view bytes)
    {
        require(sqlite3_bind_blob64(m_insert.get(), 1, bytes.data(), bytes.size(), SQLITE_STATIC) ==
                    SQLITE_OK,
                "sqlite3_bind_blob64");
        require(sqlite3_step(m_insert.get()) == SQLITE_DONE, "a durable commit");
        sqlite3_reset(m_insert.get());
    }

private:
    Connection m_database;
    Statement m_insert;
};

ApproveFloor::ApproveFloor(const std::filesystem::path &folder)
    : m_signer(std::make_unique<Signer>()), m_database(std::make_unique<Database>(folder / "floor.sqlite"))
{}

ApproveFloor::~ApproveFloor() = default;

ApproveFloor::Round ApproveFloor::measure(std::string_view toSign, std::string_view toCommit)
{
    const auto start = Steady::now();
    m_signer->sign(toSign);
    const auto signedAt = Steady::now();
    m_database->commit(toCommit);
    const auto end = Steady::now();
    return {Sample(signedAt - start), Sample(end - signedAt), Sample(end - start)};
}

std::size_t approvalRowBytes(const std::filesystem::path &file)
{
    const Connection database = open(file);
    const Statement sum =
        prepare(database.get(),
                "WITH last AS (SELECT * FROM purchases ORDER BY first_sequence DESC LIMIT 1) SELECT"
                " (SELECT sum(10 + length(pseudonym) + length(commitment) + length(sealed)) FROM entries"
                "   WHERE sequence > (SELECT last_sequence FROM last) - 2)" // approved and queued
                " + (SELECT 17 + length(purchase_id) + length(pseudonym) + length(sealed) FROM last)"
                " + (SELECT 16 + length(purchase_id) + length(approval_id) FROM outbox"
                "   WHERE purchase_id = (SELECT purchase_id FROM last))"
                " + (SELECT 8 + length(hashes) + length(mac) FROM frontier)"
                " + (SELECT length(name) + length(sealed) FROM settings WHERE name = 'budgets')");
    require(sqlite3_step(sum.get()) == SQLITE_ROW, "the size of the approval's rows");
    const auto bytes = sqlite3_column_int64(sum.get(), 0);
    require(bytes > 0, "an approval in the journal");
    return static_cast<std::size_t>(bytes);
}

} // namespace glovebox::bench
