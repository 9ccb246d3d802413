// SPDX-License-Identifier: Apache-2.0
#include "crypto/jws.h"
#include "tests/support/fatal_log.h"

#include <QTemporaryDir>
#include <QTest>

using namespace glovebox;
using crypto::JwsFault;

class JwsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void roundTrip();
    void takesHeaderInAnyOrder();
    void refusesHeaders_data();
    void refusesHeaders();
    void refusesForms();
    void refusesOtherKeysAndBytes();

private:
    /// Signs any header, as nobody should.
    [[nodiscard]] std::string withHeader(const std::string &header) const;
    [[nodiscard]] base::Result<crypto::VerifiedJws, JwsFault> verify(std::string_view jws) const
    {
        return crypto::verifyJws(jws, "test+jws", m_keys);
    }
    [[nodiscard]] std::string kid() const { return m_key->publicKey().thumbprint(); }
    QTemporaryDir m_folder;
    std::optional<crypto::SigningKey> m_key;
    std::vector<crypto::PublicKey> m_keys;
};

void JwsTest::initTestCase()
{
    auto key =
        crypto::SigningKey::createDevelopmentKey(m_folder.filePath(QStringLiteral("key")).toStdString());
    QVERIFY(key);
    m_key = std::move(*key);
    m_keys.push_back(m_key->publicKey());
}

std::string JwsTest::withHeader(const std::string &header) const
{
    std::string jws = base::toBase64Url(base::bytesOf(header)) + "." + base::toBase64Url(base::bytesOf("{}"));
    const auto signature = m_key->sign(base::bytesOf(jws));
    return jws + "." + base::toBase64Url(signature.value());
}

void JwsTest::roundTrip()
{
    // The payload is any bytes, kept as they are.
    const std::string payload = " {\"b\":1, \"a\" : 2}\n\x01\xff";
    const auto jws = crypto::signJws(*m_key, "test+jws", base::bytesOf(payload));
    QVERIFY(jws);
    const auto verified = verify(*jws);
    QVERIFY(verified);
    QCOMPARE(base::textOf(verified->payload), std::string_view(payload));
    QCOMPARE(verified->keyId, kid());
    QCOMPARE(base::textOf(crypto::payloadOf(*jws).value()), std::string_view(payload));
    QCOMPARE(crypto::verifyJws(*jws, "other+jws", m_keys).error().code, JwsFault::type);
    QCOMPARE(crypto::verifyJws(*jws, "test+jws", {}).error().code, JwsFault::unknownKey);
    QCOMPARE(crypto::signJws(*m_key, "test+jws", base::Bytes(65536, 'x')).error().code, JwsFault::malformed);
}

void JwsTest::takesHeaderInAnyOrder()
{
    QVERIFY(verify(withHeader(R"({"typ":"test+jws","alg":"ES256","kid":")" + kid() + "\"}")));
    QVERIFY(verify(withHeader(R"({ "kid":")" + kid() + R"(", "typ":"test+jws", "alg":"ES256"})")));
}

void JwsTest::refusesHeaders_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("fault");
    const auto row = [](const char *name, const char *header, JwsFault fault) {
        QTest::newRow(name) << QByteArray(header) << static_cast<int>(fault);
    };
    row("none", R"({"alg":"none","kid":"@","typ":"test+jws"})", JwsFault::algorithm);
    row("HMAC", R"({"alg":"HS256","kid":"@","typ":"test+jws"})", JwsFault::algorithm);
    row("other case", R"({"alg":"es256","kid":"@","typ":"test+jws"})", JwsFault::algorithm);
    row("critical", R"({"alg":"ES256","kid":"@","typ":"test+jws","crit":["b64"],"b64":false})",
        JwsFault::critical);
    row("other type", R"({"alg":"ES256","kid":"@","typ":"JWT"})", JwsFault::type);
    row("no type", R"({"alg":"ES256","kid":"@"})", JwsFault::malformed);
    row("no key", R"({"alg":"ES256","typ":"test+jws"})", JwsFault::malformed);
    row("own key", R"({"alg":"ES256","kid":"@","typ":"test+jws","jwk":{}})", JwsFault::malformed);
    row("twice", R"({"alg":"none","alg":"ES256","kid":"@","typ":"test+jws"})", JwsFault::malformed);
    row("unknown key", R"({"alg":"ES256","kid":"x","typ":"test+jws"})", JwsFault::unknownKey);
    row("not an object", R"(["alg"])", JwsFault::malformed);
    row("not JSON", R"({"alg":"ES256")", JwsFault::malformed);
    row("number", R"({"alg":256,"kid":"@","typ":"test+jws"})", JwsFault::malformed);
}

void JwsTest::refusesHeaders()
{
    QFETCH(QByteArray, header);
    QFETCH(const int, fault);
    header.replace("@", QByteArray::fromStdString(kid()));
    const auto verified = verify(withHeader(header.toStdString()));
    QVERIFY(!verified);
    QCOMPARE(static_cast<int>(verified.error().code), fault);
}

void JwsTest::refusesForms()
{
    const std::string good = crypto::signJws(*m_key, "test+jws", base::bytesOf("{}")).value();
    const std::size_t dot = good.rfind('.');
    const std::string bad[] = {"",
                               "..",
                               good.substr(0, dot),
                               good + ".",
                               good + "=",
                               good + " ",
                               "\n" + good,
                               good.substr(0, good.size() - 1),
                               good.substr(0, dot + 1),
                               good.substr(0, dot) + "=" + good.substr(dot),
                               std::string(70000, 'A')};
    for (const std::string &jws : bad) {
        const auto verified = verify(jws);
        QVERIFY2(!verified && verified.error().code == JwsFault::malformed, jws.substr(0, 200).c_str());
    }
}

void JwsTest::refusesOtherKeysAndBytes()
{
    const std::string good = crypto::signJws(*m_key, "test+jws", base::bytesOf("{\"a\":1}")).value();
    QVERIFY(verify(good));
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string changed = good;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        if (changed[i] != good[i]) {
            QVERIFY2(!verify(changed), changed.c_str());
        }
    }
}

GLOVEBOX_TEST_MAIN(JwsTest)
#include "jws_test.moc"
