// SPDX-License-Identifier: Apache-2.0
// The floor stands on the libraries themselves, so this file includes them in spite of the link table.
#include "tests/bench/verify_floor.h"

#include "journal/driver_keys.h"
#include "journal/raw_entry.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <sqlite3.h>

#include <cstring>
#include <map>
#include <thread>

namespace glovebox::bench
{
namespace
{

constexpr std::size_t kNonce = 12, kTag = 16, kSalt = 16;

struct Free
{
    void operator()(sqlite3 *it) const { sqlite3_close_v2(it); }
    void operator()(sqlite3_stmt *it) const { sqlite3_finalize(it); }
    void operator()(EVP_CIPHER_CTX *it) const { EVP_CIPHER_CTX_free(it); }
    void operator()(EVP_CIPHER *it) const { EVP_CIPHER_free(it); }
    void operator()(EVP_MD_CTX *it) const { EVP_MD_CTX_free(it); }
    void operator()(EVP_MD *it) const { EVP_MD_free(it); }
    void operator()(EVP_MAC *it) const { EVP_MAC_free(it); }
    void operator()(EVP_MAC_CTX *it) const { EVP_MAC_CTX_free(it); }
    void operator()(EVP_PKEY *it) const { EVP_PKEY_free(it); }
    void operator()(ECDSA_SIG *it) const { ECDSA_SIG_free(it); }
};
template<class T> using Owned = std::unique_ptr<T, Free>;

/// Pseudonym and the data key behind it, as the journal's own table gives them.
using DataKeys = std::map<journal::Pseudonym, base::Bytes>;

Owned<EVP_PKEY> keyOf(const crypto::PublicKey &key)
{
    const base::Json jwk = key.jwk();
    base::Bytes point = {0x04};
    for (const char *coordinate : {"x", "y"}) {
        const auto bytes = base::fromBase64Url(jwk.at(coordinate).get<std::string>());
        require(bytes.has_value(), "a public key");
        point.insert(point.end(), bytes->begin(), bytes->end());
    }
    char group[] = "P-256";
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
        OSSL_PARAM_construct_end()};
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY *made = nullptr;
    require(EVP_PKEY_fromdata_init(context.get()) == 1 &&
                EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters) == 1,
            "a public key");
    return Owned<EVP_PKEY>(made);
}

/// A share of the log, on one thread.
class Share
{
public:
    Share(const std::filesystem::path &file, const DataKeys &keys, const crypto::PublicKey &key)
        : m_keys(keys), m_key(keyOf(key))
    {
        sqlite3 *opened = nullptr;
        const std::string uri = "file:" + file.string() + "?immutable=1";
        require(sqlite3_open_v2(uri.c_str(), &opened,
                                SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                                nullptr) == SQLITE_OK,
                "sqlite3_open_v2");
        m_database.reset(opened);
    }

