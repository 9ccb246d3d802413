// SPDX-License-Identifier: Apache-2.0
#include "settlement/receipt_path.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/settlement/world.h"

#include <QTest>

#include <rapidcheck.h>

using namespace glovebox;
using namespace std::chrono_literals;
using payment::State;
using testing::Fate;
using testing::World;

class ExactlyOnceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whateverHappensOnTheWayItIsChargedOnce();
    void everyPathIsOneTheLifecycleAllows();
};

void ExactlyOnceTest::whateverHappensOnTheWayItIsChargedOnce()
{
    const auto fates = rc::gen::container<std::vector<Fate>>(
        rc::gen::element(Fate::delivered, Fate::unreachable, Fate::answerLost, Fate::busy));
    const bool held = rc::check("charged once, however often it was lost, cut off or restarted", [&] {
        const auto plan = *fates;
        const auto restarts = *rc::gen::container<std::vector<bool>>(6, rc::gen::arbitrary<bool>());
        World world;
        std::size_t next = 0;
        world.transport.fate = [&](const auto &) {
            return next < plan.size() ? plan[next++] : Fate::delivered;
        };
        const auto exact = world.approve(world.sample.approval("a1"));
        const auto fuel = world.approve(world.sample.fuelApproval("a2"));
        for (const bool restart : restarts) {
            world.transport.hold = restart; // answers of this round never arrive
            world.advance(7s);
            if (restart) {
                world.transport.hold = false;
                world.restart();
            }
        }
        world.transport.fate = [](const auto &) { return Fate::delivered; };
        world.advance(45min);
        const auto report = world.report();
        RC_ASSERT(world.state(exact) == State::captured);
        RC_ASSERT(world.state(fuel) == State::authorised);
        RC_ASSERT(report["charges"].get<int>() == 1);
        RC_ASSERT(report["holds"].get<int>() == 1);
        RC_ASSERT(report["approvals"].size() == 2U);
    });
    QVERIFY(held);
}

void ExactlyOnceTest::everyPathIsOneTheLifecycleAllows()
{
    int paths = 0;
    for (int from = 0; from < payment::kStateCount; ++from) {
        for (int outcome = 0; outcome <= static_cast<int>(wire::Outcome::neverAcceptedNowRefused);
             ++outcome) {
            wire::Receipt receipt;
            receipt.outcome = static_cast<wire::Outcome>(outcome);
            auto state = static_cast<State>(from);
            const auto path = settlement::pathTo(state, receipt);
            for (const payment::Event event : path) {
                const auto next = payment::transition(state, event);
                QVERIFY(next.has_value());
                state = next->next;
            }
            // Nothing starts from a state in which nothing was sent.
            QVERIFY(path.empty() || (payment::isUnsettled(static_cast<State>(from))) ||
                    static_cast<State>(from) == State::captured ||
                    static_cast<State>(from) == State::refunded);
            paths += path.empty() ? 0 : 1;
        }
    }
    QVERIFY(paths > 20);
}

GLOVEBOX_TEST_MAIN(ExactlyOnceTest)
#include "exactly_once_test.moc"
