// SPDX-License-Identifier: Apache-2.0
#include "base/canonical_text.h"
#include "tests/support/fatal_log.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <bit>
#include <charconv>
#include <cmath>
#include <rapidcheck.h>

using namespace glovebox::base;

namespace
{

rc::Gen<Json> anyScalar()
{
    const auto texts = rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
    return rc::gen::oneOf(rc::gen::just(Json(nullptr)),
                          rc::gen::map(rc::gen::arbitrary<bool>(), [](bool b) { return Json(b); }),
                          rc::gen::map(rc::gen::inRange<std::int64_t>(-9007199254740991, 9007199254740991),
                                       [](std::int64_t n) { return Json(n); }),
                          rc::gen::map(texts, [](const std::string &text) { return Json(text); }));
}

Json anyObject()
{
    Json object = Json::object();
    const auto count = *rc::gen::inRange(0, 8);
    for (int i = 0; i < count; ++i) {
        const auto key = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
        object[key] = *anyScalar();
        object["list"].push_back(*anyScalar());
    }
    return object;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class CanonicalJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers_data()
    {
        // RFC 8785, appendix B: the bits of the double and its text.
        QTest::addColumn<quint64>("bits");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](quint64 bits, const char *text) {
            QTest::newRow(text) << bits << QByteArray(text);
        };
        row(0x0000000000000000, "0");
        row(0x0000000000000001, "5e-324");
        row(0x8000000000000001, "-5e-324");
        row(0x7fefffffffffffff, "1.7976931348623157e+308");
        row(0xffefffffffffffff, "-1.7976931348623157e+308");
        row(0x4340000000000000, "9007199254740992");
        row(0xc340000000000000, "-9007199254740992");
        row(0x4430000000000000, "295147905179352830000");
        row(0x44b52d02c7e14af5, "9.999999999999997e+22");
        row(0x44b52d02c7e14af6, "1e+23");
        row(0x44b52d02c7e14af7, "1.0000000000000001e+23");
        row(0x444b1ae4d6e2ef4e, "999999999999999700000");
        row(0x444b1ae4d6e2ef4f, "999999999999999900000");
        row(0x444b1ae4d6e2ef50, "1e+21");
        row(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7");
        row(0x3eb0c6f7a0b5ed8d, "0.000001");
        row(0x41b3de4355555553, "333333333.3333332");
        row(0x41b3de4355555556, "333333333.3333334");
        row(0x41b3de4355555557, "333333333.33333343");
        row(0xbecbf647612f3696, "-0.0000033333333333333333");
        row(0x43143ff3c1cb0959, "1424953923781206.2");
    }
    void numbers()
    {
        QFETCH(quint64, bits);
        QTEST(QByteArray::fromStdString(canonicalJson(Json(std::bit_cast<double>(bits)))), "text");
    }

    void minusZeroIsZero() { QCOMPARE(canonicalJson(Json(-0.0)), std::string("0")); }

    void keysInUtf16Order()
    {
        // RFC 8785, 3.2.3: U+1F600 comes before U+FB33, since its first UTF-16 unit is D83D.
        const auto json = parseJson(
            R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",)"
            R"("1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"o"})");
        QVERIFY(json);
        QCOMPARE(canonicalJson(*json),
                 std::string(
                     "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\",\"\xC3\xB6\":\"o\","
                     "\"\xE2\x82\xAC\":\"Euro Sign\",\"\xF0\x9F\x98\x80\":\"Emoji\","
                     "\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}"));
    }

    void escapes()
    {
        const auto json = parseJson("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\\u007f\"");
        QVERIFY(json);
        QCOMPARE(canonicalJson(*json), std::string("\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\x7F\""));
    }

    void writtenWithoutValues()
    {
        QVERIFY(rc::check("an object that is written at once is its RFC 8785 text", [] {
            const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
            const auto number = *rc::gen::inRange<std::int64_t>(-9007199254740991, 9007199254740991);
            const auto texts = *rc::gen::container<std::vector<std::string>>(rc::gen::just(text));
            const Json any = anyObject();
            const CanonicalText written = canonicalObject([&](ObjectWriter &out) {
                out.value("any", any)
                    .objects("each", texts,
                             [](ObjectWriter &one, const std::string &it) { one.text("it", it); })
                    .object("inner", [number](ObjectWriter &inner) { inner.integer("number", number); })
                    .optionalText("left_out", {})
                    .optionalInteger("left_out_too", {})
                    .object("nothing", [](ObjectWriter &) {})
                    .optionalInteger("number", number)
                    .optionalText("text", text)
                    .texts("texts", texts);
            });
            Json object = {{"any", any},
                           {"inner", {{"number", number}}},
                           {"nothing", Json::object()},
                           {"number", number},
                           {"texts", texts},
                           {"each", Json::array()}};
            for (const std::string &it : texts) {
                object["each"].push_back({{"it", it}});
            }
            if (!text.empty()) {
                object["text"] = text;
            }
            RC_ASSERT(written == CanonicalText(object));
            RC_ASSERT(written.value() == object);
        }));
    }

    void publishedVectors()
    {
        const QDir folder(QStringLiteral(GLOVEBOX_SOURCE_DIR "/../shared/vectors/jcs/input"));
        if (!folder.exists()) {
            QSKIP("the published RFC 8785 vectors are not beside the source tree; the ones above are of the "
                  "same RFC");
        }
        const QStringList names = folder.entryList({QStringLiteral("*.json")}, QDir::Files);
        QVERIFY(!names.isEmpty());
        for (const QString &name : names) {
            const auto json = parseJson(contents(folder.filePath(name)).toStdString());
            QVERIFY2(json, qPrintable(name));
            const QByteArray expected =
                contents(folder.filePath(QStringLiteral("../output/") + name)).trimmed();
            QCOMPARE(QByteArray::fromStdString(canonicalJson(*json)), expected);
        }
    }

    void readsBackTheSame()
    {
        QVERIFY(rc::check("canonical form is read back as the same value, and is its own canonical form", [] {
            const Json value = anyObject();
            const std::string text = canonicalJson(value);
            const auto again = parseJson(text);
            RC_ASSERT(again.has_value());
            RC_ASSERT(*again == value);
            RC_ASSERT(canonicalJson(*again) == text);
        }));
    }

    void numbersReadBackTheSame()
    {
        QVERIFY(rc::check("every finite double survives its canonical text", [](quint64 bits) {
            const double value = std::bit_cast<double>(bits);
            RC_PRE(std::isfinite(value));
            const std::string text = canonicalJson(Json(value));
            double again = 0;
            std::from_chars(text.data(), text.data() + text.size(), again);
            RC_ASSERT(again == value);
        }));
    }
};

GLOVEBOX_TEST_MAIN(CanonicalJsonTest)
#include "canonical_json_test.moc"
