// SPDX-License-Identifier: Apache-2.0
#include "crypto/jws.h"
#include "crypto/keys.h"
#include "tests/support/fatal_log.h"
#include "tests/support/software_tpm.h"

#include <QFile>
#include <QTest>

#include <thread>

using namespace glovebox;
using crypto::KeyFault;
using crypto::SigningKey;

namespace
{

constexpr const char *kUri = "handle:0x81000010";
const auto kHandle = QStringLiteral("0x81000010");

} // namespace

/// The same interface as a key file's, with the private part in a TPM 2.0.
class TpmKeyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_tpm = std::make_unique<testing::SoftwareTpm>();
        QVERIFY2(m_tpm->start(), qPrintable(m_tpm->errorString()));
    }
    void cleanup() { m_tpm.reset(); }

    void signsWithAKeyThatTheChipKeeps();
    void signsWithAKeyThatTheChipWrapped();
    void anotherChipDoesNotOpenTheFile();
    void isTheSameAfterARestart();
    void threadsShareIt();
    void saysThatThereIsNoKey();
    void saysThatThereIsNoChip();
    void aChipThatDiesGivesNoSignature();

private:
    [[nodiscard]] bool makeWrapped(const QString &path);
    std::unique_ptr<testing::SoftwareTpm> m_tpm;
};

void TpmKeyTest::signsWithAKeyThatTheChipKeeps()
{
    QVERIFY2(m_tpm->makeKey(kHandle), qPrintable(m_tpm->errorString()));
    const auto key = SigningKey::open(kUri, m_tpm->tcti());
    QVERIFY2(key, key ? "" : key.error().detail.c_str());
    QCOMPARE(key->protection(), std::string_view("hardware"));
    QVERIFY(!qEnvironmentVariableIsSet("TPM2OPENSSL_TCTI"));
    const base::Bytes message(300, 7); // longer than a digest: the chip signs the digest of it
    for (int i = 0; i < 20; ++i) {
        const auto signature = key->sign(message);
        QVERIFY(signature);
        QCOMPARE(signature->size(), std::size_t{64});
        QVERIFY(key->publicKey().verify(message, *signature));
    }
    const auto jws = crypto::signJws(*key, "glovebox-approval+jws", message);
    QVERIFY(jws);
    const auto verified = crypto::verifyJws(*jws, "glovebox-approval+jws", {{key->publicKey()}});
    QVERIFY(verified);
    QCOMPARE(verified->keyId, key->publicKey().thumbprint());
}

bool TpmKeyTest::makeWrapped(const QString &path)
{
    return m_tpm->tool(QStringLiteral("openssl"),
                       {QStringLiteral("genpkey"), QStringLiteral("-quiet"), QStringLiteral("-provider"),
                        QStringLiteral("tpm2"), QStringLiteral("-provider"), QStringLiteral("default"),
                        QStringLiteral("-propquery"), QStringLiteral("?provider=tpm2"),
                        QStringLiteral("-algorithm"), QStringLiteral("EC"), QStringLiteral("-pkeyopt"),
                        QStringLiteral("group:P-256"), QStringLiteral("-out"), path}) &&
           QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
}

void TpmKeyTest::signsWithAKeyThatTheChipWrapped()
{
    const QString path = m_tpm->pathOf(QStringLiteral("wrapped.pem"));
    QVERIFY2(makeWrapped(path), qPrintable(m_tpm->errorString()));
    const auto key = SigningKey::open("file:" + path.toStdString(), m_tpm->tcti());
    QVERIFY2(key, key ? "" : key.error().detail.c_str());
    QCOMPARE(key->protection(), std::string_view("hardware"));
    const auto signature = key->sign(base::bytesOf("message"));
    QVERIFY(signature);
    QVERIFY(key->publicKey().verify(base::bytesOf("message"), *signature));
    // The rules for files hold for it too.
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::ReadOther));
    QCOMPARE(SigningKey::open("file:" + path.toStdString(), m_tpm->tcti()).error().code, KeyFault::wrongMode);
}

void TpmKeyTest::anotherChipDoesNotOpenTheFile()
{
    const QString path = m_tpm->pathOf(QStringLiteral("wrapped.pem"));
    QVERIFY2(makeWrapped(path), qPrintable(m_tpm->errorString()));
    testing::SoftwareTpm other;
    QVERIFY2(other.start(), qPrintable(other.errorString()));
    const auto key = SigningKey::open("file:" + path.toStdString(), other.tcti());
    // The provider looks at the public half alone until it has to sign.
    QVERIFY(!key || !key->sign(base::bytesOf("message")));
}

void TpmKeyTest::isTheSameAfterARestart()
{
    QVERIFY2(m_tpm->makeKey(kHandle), qPrintable(m_tpm->errorString()));
    const auto before = SigningKey::open(kUri, m_tpm->tcti());
    QVERIFY(before);
    m_tpm->die();
    QVERIFY2(m_tpm->start(), qPrintable(m_tpm->errorString()));
    const auto after = SigningKey::open(kUri, m_tpm->tcti());
    QVERIFY2(after, after ? "" : after.error().detail.c_str());
    QCOMPARE(after->publicKey().thumbprint(), before->publicKey().thumbprint());
    const auto signature = after->sign(base::bytesOf("message"));
    QVERIFY(signature);
    QVERIFY(before->publicKey().verify(base::bytesOf("message"), *signature));
}

void TpmKeyTest::threadsShareIt()
{
    QVERIFY2(m_tpm->makeKey(kHandle), qPrintable(m_tpm->errorString()));
    const auto key = SigningKey::open(kUri, m_tpm->tcti());
    QVERIFY(key);
    constexpr int kEach = 20;
    int good[2] = {0, 0};
    const auto work = [&key](int &count) {
        for (int i = 0; i < kEach; ++i) {
            const std::string message = std::to_string(i);
            const auto signature = key->sign(base::bytesOf(message));
            count += signature && key->publicKey().verify(base::bytesOf(message), *signature) ? 1 : 0;
        }
    };
    std::thread other([&] { work(good[1]); });
    work(good[0]);
    other.join();
    QCOMPARE(good[0], kEach);
    QCOMPARE(good[1], kEach);
}

void TpmKeyTest::saysThatThereIsNoKey()
{
    const auto key = SigningKey::open(kUri, m_tpm->tcti());
    QVERIFY(!key);
    QCOMPARE(key.error().code, KeyFault::missing);
    QVERIFY(key.error().detail.find(kUri) != std::string::npos);
}

void TpmKeyTest::saysThatThereIsNoChip()
{
    m_tpm->die();
    const auto key = SigningKey::open(kUri, m_tpm->tcti());
    QVERIFY(!key);
    QCOMPARE(key.error().code, KeyFault::provider);
}

void TpmKeyTest::aChipThatDiesGivesNoSignature()
{
    QVERIFY2(m_tpm->makeKey(kHandle), qPrintable(m_tpm->errorString()));
    const auto key = SigningKey::open(kUri, m_tpm->tcti());
    QVERIFY(key);
    QVERIFY(key->sign(base::bytesOf("message")));
    m_tpm->die();
    const auto signature = key->sign(base::bytesOf("message"));
    QVERIFY(!signature);
    QCOMPARE(signature.error().code, KeyFault::provider);
}

GLOVEBOX_TEST_MAIN(TpmKeyTest)
#include "tpm_key_test.moc"
