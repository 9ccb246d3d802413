// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "tests/support/fatal_log.h"

#include <QTest>

#include <rapidcheck.h>

using namespace glovebox::base;

namespace
{

constexpr int kFine = -1;

int faultOf(const QByteArray &text, std::size_t most = 40)
{
    const auto fault = findTextFault(text.toStdString(), most);
    return fault ? static_cast<int>(*fault) : kFine;
}

} // namespace

class TextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("fault");
        const auto row = [](const char *name, const QByteArray &text, TextFault fault) {
            QTest::newRow(name) << text << static_cast<int>(fault);
        };
        const auto fine = [](const char *name, const QByteArray &text) {
            QTest::newRow(name) << text << kFine;
        };
        const auto character = [](const char *name, char32_t c, TextFault fault) {
            QTest::newRow(name) << 'a' + QString::fromUcs4(&c, 1).toUtf8() + 'b' << static_cast<int>(fault);
        };
        fine("plain", "Tankhof K\xC3\xB6nigstra\xC3\x9F"
                      "e");
        fine("japanese", "\xE7\xB5\xA6\xE6\xB2\xB9");
        fine("arabic", "\xD9\x88\xD9\x82\xD9\x88\xD8\xAF");
        fine("emoji", "\xF0\x9F\x98\x80");
        row("empty", "", TextFault::empty);
        row("blank", " \xC2\xA0 ", TextFault::empty);
        row("not UTF-8", "\xFF", TextFault::notUtf8);
        row("overlong", "\xC0\xAF", TextFault::notUtf8);
        row("overlong of three", "\xE0\x80\xAF", TextFault::notUtf8);
        row("surrogate", "\xED\xA0\x80", TextFault::notUtf8);
        row("above Unicode", "\xF4\x90\x80\x80", TextFault::notUtf8);
        row("cut", "\xE2\x82", TextFault::notUtf8);
        row("too long", QByteArray(41, 'a'), TextFault::tooLong);
        row("NUL", QByteArray("a\0b", 3), TextFault::control);
        character("line feed", U'\n', TextFault::control);
        character("tab", U'\t', TextFault::control);
        character("delete", 0x7F, TextFault::control);
        character("C1", 0x85, TextFault::control);
        character("line separator", 0x2028, TextFault::control);
        character("right-to-left override", 0x202E, TextFault::bidirectional);
        character("isolate", 0x2066, TextFault::bidirectional);
        character("left-to-right mark", 0x200E, TextFault::bidirectional);
        character("arabic letter mark", 0x061C, TextFault::bidirectional);
        character("zero width space", 0x200B, TextFault::invisible);
        character("zero width joiner", 0x200D, TextFault::invisible);
        character("word joiner", 0x2060, TextFault::invisible);
        row("byte order mark",
            "a\xEF\xBB\xBF"
            "b",
            TextFault::invisible);
        character("soft hyphen", 0xAD, TextFault::invisible);
        character("variation selector", 0xFE0F, TextFault::invisible);
        character("tag", 0xE0041, TextFault::invisible);
        character("hangul filler", 0x3164, TextFault::invisible);
        character("empty braille", 0x2800, TextFault::invisible);
        character("private use", 0xE000, TextFault::unassigned);
        character("private plane", 0x10FFFD, TextFault::unassigned);
        character("non-character", 0xFFFF, TextFault::unassigned);
        character("unassigned", 0x0378, TextFault::unassigned);
    }
    void finds()
    {
        QFETCH(QByteArray, text);
        QTEST(faultOf(text), "fault");
    }

    void countsCodePoints()
    {
        QCOMPARE(codePoints("\xC3\xB6\xF0\x9F\x98\x80").value(), std::size_t(2));
        QVERIFY(!codePoints("\x80"));
        QCOMPARE(faultOf("\xC3\xB6\xC3\xB6", 2), kFine);
    }

    void agreesWithQtOnUtf8()
    {
        QVERIFY(rc::check("what is counted is what Qt decodes, and Qt's own UTF-8 is always accepted",
                          [](const std::vector<quint16> &units) {
                              const QString text =
                                  QString::fromUtf16(reinterpret_cast<const char16_t *>(units.data()),
                                                     static_cast<qsizetype>(units.size()));
                              RC_PRE(text.isValidUtf16());
                              const auto count = codePoints(text.toStdString());
                              RC_ASSERT(count.has_value());
                              RC_ASSERT(static_cast<qsizetype>(*count) == text.toUcs4().size());
                          }));
    }

    void everyFaultHasASentence()
    {
        for (int i = 0; i <= static_cast<int>(TextFault::unassigned); ++i) {
            QVERIFY(sentence(static_cast<TextFault>(i)).size() > 5);
        }
    }
};

GLOVEBOX_TEST_MAIN(TextTest)
#include "text_test.moc"
