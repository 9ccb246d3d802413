// SPDX-License-Identifier: Apache-2.0
// Whatever happens in whatever order: caps hold, what is not permitted is not approved, revoked means none
// after.
#include "consent/verdict.h"
#include "tests/support/effort.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/payment/samples.h"

#include <QTest>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

using namespace glovebox;
using namespace glovebox::consent;
using payment::Event;
using payment::State;

namespace
{

constexpr std::int64_t kDay_ms = 86'400'000;
constexpr std::int64_t kDaily = 10'000;
constexpr std::int64_t kMonthly = 30'000;

/// A car without files: the real verdict, the real budgets, the real table, and a clock that anything may
/// happen to.
struct SmallCar
{
    base::Moment now = payment::samples::moment(1000);
    Permissions granted;
    Restrictions restrictions;
    Budgets budgets;
    payment::KindCatalogue kinds = payment::samples::shippedKinds();
    payment::MerchantEntry merchant = payment::samples::merchant(payment::Fulfilment::deferred, "coffee");
    std::vector<payment::Purchase> purchases;
    std::vector<std::int64_t> approvedOn; // the signed day of each, -1: not approved
    std::map<payment::AgentId, std::int64_t> latestDay;
    int made = 0;

    SmallCar()
    {
        granted.kinds = {*payment::KindId::fromText("coffee")};
        granted.perPurchase_minor_max = 5000;
        granted.daily_minor_max = kDaily;
        granted.monthly_minor_max = kMonthly;
        granted.offlineUnsettled_minor_max = 20'000;
        granted.offlineUnsettled_count_max = 100;
        granted.offlineUnsettled_age_s_max = 1'000'000;
        granted.openProposals_max = 100;
    }

    [[nodiscard]] Verdict judge(const payment::Purchase &purchase) const
    {
        Situation situation;
        situation.driving = payment::DrivingState::parked;
        situation.driverSessionOpen = true;
        situation.online = true;
        situation.now = now;
        situation.proposedAt = now.boot;
        situation.spent = budgets.spent(purchase.agent, purchase.proposal.amount.value.currency, now);
        return decide({purchase.proposal, kinds.find(purchase.proposal.kind), &merchant,
                       restrictions.inForce(granted, purchase.agent), situation});
    }

    void propose(const payment::AgentId &agent, std::int64_t minor, const char *currency)
    {
        payment::Purchase purchase;
        purchase.id = *payment::PurchaseId::fromText("p" + std::to_string(++made));
        purchase.agent = agent;
        purchase.state = State::presented;
        purchase.proposal = payment::samples::fuel();
        purchase.proposal.kind = *payment::KindId::fromText("coffee");
        purchase.proposal.amount = {
            payment::AmountType::exact, {minor, *base::Currency::fromCode(currency)}, {}, {}, {}};
        purchase.proposal.place = {};
        purchases.push_back(std::move(purchase));
        approvedOn.push_back(-1);
    }

    void move(std::size_t i, Event event)
    {
        payment::Purchase &purchase = purchases[i];
        const auto step = payment::transition(purchase.state, event);
        if (!step) {
            return;
        }
        const payment::Purchase before = purchase;
        if (event == Event::approve) {
            if (judge(purchase).outcome != Outcome::confirm) {
                return;
            }
            RC_ASSERT(!restrictions.inForce(granted, purchase.agent).revoked);
            RC_ASSERT(purchase.proposal.amount.value.currency.code() == granted.currency);
            RC_ASSERT(purchase.proposal.amount.value.minor <= granted.perPurchase_minor_max);
            purchase.approvedAt = now;
            // A day that was left is not entered again, whatever the time says.
            std::int64_t &latest = latestDay[purchase.agent];
            latest = std::max(latest, now.wall.milliseconds / kDay_ms);
            approvedOn[i] = latest;
        }
        purchase.state = step->next;
        purchase.changedAt = now;
        if (event == Event::captured) {
            purchase.settlement.captured_minor = purchase.proposal.amount.value.minor / 2 + 1;
        }
        budgets.apply(before, purchase);
    }

    void restart() { budgets = Budgets::fromText(budgets.text()).value(); }

