// SPDX-License-Identifier: Apache-2.0
// Every order of steps over the real transition table, and whether the search would notice a table that is
// wrong.
#include "tests/support/fatal_log.h"
#include "tests/unit/consent/life_search.h"

#include <QTest>

using namespace glovebox;
using namespace glovebox::testing;
using payment::Event;
using payment::State;

namespace
{

/// The real table with one pair leading elsewhere; `next` of nothing: the pair is not allowed.
Table changed(State from, Event event, std::optional<State> next)
{
    return [=](State at, Event what) -> std::expected<payment::Transition, payment::LifecycleError> {
        if (at != from || what != event) {
            return payment::transition(at, what);
        }
        if (!next) {
            return std::unexpected(payment::LifecycleError::notAllowed);
        }
        return payment::Transition{*next, payment::Effect::none};
    };
}

} // namespace

class LifeSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRealTableHolds()
    {
        const Found found = searchLives(payment::transition, 2);
        qInfo("%zu states of two purchases, %zu steps between them", found.states, found.steps);
        QVERIFY2(found.broken.empty(), found.broken.c_str());
        QVERIFY(found.states > 5'000);
    }

    void aWrongEdgeIsNoticed_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("event");
        QTest::addColumn<int>("next");
        const auto row = [](State from, Event event, State next) {
            QTest::addRow("%s %s -> %s", payment::nameOf(from).data(), payment::nameOf(event).data(),
                          payment::nameOf(next).data())
                << static_cast<int>(from) << static_cast<int>(event) << static_cast<int>(next);
        };
        // A press on a card that is gone.
        for (const State from :
             {State::held, State::declined, State::expired, State::withdrawn, State::refused}) {
            row(from, Event::approve, State::approved);
        }
        row(State::presented, Event::interrupt, State::approved);
        row(State::presented, Event::expire, State::approved); // a time-out is always a no
        // What was sent cannot be stopped by the car alone.
        for (const State from : {State::submitted, State::authorised, State::unknown, State::captured,
                                 State::cancelRequested, State::tooLate}) {
            row(from, Event::cancel, State::cancelled);
        }
        for (const State from : {State::submitted, State::authorised, State::captured, State::unknown}) {
            row(from, Event::withdraw, State::withdrawn);
            row(from, Event::expire, State::expired);
        }
        // Approved is not paid, and neither is reserved.
        row(State::submitted, Event::authorised, State::captured);
        row(State::submitted, Event::outcomeUnknown, State::captured);
        row(State::queued, Event::submit, State::captured);
        row(State::presented, Event::decline, State::captured);
        // A capture is not forgotten.
        row(State::submitted, Event::captured, State::voided);
        row(State::authorised, Event::captured, State::released);
        row(State::tooLate, Event::captured, State::refusedByIssuer);
        row(State::cancelRequested, Event::tooLate, State::voided);
        row(State::submitted, Event::outcomeUnknown, State::lapsed);
        row(State::submitted, Event::requestCancel, State::cancelled);
        row(State::authorised, Event::requestCancel, State::voided);
        row(State::unknown, Event::submit, State::queued);
    }
    void aWrongEdgeIsNoticed()
    {
        QFETCH(int, from);
        QFETCH(int, event);
        QFETCH(int, next);
        const Found found = searchLives(
            changed(static_cast<State>(from), static_cast<Event>(event), static_cast<State>(next)), 1);
        QVERIFY(!found.broken.empty());
    }

    void anEdgeThatIsMissingIsNoticed_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("event");
        const auto row = [](State from, Event event) {
            QTest::addRow("%s %s", payment::nameOf(from).data(), payment::nameOf(event).data())
                << static_cast<int>(from) << static_cast<int>(event);
        };
        // Without these somebody would wait for ever. The others have a way round: a stop that comes too
        // late, for one.
        row(State::unknown, Event::submit);
        row(State::cancelRequested, Event::voided);
        row(State::cancelRequested, Event::tooLate);
        row(State::tooLate, Event::captured);
        row(State::tooLate, Event::refusedByIssuer);
    }
    void anEdgeThatIsMissingIsNoticed()
    {
        QFETCH(int, from);
        QFETCH(int, event);
        const Table table = changed(static_cast<State>(from), static_cast<Event>(event), std::nullopt);
        const Found found = searchLives(table, 1);
        QVERIFY(!found.broken.empty());
    }
};

GLOVEBOX_TEST_MAIN(LifeSearchTest)
#include "life_search_test.moc"
