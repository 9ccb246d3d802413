// SPDX-License-Identifier: Apache-2.0
#include "payment/card_number.h"
#include "payment/kind.h"
#include "payment/kind_texts.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/payment/samples.h"

#include <QTest>

#include <set>

using namespace glovebox::payment;
using glovebox::base::Json;

class ProposalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("patch"); // RFC 7386 merge patch on a good proposal
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<int>("fault");
        const auto row = [](const char *patch, const char *pointer, ProposalFault fault) {
            QTest::newRow(patch) << QByteArray(patch) << QByteArray(pointer) << static_cast<int>(fault);
        };
        using enum ProposalFault;
        row("{'x':1}", "/x", schema);
        row("{'amount':{'x':1}}", "/amount/x", schema);
        row("{'amount':null}", "/amount", schema);
        row("{'amount':{'value':null}}", "/amount/value", schema);
        row("{'amount':{'value':0}}", "/amount/value", schema);
        row("{'amount':{'value':-1}}", "/amount/value", schema);
        row("{'amount':{'value':80.0}}", "/amount/value", schema);
        row("{'amount':{'value':'80'}}", "/amount/value", schema);
        row("{'amount':{'value':9007199254740992}}", "/amount/value", schema);
        row("{'amount':{'value':18446744073709551615}}", "/amount/value", schema);
        row("{'amount':{'value':1e30}}", "/amount/value", schema);
        row("{'amount':{'type':'any'}}", "/amount/type", schema);
        row("{'amount':{'currency':'eur'}}", "/amount/currency", schema);
        row("{'amount':{'currency':'XYZ'}}", "/amount/currency", amount);
        row("{'amount':{'unit':'l'}}", "/amount/unit", amount);
        row("{'amount':{'type':'metered'}}", "/amount/unit", amount);
        row("{'amount':{'type':'metered','unit':'l','unit_price':9007199254740991,'max_quantity':1000000000}"
            "}",
            "/amount/max_quantity", amount);
        row("{'request_id':'../etc'}", "/request_id", schema);
        row("{'request_id':''}", "/request_id", schema);
        row("{'merchant_id':7}", "/merchant_id", schema);
        row("{'kind':'a b'}", "/kind", schema);
        row("{'expires_in_s':9}", "/expires_in_s", schema);
        row("{'expires_in_s':3601}", "/expires_in_s", schema);
        row("{'place':{'type':'moon'}}", "/place/type", schema);
        row("{'place':{'type':'none'}}", "/place/type", schema);
        row("{'place':{'label':'12345678901234567'}}", "/place/label", schema);
        for (const char *patch :
             {"{'place':{'label':'\\u202e4'}}", "{'place':{'label':'€1'}}", "{'place':{'label':'  '}}",
              "{'place':{'label':'PAID'}}", "{'place':{'label':'0 EUR gratis'}}",
              "{'place':{'label':'0 EUR'}}", "{'place':{'label':'0EUR'}}", "{'place':{'label':'EU80'}}",
              "{'place':{'label':'80p'}}", "{'place':{'label':'0.00'}}", "{'place':{'label':'-80'}}",
              "{'place':{'label':'4\\n'}}", "{'place':{'label':'４'}}", "{'place':{'label':'給'}}",
              "{'place':{'label':'1234567'}}", "{'place':{'type':'pickup','label':'Counter'}}"}) {
            row(patch, "/place/label", schema);
        }
        row("{'place':{'label':'1234'}}", "/place/label", text);
        row("{'place':{'type':'gate','label':'1234'}}", "/place/label", text);
        row("{'place':{'type':'pickup','label':'12345'}}", "/place/label", text);
        row("{'utterance':'a\\u200bb'}", "/utterance", text);
        row("{'utterance':'a\\nb'}", "/utterance", text);
        row("{'utterance':'take 4111 1111 1111 1111'}", "/utterance", cardNumber);
        row("{'reason':'5555-5555-5555-4444'}", "/reason", cardNumber);
        row("{'items':[]}", "/items", schema);
        row("{'items':[{'label':'Diesel','amount':8001}]}", "/items", amount);
        row("{'items':[{'label':'Diesel','amount':0}]}", "/items/0/amount", schema);
        row("{'items':[{'label':'a\\u2066b','amount':1}]}", "/items/0/label", text);
        row("{'items':[{'label':'a','amount':1,'price':1}]}", "/items/0/price", schema);
        row("{'items':[{'label':'378282246310005','amount':1}]}", "/items/0/label", cardNumber);
        row("{'items':[{'label':'a','amount':9007199254740991},{'label':'b','amount':1}]}", "/items/1/amount",
            amount);
        row("{'amount':{'type':'exact'},'items':[{'label':'a','amount':7999}]}", "/items", amount);
        for (const char *patch : {"{'merchant_offer':'YQ.YQ.YQ'}", "{'merchant_offer':7}"}) {
            row(patch, "/merchant_offer", notOffered);
        }
    }
    void refuses()
    {
        QFETCH(QByteArray, patch);
        Json json = samples::fuelJson();
        json.merge_patch(Json::parse(patch.replace('\'', '"').toStdString()));
        const auto proposal = parseProposal(json.dump());
        QVERIFY(!proposal);
        QTEST(QByteArray::fromStdString(proposal.error().pointer), "pointer");
        QTEST(static_cast<int>(proposal.error().fault), "fault");
        QVERIFY(!proposal.error().reason.empty());
    }

    void refusesWhatIsNoJson()
    {
        for (const std::string &text :
             {std::string("{"), std::string("[]"), std::string("null"), std::string(70000, ' '),
              "{\"kind\":\"fuel\"," + samples::fuelJson().dump().substr(1)}) {
            QVERIFY(!parseProposal(text));
        }
        QCOMPARE(parseProposal("{\"a\":1,\"a\":1}").error().fault, ProposalFault::malformed);
    }

    void readsEveryField()
    {
        Json json = samples::fuelJson();
        json.merge_patch(
            {{"amount", {{"type", "metered"}, {"unit", "l"}, {"unit_price", 179}, {"max_quantity", 44000}}},
             {"items", {{{"label", "Super E10"}, {"quantity", 2}, {"amount", 7000}}}},
             {"expires_in_s", 60},
             {"utterance", "Voll, bitte"},
             {"reason", "The tank is nearly empty"}});
        const auto proposal = parseProposal(json.dump());
        QVERIFY(proposal);
        QCOMPARE(proposal->amount.value.minor, 8000);
        QCOMPARE(proposal->amount.type, AmountType::metered);
        QCOMPARE(proposal->amount.unitPrice_minor, 179);
        QCOMPARE(proposal->amount.maxQuantity_milli, 44000);
        QCOMPARE(proposal->items.at(0).quantity, 2);
        QCOMPARE(proposal->place.type, PlaceType::pump);
        QCOMPARE(proposal->expiresIn_s, 60);
        QVERIFY(proposal->canonical.value() == json);
        QCOMPARE(samples::fuel().expiresIn_s, 300);
    }

    void lengthsAreInCodePoints()
    {
        Json json = samples::fuelJson();
        std::string reason;
        for (int i = 0; i < 280; ++i) {
            reason += "給";
        }
        json["reason"] = reason;
        QVERIFY(parseProposal(json.dump()));
        json["reason"] = reason + "給";
        QCOMPARE(parseProposal(json.dump()).error().pointer, std::string("/reason"));
    }

    void placesAsPeopleSeeThem()
    {
        for (const auto &[type, label] :
             {std::pair("pump", "4"), std::pair("pump", "12A"), std::pair("gate", "A"),
              std::pair("gate", "120"), std::pair("pickup", "B1234"), std::pair("zone", "100201"),
              std::pair("zone", "K12")}) {
            Json json = samples::fuelJson();
            json["place"] = {{"type", type}, {"label", label}};
            const auto proposal = parseProposal(json.dump());
            QVERIFY2(proposal, label);
            QCOMPARE(proposal->place.label, std::string(label));
        }
    }

    void whatIsTooLargeIsSaidSo()
    {
        for (const char *value : {"9007199254740992", "9223372036854775807", "9223372036854775808",
                                  "18446744073709551616", "1e300"}) {
            std::string text = samples::fuelJson().dump();
            text.replace(text.find("8000"), 4, value);
            const auto proposal = parseProposal(text);
            QVERIFY(!proposal);
            QCOMPARE(proposal.error().pointer, std::string("/amount/value"));
            QCOMPARE(proposal.error().reason, std::string("is too large: at most 9007199254740991"));
        }
    }

    void schemaSuitsClients()
    {
        const std::string text = proposalSchema().dump();
        for (const char *word : {"$schema", "oneOf", "anyOf", "allOf", "$ref", "$comment", "SPDX"}) {
            QVERIFY2(text.find(word) == std::string::npos, word);
        }
        for (const auto &[name, property] : proposalSchema().at("properties").items()) {
            QVERIFY2(property.is_object() && property.contains("description"), name.c_str());
        }
    }

    void cardNumbers()
    {
        for (const char *card :
             {"4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "no. 4111.1111.1111.1111!",
              "12 4111 1111 1111 1111 12/28", "378282246310005", "6011111111111117", "3530111333300000",
              "30569309025904", "4222222222222", "２２２３００００４８４０００１１", "6304000000000000"}) {
            QVERIFY2(holdsCardNumber(card), card);
        }
        for (const char *fine :
             {"", "4111111111111112", "1772000000000", "1772000000004", "+49 711 123456 78",
              "9111111111111111", "41111111 and 11111111", "2026-03-14 12:00:00"}) {
            QVERIFY2(!holdsCardNumber(fine), fine);
        }
    }

    void shippedKinds()
    {
        const KindCatalogue kinds = samples::shippedKinds();
        QCOMPARE(kinds.all().size(), std::size_t(9));
        std::set<std::string> texts;
        for (const auto &[id, kind] : kinds.all()) {
            const auto its = kind.texts();
            texts.insert(its.begin(), its.end());
            QVERIFY(kind.strings.empty()); // the programs are built with them
        }
        const auto listed = kindSourceTexts();
        QVERIFY(texts == std::set<std::string>(listed.begin(), listed.end()));
        const Kind *fuel = kinds.find(*KindId::fromText("fuel"));
        QCOMPARE(fuel->capture, CaptureModel::authoriseThenComplete);
        QCOMPARE(fuel->places, std::vector{PlaceType::pump});
        QVERIFY(!kinds.find(*KindId::fromText("boat")));
    }

    void badKinds_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QByteArray>("pointer");
        const auto row = [](const char *patch, const char *pointer) {
            QTest::newRow(patch) << QString::fromUtf8(patch) << QByteArray(pointer);
        };
        row("{'colour':'red'}", "/colour");
        row("{'title':null}", "/title");
        row("{'title':''}", "/title");
        row("{'verb':7}", "/verb");
        row("{'icon':'../fuel'}", "/icon");
        row("{'places':{'moon':'Moon %1'}}", "/places/moon");
        row("{'places':{'pump':'Pump'}}", "/places/pump");
        row("{'amounts':[]}", "/amounts");
        row("{'amounts':['free']}", "/amounts");
        row("{'amounts':['up_to']}", "/plausibility/units"); // nothing is metered any more
        row("{'fulfilments':[]}", "/fulfilments");
        row("{'fulfilments':['online','online']}", "/fulfilments");
        row("{'fulfilments':null}", "/fulfilments");
        row("{'amount_note':'each month','fulfilments':['online','deferred']}", "/amount_note");
        row("{'capture':'later'}", "/capture");
        row("{'stop':{'moment':'whenever'}}", "/stop/moment");
        row("{'stop':{'undo':null}}", "/stop/undo");
        row("{'stop':{'undo_s':60}}", "/stop/undo_s");
        row("{'offer_while_moving':'yes'}", "/offer_while_moving");
        row("{'set_up_parked':true}", "/offer_while_moving");
        row("{'plausibility':null}", "/plausibility");
        row("{'plausibility':{'energy':'steam'}}", "/plausibility/energy");
        row("{'plausibility':{'units':['gallon']}}", "/plausibility/units");
        row("{'plausibility':{'units':[]}}", "/plausibility/units");
        row("{'plausibility':{'distance_m_max':-1}}", "/plausibility/distance_m_max");
        row("{'plausibility':{'hours':{'from_minute':600,'to_minute':600}}}",
            "/plausibility/hours/to_minute");
        row("{'strings':{'de':{'Petrol':'Benzin'}}}", "/strings/de/Petrol");
        row("{'strings':{'de':{'Pump %1':'Säule'}}}", "/strings/de/Pump %1");
        row("{'strings':{'de':{'Fuel':'\\u202e'}}}", "/strings/de/Fuel");
        row("{'strings':{'de':'Tanken'}}", "/strings/de");
    }
    void badKinds()
    {
        QFETCH(QString, patch);
        glovebox::base::Json kind = glovebox::base::parseJson(samples::kindFile("fuel.json").text).value();
        QVERIFY(kindFromJson(kind));
        kind.merge_patch(
            glovebox::base::parseJson(QString(patch).replace(u'\'', u'"').toStdString()).value());
        const auto refused = kindFromJson(kind);
        QVERIFY(!refused);
        QTEST(QByteArray::fromStdString(refused.error().pointer), "pointer");
    }

    void oneBadKindRefusesAll()
    {
        QVERIFY(!KindCatalogue::parse({}));
        const KindFile fuel = samples::kindFile("fuel.json");
        QVERIFY(KindCatalogue::parse({fuel}));
        const KindFile bad[] = {{"petrol.json", fuel.text}, {"petrol.json", "{"}, {"petrol.json", "{}"}};
        for (const KindFile &file : bad) {
            const auto kinds = KindCatalogue::parse({fuel, file});
            QVERIFY(!kinds);
            QVERIFY(kinds.error().starts_with("petrol.json: "));
        }
    }
};

GLOVEBOX_TEST_MAIN(ProposalTest)
#include "proposal_test.moc"
