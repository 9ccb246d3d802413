// SPDX-License-Identifier: Apache-2.0
#include "crypto/keys.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace glovebox;
using crypto::KeyFault;
using crypto::PublicKey;
using crypto::SigningKey;

namespace
{

// RFC 7515 appendix A.3.
base::Json rfcKey()
{
    return {{"kty", "EC"},
            {"crv", "P-256"},
            {"x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"},
            {"y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}};
}

void writeFile(const std::string &path, const QByteArray &content)
{
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    file.close();
    QCOMPARE(chmod(path.c_str(), 0600), 0);
}

// Generated for this test alone.
constexpr char kP384[] = "-----BEGIN PRIVATE KEY-----\n"
                         "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDBC/B6eT/m/FjF94sd/\n"
                         "g6AdvxxkTB1VTLW4uv/zVSJM7TRSWoPrwAf9woJEV3j7ddKhZANiAASmEa7OOMSi\n"
                         "VQJ/n+5LP1IpC2XMQwYnbLJFL/bkmlG5967iURnCfWLYwK45N9OteoHSDDsxX/QK\n"
                         "4X1ed5UcfYJgy2SJczxBF4KuCMN5s2TcrejlxsLsxnrubVnw3jzwTFs=\n"
                         "-----END PRIVATE KEY-----\n";
constexpr char kEncrypted[] = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                              "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgAAAAAAAAAAAICCAAw\n"
                              "-----END ENCRYPTED PRIVATE KEY-----\n";

} // namespace

class KeysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void rfc7515Signature();
    void thumbprintOfRfc7638();
    void refusesJwks_data();
    void refusesJwks();
    void createsOpensAndSigns();
    void neverOverwrites();
    void refusesFiles();
    void refusesOtherOwner();
    void refusesUris();
    void hardwareNeedsItsProvider();

private:
    [[nodiscard]] KeyFault openFault() const { return SigningKey::open("file:" + m_path).error().code; }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

void KeysTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("signing.pem")).toStdString();
}

void KeysTest::rfc7515Signature()
{
    const auto key = PublicKey::fromJwk(rfcKey());
    QVERIFY(key);
    const base::ByteView message =
        base::bytesOf("eyJhbGciOiJFUzI1NiJ9."
                      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290"
                      "Ijp0cnVlfQ");
    auto signature =
        base::fromBase64Url(
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q")
            .value();
    QVERIFY(key->verify(message, signature));
    QVERIFY(!key->verify(message.first(message.size() - 1), signature));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        signature[i] ^= 0x80;
        QVERIFY(!key->verify(message, signature));
        signature[i] ^= 0x80;
    }
    QVERIFY(!key->verify(message, base::ByteView(signature).first(63)));
    QVERIFY(!key->verify(message, base::Bytes(64, 0)));
}

void KeysTest::thumbprintOfRfc7638()
{
    const auto key = PublicKey::fromJwk(rfcKey());
    QVERIFY(key);
    // Computed with another implementation of SHA-256 over the members in RFC 7638's order.
    QCOMPARE(key->thumbprint(), std::string("oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"));
    QVERIFY(key->jwk() == rfcKey());
    base::Json more = rfcKey();
    more.update({{"kid", "any"}, {"alg", "ES256"}, {"use", "sig"}});
    QCOMPARE(PublicKey::fromJwk(more)->thumbprint(), key->thumbprint());
}

void KeysTest::refusesJwks_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::newRow("other type") << QByteArray(R"({"kty":"RSA"})");
    QTest::newRow("other curve") << QByteArray(R"({"crv":"P-384"})");
    QTest::newRow("other use") << QByteArray(R"({"use":"enc"})");
    QTest::newRow("other algorithm") << QByteArray(R"({"alg":"ES384"})");
    QTest::newRow("private part") << QByteArray(R"({"d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"})");
    QTest::newRow("not on the curve") << QByteArray(R"({"x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEQ"})");
    QTest::newRow("origin") << QByteArray(R"({"x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",)"
                                          R"("y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})");
    QTest::newRow("short") << QByteArray(R"({"x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVA"})");
    QTest::newRow("not base64url") << QByteArray(R"({"x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVE="})");
    QTest::newRow("number") << QByteArray(R"({"y":1})");
    QTest::newRow("absent") << QByteArray(R"({"y":null})");
}