    void run(std::int64_t from, std::int64_t to)
    {
        sqlite3_stmt *prepared = nullptr;
        require(sqlite3_prepare_v2(m_database.get(),
                                   "SELECT sequence, kind, pseudonym, commitment, sealed FROM entries"
                                   " WHERE sequence >= ?1 AND sequence < ?2 ORDER BY sequence",
                                   -1, &prepared, nullptr) == SQLITE_OK,
                "sqlite3_prepare_v2");
        const Owned<sqlite3_stmt> rows(prepared);
        sqlite3_bind_int64(rows.get(), 1, from);
        sqlite3_bind_int64(rows.get(), 2, to);
        int code = SQLITE_ROW;
        while ((code = sqlite3_step(rows.get())) == SQLITE_ROW) {
            take(rows.get());
        }
        require(code == SQLITE_DONE, "sqlite3_step");
    }
    std::uint64_t entries = 0;
    std::uint64_t signatures = 0;

private:
    void take(sqlite3_stmt *row)
    {
        const auto blob = [row](int column) {
            const auto *data = static_cast<const std::uint8_t *>(sqlite3_column_blob(row, column));
            return base::ByteView(data, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
        };
        const base::ByteView driver = blob(2), commitment = blob(3), sealed = blob(4);
        base::Bytes header = {1};
        base::appendBigEndian(header, static_cast<std::uint64_t>(sqlite3_column_int64(row, 0)), 8);
        base::appendBigEndian(header, static_cast<std::uint64_t>(sqlite3_column_int64(row, 1)), 2);
        header.insert(header.end(), driver.begin(), driver.end());
        hash(0x00, header, commitment);
        hash(0x01, m_leaf, m_leaf);
        journal::Pseudonym pseudonym{};
        std::ranges::copy(driver, pseudonym.begin());
        unseal(m_keys.at(pseudonym), header, sealed);
        const base::ByteView salt(m_plain.data(), kSalt);
        const base::ByteView payload(m_plain.data() + kSalt, m_plain.size() - kSalt);
        std::size_t size = 0;
        base::Hash mac{};
        require(EVP_MAC_init(m_mac.get(), salt.data(), salt.size(), m_macParameters) == 1 &&
                    EVP_MAC_update(m_mac.get(), payload.data(), payload.size()) == 1 &&
                    EVP_MAC_final(m_mac.get(), mac.data(), &size, mac.size()) == 1 &&
                    std::ranges::equal(mac, commitment),
                "a commitment");
        ++entries;
        if (sqlite3_column_int64(row, 1) == static_cast<int>(journal::EntryKind::approval)) {
            verify(base::textOf(payload));
        }
    }

    void hash(std::uint8_t prefix, base::ByteView first, base::ByteView second)
    {
        base::Hash digest{};
        require(EVP_DigestInit_ex(m_digest.get(), m_sha256.get(), nullptr) == 1 &&
                    EVP_DigestUpdate(m_digest.get(), &prefix, 1) == 1 &&
                    EVP_DigestUpdate(m_digest.get(), first.data(), first.size()) == 1 &&
                    EVP_DigestUpdate(m_digest.get(), second.data(), second.size()) == 1 &&
                    EVP_DigestFinal_ex(m_digest.get(), digest.data(), nullptr) == 1,
                "a hash");
        m_leaf = digest;
    }

    void unseal(const base::Bytes &key, base::ByteView header, base::ByteView sealed)
    {
        require(sealed.size() > kNonce + kTag + kSalt, "a sealed payload");
        const base::ByteView text = sealed.subspan(kNonce, sealed.size() - kNonce - kTag);
        m_plain.resize(text.size());
        base::Bytes tag(sealed.end() - kTag, sealed.end());
        int size = 0;
        require(EVP_DecryptInit_ex(m_cipher.get(), m_gcm.get(), nullptr, key.data(), sealed.data()) == 1 &&
                    EVP_DecryptUpdate(m_cipher.get(), nullptr, &size, header.data(),
                                      static_cast<int>(header.size())) == 1 &&
                    EVP_DecryptUpdate(m_cipher.get(), m_plain.data(), &size, text.data(),
                                      static_cast<int>(text.size())) == 1 &&
                    EVP_CIPHER_CTX_ctrl(m_cipher.get(), EVP_CTRL_AEAD_SET_TAG, kTag, tag.data()) == 1 &&
                    EVP_DecryptFinal_ex(m_cipher.get(), m_plain.data() + size, &size) == 1,
                "a seal");
    }

    void verify(std::string_view payload)
    {
        constexpr std::string_view kMember = "\"approval\":\"";
        const std::size_t begin = payload.find(kMember) + kMember.size();
        const std::string_view jws = payload.substr(begin, payload.find('"', begin) - begin);
        const std::size_t dot = jws.rfind('.');
        const auto raw = base::fromBase64Url(jws.substr(dot + 1));
        require(raw && raw->size() == 64, "a signature");
        const Owned<ECDSA_SIG> signature(ECDSA_SIG_new());
        require(ECDSA_SIG_set0(signature.get(), BN_bin2bn(raw->data(), 32, nullptr),
                               BN_bin2bn(raw->data() + 32, 32, nullptr)) == 1,
                "a signature");
        std::array<std::uint8_t, 80> der{};
        std::uint8_t *end = der.data();
        const int size = i2d_ECDSA_SIG(signature.get(), &end);
        require(size > 0, "a signature");
        EVP_MD_CTX_reset(m_verify.get());
        require(EVP_DigestVerifyInit(m_verify.get(), nullptr, m_sha256.get(), nullptr, m_key.get()) == 1 &&
                    EVP_DigestVerify(m_verify.get(), der.data(), static_cast<std::size_t>(size),
                                     base::bytesOf(jws).data(), dot) == 1,
                "a signature that verifies");
        ++signatures;
    }

    const DataKeys &m_keys;
    Owned<EVP_PKEY> m_key;
    Owned<sqlite3> m_database;
    Owned<EVP_CIPHER> m_gcm{EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr)};
    Owned<EVP_CIPHER_CTX> m_cipher{EVP_CIPHER_CTX_new()};
    Owned<EVP_MD> m_sha256{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
    Owned<EVP_MD_CTX> m_digest{EVP_MD_CTX_new()};
    Owned<EVP_MD_CTX> m_verify{EVP_MD_CTX_new()};
    Owned<EVP_MAC> m_hmac{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
    Owned<EVP_MAC_CTX> m_mac{EVP_MAC_CTX_new(m_hmac.get())};
    char m_macDigest[7] = "SHA256";
    OSSL_PARAM m_macParameters[2] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, m_macDigest, 0),
                                     OSSL_PARAM_construct_end()};
    base::Hash m_leaf{};
    base::Bytes m_plain;
};

