// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_file.h"
#include "crypto/key_uri.h"
#include "crypto/keys.h"
#include "crypto/private_file.h"
#include "crypto/public_key.h"
#include "crypto/signature_form.h"

#include <openssl/core_names.h>
#include <openssl/ui.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <optional>

namespace glovebox::crypto
{

struct SigningKey::Impl
{
    // In this order: the key goes before the providers that made it, and they before their library.
    openssl::LibraryContext library;
    openssl::Provider standard;
    openssl::Provider tpm;
    openssl::Key key;
    std::optional<PublicKey> publicKey;
    const char *properties = nullptr;
    const char *protection = nullptr;
    [[nodiscard]] KeyResult<void> loadFile(const std::string &path, const std::string &tcti);
    [[nodiscard]] KeyResult<void> loadFromChip(const std::string &what, const std::string &uri,
                                               const std::string &tcti);
    std::mutex chip; // a chip does one thing at a time, and its provider has one connection to it
};

namespace
{

constexpr std::size_t kCoordinate = 32;
constexpr char kPlainHeader[] = "-----BEGIN PRIVATE KEY-----\n";
constexpr char kEncryptedHeader[] = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n";
constexpr char kTpmHeader[] = "-----BEGIN TSS2 PRIVATE KEY-----\n";
constexpr const char *kTctiVariable = "TPM2OPENSSL_TCTI";

/// "file:/path" and "file:///path"; nothing for other forms.
std::optional<std::string> pathOfUri(std::string_view uri)
{
    constexpr std::string_view kScheme = "file:";
    if (!uri.starts_with(kScheme)) {
        return std::nullopt;
    }
    uri.remove_prefix(kScheme.size());
    if (uri.starts_with("//")) {
        uri.remove_prefix(2);
    }
    if (!uri.starts_with('/') || uri.starts_with("//")) {
        return std::nullopt;
    }
    return std::string(uri);
}

bool isHandleUri(std::string_view uri)
{
    constexpr std::string_view kScheme = "handle:0x";
    constexpr std::size_t kDigits = 8; // a TPM handle has 32 bits
    if (!uri.starts_with(kScheme) || uri.size() != kScheme.size() + kDigits) {
        return false;
    }
    return uri.substr(kScheme.size()).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// An unencrypted file opens silently and a file of another form would too: the header is looked at first.
KeyResult<bool> isWrappedByTpm(const FileDescriptor &file, const std::string &path)
{
    char start[sizeof kEncryptedHeader - 1] = {};
    const ssize_t got = pread(file.get(), start, sizeof start, 0);
    const std::string_view text(start, got > 0 ? static_cast<std::size_t>(got) : 0);
    if (text.starts_with(kPlainHeader)) {
        return false;
    }
    if (text.starts_with(kTpmHeader)) {
        return true;
    }
    if (text == kEncryptedHeader) {
        return base::fail(KeyFault::wrongPassword,
                          "the key file " + path +
                              " is encrypted with a password, and nobody is there to type it");
    }
    return base::fail(KeyFault::malformed,
                      "the key file " + path + " does not begin as an unencrypted PKCS#8 or a TSS2 PEM file");
}

/// The provider of Debian 12 reads which TPM to use from the environment alone, once, when it is loaded.
class TctiInEnvironment
{
public:
    explicit TctiInEnvironment(const std::string &tcti)
    {
        if (const char *present = std::getenv(kTctiVariable)) {
            m_before = present;
        }
        if (!tcti.empty()) {
            setenv(kTctiVariable, tcti.c_str(), 1);
        }
    }
    ~TctiInEnvironment()
    {
        if (m_before) {
            setenv(kTctiVariable, m_before->c_str(), 1);
        } else {
            unsetenv(kTctiVariable);
        }
    }
    TctiInEnvironment(const TctiInEnvironment &) = delete;
    TctiInEnvironment &operator=(const TctiInEnvironment &) = delete;

private:
    std::optional<std::string> m_before;
};

openssl::Key loadKey(OSSL_LIB_CTX *library, const char *properties, const std::string &uri)
{
    // UI_null: never a prompt on a terminal.
    const openssl::StoreContext store(
        OSSL_STORE_open_ex(uri.c_str(), library, properties, UI_null(), nullptr, nullptr, nullptr, nullptr));
    if (!store || OSSL_STORE_expect(store.get(), OSSL_STORE_INFO_PKEY) != 1) {
        return nullptr;
    }
    // Stops at the first key: reading past it raises the error flag with an empty queue.
    while (OSSL_STORE_eof(store.get()) == 0) {
        const openssl::StoreInfo info(OSSL_STORE_load(store.get()));
        if (!info) {
            return nullptr;
        }
        if (OSSL_STORE_INFO_get_type(info.get()) == OSSL_STORE_INFO_PKEY) {
            return openssl::Key(OSSL_STORE_INFO_get1_PKEY(info.get()));
        }
    }
    return nullptr;
}

KeyResult<PublicKey> publicPartOf(EVP_PKEY *key)
{
    char group[64] = {};
    if (EVP_PKEY_is_a(key, "EC") != 1 ||
        EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group, nullptr) != 1 ||
        (std::strcmp(group, "prime256v1") != 0 && std::strcmp(group, "P-256") != 0)) {
        ERR_clear_error();
        return base::fail(KeyFault::wrongType, "the signing key is not an ECDSA key on P-256");
    }
    std::uint8_t point[1 + 2 * kCoordinate] = {};
    std::size_t size = 0;
    if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &size) != 1) {
        return base::fail(KeyFault::malformed, "the signing key has no public part: " + openssl::takeError());
    }
    return publicKeyFromPoint({point, size});
}

