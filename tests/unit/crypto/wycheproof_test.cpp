// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "crypto/keys.h"
#include "crypto/seal.h"
#include "tests/support/fatal_log.h"

#include <QFile>
#include <QTest>

using namespace glovebox;

namespace
{

/// The groups of one file of C2SP/wycheproof; null where the data is not there.
base::Json groupsOf(const char *name)
{
    QFile file(
        QStringLiteral(GLOVEBOX_SOURCE_DIR "/../shared/vectors/wycheproof/%1").arg(QLatin1String(name)));
    if (!file.open(QIODevice::ReadOnly)) {
        return nullptr;
    }
    const std::string text = file.readAll().toStdString();
    return base::Json::parse(text, nullptr, false).value("testGroups", base::Json());
}

base::Bytes bytesAt(const base::Json &test, const char *name)
{
    return base::fromHex(test.at(name).get_ref<const std::string &>()).value();
}

std::string nameOf(const base::Json &test)
{
    return std::to_string(test.at("tcId").get<int>()) + ": " + test.at("comment").get<std::string>();
}

} // namespace

class WycheproofTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aesGcm();
    void hmac();
    void ecdsa();
};

void WycheproofTest::aesGcm()
{
    const base::Json groups = groupsOf("aes_gcm_test.json");
    if (groups.is_null()) {
        QSKIP("Wycheproof's data is not beside the project (../shared/vectors/wycheproof)");
    }
    int checked = 0;
    for (const base::Json &group : groups) {
        // The one form that Glovebox has.
        if (group.at("keySize") != 256 || group.at("ivSize") != 96 || group.at("tagSize") != 128) {
            continue;
        }
        for (const base::Json &test : group.at("tests")) {
            base::Bytes keyBytes = bytesAt(test, "key");
            base::Bytes sealed = bytesAt(test, "iv");
            for (const char *part : {"ct", "tag"}) {
                const base::Bytes bytes = bytesAt(test, part);
                sealed.insert(sealed.end(), bytes.begin(), bytes.end());
            }
            const auto key = crypto::Secret::take(keyBytes);
            const auto plain = crypto::unseal(key, bytesAt(test, "aad"), sealed);
            const bool valid = test.at("result") == "valid";
            QVERIFY2(plain.has_value() == valid, nameOf(test).c_str());
            QVERIFY2(!valid || *plain == bytesAt(test, "msg"), nameOf(test).c_str());
            ++checked;
        }
    }
    QVERIFY(checked > 50);
}

void WycheproofTest::hmac()
{
    const base::Json groups = groupsOf("hmac_sha256_test.json");
    if (groups.is_null()) {
        QSKIP("Wycheproof's data is not beside the project (../shared/vectors/wycheproof)");
    }
    int checked = 0;
    for (const base::Json &group : groups) {
        if (group.at("tagSize") != 256) {
            continue; // shortened tags are not used
        }
        for (const base::Json &test : group.at("tests")) {
            const base::Hash tag = crypto::hmacSha256(bytesAt(test, "key"), bytesAt(test, "msg"));
            const bool fits = crypto::equalInConstantTime(tag, bytesAt(test, "tag"));
            QVERIFY2(fits == (test.at("result") == "valid"), nameOf(test).c_str());
            ++checked;
        }
    }
    QVERIFY(checked > 50);
}

void WycheproofTest::ecdsa()
{
    const base::Json groups = groupsOf("ecdsa_secp256r1_sha256_p1363_test.json");
    if (groups.is_null()) {
        QSKIP("Wycheproof's data is not beside the project (../shared/vectors/wycheproof)");
    }
    int checked = 0;
    for (const base::Json &group : groups) {
        base::Json jwk = group.contains("publicKeyJwk") ? group.at("publicKeyJwk") : base::Json();
        if (jwk.is_null()) {
            const base::Bytes point =
                base::fromHex(group.at("publicKey").at("uncompressed").get<std::string>()).value();
            jwk = {{"kty", "EC"},
                   {"crv", "P-256"},
                   {"x", base::toBase64Url(base::ByteView(point).subspan(1, 32))},
                   {"y", base::toBase64Url(base::ByteView(point).last(32))}};
        }
        const auto key = crypto::PublicKey::fromJwk(jwk);
        QVERIFY2(key.has_value(), jwk.dump().c_str());
        for (const base::Json &test : group.at("tests")) {
            const bool ok = key->verify(bytesAt(test, "msg"), bytesAt(test, "sig"));
            QVERIFY2(ok == (test.at("result") == "valid"), nameOf(test).c_str());
            ++checked;
        }
    }
    QVERIFY(checked > 200);
}

GLOVEBOX_TEST_MAIN(WycheproofTest)
#include "wycheproof_test.moc"