struct Known
{
    DataKeys keys;
    std::int64_t entries = 0;
};

Known readKnown(const std::filesystem::path &file, const crypto::Secret &sealingKey)
{
    auto database = journal::openToRead(file, "/proc/self/mountinfo");
    require(database.has_value(), "opening the journal to read");
    auto loaded = journal::DriverKeys::load(*database, sealingKey);
    auto rows = database->prepare("SELECT pseudonym FROM data_keys UNION SELECT zeroblob(16)");
    require(loaded && rows, "the data keys");
    Known known;
    for (auto row = rows->step(); row && *row; row = rows->step()) {
        journal::Pseudonym pseudonym{};
        std::ranges::copy(rows->blob(0), pseudonym.begin());
        const auto key = loaded->key(pseudonym);
        require(key && *key != nullptr, "a data key");
        known.keys[pseudonym] = base::Bytes((*key)->view().begin(), (*key)->view().end());
    }
    auto count = database->prepare("SELECT count(*) FROM entries");
    require(count && count->step().value_or(false), "the number of entries");
    known.entries = count->integer(0);
    return known;
}

} // namespace

VerifyFloor verifyBare(const std::filesystem::path &file, const crypto::Secret &sealingKey,
                       const crypto::PublicKey &key)
{
    const Known known = readKnown(file, sealingKey);
    const std::int64_t shares = std::max(1u, std::thread::hardware_concurrency());
    const auto start = std::chrono::steady_clock::now();
    VerifyFloor floor;
    {
        std::vector<std::unique_ptr<Share>> parts;
        std::vector<std::jthread> threads;
        for (std::int64_t i = 0; i < shares; ++i) {
            parts.push_back(std::make_unique<Share>(file, known.keys, key));
            threads.emplace_back([&part = *parts.back(), from = known.entries * i / shares,
                                  to = known.entries * (i + 1) / shares] { part.run(from, to); });
        }
        threads.clear();
        for (const auto &part : parts) {
            floor.entries += part->entries;
            floor.signatures += part->signatures;
        }
    }
    floor.time = std::chrono::steady_clock::now() - start;
    return floor;
}

} // namespace glovebox::bench
