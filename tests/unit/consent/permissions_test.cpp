// SPDX-License-Identifier: Apache-2.0
#include "consent/permissions.h"
#include "consent/risk.h"
#include "tests/support/effort.h"
#include "tests/support/fatal_log.h"

#include <QTest>
#include <rapidcheck.h>

#include <algorithm>

using namespace glovebox;
using namespace glovebox::consent;

namespace
{

Permissions usual()
{
    Permissions permissions;
    permissions.kinds = {*payment::KindId::fromText("fuel"), *payment::KindId::fromText("parking")};
    permissions.perPurchase_minor_max = 12'000;
    permissions.daily_minor_max = 20'000;
    permissions.monthly_minor_max = 60'000;
    permissions.offlineUnsettled_minor_max = 15'000;
    permissions.offlineUnsettled_count_max = 5;
    permissions.offlineUnsettled_age_s_max = 86'400;
    permissions.hours = {360, 1320};
    permissions.area_m_max = 5000;
    permissions.validUntil = base::WallTime{1'900'000'000'000};
    return permissions;
}

base::Json parsed(const QString &text)
{
    return base::parseJson(QString(text).replace(u'\'', u'"').toStdString()).value();
}

/// Whatever somebody may ask for.
Narrowing anyNarrowing()
{
    const auto maybe = [](std::int64_t most) {
        return *rc::gen::inRange(0, 3) == 0 ? std::optional(*rc::gen::inRange<std::int64_t>(1, most))
                                            : std::nullopt;
    };
    Narrowing narrowing;
    narrowing.perPurchase_minor_max = maybe(30'000);
    narrowing.daily_minor_max = maybe(30'000);
    narrowing.monthly_minor_max = maybe(90'000);
    narrowing.offlineUnsettled_minor_max = maybe(30'000);
    narrowing.offlineUnsettled_count_max = maybe(10);
    narrowing.offlineUnsettled_age_s_max = maybe(200'000);
    narrowing.openProposals_max = maybe(6);
    narrowing.area_m_max = maybe(10'000);
    if (const auto from = maybe(1440)) {
        narrowing.hours = Hours{static_cast<int>(*from), std::min(1440, static_cast<int>(*from) + 300)};
    }
    if (*rc::gen::inRange(0, 3) == 0) {
        narrowing.kinds = {*payment::KindId::fromText(*rc::gen::element("fuel", "coffee"))};
    }
    if (*rc::gen::inRange(0, 3) == 0) {
        narrowing.merchants = {*payment::MerchantId::fromText(*rc::gen::element("a", "b"))};
    }
    return narrowing;
}

/// Nothing that `narrow` permits is not permitted by `wide`.
bool isWithin(const Permissions &narrow, const Permissions &wide)
{
    const auto holds = [](const auto &list, const auto &id) {
        return std::ranges::find(list, id) != list.end();
    };
    return std::ranges::all_of(narrow.kinds, [&](const auto &id) { return holds(wide.kinds, id); }) &&
           (!wide.merchants || (narrow.merchants && std::ranges::all_of(*narrow.merchants,
                                                                        [&](const auto &id) {
                                                                            return holds(*wide.merchants, id);
                                                                        }))) &&
           (wide.area_m_max == 0 || (narrow.area_m_max != 0 && narrow.area_m_max <= wide.area_m_max)) &&
           narrow.perPurchase_minor_max <= wide.perPurchase_minor_max &&
           narrow.daily_minor_max <= wide.daily_minor_max &&
           narrow.monthly_minor_max <= wide.monthly_minor_max &&
           narrow.offlineUnsettled_minor_max <= wide.offlineUnsettled_minor_max &&
           narrow.offlineUnsettled_count_max <= wide.offlineUnsettled_count_max &&
           narrow.offlineUnsettled_age_s_max <= wide.offlineUnsettled_age_s_max &&
           narrow.openProposals_max <= wide.openProposals_max &&
           (narrow.hours.fromMinute >= narrow.hours.toMinute ||
            (narrow.hours.fromMinute >= wide.hours.fromMinute &&
             narrow.hours.toMinute <= wide.hours.toMinute)) &&
           (!wide.validUntil || (narrow.validUntil && *narrow.validUntil <= *wide.validUntil));
}

} // namespace

class PermissionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bad_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("pointer");
        const auto row = [](const char *text, const char *pointer) {
            QTest::newRow(text) << QString::fromLatin1(text) << QByteArray(pointer);
        };
        row("{'daily':1}", "/daily");
        row("{'daily_minor_max':-1}", "/daily_minor_max");
        row("{'daily_minor_max':9007199254740992}", "/daily_minor_max");
        row("{'daily_minor_max':1.0}", "/daily_minor_max");
        row("{'monthly_minor_max':'1'}", "/monthly_minor_max");
        row("{'area_m_max':0}", "/area_m_max");
        row("{'area_m_max':-5}", "/area_m_max");
        row("{'area_m_max':20000001}", "/area_m_max");
        row("{'kinds':['a b']}", "/kinds");
        row("{'kinds':'fuel'}", "/kinds");
        row("{'merchants':[7]}", "/merchants");
        row("{'hours':{'from_minute':600}}", "/hours/to_minute");
        row("{'hours':{'from_minute':600,'to_minute':500}}", "/hours/to_minute");
        row("{'hours':{'from_minute':-1,'to_minute':500}}", "/hours/from_minute");
        row("{'hours':{'from_minute':0,'to_minute':1441}}", "/hours/to_minute");
        row("{'valid_until_ms':-1}", "/valid_until_ms");
        row("{'open_proposals_max':101}", "/open_proposals_max");
        row("{'offline_unsettled_age_s_max':31536001}", "/offline_unsettled_age_s_max");
        row("[]", "");
    }
    void bad()
    {
        QFETCH(QString, text);
        const auto refused = narrowingFromJson(parsed(text));
        QVERIFY(!refused);
        QTEST(QByteArray::fromStdString(refused.error().pointer), "pointer");
    }

    void whatWidensIsNamed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("pointer");
        const auto row = [](const char *text, const char *pointer) {
            QTest::newRow(text) << QString::fromLatin1(text) << QByteArray(pointer);
        };
        row("{}", "");
        row("{'kinds':['fuel','coffee']}", "/kinds");
        row("{'area_m_max':5001}", "/area_m_max");
        row("{'per_purchase_minor_max':12001}", "/per_purchase_minor_max");
        row("{'daily_minor_max':20001,'per_purchase_minor_max':1}", "/daily_minor_max");
        row("{'monthly_minor_max':60001}", "/monthly_minor_max");
        row("{'offline_unsettled_minor_max':15001}", "/offline_unsettled_minor_max");
        row("{'offline_unsettled_count_max':6}", "/offline_unsettled_count_max");
        row("{'offline_unsettled_age_s_max':86401}", "/offline_unsettled_age_s_max");
        row("{'open_proposals_max':4}", "/open_proposals_max");
        row("{'hours':{'from_minute':359,'to_minute':1320}}", "/hours");
        row("{'hours':{'from_minute':360,'to_minute':1321}}", "/hours");
        row("{'valid_until_ms':1900000000001}", "/valid_until_ms");
    }
    void whatWidensIsNamed()
    {
        QFETCH(QString, text);
        const auto wider = widens(usual(), narrowingFromJson(parsed(text)).value());
        QVERIFY(wider);
        QTEST(QByteArray::fromStdString(*wider), "pointer");
    }

    void itOnlyEverTakesAway()
    {
        const std::string size = std::to_string(testing::cases(300, 20'000));
        const std::string seed = std::to_string(testing::seed(20261127));
        qputenv("RC_PARAMS", QByteArray::fromStdString("seed=" + seed + " max_success=" + size));
        QVERIFY(rc::check("each restriction permits at most what was permitted before", [] {
            const auto agent = *payment::AgentId::fromText("one");
            Restrictions restrictions;
            Permissions before = restrictions.inForce(usual(), agent);
            for (int i = *rc::gen::inRange(1, 12); i > 0; --i) {
                const Narrowing narrowing = anyNarrowing();
                const bool asked = !widens(before, narrowing);
                restrictions = restrictions.afterNarrow(agent, narrowing); // even where it would be refused
                const Permissions after = restrictions.inForce(usual(), agent);
                RC_ASSERT(isWithin(after, before));
                RC_ASSERT(after.revision == before.revision + 1);
                RC_ASSERT(!asked || isWithin(after, narrowed(usual(), narrowing)));
                restrictions = Restrictions::fromText(restrictions.text()).value();
                RC_ASSERT(restrictions.inForce(usual(), agent) == after);
                before = after;
            }
        }));
    }

    void revokedStaysRevokedUntilAGrant()
    {
        const auto one = *payment::AgentId::fromText("one");
        const auto two = *payment::AgentId::fromText("two");
        Restrictions restrictions = Restrictions().afterRevoke(one);
        QVERIFY(restrictions.inForce(usual(), one).revoked);
        QVERIFY(!restrictions.inForce(usual(), two).revoked);
        restrictions = restrictions.afterConfigured().afterStop();
        QVERIFY(restrictions.inForce(usual(), one).revoked && restrictions.inForce(usual(), two).stopped);
        restrictions = Restrictions::fromText(restrictions.text()).value().afterGrant(3);
        QVERIFY(restrictions.inForce(usual(), one) ==
                restrictions.inForce(usual(), two)); // nothing is restricted any more
        QCOMPARE(restrictions.revision(), std::int64_t{4});
        QCOMPARE(restrictions.grant(), std::int64_t{3});
    }

    void whatIsKeptIsReadStrictly()
    {
        for (const char *text :
             {"{}", "{'v':1}", "{'v':1,'revision':-1,'grant':0,'stopped':false,'agents':{}}",
              "{'v':1,'revision':0,'grant':0,'stopped':0,'agents':{}}",
              "{'v':1,'revision':0,'grant':0,'stopped':false,'agents':{'a "
              "b':{'revoked':true,'narrowing':{}}}}",
              "{'v':1,'revision':0,'grant':0,'stopped':false,'agents':{'a':{'revoked':true,'narrowing':{'x':"
              "1}}}}",
              "{'v':1,'revision':0,'grant':0,'stopped':false,'agents':{},'more':1}"}) {
            QVERIFY2(!Restrictions::fromText(QString::fromLatin1(text).replace(u'\'', u'"').toStdString()),
                     text);
        }
    }

    void riskRulesAreTuned()
    {
        const RiskSettings tuned =
            riskSettingsFromJson(
                parsed(QStringLiteral("{'velocity':{'action':'refuse','limit':2},"
                                      "'duplicate':{'action':'off'},'tank_full':{'limit':80}}")))
                .value();
        QVERIFY(tuned.of(RiskRule::velocity).action == RiskAction::refuse);
        QCOMPARE(tuned.of(RiskRule::velocity).limit, std::int64_t{2});
        QVERIFY(tuned.of(RiskRule::duplicate).action == RiskAction::off);
        QVERIFY(tuned.of(RiskRule::tankFull).action == RiskAction::confirmWithPin);
        QCOMPARE(tuned.of(RiskRule::tankFull).limit, std::int64_t{80});
        QVERIFY(tuned.of(RiskRule::wrongEnergy).action == RiskAction::refuse); // as it ships
        for (const auto &[text, pointer] : {std::pair("{'speed':{}}", "/speed"),
                                            std::pair("{'velocity':{'action':'allow'}}", "/velocity/action"),
                                            std::pair("{'velocity':{'limit':-1}}", "/velocity/limit"),
                                            std::pair("{'velocity':{'limit':33}}", "/velocity/limit"),
                                            std::pair("{'velocity':{'level':1}}", "/velocity/level")}) {
            const auto refused = riskSettingsFromJson(parsed(QString::fromLatin1(text)));
            QVERIFY2(!refused, text);
            QCOMPARE(refused.error().pointer, std::string(pointer));
        }
    }
};

GLOVEBOX_TEST_MAIN(PermissionsTest)
#include "permissions_test.moc"