void KeysTest::refusesJwks()
{
    QFETCH(const QByteArray, change);
    base::Json jwk = rfcKey();
    jwk.update(base::Json::parse(change.toStdString()));
    QVERIFY(!PublicKey::fromJwk(jwk));
    QVERIFY(!PublicKey::fromJwk(base::Json::array()));
}

void KeysTest::createsOpensAndSigns()
{
    const auto made = SigningKey::createDevelopmentKey(m_path);
    QVERIFY(made);
    struct stat status{};
    QCOMPARE(stat(m_path.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0600U);
    const auto opened = SigningKey::open("file:" + m_path);
    QVERIFY(opened);
    QVERIFY(SigningKey::open("file://" + m_path));
    QCOMPARE(opened->publicKey().thumbprint(), made->publicKey().thumbprint());
    QCOMPARE(opened->protection(), std::string_view("development"));
    for (int i = 0; i < 100; ++i) {
        const std::string message = "message " + std::to_string(i);
        const auto signature = opened->sign(base::bytesOf(message));
        QVERIFY(signature);
        QCOMPARE(signature->size(), std::size_t{64});
        QVERIFY(made->publicKey().verify(base::bytesOf(message), *signature));
        QVERIFY(!made->publicKey().verify(base::bytesOf(message + "."), *signature));
    }
}

void KeysTest::neverOverwrites()
{
    writeFile(m_path, "mine");
    const auto made = SigningKey::createDevelopmentKey(m_path);
    QCOMPARE(made.error().code, KeyFault::exists);
    QFile file(QString::fromStdString(m_path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("mine"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 1);
}

void KeysTest::refusesFiles()
{
    QCOMPARE(openFault(), KeyFault::missing);
    writeFile(m_path, kEncrypted);
    QCOMPARE(openFault(), KeyFault::wrongPassword);
    writeFile(m_path, "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
    QCOMPARE(openFault(), KeyFault::malformed);
    writeFile(m_path, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    QCOMPARE(openFault(), KeyFault::malformed);
    writeFile(m_path, "");
    QCOMPARE(openFault(), KeyFault::malformed);
    writeFile(m_path, kP384);
    QCOMPARE(openFault(), KeyFault::wrongType);
    QVERIFY(QFile::remove(QString::fromStdString(m_path)));
    QVERIFY(SigningKey::createDevelopmentKey(m_path));
    QCOMPARE(chmod(m_path.c_str(), 0644), 0);
    QCOMPARE(openFault(), KeyFault::wrongMode);
    QCOMPARE(chmod(m_path.c_str(), 0400), 0);
    QVERIFY(SigningKey::open("file:" + m_path)); // as a service manager hands a credential over
    const std::string link = m_path + ".link";
    QCOMPARE(symlink(m_path.c_str(), link.c_str()), 0);
    QCOMPARE(SigningKey::open("file:" + link).error().code, KeyFault::unreadable);
    QCOMPARE(SigningKey::open("file:" + m_folder->path().toStdString()).error().code, KeyFault::malformed);
}

void KeysTest::refusesOtherOwner()
{
    if (geteuid() != 0) {
        QSKIP("only root can give a file to another user");
    }
    QVERIFY(SigningKey::createDevelopmentKey(m_path));
    QCOMPARE(chown(m_path.c_str(), 65534, 65534), 0);
    QCOMPARE(openFault(), KeyFault::wrongMode);
}

void KeysTest::refusesUris()
{
    for (const char *uri :
         {"", "signing.pem", "file:signing.pem", "file://host", "pkcs11:object=x", "handle:0x1",
          "handle:0x81000010?pass", "handle:0x8100001g", "file:////etc/passwd"}) {
        const auto key = SigningKey::open(uri);
        QVERIFY2(!key && key.error().code == KeyFault::malformed, uri);
    }
}

void KeysTest::hardwareNeedsItsProvider()
{
    const auto key = SigningKey::open("handle:0x81000010");
    QVERIFY(!key);
    // Where the provider is installed there is still no such key.
    QVERIFY(key.error().code == KeyFault::provider || key.error().code == KeyFault::missing);
    QVERIFY(key.error().detail.find("handle:0x81000010") != std::string::npos);
}

GLOVEBOX_TEST_MAIN(KeysTest)
#include "keys_test.moc"
