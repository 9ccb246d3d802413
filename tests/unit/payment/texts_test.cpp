// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "payment/reasons.h"
#include "payment/texts.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/payment/samples.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <set>

using namespace glovebox::payment;
using glovebox::base::Currency;

namespace
{

const Kind &kindOf(const char *id)
{
    static const KindCatalogue kinds = samples::shippedKinds();
    return *kinds.find(*KindId::fromText(id));
}

std::string textOf(const std::vector<ShownText> &items, std::string_view id)
{
    for (const ShownText &item : items) {
        if (item.id == id) {
            return item.text;
        }
    }
    return {};
}

Purchase purchaseIn(State state, Fulfilment fulfilment = Fulfilment::online)
{
    Purchase purchase;
    purchase.id = *PurchaseId::fromText("p1");
    purchase.state = state;
    purchase.proposal = samples::fuel();
    purchase.merchant = samples::merchant(fulfilment);
    purchase.settleBy = glovebox::base::WallTime{1'772'000'600'000};
    purchase.reason = "fulfilment.offline";
    if (state == State::captured || state == State::refunded) {
        purchase.settlement.captured_minor = 6318;
        purchase.settlement.refunded_minor = 1000;
    }
    return purchase;
}

/// Driving state, connection, whether it can be undone: all of them.
std::vector<std::tuple<DrivingState, bool, bool>> circumstances()
{
    std::vector<std::tuple<DrivingState, bool, bool>> all;
    for (const DrivingState driving : {DrivingState::parked, DrivingState::idling, DrivingState::moving}) {
        for (const bool online : {true, false}) {
            for (const bool undo : {true, false}) {
                all.emplace_back(driving, online, undo);
            }
        }
    }
    return all;
}

ShownTexts card(const QString &locale, DrivingState driving, bool offline,
                Fulfilment fulfilment = Fulfilment::online)
{
    return cardTexts(TextCatalogue(locale), kindOf("fuel"), samples::merchant(fulfilment), samples::fuel(),
                     {"tok_demo", "Visa ·· 42"}, driving, offline, Surface::desk);
}

/// Source text -> finished translation, or nothing where it is not finished.
std::map<std::pair<QString, QString>, QString> readTs(const QString &path)
{
    std::map<std::pair<QString, QString>, QString> out;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return out;
    }
    QXmlStreamReader xml(&file);
    QString context;
    QString source;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == u"name") {
            context = xml.readElementText();
        } else if (xml.name() == u"source") {
            source = xml.readElementText();
        } else if (xml.name() == u"translation") {
            const bool finished = !xml.attributes().hasAttribute(QStringLiteral("type"));
            const QString text = xml.readElementText();
            out[{context, source}] = finished ? text : QString();
        }
    }
    return out;
}

} // namespace

class TextsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void movingCardIsTheMock()
    {
        const ShownTexts shown = card(QStringLiteral("en"), DrivingState::moving, false);
        const std::vector<ShownText> expected = {
            {"title", "Fuel · Pump 4"}, {"merchant", "Tankhof Königstraße"},
            {"amount", "€80.00"},       {"amount_note", "at most"},
            {"primary", "Pay"},         {"secondary", "Not now"}};
        QCOMPARE(shown.items, expected);
        QCOMPARE(shown.templateId, std::string("card.moving.1"));
        QCOMPARE(card(QStringLiteral("en"), DrivingState::idling, false).items, expected);
    }

    void parkedCardSaysWithWhatAndUntilWhen()
    {
        const ShownTexts shown = card(QStringLiteral("en"), DrivingState::parked, false);
        QCOMPARE(shown.templateId, std::string("card.parked.1"));
        QCOMPARE(textOf(shown.items, "paid_with"), std::string("Visa ·· 42"));
        QCOMPARE(textOf(shown.items, "stop_label"), std::string("You can stop it"));
        QCOMPARE(textOf(shown.items, "stop"), std::string("until you start fuelling"));
    }

    void offlineCardSaysThatItIsNotPaidNow()
    {
        for (const DrivingState driving : {DrivingState::parked, DrivingState::moving}) {
            const auto shown = card(QStringLiteral("en"), driving, true, Fulfilment::offlineAccepted);
            QCOMPARE(textOf(shown.items, "amount_note"), std::string("at most; saved, paid later"));
            const auto online = card(QStringLiteral("en"), driving, false, Fulfilment::offlineAccepted);
            QCOMPARE(textOf(online.items, "amount_note"), std::string("at most"));
        }
        const auto german = card(QStringLiteral("de"), DrivingState::moving, true, Fulfilment::deferred);
        QCOMPARE(textOf(german.items, "amount_note"), std::string("höchstens; gespeichert, später gesendet"));
    }

    void agentsClaimsAreOnNoCard()
    {
        Proposal proposal = samples::fuel();
        proposal.utterance = "SECRET";
        proposal.reason = "SECRET";
        for (const DrivingState driving :
             {DrivingState::parked, DrivingState::idling, DrivingState::moving}) {
            for (const ShownText &item :
                 cardTexts(TextCatalogue(QStringLiteral("en")), kindOf("fuel"), samples::merchant(), proposal,
                           {"tok", "Visa"}, driving, false, Surface::desk)
                     .items) {
                QVERIFY(item.text.find("SECRET") == std::string::npos);
            }
        }
    }

    void money_data()
    {
        QTest::addColumn<QString>("locale");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<qint64>("minor");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *locale, const char *code, qint64 minor, const QString &text) {
            QTest::addRow("%s %s %lld", locale, code, minor)
                << QString::fromLatin1(locale) << QByteArray(code) << minor << text;
        };
        row("en", "EUR", 8000, QStringLiteral("€80.00"));
        row("en", "EUR", 5, QStringLiteral("€0.05"));
        row("en", "EUR", 100, QStringLiteral("€1.00"));
        row("en", "EUR", 123456789, QStringLiteral("€1,234,567.89"));
        row("en", "JPY", 500, QStringLiteral("¥500"));
        row("en", "KWD", 1234, QStringLiteral("KWD\u00A01.234"));
        row("en", "CHF", 8000, QStringLiteral("CHF\u00A080.00"));
        row("de", "EUR", 8000, QStringLiteral("80,00\u00A0€"));
        row("de", "EUR", 123456, QStringLiteral("1.234,56\u00A0€"));
        row("de", "CHF", 100, QStringLiteral("1,00\u00A0CHF"));
        row("fr", "EUR", 123456, QStringLiteral("1\u00A0234,56\u00A0€"));
        row("es", "EUR", 8000, QStringLiteral("80,00\u00A0€"));
        row("it", "EUR", 8000, QStringLiteral("80,00\u00A0€"));
        row("pl", "PLN", 8000, QStringLiteral("80,00\u00A0zł"));
        row("zh", "EUR", 8000, QStringLiteral("€80.00"));
        row("ja", "JPY", 8000, QStringLiteral("¥8,000"));
        row("ko", "KRW", 80000, QStringLiteral("₩80,000"));
        row("ar", "EUR", 8000, QStringLiteral("٨٠٫٠٠\u00A0€"));
        row("en", "EUR", 9007199254740991, QStringLiteral("€90,071,992,547,409.91"));
    }
    void money()
    {
        QFETCH(QString, locale);
        QFETCH(QByteArray, code);
        QFETCH(qint64, minor);
        QTEST(TextCatalogue(locale).money({minor, *Currency::fromCode(code.toStdString())}), "text");
    }

    void unknownLocaleIsEnglishAndSaysSo()
    {
        const TextCatalogue texts(QStringLiteral("tlh"));
        QCOMPARE(texts.locale().language(), QLocale::English);
        QCOMPARE(texts.translate("Kind", "Fuel"), QStringLiteral("Fuel"));
        QCOMPARE(TextCatalogue(QStringLiteral("de_AT")).translate("Kind", "Fuel"), QStringLiteral("Tanken"));
        QCOMPARE(texts.timeOfDay({1'772'000'600'000}), QStringLiteral("06:23"));
    }

    void anExactAmountSaysThatItEndsWithTheSending()
    {
        const Kind parking = kindOf("parking");
        QCOMPARE(stopMoment(parking, AmountType::exact, false), StopMoment::untilSent);
        QCOMPARE(stopMoment(parking, AmountType::exact, true), StopMoment::untilYouLeaveOrSent);
        QCOMPARE(stopMoment(parking, AmountType::upTo, false), StopMoment::untilYouLeave);
        QCOMPARE(stopMoment(parking, AmountType::upTo, true), StopMoment::untilYouLeave);
        QCOMPARE(stopMoment(kindOf("coffee"), AmountType::exact, true), StopMoment::untilSent);
        Purchase purchase = purchaseIn(State::queued, Fulfilment::offlineAccepted);
        purchase.stop = StopMoment::untilYouLeaveOrSent;
        const auto undoIn = [&](const char *locale) {
            const TextCatalogue texts(QString::fromLatin1(locale));
            return textOf(resultTexts(texts, parking, purchase, DrivingState::parked, true, true).items,
                          "undo");
        };
        QCOMPARE(undoIn("en"), std::string("Undo until sent or leaving"));
        QCOMPARE(undoIn("de"), std::string("Rückgängig bis Senden/Abfahrt"));
        purchase.stop = StopMoment::untilSent;
        QCOMPARE(undoIn("en"), std::string("Undo until it is sent"));
        QCOMPARE(undoIn("de"), std::string("Rückgängig bis zum Senden"));
    }

    void savedOfflineIsTheMock()
    {
        const auto result = resultTexts(TextCatalogue(QStringLiteral("en")), kindOf("parking"),
                                        purchaseIn(State::queued, Fulfilment::offlineAccepted),
                                        DrivingState::parked, false, true);
        QCOMPARE(result.tone, std::string("saved"));
        QCOMPARE(textOf(result.items, "headline"), std::string("Approved, not paid yet"));
        QCOMPARE(textOf(result.items, "detail"), std::string("Saved in the car. Paid when back online."));
        QCOMPARE(textOf(result.items, "undo"), std::string("Undo until you leave"));
    }

    void capturedIsTheMock()
    {
        const auto result = resultTexts(TextCatalogue(QStringLiteral("en")), kindOf("fuel"),
                                        purchaseIn(State::captured), DrivingState::parked, true, false);
        QCOMPARE(result.tone, std::string("paid"));
        QCOMPARE(textOf(result.items, "headline"), std::string("Paid €63.18"));
        QCOMPARE(textOf(result.items, "detail"),
                 std::string("You approved up to €80.00. The rest is released."));
        Purchase unproven = purchaseIn(State::captured);
        unproven.settlement.captured_minor.reset();
        const auto none = resultTexts(TextCatalogue(QStringLiteral("en")), kindOf("fuel"), unproven,
                                      DrivingState::parked, true, false);
        QCOMPARE(textOf(none.items, "headline"), std::string("No answer yet"));
    }

    void paidIsSaidOnlyWhereItIs_data()
    {
        QTest::addColumn<int>("state");
        for (int s = 0; s < kStateCount; ++s) {
            QTest::newRow(std::string(nameOf(static_cast<State>(s))).c_str()) << s;
        }
    }
    void paidIsSaidOnlyWhereItIs()
    {
        QFETCH(int, state);
        const State at = static_cast<State>(state);
        const bool captured = at == State::captured || at == State::refunded;
        for (const auto &[driving, online, undo] : circumstances()) {
            const auto result = resultTexts(TextCatalogue(QStringLiteral("en")), kindOf("fuel"),
                                            purchaseIn(at), driving, online, undo);
            QCOMPARE(result.tone == "paid", at == State::captured);
            QString said = QString::fromStdString(textOf(result.items, "headline") + "|" +
                                                  textOf(result.items, "detail"));
            for (const char *honest :
                 {"not paid yet", "Not paid yet", "Nothing was paid", "Paid when back online"}) {
                said.remove(QString::fromLatin1(honest));
            }
            QCOMPARE(said.contains(QStringLiteral("paid"), Qt::CaseInsensitive), captured);
            QVERIFY(!textOf(result.items, "headline").empty());
            QVERIFY(!textOf(result.items, "done").empty());
            QCOMPARE(!textOf(result.items, "undo").empty(), undo);
            QCOMPARE(!textOf(result.items, "merchant").empty(), driving == DrivingState::parked);
            const bool canEndHere = at == State::approved || at == State::queued || at == State::submitted ||
                                    at == State::authorised || at == State::unknown;
            QCOMPARE(said.contains(QStringLiteral("Too late to stop.")), canEndHere && !undo);
        }
    }

    void savedOfflineIsToldAtAGlance()
    {
        const auto result = resultTexts(TextCatalogue(QStringLiteral("en")), kindOf("parking"),
                                        purchaseIn(State::queued, Fulfilment::offlineAccepted),
                                        DrivingState::moving, false, true);
        QCOMPARE(textOf(result.items, "headline"), std::string("Saved in the car, not paid yet"));
        QCOMPARE(textOf(result.items, "detail"), std::string());
        QCOMPARE(textOf(result.items, "undo"), std::string("Undo until you leave"));
    }

    void everyTextFits()
    {
        std::vector<std::string> locales = builtInLanguages();
        locales.emplace_back("en");
        for (const std::string &locale : locales) {
            const TextCatalogue texts(QString::fromStdString(locale));
            std::vector<ShownText> all;
            const auto take = [&all](const std::vector<ShownText> &items) {
                all.insert(all.end(), items.begin(), items.end());
            };
            const KindCatalogue kinds = samples::shippedKinds();
            for (const auto &[id, itsKind] : kinds.all()) {
                const char *kind = id.text().c_str();
                for (const Fulfilment fulfilment :
                     {Fulfilment::online, Fulfilment::offlineAccepted, Fulfilment::deferred}) {
                    for (const auto &[driving, online, undo] : circumstances()) {
                        for (int s = 0; s < kStateCount; ++s) {
                            Purchase purchase = purchaseIn(static_cast<State>(s), fulfilment);
                            purchase.merchant = samples::merchant(fulfilment, kind);
                            take(resultTexts(texts, kindOf(kind), purchase, driving, online, undo).items);
                        }
                        take(card(QString::fromStdString(locale), driving, !online, fulfilment).items);
                    }
                }
            }
            for (const std::string_view rule : rulesWithSentence()) {
                all.push_back(
                    {std::string(rule), texts.translate("Rules", driverSentence(rule)).toStdString()});
            }
            for (const ShownText &item : all) {
                const std::string where = item.id + ": " + item.text;
                // TEXT of the driver-safety rules: 120 is the limit; the goal of 60 has these few exceptions,
                // and no more.
                const std::size_t most = item.id == "detail" ? 75 : 60;
                QVERIFY2(!glovebox::base::findTextFault(item.text, most), where.c_str());
                QVERIFY2(item.text.find('%') == std::string::npos, where.c_str());
            }
        }
    }

    void translationsAreCompleteAndFinished_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("folders");
        QTest::newRow("core") << QStringLiteral("core")
                              << QStringList{QStringLiteral("/src/payment"), QStringLiteral("/src/consent"),
                                             QStringLiteral("/src/daemon")};
        QTest::newRow("cockpit") << QStringLiteral("glovebox_cockpit") << QStringList{QStringLiteral("/qml")};
    }
    void translationsAreCompleteAndFinished()
    {
        QFETCH(QString, name);
        QFETCH(QStringList, folders);
        QTemporaryDir folder;
        const QString root = QStringLiteral(GLOVEBOX_SOURCE_DIR);
        const QString fresh = folder.filePath(name + QStringLiteral(".ts"));
        QStringList arguments{QStringLiteral("-silent"), QStringLiteral("-locations"),
                              QStringLiteral("none")};
        for (const QString &source : folders) {
            arguments.append(root + source);
        }
        QProcess lupdate;
        lupdate.start(QStringLiteral(GLOVEBOX_LUPDATE),
                      arguments + QStringList{QStringLiteral("-ts"), fresh});
        QVERIFY(lupdate.waitForFinished(60000));
        QCOMPARE(lupdate.exitCode(), 0);
        const auto texts = readTs(fresh);
        QVERIFY(texts.size() > 15);
        QCOMPARE(builtInLanguages().size(), std::size_t{9});
        for (const std::string &language : builtInLanguages()) {
            const QString code = QString::fromStdString(language);
            const auto translated = readTs(root + QStringLiteral("/translations/%1_%2.ts").arg(name, code));
            for (const auto &[key, unused] : texts) {
                const auto it = translated.find(key);
                QVERIFY2(it != translated.end() && !it->second.isEmpty(),
                         qPrintable(code + QStringLiteral(": ") + key.second));
                QCOMPARE(it->second.count(u'%'), key.second.count(u'%'));
            }
        }
    }
};

GLOVEBOX_TEST_MAIN(TextsTest)
#include "texts_test.moc"
