// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "tests/support/fatal_log.h"

#include <QTest>

using namespace glovebox::base;

namespace
{

QByteArray bytes(const char *text, qsizetype size = -1)
{
    return QByteArray(text, size);
}

} // namespace

class JsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("fault");
        QTest::addColumn<QByteArray>("pointer");
        const auto row = [](const char *name, QByteArray text, JsonFault fault, QByteArray pointer = {}) {
            QTest::newRow(name) << text << static_cast<int>(fault) << pointer;
        };
        row("byte order mark", "\xEF\xBB\xBF{}", JsonFault::byteOrderMark);
        row("duplicate", R"({"a":1,"a":2})", JsonFault::duplicateKey, "/a");
        row("escaped duplicate", R"({"a":1,"\u0061":2})", JsonFault::duplicateKey, "/a");
        row("deep duplicate", R"({"x":[{},{"a~/":1,"a~/":2}]})", JsonFault::duplicateKey, "/x/1/a~0~1");
        row("trailing NUL", bytes("{}\0", 3), JsonFault::syntax);
        row("hidden tail", bytes("{}\0{\"a\":1}", 10), JsonFault::syntax);
        row("escaped NUL key twice", R"({"\u0000":1,"\u0000":2})", JsonFault::duplicateKey, bytes("/\0", 2));
        row("raw control", "\"a\nb\"", JsonFault::syntax);
        row("lone surrogate", R"("\ud800")", JsonFault::syntax);
        row("overlong UTF-8", "\"\xC0\xAF\"", JsonFault::syntax);
        row("UTF-8 surrogate", "\"\xED\xA0\x80\"", JsonFault::syntax);
        row("trailing bytes", "{} {}", JsonFault::syntax);
        row("trailing comma", "[1,]", JsonFault::syntax, "/1");
        row("comment", "{}//", JsonFault::syntax);
        row("single quotes", "{'a':1}", JsonFault::syntax);
        row("leading zero", "01", JsonFault::syntax);
        row("plus", "+1", JsonFault::syntax);
        row("NaN", "NaN", JsonFault::syntax);
        row("overflow", "1e999", JsonFault::syntax);
        row("empty", "", JsonFault::syntax);
        row("too deep", QByteArray(17, '[') + QByteArray(17, ']'), JsonFault::tooDeep,
            "/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0");
        row("far too deep", QByteArray(60000, '['), JsonFault::tooDeep, "/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0");
        row("too large", QByteArray(65537, ' '), JsonFault::tooLarge);
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        const auto json = parseJson(text.toStdString());
        QVERIFY(!json);
        QTEST(static_cast<int>(json.error().fault), "fault");
        QTEST(QByteArray::fromStdString(json.error().pointer), "pointer");
        QVERIFY(!json.error().reason.empty());
    }

    void keepsWhatIsThere()
    {
        const auto json = parseJson(R"( {"":0,"a":[1,{"b":null}],"c":"\u00e4\ud83d\ude00"} )");
        QVERIFY(json);
        QCOMPARE(json->at("").get<int>(), 0);
        QCOMPARE(json->at("a")[1].size(), std::size_t(1));
        QCOMPARE(json->at("c").get<std::string>(), "\xC3\xA4\xF0\x9F\x98\x80");
        QVERIFY(parseJson(std::string(16, '[') + std::string(16, ']')));
        QVERIFY(parseJson('"' + std::string(65534, 'a') + '"'));
    }

    void integersOnly_data()
    {
        QTest::addColumn<QByteArray>("number");
        QTest::addColumn<bool>("isInteger");
        QTest::newRow("plain") << bytes("80") << true;
        QTest::newRow("fraction") << bytes("80.0") << false;
        QTest::newRow("exponent") << bytes("8e1") << false;
        QTest::newRow("minus zero") << bytes("-0") << true;
        QTest::newRow("most") << bytes("9223372036854775807") << true;
        QTest::newRow("above 63 bits") << bytes("9223372036854775808") << false;
        QTest::newRow("above 64 bits") << bytes("18446744073709551616") << false;
        QTest::newRow("text") << bytes("\"80\"") << false;
        QTest::newRow("true") << bytes("true") << false;
        QTest::newRow("null") << bytes("null") << false;
    }
    void integersOnly()
    {
        QFETCH(QByteArray, number);
        const auto json = parseJson("{\"n\":" + number.toStdString() + "}");
        QVERIFY(json);
        ObjectReader reader(*json);
        reader.integer("n", INT64_MIN, INT64_MAX);
        QTEST(!reader.finish().has_value(), "isInteger");
    }

    void readerNamesTheFirstFault()
    {
        const auto json = parseJson(R"({"a":{"b/c":7},"list":[1,2],"t":"abc","u":true,"z":1})");
        QVERIFY(json);
        ObjectReader inner(json->at("a"), "/a");
        inner.integer("b/c", 0, 6);
        inner.text("missing");
        const auto error = inner.finish();
        QVERIFY(error);
        QCOMPARE(error->pointer, std::string("/a/b~1c"));
        QCOMPARE(error->fault, JsonFault::outOfRange);

        ObjectReader reader(*json);
        reader.object("a");
        QCOMPARE(reader.array("list", 2).size(), std::size_t(2));
        QCOMPARE(reader.text("t", 3), std::string("abc"));
        QCOMPARE(reader.boolean("u"), true);
        const auto unknown = reader.finish();
        QVERIFY(unknown);
        QCOMPARE(unknown->fault, JsonFault::unknownField);
        QCOMPARE(unknown->pointer, std::string("/z"));
    }

    void readerRefusesWrongShapes()
    {
        const Json json = {{"a", 1}, {"t", "abcd"}, {"b", "Zg=="}, {"l", {1, 2, 3}}};
        const auto faultOf = [&json](auto ask) {
            ObjectReader reader(json);
            ask(reader);
            const auto error = reader.failed() ? reader.finish() : std::nullopt;
            return error ? error->fault : JsonFault::notUtf8;
        };
        QCOMPARE(faultOf([](auto &r) { r.text("a"); }), JsonFault::wrongType);
        QCOMPARE(faultOf([](auto &r) { r.text("t", 3); }), JsonFault::tooLarge);
        QCOMPARE(faultOf([](auto &r) { r.text("nothing"); }), JsonFault::missing);
        QCOMPARE(faultOf([](auto &r) { r.base64Url("b"); }), JsonFault::notAllowed);
        QCOMPARE(faultOf([](auto &r) { r.object("l"); }), JsonFault::wrongType);
        QCOMPARE(faultOf([](auto &r) { r.array("l", 2); }), JsonFault::tooLarge);
        QCOMPARE(faultOf([](auto &r) { r.boolean("a"); }), JsonFault::wrongType);
        const Json array = Json::array();
        QVERIFY(ObjectReader(array).failed());
    }
};

GLOVEBOX_TEST_MAIN(JsonTest)
#include "json_test.moc"
