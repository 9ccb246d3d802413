// SPDX-License-Identifier: Apache-2.0
// The simulation itself: a seed is told again to the letter, and defects that are planted are found.
#include "tests/simulation/universe.h"
#include "tests/support/fatal_log.h"

#include <QTest>

#include <algorithm>

using namespace glovebox;
using simulation::Ending;

class StoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        simulation::silenceWhatStoriesTell();
        m_bench = std::make_unique<simulation::Bench>();
    }

    void aSeedIsToldAgainExactly()
    {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            QVERIFY(simulation::live(*m_bench, seed).story == simulation::live(*m_bench, seed).story);
        }
    }

    void aDefectIsFound_data()
    {
        QTest::addColumn<int>("planted");
        QTest::addColumn<QString>("said");
        QTest::newRow("no unique key") << static_cast<int>(simulation::Planted::noUniqueKey)
                                       << QStringLiteral("has a second entry in the ledger");
        QTest::newRow("no status query")
            << static_cast<int>(simulation::Planted::noStatusQuery) << QStringLiteral("is still unknown");
        QTest::newRow("no look-up at the processor")
            << static_cast<int>(simulation::Planted::noLookup) << QStringLiteral("charged more than once");
    }

    void aDefectIsFound()
    {
        QFETCH(int, planted);
        QFETCH(QString, said);
        int found = 0;
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const Ending ending = simulation::live(*m_bench, seed, static_cast<simulation::Planted>(planted));
            found += std::ranges::any_of(ending.violations, [&said](const std::string &violation) {
                return QString::fromStdString(violation).contains(said);
            });
        }
        QVERIFY2(found > 0, "twenty seeds did not notice the defect");
    }

private:
    std::unique_ptr<simulation::Bench> m_bench;
};

GLOVEBOX_TEST_MAIN(StoryTest)
#include "story_test.moc"
