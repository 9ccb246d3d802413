// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fatal_log.h"
#include "tests/unit/wire/sample.h"
#include "wire/signature_input.h"

#include <QTest>

#include <map>

using namespace glovebox;
using wire::SignatureFault;

class HttpSignatureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void digestIsThatOfRfc9530();
    void whatIsSignedVerifies();
    void eachTamperingIsRefused_data();
    void eachTamperingIsRefused();
    void otherSpellingsAreRefused_data();
    void otherSpellingsAreRefused();
    void unsignableNonceIsNotSent();

private:
    struct Message
    {
        wire::SignedParts parts;
        std::map<std::string, std::string> headers;
    };
    [[nodiscard]] Message message() const
    {
        Message made{{"POST", "/v1/approvals", "?", "application/json", "{\"approval\":\"x\"}"}, {}};
        const auto headers = wire::signRequest(m_sample.car, made.parts, 1'777'888'800, "a1");
        for (const auto &[name, value] : headers.value()) {
            made.headers[name] = value;
        }
        return made;
    }
    [[nodiscard]] auto verify(const Message &made) const
    {
        const auto lookup = [&made](const std::string &name) {
            const auto found = made.headers.find(name);
            return found == made.headers.end() ? std::string() : found->second;
        };
        const auto &key = m_sample.car.publicKey();
        return wire::verifyRequest(made.parts, lookup, [&key](const std::string &id) {
            return id == key.thumbprint() ? &key : nullptr;
        });
    }
    testing::Sample m_sample;
};

void HttpSignatureTest::digestIsThatOfRfc9530()
{
    // RFC 9530 appendix D: the body of the examples.
    QCOMPARE(wire::contentDigest("{\"hello\": \"world\"}\n"),
             std::string("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"));
}

void HttpSignatureTest::whatIsSignedVerifies()
{
    const auto verified = verify(message());
    QVERIFY(verified.has_value());
    QCOMPARE(verified->nonce, std::string("a1"));
    QCOMPARE(verified->keyId, m_sample.car.publicKey().thumbprint());
    QCOMPARE(verified->created_s, 1'777'888'800);
    QCOMPARE(message().headers.at("signature-input"),
             "glovebox=(\"@method\" \"@path\" \"@query\" \"content-digest\" "
             "\"content-type\");created=1777888800;keyid=\"" +
                 m_sample.car.publicKey().thumbprint() +
                 "\";alg=\"ecdsa-p256-sha256\";nonce=\"a1\";tag=\"glovebox-v1\"");
}

void HttpSignatureTest::eachTamperingIsRefused_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("fault");
    const auto row = [](const char *what, SignatureFault fault) {
        QTest::newRow(what) << QString::fromLatin1(what) << static_cast<int>(fault);
    };
    row("method", SignatureFault::signature);
    row("path", SignatureFault::signature);
    row("query", SignatureFault::signature);
    row("content type", SignatureFault::signature);
    row("body", SignatureFault::digest);
    row("digest", SignatureFault::digest);
    row("no digest", SignatureFault::digest);
    row("body and digest", SignatureFault::signature);
    row("nonce", SignatureFault::signature);
    row("algorithm", SignatureFault::algorithm);
    row("tag", SignatureFault::components);
    row("key", SignatureFault::unknownKey);
    row("missing component", SignatureFault::components);
    row("unknown component", SignatureFault::components);
    row("duplicate component", SignatureFault::malformed);
    row("second label", SignatureFault::malformed);
    row("other label", SignatureFault::malformed);
    row("extra parameter", SignatureFault::malformed);
    row("signature bytes", SignatureFault::signature);
    row("no signature", SignatureFault::missing);
    row("no input", SignatureFault::missing);
}

