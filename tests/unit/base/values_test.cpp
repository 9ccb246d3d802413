// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.h"
#include "base/log.h"
#include "base/money.h"
#include "base/time.h"
#include "tests/support/fatal_log.h"

#include <QTest>

#include <rapidcheck.h>

using namespace glovebox::base;

class ValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodingsRoundTrip()
    {
        QVERIFY(rc::check("bytes survive base64url, base64 and hex", [](const Bytes &bytes) {
            RC_ASSERT(fromBase64Url(toBase64Url(bytes)) == bytes);
            RC_ASSERT(fromBase64(toBase64(bytes)) == bytes);
            RC_ASSERT(fromHex(toHex(bytes)) == bytes);
        }));
        QVERIFY(rc::check("a text has one spelling: what decodes encodes to itself", [] {
            const auto text =
                *rc::gen::container<std::string>(rc::gen::elementOf(std::string("AQgw-_+/=az09 ")));
            const auto url = fromBase64Url(text);
            // The second pair of parentheses: RapidCheck's own operators look at both sides, always.
            RC_ASSERT((!url || toBase64Url(*url) == text));
            const auto plain = fromBase64(text);
            RC_ASSERT((!plain || toBase64(*plain) == text));
        }));
    }

    void base64Vectors()
    {
        // RFC 4648, section 10.
        QCOMPARE(toBase64(bytesOf("foobar")), std::string("Zm9vYmFy"));
        QCOMPARE(toBase64(bytesOf("fooba")), std::string("Zm9vYmE="));
        QCOMPARE(toBase64(bytesOf("foob")), std::string("Zm9vYg=="));
        QCOMPARE(toBase64Url(bytesOf("foob")), std::string("Zm9vYg"));
        QCOMPARE(toBase64Url(Bytes{0xFB, 0xFF}), std::string("-_8"));
        for (const char *bad : {"Zm9vYg==", "Zm9vYh", "Zm9vY", "Zm 9", "Zm9+", "Zm9/", "Zm9v\n"}) {
            QVERIFY2(!fromBase64Url(bad), bad);
        }
        for (const char *bad : {"Zm9vYg", "Zm9vYg=", "Zm9vYh==", "====", "Z===", "-_8="}) {
            QVERIFY2(!fromBase64(bad), bad);
        }
        QVERIFY(!fromHex("0"));
        QVERIFY(!fromHex("0G"));
        QVERIFY(!fromHex("AB")); // one spelling: lower case
    }

    void bigEndian()
    {
        Bytes out;
        appendBigEndian(out, 0x0102030405060708, 8);
        appendBigEndian(out, 0xABCD, 2);
        QCOMPARE(toHex(out), std::string("0102030405060708abcd"));
    }

    void currencies()
    {
        QCOMPARE(Currency::fromCode("EUR")->decimals(), 2);
        QCOMPARE(Currency::fromCode("JPY")->decimals(), 0);
        QCOMPARE(Currency::fromCode("KWD")->decimals(), 3);
        for (const char *bad : {"eur", "EURO", "EU", "", "XXX", "XTS", "XAU", "CLF", "R E", "UR "}) {
            QVERIFY2(!Currency::fromCode(bad), bad);
        }
        QCOMPARE(Currency().code(), std::string_view("XXX"));
    }

    void plainTexts()
    {
        const auto text = [](std::int64_t minor, const char *code) {
            return plainText({minor, *Currency::fromCode(code)});
        };
        QCOMPARE(text(8000, "EUR"), std::string("80.00 EUR"));
        QCOMPARE(text(5, "EUR"), std::string("0.05 EUR"));
        QCOMPARE(text(-5, "EUR"), std::string("-0.05 EUR"));
        QCOMPARE(text(500, "JPY"), std::string("500 JPY"));
        QCOMPARE(text(1234, "KWD"), std::string("1.234 KWD"));
    }

    void sums()
    {
        const Currency eur = *Currency::fromCode("EUR");
        QCOMPARE(add({1, eur}, {2, eur})->minor, 3);
        QVERIFY(!add({1, eur}, {2, *Currency::fromCode("USD")}));
        QVERIFY(!add({Money::kMinorMax, eur}, {1, eur}));
        QVERIFY(!add({INT64_MAX, eur}, {INT64_MAX, eur}));
        QVERIFY(!add({-Money::kMinorMax, eur}, {-1, eur}));
        QVERIFY(add({Money::kMinorMax, eur}, {0, eur}));
    }

    void clocks()
    {
        const BootTime early = readBootTime();
        const BootTime late = readBootTime();
        QVERIFY(early > BootTime{});
        QVERIFY(late >= early);
        QVERIFY(readWallTime().milliseconds > 1'700'000'000'000);
        QCOMPARE(readBootId().size(), std::size_t(36));
        QCOMPARE(readBootId(), readBootId());
    }
};

GLOVEBOX_TEST_MAIN(ValuesTest)
#include "values_test.moc"
