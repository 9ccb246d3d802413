// SPDX-License-Identifier: Apache-2.0
#include "crypto/cosigner.h"

#include "crypto/hash.h"
#include "crypto/key_file.h"

#include <algorithm>

namespace glovebox::crypto
{

struct CosignerKey::Impl
{
    std::string name;
    std::uint32_t keyId = 0;
    base::Bytes raw; // RFC 8032, 32 bytes
    openssl::Key key;
};

struct CosigningKey::Impl
{
    openssl::Key key;
    CosignerKey publicKey;
    std::uint32_t keyId = 0;
};

namespace
{

constexpr std::uint8_t kType = 4; // timestamped Ed25519 checkpoint cosignatures
constexpr std::size_t kRaw = 32;
constexpr std::size_t kSignature = 64;
constexpr std::size_t kTime = 8;
constexpr std::size_t kKeyId = 4;

std::unexpected<base::Failure<NoteFault>> refuse(NoteFault fault, const char *why)
{
    return base::fail(fault, std::string("the cosigner is refused: ") + why);
}

base::Bytes typed(base::ByteView raw)
{
    base::Bytes bytes{kType};
    bytes.insert(bytes.end(), raw.begin(), raw.end());
    return bytes;
}

base::Bytes idBytes(const std::string &name, base::ByteView raw)
{
    const base::Hash hash = sha256({base::bytesOf(name), base::bytesOf("\n"), typed(raw)});
    return {hash.begin(), hash.begin() + kKeyId};
}

std::uint64_t bigEndian(base::ByteView bytes)
{
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes) {
        value = value << 8U | byte;
    }
    return value;
}

NoteResult<CosignerKey> keyOf(const std::string &name, const base::Bytes &raw)
{
    if (!isNoteKeyName(name) || raw.size() != kRaw) {
        return refuse(NoteFault::malformed, "its name has a space or a plus, or its key not 32 bytes");
    }
    auto impl = std::make_shared<CosignerKey::Impl>();
    impl->name = name;
    impl->keyId = static_cast<std::uint32_t>(bigEndian(idBytes(name, raw)));
    impl->raw = raw;
    impl->key.reset(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw.data(), raw.size()));
    if (!impl->key) {
        ERR_clear_error();
        return refuse(NoteFault::malformed, "no Ed25519 key");
    }
    return CosignerKey(std::move(impl));
}

std::string message(std::string_view text, std::uint64_t time_s)
{
    return "cosignature/v1\ntime " + std::to_string(time_s) + '\n' + std::string(text);
}

KeyResult<CosignerKey> publicPartOf(const EVP_PKEY *key, const std::string &name, const std::string &path)
{
    base::Bytes raw(kRaw);
    std::size_t size = raw.size();
    if (EVP_PKEY_is_a(key, "ED25519") != 1 || EVP_PKEY_get_raw_public_key(key, raw.data(), &size) != 1) {
        ERR_clear_error();
        return base::fail(KeyFault::wrongType, "the key file " + path + " holds no Ed25519 key");
    }
    raw.resize(size);
    auto made = keyOf(name, raw);
    if (!made) {
        return base::fail(KeyFault::malformed, made.error().detail);
    }
    return std::move(*made);
}

} // namespace

CosignerKey::CosignerKey(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}

NoteResult<CosignerKey> CosignerKey::fromVkey(std::string_view vkey)
{
    const std::size_t first = vkey.find('+');
    const std::size_t second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
    if (second == std::string_view::npos) {
        return refuse(NoteFault::malformed, "not NAME+ID+KEY");
    }
    // The key's own base64 may hold a plus: only the first two divide.
    const std::string name(vkey.substr(0, first));
    const auto id = base::fromHex(vkey.substr(first + 1, second - first - 1));
    const auto key = base::fromBase64(vkey.substr(second + 1));
    if (!id || !key || key->size() != 1 + kRaw || key->front() != kType) {
        return refuse(NoteFault::malformed, "no verifier key of signature type 0x04");
    }
    const base::Bytes raw(key->begin() + 1, key->end());
    if (*id != idBytes(name, raw)) {
        return refuse(NoteFault::malformed, "its id is not that of its name and key");
    }
    return keyOf(name, raw);
}

