// SPDX-License-Identifier: Apache-2.0
// The floors stand on the libraries themselves, so this file includes them in spite of the link table.
#include "tests/bench/approve_floor.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <sqlite3.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace glovebox::bench
{
namespace
{

using Steady = std::chrono::steady_clock;

void require(bool works, const char *what)
{
    if (!works) {
        std::fprintf(stderr, "approve floor: %s failed\n", what);
        std::exit(70);
    }
}

class Signer
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
    struct Free
    {
        void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    };
    std::unique_ptr<EVP_PKEY, Free> m_key;
    std::array<unsigned char, 80> m_signature{}; // DER of P-256: at most 72
};

class Database
{
public:
    explicit Database(const std::filesystem::path &file)
    {
        sqlite3 *opened = nullptr;
        require(sqlite3_open(file.c_str(), &opened) == SQLITE_OK, "sqlite3_open");
        m_database.reset(opened);
        // EXCLUSIVE first: reading journal_mode before it would create the shared memory file.
        run("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE entries (sequence INTEGER PRIMARY KEY, payload BLOB NOT NULL)");
        sqlite3_stmt *prepared = nullptr;
        require(sqlite3_prepare_v2(opened, "INSERT INTO entries (payload) VALUES (?1)", -1, &prepared,
                                   nullptr) == SQLITE_OK,
                "sqlite3_prepare_v2");
        m_insert.reset(prepared);
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
    void run(const char *sql)
    {
        require(sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql);
    }

    struct Close
    {
        void operator()(sqlite3 *database) const { sqlite3_close_v2(database); }
        void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3, Close> m_database;
    std::unique_ptr<sqlite3_stmt, Close> m_insert;
};

} // namespace

ApproveFloor measureApproveFloor(const std::filesystem::path &folder, std::string_view bytes, int rounds)
{
    Signer signer;
    Database database(folder / "floor.sqlite");
    signer.sign(bytes); // the first of each loads code and makes pages
    database.commit(bytes);
    ApproveFloor floor;
    for (int round = 0; round < rounds; ++round) {
        const auto start = Steady::now();
        signer.sign(bytes);
        const auto signedAt = Steady::now();
        database.commit(bytes);
        const auto end = Steady::now();
        floor.sign.emplace_back(signedAt - start);
        floor.commit.emplace_back(end - signedAt);
        floor.both.emplace_back(end - start);
    }
    return floor;
}

} // namespace glovebox::bench