    /// The sums as anybody would count them, who knows when each was approved.
    void check() const
    {
        for (const char *name : {"one", "two"}) {
            const auto agent = *payment::AgentId::fromText(name);
            std::map<std::int64_t, std::int64_t> days;
            std::map<std::int64_t, std::int64_t> months;
            for (std::size_t i = 0; i < purchases.size(); ++i) {
                if (purchases[i].agent == agent && approvedOn[i] >= 0) {
                    const std::chrono::year_month_day date{
                        std::chrono::sys_days(std::chrono::days(approvedOn[i]))};
                    const std::int64_t month =
                        static_cast<int>(date.year()) * 12 + static_cast<unsigned>(date.month());
                    days[approvedOn[i]] += heldBy(purchases[i]);
                    months[month] += heldBy(purchases[i]);
                }
            }
            for (const auto &[day, sum] : days) {
                RC_ASSERT(sum <= kDaily);
            }
            for (const auto &[month, sum] : months) {
                RC_ASSERT(sum <= kMonthly);
            }
        }
    }
};

void step(SmallCar &car)
{
    const auto agent = *payment::AgentId::fromText(*rc::gen::element("one", "two"));
    switch (*rc::gen::inRange(0, 12)) {
    case 0:
    case 1:
    case 2:
        car.propose(agent, *rc::gen::inRange<std::int64_t>(1, 6000),
                    *rc::gen::element("EUR", "EUR", "EUR", "USD"));
        car.move(car.purchases.size() - 1, Event::approve);
        break;
    case 3: // the clock goes on, a night perhaps, in suspend or not
    {
        const auto span = std::chrono::minutes(*rc::gen::inRange(1, 3000));
        car.now.boot = car.now.boot + span;
        car.now.wall.milliseconds += std::chrono::milliseconds(span).count();
        break;
    }
    case 4: // the wall clock jumps: what nobody signed
        car.now.wall.milliseconds += *rc::gen::inRange<std::int64_t>(-90, 90) * kDay_ms;
        car.now.trust = base::ClockTrust::untrusted;
        break;
    case 5: // the gateway signs a time, earlier than the last one perhaps
        car.now.wall.milliseconds =
            payment::samples::moment().wall.milliseconds + *rc::gen::inRange<std::int64_t>(0, 60) * kDay_ms;
        car.now.trust = base::ClockTrust::gatewaySigned;
        break;
    case 6: // another start of the machine
        car.now.bootId = "3c9b4c1e-0000-4000-8000-00000000000" + std::to_string(*rc::gen::inRange(1, 9));
        car.now.boot = {std::chrono::seconds(1)};
        car.now.trust = base::ClockTrust::untrusted;
        car.restart();
        break;
    case 7:
        car.restart();
        break;
    case 8:
        car.restrictions = car.restrictions.afterRevoke(agent);
        break;
    case 9:
        car.restrictions = car.restrictions.afterGrant(car.restrictions.grant() + 1);
        break;
    default:
        if (!car.purchases.empty()) {
            const auto i = *rc::gen::inRange<std::size_t>(0, car.purchases.size());
            car.move(i, static_cast<Event>(*rc::gen::inRange(0, payment::kEventCount)));
        }
        break;
    }
}

payment::Purchase coffee(const char *agent, std::int64_t minor, const base::Moment &at)
{
    SmallCar car;
    car.propose(*payment::AgentId::fromText(agent), minor, "EUR");
    payment::Purchase purchase = car.purchases.front();
    purchase.state = State::queued;
    purchase.approvedAt = purchase.changedAt = at;
    return purchase;
}

} // namespace

class BudgetTest : public QObject
{
    Q_OBJECT
    const payment::AgentId m_agent = *payment::AgentId::fromText("one");
    const base::Currency m_euro = *base::Currency::fromCode("EUR");

