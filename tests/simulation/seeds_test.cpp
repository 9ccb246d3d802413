// SPDX-License-Identifier: Apache-2.0
// Outbox, journal and gateway on a virtual clock and network, one seed each: whatever goes wrong, nothing is
// lost and nothing is charged twice.
//
// Every run tries 1,000 seeds, half of them in each of two tests, so that two cores work; a long run
// 1,000,000. GLOVEBOX_SEED begins with the seed that a failure named.
#include "tests/simulation/universe.h"
#include "tests/support/effort.h"
#include "tests/support/fatal_log.h"

#include <QTest>

using namespace glovebox;
using simulation::Ending;

namespace
{

constexpr int kPurchases_min = 20;
constexpr int kFaults_min = 5;

void print(std::uint64_t seed, const Ending &ending)
{
    for (const std::string &line : ending.story) {
        std::fprintf(stderr, "%s\n", line.c_str());
    }
    for (const std::string &violation : ending.violations) {
        std::fprintf(stderr, "VIOLATED: %s\n", violation.c_str());
    }
    std::fprintf(stderr, "GLOVEBOX_SEED=%llu tells it again\n", static_cast<unsigned long long>(seed));
}

} // namespace

class SeedsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        simulation::silenceWhatStoriesTell();
        m_bench = std::make_unique<simulation::Bench>();
    }

    void everySeedEndsWell()
    {
        const std::uint64_t begin = testing::seed(1'000'000);
        const auto count = static_cast<std::uint64_t>(testing::cases(1'000, 1'000'000));
        for (auto i = std::uint64_t{FIRST_SEED}; i < count; i += 2) {
            const Ending ending = simulation::live(*m_bench, begin + i);
            const bool rich = ending.purchases >= kPurchases_min && ending.faults >= kFaults_min;
            if (!ending.violations.empty() || !rich) {
                print(begin + i, ending);
            }
            QVERIFY2(ending.violations.empty(), "the last lines say what was violated");
            QVERIFY2(rich, "too few purchases or faults to prove anything");
        }
    }

private:
    std::unique_ptr<simulation::Bench> m_bench;
};

GLOVEBOX_TEST_MAIN(SeedsTest)
#include "seeds_test.moc"
