// SPDX-License-Identifier: Apache-2.0
#include "payment/names.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/payment/samples.h"

#include <QTest>

#include <rapidcheck.h>

using namespace glovebox::payment;
namespace base = glovebox::base;
using base::Json;

namespace
{

std::string anyText()
{
    return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127)));
}

std::optional<std::int64_t> anyAmount()
{
    return *rc::gen::arbitrary<bool>() ? std::optional(*rc::gen::inRange<std::int64_t>(0, 1'000'000))
                                       : std::nullopt;
}

SettlementFacts anyFacts()
{
    return {anyAmount(), anyAmount(), anyAmount(), anyText(), anyText(), anyText(), anyText()};
}

PurchaseEvent anyEvent(bool first)
{
    PurchaseEvent event;
    event.purchase = *PurchaseId::fromText("p1");
    event.event = static_cast<Event>(*rc::gen::inRange(0, kEventCount));
    event.at = samples::moment(*rc::gen::inRange(0, 1'000'000));
    if (first) {
        event.proposal = samples::fuel();
        event.merchant = samples::merchant();
        event.merchant->jws = "a.b.c";
        event.agent = *AgentId::fromText("assistant");
    }
    event.proposalHash = *rc::gen::element<std::string>("", samples::hash(base::Json(1)));
    event.driver = *DriverId::fromText("mia");
    event.rules.assign(*rc::gen::inRange<std::size_t>(0, 5), "kind.unknown");
    event.reason = anyText();
    event.nonce = anyText();
    if (*rc::gen::arbitrary<bool>()) {
        event.shown = samples::approval().shown;
    }
    event.approvalJws = anyText();
    event.approvalId = *ApprovalId::fromText("a1");
    if (const auto at = anyAmount()) {
        event.settleBy = base::WallTime{*at};
        event.stopUntil = base::WallTime{*at};
        event.stop = *rc::gen::elementOf(std::vector(kStopMoments));
    }
    if (*rc::gen::arbitrary<bool>()) {
        event.settlement = anyFacts();
    }
    event.attempt = *rc::gen::inRange(0, 9);
    return event;
}

/// Every path to a value inside the claims.
void collect(const Json &value, const Json::json_pointer &at, std::vector<Json::json_pointer> &out)
{
    if (!at.empty()) {
        out.push_back(at);
    }
    if (value.is_object()) {
        for (const auto &[key, member] : value.items()) {
            collect(member, at / key, out);
        }
    }
}

} // namespace

class RecordTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void claimsAreReadBack()
    {
        Approval approval = samples::approval();
        approval.sca = ScaStatus::exempt;
        approval.scaArticle = "RTS-11";
        approval.utterance = "Voll, bitte";
        approval.stopUntil = base::WallTime{1'772'000'100'000};
        const base::CanonicalText text = toClaims(approval, samples::hash);
        const Json claims = text.value();
        QVERIFY(base::CanonicalText(claims) == text); // the members are in order
        const auto again = approvalFromClaims(claims, samples::hash);
        QVERIFY2(again, again ? "" : (again.error().pointer + again.error().reason).c_str());
        QVERIFY(toClaims(*again, samples::hash).value() == claims);
        QCOMPARE(again->shown, approval.shown);
        QVERIFY(again->cap == approval.cap);
    }

    void everyFieldIsRequiredAndKnown()
    {
        const Json claims = toClaims(samples::approval(), samples::hash).value();
        QVERIFY(approvalFromClaims(claims, samples::hash));
        std::vector<Json::json_pointer> paths;
        collect(claims, Json::json_pointer(), paths);
        QVERIFY(paths.size() > 50);
        for (const auto &path : paths) {
            Json without = claims;
            without[path.parent_pointer()].erase(path.back());
            QVERIFY2(!approvalFromClaims(without, samples::hash), path.to_string().c_str());
            Json wrongType = claims;
            wrongType[path] = nullptr;
            QVERIFY2(!approvalFromClaims(wrongType, samples::hash), path.to_string().c_str());
            if (claims[path].is_object()) {
                Json unknown = claims;
                unknown[path]["x"] = 1;
                QVERIFY2(!approvalFromClaims(unknown, samples::hash), path.to_string().c_str());
            }
        }
        Json unknown = claims;
        unknown["exp"] = 1;
        QCOMPARE(approvalFromClaims(unknown, samples::hash).error().pointer, std::string("/exp"));
    }

    void constraintsAreAllKnownOrNothing()
    {
        const Json claims = toClaims(samples::approval(), samples::hash).value();
        for (std::size_t i = 0; i < approvalConstraints().size(); ++i) {
            Json fewer = claims;
            fewer["constraints"].erase(i);
            QCOMPARE(approvalFromClaims(fewer, samples::hash).error().pointer, std::string("/constraints"));
        }
        Json more = claims;
        more["constraints"].push_back("geofence");
        QCOMPARE(approvalFromClaims(more, samples::hash).error().pointer, std::string("/constraints"));
    }

    void innerHashesAndSnapshotAgree()
    {
        const Json claims = toClaims(samples::approval(), samples::hash).value();
        const auto pointerOf = [](const Json &json) {
            return approvalFromClaims(json, samples::hash).error().pointer;
        };
        Json shown = claims;
        shown["shown"]["items"][1]["text"] = "€80.01";
        QCOMPARE(pointerOf(shown), std::string("/shown_hash"));
        Json proposal = claims;
        proposal["proposal"]["amount"]["value"] = 8001;
        QCOMPARE(pointerOf(proposal), std::string("/proposal_hash"));
        Json cap = claims;
        cap["amount"]["cap_minor"] = 8001;
        QCOMPARE(pointerOf(cap), std::string("/proposal"));
        Json merchant = claims;
        merchant["merchant"]["id"] = "other";
        QCOMPARE(pointerOf(merchant), std::string("/proposal"));
    }

    void eventsAreReadBack()
    {
        QVERIFY(rc::check("an event survives its JSON", [](bool first) {
            const base::CanonicalText text = toCanonical(anyEvent(first));
            const Json json = text.value();
            RC_ASSERT(base::CanonicalText(json) == text);
            const auto again = purchaseEventFromJson(json);
            RC_ASSERT(again.has_value());
            RC_ASSERT(toCanonical(*again) == text);
        }));
    }

    void purchasesAreReadBack()
    {
        QVERIFY(rc::check("a purchase survives its JSON", [] {
            PurchaseEvent first = anyEvent(true);
            first.event = Event::present;
            const Purchase shown = fold(std::nullopt, first).value();
            PurchaseEvent second = anyEvent(false);
            second.event = *rc::gen::element(Event::approve, Event::decline, Event::interrupt);
            const base::CanonicalText text = toCanonical(fold(shown, second).value());
            const Json json = text.value();
            RC_ASSERT(base::CanonicalText(json) == text);
            const auto again = purchaseFromJson(json);
            RC_ASSERT(again.has_value());
            RC_ASSERT(toCanonical(*again) == text);
            Json unknown = json;
            unknown["x"] = 1;
            RC_ASSERT(!purchaseFromJson(unknown).has_value());
        }));
    }

    void merchantsAreStrict_data()
    {
        QTest::addColumn<QByteArray>("patch");
        for (const char *patch :
             {"{'v':2}", "{'name':'a\\u202eb'}", "{'name':'12345678901234567890123456789012345678901'}",
              "{'category':'55'}", "{'currency':'XXX'}", "{'kinds':{'fuel':{'settle_within_s':1}}}",
              "{'kinds':{'a b':{'fulfilment':'online'}}}",
              "{'kinds':{'fuel':{'fulfilment':'offline_accepted'}}}", "{'position':{'latitude_e6':90000001}}",
              "{'valid_until_ms':null}", "{'url':'x'}"}) {
            QTest::newRow(patch) << QByteArray(patch);
        }
    }
    void merchantsAreStrict()
    {
        QFETCH(QByteArray, patch);
        Json json = samples::merchant().canonical.value();
        QVERIFY(merchantFromJson(json));
        json.merge_patch(Json::parse(patch.replace('\'', '"').toStdString()));
        QVERIFY(!merchantFromJson(json));
    }

    void distances()
    {
        const Position stuttgart{48776000, 9183000};
        const Position munich{48137000, 11575000};
        QCOMPARE(distance_m(stuttgart, stuttgart), 0);
        QVERIFY(std::abs(distance_m(stuttgart, munich) - 190'400) < 1000);
        QCOMPARE(distance_m(stuttgart, munich), distance_m(munich, stuttgart));
    }
};

GLOVEBOX_TEST_MAIN(RecordTest)
#include "record_test.moc"