std::string CosignerKey::vkey() const
{
    return m_impl->name + '+' + base::toHex(idBytes(m_impl->name, m_impl->raw)) + '+' +
           base::toBase64(typed(m_impl->raw));
}

const std::string &CosignerKey::name() const
{
    return m_impl->name;
}

NoteResult<std::uint64_t> CosignerKey::verify(const SignedNote &note) const
{
    std::optional<std::uint64_t> newest;
    for (const NoteSignature &line : note.signatures) {
        if (line.name != m_impl->name || line.keyId != m_impl->keyId) {
            continue;
        }
        const base::ByteView bytes(line.signature);
        if (bytes.size() != kTime + kSignature) {
            return refuse(NoteFault::signature, "its signature has another size");
        }
        const std::uint64_t time_s = bigEndian(bytes.first(kTime));
        const std::string said = message(note.text, time_s);
        const openssl::DigestContext context(EVP_MD_CTX_new());
        const bool ok =
            context && time_s <= static_cast<std::uint64_t>(INT64_MAX) &&
            EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, m_impl->key.get()) == 1 &&
            EVP_DigestVerify(context.get(), bytes.data() + kTime, kSignature, base::bytesOf(said).data(),
                             said.size()) == 1;
        ERR_clear_error();
        if (!ok) {
            return refuse(NoteFault::signature, "its signature does not fit");
        }
        newest = std::max(newest.value_or(0), time_s);
    }
    return newest ? NoteResult<std::uint64_t>(*newest)
                  : refuse(NoteFault::unknownKey, "it has not cosigned this");
}

CosigningKey::CosigningKey(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
CosigningKey::CosigningKey(CosigningKey &&) noexcept = default;
CosigningKey &CosigningKey::operator=(CosigningKey &&) noexcept = default;
CosigningKey::~CosigningKey() = default;

KeyResult<CosigningKey> CosigningKey::open(const std::string &path, const std::string &name)
{
    auto key = readKeyFile(path);
    if (!key) {
        return std::unexpected(std::move(key.error()));
    }
    auto publicKey = publicPartOf(key->get(), name, path);
    if (!publicKey) {
        return std::unexpected(std::move(publicKey.error()));
    }
    const std::uint32_t keyId = publicKey->m_impl->keyId;
    return CosigningKey(std::make_unique<Impl>(std::move(*key), std::move(*publicKey), keyId));
}

KeyResult<CosigningKey> CosigningKey::create(const std::string &path, const std::string &name)
{
    const openssl::Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    if (!key) {
        return base::fail(KeyFault::provider, "no key could be made: " + openssl::takeError());
    }
    if (auto written = writeKeyFile(path, key.get()); !written) {
        return std::unexpected(std::move(written.error()));
    }
    return open(path, name);
}

const CosignerKey &CosigningKey::publicKey() const
{
    return m_impl->publicKey;
}

NoteResult<std::string> CosigningKey::cosign(std::string_view text, std::uint64_t time_s) const
{
    const std::string said = message(text, time_s);
    base::Bytes bytes;
    base::appendBigEndian(bytes, time_s, kTime);
    bytes.resize(kTime + kSignature);
    std::size_t size = kSignature;
    const openssl::DigestContext context(EVP_MD_CTX_new());
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_impl->key.get()) != 1 ||
        EVP_DigestSign(context.get(), bytes.data() + kTime, &size, base::bytesOf(said).data(), said.size()) !=
            1 ||
        size != kSignature) {
        return base::fail(NoteFault::key, "the cosigning key does not sign: " + openssl::takeError());
    }
    return noteLine({m_impl->publicKey.name(), m_impl->keyId, std::move(bytes)});
}

} // namespace glovebox::crypto