bool pairMatches(OSSL_LIB_CTX *library, EVP_PKEY *key)
{
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_pkey(library, key, nullptr));
    const bool ok = context && EVP_PKEY_pairwise_check(context.get()) == 1;
    ERR_clear_error();
    return ok;
}

} // namespace

/// `what` is the key's own name in sentences, `uri` where the store finds it.
KeyResult<void> SigningKey::Impl::loadFromChip(const std::string &what, const std::string &uri,
                                               const std::string &tcti)
{
    const TctiInEnvironment environment(tcti);
    tpm.reset(OSSL_PROVIDER_load(library.get(), "tpm2"));
    if (!tpm) {
        return base::fail(
            KeyFault::provider,
            "the key " + what +
                " needs a TPM and the OpenSSL provider tpm2 (package tpm2-openssl): " + openssl::takeError());
    }
    properties = "?provider=tpm2";
    protection = "hardware";
    key = loadKey(library.get(), properties, uri);
    if (!key) {
        return base::fail(KeyFault::missing,
                          "the TPM does not open the key " + what + ": " + openssl::takeError());
    }
    return {};
}

KeyResult<void> SigningKey::Impl::loadFile(const std::string &path, const std::string &tcti)
{
    const auto file = openPrivateFile(path);
    if (!file) {
        return openFault(path, file.error());
    }
    const auto wrapped = isWrappedByTpm(*file, path);
    if (!wrapped) {
        return std::unexpected(wrapped.error());
    }
    // Through the descriptor: what was checked is what is opened, even if the name is moved meanwhile.
    const std::string uri = "file:/proc/self/fd/" + std::to_string(file->get());
    if (*wrapped) {
        return loadFromChip("file:" + path, uri, tcti);
    }
    properties = "provider=default";
    protection = "development";
    key = loadKey(library.get(), properties, uri);
    if (!key) {
        return base::fail(KeyFault::malformed,
                          "the key file " + path + " holds no readable key: " + openssl::takeError());
    }
    return {};
}

SigningKey::SigningKey(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SigningKey::SigningKey(SigningKey &&) noexcept = default;
SigningKey &SigningKey::operator=(SigningKey &&) noexcept = default;
SigningKey::~SigningKey() = default;

bool isKeyUri(const std::string &uri)
{
    return pathOfUri(uri) || isHandleUri(uri);
}

KeyResult<SigningKey> SigningKey::open(const std::string &uri, const std::string &tcti)
{
    const auto path = pathOfUri(uri);
    if (!isKeyUri(uri)) {
        return base::fail(KeyFault::malformed,
                          "a signing key is named file:/absolute/path or handle:0x81000010, not " + uri);
    }
    auto impl = std::make_unique<Impl>();
    impl->library.reset(OSSL_LIB_CTX_new());
    impl->standard.reset(impl->library ? OSSL_PROVIDER_load(impl->library.get(), "default") : nullptr);
    if (!impl->standard) {
        return base::fail(KeyFault::provider, "OpenSSL has no default provider: " + openssl::takeError());
    }
    const auto loaded = path ? impl->loadFile(*path, tcti) : impl->loadFromChip(uri, uri, tcti);
    if (!loaded) {
        return std::unexpected(loaded.error());
    }
    auto publicKey = publicPartOf(impl->key.get());
    if (!publicKey) {
        return std::unexpected(std::move(publicKey.error()));
    }
    if (!impl->tpm && !pairMatches(impl->library.get(), impl->key.get())) {
        return base::fail(KeyFault::malformed,
                          "the key file " + path.value_or(uri) + " holds two halves of different keys");
    }
    impl->publicKey = std::move(*publicKey);
    return SigningKey(std::move(impl));
}

KeyResult<SigningKey> SigningKey::createDevelopmentKey(const std::string &path)
{
    const openssl::Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!key) {
        return base::fail(KeyFault::provider, "no key could be made: " + openssl::takeError());
    }
    if (auto written = writeKeyFile(path, key.get()); !written) {
        return std::unexpected(std::move(written.error()));
    }
    return open("file:" + path);
}

const PublicKey &SigningKey::publicKey() const
{
    return *m_impl->publicKey;
}

std::string_view SigningKey::protection() const
{
    return m_impl->protection;
}

KeyResult<base::Bytes> SigningKey::sign(base::ByteView message) const
{
    const std::scoped_lock lock(m_impl->chip);
    const openssl::DigestContext context(EVP_MD_CTX_new());
    std::size_t size = 0;
    if (!context ||
        EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", m_impl->library.get(), m_impl->properties,
                              m_impl->key.get(), nullptr) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) != 1) {
        return base::fail(KeyFault::provider, "the key does not sign: " + openssl::takeError());
    }
    base::Bytes der(size);
    if (EVP_DigestSign(context.get(), der.data(), &size, message.data(), message.size()) != 1) {
        return base::fail(KeyFault::provider, "the key does not sign: " + openssl::takeError());
    }
    auto fixed = fixedOf(base::ByteView(der).first(size));
    if (!fixed) {
        return base::fail(KeyFault::provider, "the key made an unusable signature: " + openssl::takeError());
    }
    return std::move(*fixed);
}

} // namespace glovebox::crypto