    [[nodiscard]] static base::Moment day(std::int64_t number)
    {
        base::Moment at = payment::samples::moment();
        at.wall.milliseconds = number * kDay_ms + 1000;
        return at;
    }

private Q_SLOTS:
    void capsHoldWhateverHappens()
    {
        const std::string size = std::to_string(testing::cases(300, 20'000));
        const std::string seed = std::to_string(testing::seed(20261127));
        qputenv("RC_PARAMS", QByteArray::fromStdString("seed=" + seed + " max_success=" + size));
        QVERIFY(rc::check("no cap is exceeded and nothing is approved that is not permitted", [] {
            SmallCar car;
            const int steps = *rc::gen::inRange(1, 60);
            for (int i = 0; i < steps; ++i) {
                step(car);
                car.check();
            }
        }));
    }

    void aCaptureGivesBackWhatItDidNotTake()
    {
        Budgets budgets;
        payment::Purchase purchase = coffee("one", 5000, day(20'000));
        budgets.apply(std::nullopt, purchase);
        QCOMPARE(budgets.spent(m_agent, m_euro, day(20'000)), (Spent{5000, 5000}));
        payment::Purchase captured = purchase;
        captured.state = State::captured;
        captured.settlement.captured_minor = 1200;
        budgets.apply(purchase, captured);
        QCOMPARE(budgets.spent(m_agent, m_euro, day(20'000)), (Spent{1200, 1200}));
        payment::Purchase refunded = captured;
        refunded.state = State::refunded;
        refunded.settlement.refunded_minor = 1200;
        budgets.apply(captured, refunded);
        QCOMPARE(budgets.spent(m_agent, m_euro, day(20'000)), (Spent{1200, 1200}));
        QCOMPARE(budgets.spent(m_agent, *base::Currency::fromCode("USD"), day(20'000)), Spent());
        QCOMPARE(budgets.spent(*payment::AgentId::fromText("two"), m_euro, day(20'000)), Spent());
    }

    void windowsMoveWithSignedTimeAlone()
    {
        Budgets budgets;
        budgets.apply(std::nullopt, coffee("one", 700, day(20'000)));
        base::Moment tomorrow = day(20'001);
        QCOMPARE(budgets.spent(m_agent, m_euro, tomorrow).today_minor, std::int64_t{0});
        tomorrow.trust = base::ClockTrust::untrusted;
        QCOMPARE(budgets.spent(m_agent, m_euro, tomorrow).today_minor, std::int64_t{700});
        QCOMPARE(budgets.spent(m_agent, m_euro, day(19'999)).today_minor,
                 std::int64_t{700}); // time went back
        budgets.apply(std::nullopt, coffee("one", 300, day(20'001)));
        QCOMPARE(budgets.spent(m_agent, m_euro, day(20'000)).today_minor, std::int64_t{300});
        QCOMPARE(budgets.spent(m_agent, m_euro, day(20'001)).month_minor, std::int64_t{1000});
    }

    void whatComesBackLateDoesNotOpenTheNextWindow()
    {
        Budgets budgets;
        const payment::Purchase purchase = coffee("one", 700, day(20'000));
        budgets.apply(std::nullopt, purchase);
        budgets.apply(std::nullopt, coffee("one", 300, day(20'001)));
        payment::Purchase lapsed = purchase;
        lapsed.state = State::lapsed;
        lapsed.changedAt = day(20'001);
        budgets.apply(purchase, lapsed);
        QCOMPARE(budgets.spent(m_agent, m_euro, day(20'001)), (Spent{300, 300}));
    }

    void itsTextIsReadStrictly()
    {
        Budgets budgets;
        budgets.apply(std::nullopt, coffee("one", 700, day(20'000)));
        QVERIFY(Budgets::fromText(budgets.text()).value() == budgets);
        QVERIFY(Budgets::fromText("").value() == Budgets());
        for (
            const char *bad :
            {"{}", "[]", R"({"v":2,"lines":[]})", R"({"v":1,"lines":[],"x":1})",
             R"({"v":1,"lines":[{"agent":"one"}]})",
             R"({"v":1,"lines":[{"agent":"one","currency":"EUR","day":1,"day_minor":-1,"month":1,"month_minor":0}]})",
             R"({"v":1,"lines":[{"agent":"one","currency":"XXQ","day":1,"day_minor":1,"month":1,"month_minor":0}]})"}) {
            QVERIFY2(!Budgets::fromText(bad), bad);
        }
    }
};

GLOVEBOX_TEST_MAIN(BudgetTest)
#include "budget_test.moc"