void HttpSignatureTest::eachTamperingIsRefused()
{
    QFETCH(QString, what);
    QFETCH(int, fault);
    Message made = message();
    std::string &input = made.headers["signature-input"];
    const auto replace = [&input](const std::string &from, const std::string &to) {
        const auto at = input.find(from);
        QVERIFY(at != std::string::npos);
        input.replace(at, from.size(), to);
    };
    const std::map<std::string, std::function<void()>> changes{
        {"method", [&] { made.parts.method = "PUT"; }},
        {"path", [&] { made.parts.path += "/x"; }},
        {"query", [&] { made.parts.query = "?a=1"; }},
        {"content type", [&] { made.parts.contentType = "text/plain"; }},
        {"body", [&] { made.parts.body += " "; }},
        {"digest", [&] { made.headers["content-digest"] = wire::contentDigest("x"); }},
        {"no digest", [&] { made.headers.erase("content-digest"); }},
        {"body and digest",
         [&] {
             made.parts.body = "{}";
             made.headers["content-digest"] = wire::contentDigest("{}");
         }},
        {"nonce", [&] { replace("nonce=\"a1\"", "nonce=\"a2\""); }},
        {"algorithm", [&] { replace("ecdsa-p256-sha256", "hmac-sha256"); }},
        {"tag", [&] { replace("glovebox-v1", "glovebox-v2"); }},
        {"key",
         [&] { replace(m_sample.car.publicKey().thumbprint(), m_sample.stranger.publicKey().thumbprint()); }},
        {"missing component", [&] { replace(" \"content-digest\"", ""); }},
        {"unknown component", [&] { replace("\"@query\"", "\"@target-uri\""); }},
        {"duplicate component", [&] { replace("\"@query\"", "\"@path\""); }},
        {"second label", [&] { input += ", " + input; }},
        {"other label", [&] { input.replace(0, 8, "sig1----"); }},
        {"extra parameter", [&] { input += ";expires=1"; }},
        {"signature bytes",
         [&] { made.headers["signature"] = "glovebox=:" + base::toBase64(base::Bytes(64, 1)) + ":"; }},
        {"no signature", [&] { made.headers.erase("signature"); }},
        {"no input", [&] { made.headers.erase("signature-input"); }}};
    changes.at(what.toStdString())();
    const auto verified = verify(made);
    QVERIFY(!verified.has_value());
    QCOMPARE(static_cast<int>(verified.error().code), fault);
}

void HttpSignatureTest::otherSpellingsAreRefused_data()
{
    QTest::addColumn<QString>("field");
    const QString good =
        QStringLiteral("glovebox=(\"@method\");created=1;keyid=\"k\";alg=\"a\";nonce=\"n\";tag=\"t\"");
    QVERIFY(wire::parseSignatureInput(good.toStdString(), "glovebox").has_value());
    const auto row = [&good](const char *name, const char *from, const char *to) {
        QString text = good;
        QTest::newRow(name) << text.replace(QString::fromLatin1(from), QString::fromLatin1(to));
    };
    row("space before", "glovebox=", " glovebox=");
    row("two spaces", "(\"@method\")", "(\"@method\"  \"@path\")");
    row("no components", "(\"@method\")", "()");
    row("component with parameter", "\"@method\"", "\"@method\";req");
    row("negative", "created=1", "created=-1");
    row("leading zero", "created=1", "created=01");
    row("too many digits", "created=1", "created=1000000000000000");
    row("decimal", "created=1", "created=1.0");
    row("escape", "nonce=\"n\"", "nonce=\"\\\"\"");
    row("token for string", "alg=\"a\"", "alg=a");
    row("missing nonce", ";nonce=\"n\"", "");
    row("empty nonce", "\"n\"", "\"\"");
    row("rest", "tag=\"t\"", "tag=\"t\" ");
    row("unclosed", "tag=\"t\"", "tag=\"t");
    row("control character", "\"n\"", "\"\t\"");
}

void HttpSignatureTest::otherSpellingsAreRefused()
{
    QFETCH(QString, field);
    QVERIFY(!wire::parseSignatureInput(field.toStdString(), "glovebox").has_value());
}

void HttpSignatureTest::unsignableNonceIsNotSent()
{
    const wire::SignedParts parts{"GET", "/v1/time", "?", {}, {}};
    QVERIFY(!wire::signRequest(m_sample.car, parts, 1, "a\"b").has_value());
    QVERIFY(!wire::signRequest(m_sample.car, parts, 1, "a\nb").has_value());
    QVERIFY(!wire::signRequest(m_sample.car, parts, -1, "a").has_value());
    QVERIFY(wire::signRequest(m_sample.car, parts, 1, "a").has_value());
}

GLOVEBOX_TEST_MAIN(HttpSignatureTest)
#include "http_signature_test.moc"
