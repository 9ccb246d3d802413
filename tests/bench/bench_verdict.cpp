// SPDX-License-Identifier: Apache-2.0
// bench_verdict: one verdict, with 100 permissions in force and a history of 100,000 purchases behind it. The
// floor is the same proposal with neither.
#include "consent/verdict.h"
#include "tests/bench/report.h"
#include "tests/unit/payment/samples.h"

namespace
{

using namespace glovebox;
using namespace glovebox::bench;
using namespace glovebox::consent;

constexpr int kPurchases = 100'000;
constexpr int kPermissions = 100;
constexpr int kVerdicts = 100'000;
constexpr int kMerchants = 5000;
constexpr double kGoal_us = 100;

payment::Purchase purchase(int number)
{
    payment::Purchase one;
    one.driver = *payment::DriverId::fromText("mia");
    one.agent = *payment::AgentId::fromText("agent" + std::to_string(number % kPermissions));
    one.proposal = payment::samples::fuel();
    one.proposal.merchant = *payment::MerchantId::fromText("m" + std::to_string(number % kMerchants));
    one.proposal.amount.value.minor = 3000 + number % 5000;
    one.merchant = payment::samples::merchant();
    one.state = payment::State::captured;
    one.approvedAt = one.changedAt = payment::samples::moment(number * 1000);
    return one;
}

struct Stand
{
    payment::KindCatalogue kinds = payment::samples::shippedKinds();
    payment::MerchantEntry merchant = payment::samples::merchant();
    payment::Proposal proposal = payment::samples::fuel();
    Permissions granted;
    Restrictions restrictions;
    Budgets budgets;
    History history;
    RiskSettings risk;

    explicit Stand(int purchases)
    {
        proposal.utterance = "Fill it up for 80 euro please, at the station that you find on the way.";
        proposal.reason = "The tank is nearly empty and this station is the cheapest of those on the route.";
        granted.kinds = {proposal.kind};
        granted.perPurchase_minor_max = granted.daily_minor_max = granted.monthly_minor_max =
            base::Money::kMinorMax;
        for (int i = 0; i < purchases; ++i) {
            history.apply(std::nullopt, purchase(i));
            budgets.apply(std::nullopt, purchase(i));
        }
        for (int i = 0; purchases > 0 && i < kPermissions; ++i) {
            Narrowing narrowing;
            narrowing.daily_minor_max = 1'000'000'000 + i;
            narrowing.merchants.emplace();
            for (int m = 0; m < 64; ++m) {
                narrowing.merchants->push_back(*payment::MerchantId::fromText("m" + std::to_string(m)));
            }
            narrowing.merchants->push_back(proposal.merchant);
            restrictions =
                restrictions.afterNarrow(*payment::AgentId::fromText("agent" + std::to_string(i)), narrowing);
        }
    }

    /// What the daemon does for a verdict, apart from reading the car.
    [[nodiscard]] std::size_t decideOnce() const
    {
        static const auto agent = *payment::AgentId::fromText("agent7");
        static const auto driver = *payment::DriverId::fromText("mia");
        Situation situation;
        situation.driving = payment::DrivingState::parked;
        situation.driverSessionOpen = true;
        situation.online = true;
        situation.now = payment::samples::moment(std::int64_t{kPurchases} * 1000);
        situation.proposedAt = situation.now.boot;
        situation.distance_m = 120;
        situation.minuteOfDay = 600;
        situation.spent = budgets.spent(agent, proposal.amount.value.currency, situation.now);
        const RiskContext context{risk, history.of(driver), agent, {}};
        return decide({proposal, kinds.find(proposal.kind), &merchant, restrictions.inForce(granted, agent),
                       situation, &context})
            .fired.size();
    }
};

std::vector<Sample> measure(const Stand &stand)
{
    std::vector<Sample> samples;
    samples.reserve(kVerdicts);
    for (int i = 0; i < kVerdicts; ++i) {
        const auto began = std::chrono::steady_clock::now();
        const std::size_t fired = stand.decideOnce();
        samples.emplace_back(std::chrono::steady_clock::now() - began);
        require(fired > 0, "a verdict");
    }
    return samples;
}

double microseconds(const std::vector<Sample> &samples, double rank)
{
    constexpr double perMillisecond = 1000;
    return percentile(samples, rank) * perMillisecond;
}

} // namespace

int main()
{
    const std::vector<Sample> full = measure(Stand(kPurchases));
    const std::vector<Sample> bare = measure(Stand(0));
    print({"verdict.p50", microseconds(full, 0.5), "us", {}, {}});
    print({"verdict.p99", microseconds(full, 0.99), "us", {}, kGoal_us});
    print({"verdict.bare.p99", microseconds(bare, 0.99), "us", {}, {}});
    return 0;
}
