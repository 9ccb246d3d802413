// SPDX-License-Identifier: Apache-2.0
#include "payment/lifecycle.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/payment/samples.h"

#include <QFile>
#include <QTest>

#include <map>
#include <rapidcheck.h>
#include <set>

using namespace glovebox::payment;

namespace
{

struct Expected
{
    State next;
    std::uint32_t effects;
};

using Table = std::map<std::pair<State, Event>, Expected>;

std::optional<Effect> effectFromName(const QByteArray &name)
{
    static const std::map<QByteArray, Effect> names = {{"none", Effect::none},
                                                       {"showCard", Effect::showCard},
                                                       {"closeCard", Effect::closeCard},
                                                       {"showResult", Effect::showResult},
                                                       {"sign", Effect::sign},
                                                       {"reserveBudget", Effect::reserveBudget},
                                                       {"releaseBudget", Effect::releaseBudget},
                                                       {"enqueueSettlement", Effect::enqueueSettlement},
                                                       {"dequeueSettlement", Effect::dequeueSettlement},
                                                       {"sendVoid", Effect::sendVoid},
                                                       {"queryStatus", Effect::queryStatus}};
    const auto it = names.find(name);
    return it == names.end() ? std::nullopt : std::optional(it->second);
}

Table readTable()
{
    QFile file(QStringLiteral(GLOVEBOX_SOURCE_DIR "/tests/unit/payment/lifecycle.tsv"));
    Table table;
    if (!file.open(QIODevice::ReadOnly)) {
        return table;
    }
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QList<QByteArray> cells = line.split('\t');
        if (line.startsWith('#') || cells.size() != 4) {
            continue;
        }
        std::uint32_t effects = 0;
        for (const QByteArray &name : cells[3].split(',')) {
            effects |= static_cast<std::uint32_t>(effectFromName(name).value());
        }
        table[{stateFromName(cells[0].toStdString()).value(),
               eventFromName(cells[1].toStdString()).value()}] = {
            stateFromName(cells[2].toStdString()).value(), effects};
    }
    return table;
}

std::set<State> reachableFrom(State start)
{
    std::set<State> seen = {start};
    std::vector<State> open = {start};
    while (!open.empty()) {
        const State state = open.back();
        open.pop_back();
        for (int event = 0; event < kEventCount; ++event) {
            const auto step = transition(state, static_cast<Event>(event));
            if (step && seen.insert(step->next).second) {
                open.push_back(step->next);
            }
        }
    }
    return seen;
}

PurchaseEvent eventOf(Event event, std::int64_t boot_ms)
{
    PurchaseEvent out;
    out.purchase = *PurchaseId::fromText("p1");
    out.event = event;
    out.at = samples::moment(boot_ms);
    return out;
}

} // namespace

class LifecycleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPairIsAsTheTableSays()
    {
        const Table table = readTable();
        QCOMPARE(table.size(), std::size_t(59));
        for (int s = 0; s < kStateCount; ++s) {
            for (int e = 0; e < kEventCount; ++e) {
                const std::pair pair(static_cast<State>(s), static_cast<Event>(e));
                const std::string where =
                    std::string(nameOf(pair.first)) + " + " + std::string(nameOf(pair.second));
                const auto actual = transition(pair.first, pair.second);
                const auto expected = table.find(pair);
                QVERIFY2(actual.has_value() == (expected != table.end()), where.c_str());
                if (actual) {
                    QVERIFY2(actual->next == expected->second.next, where.c_str());
                    QVERIFY2(static_cast<std::uint32_t>(actual->effects) == expected->second.effects,
                             where.c_str());
                }
            }
        }
    }

    void everyStateIsReachedAndCanEnd()
    {
        QCOMPARE(reachableFrom(State::proposed).size(), std::size_t(kStateCount));
        for (int s = 0; s < kStateCount; ++s) {
            const auto reached = reachableFrom(static_cast<State>(s));
            QVERIFY2(std::any_of(reached.begin(), reached.end(), isFinal),
                     std::string(nameOf(static_cast<State>(s))).c_str());
        }
    }

    void namesAreTheirOwnInverse()
    {
        for (int s = 0; s < kStateCount; ++s) {
            QVERIFY(stateFromName(nameOf(static_cast<State>(s))) == static_cast<State>(s));
        }
        for (int e = 0; e < kEventCount; ++e) {
            QVERIFY(eventFromName(nameOf(static_cast<Event>(e))) == static_cast<Event>(e));
        }
        QVERIFY(!stateFromName("paid"));
        QVERIFY(!eventFromName(""));
    }

    void finalStatesMoveNoMoney()
    {
        for (int s = 0; s < kStateCount; ++s) {
            const State state = static_cast<State>(s);
            QVERIFY(!(isFinal(state) && (isOpen(state) || isUnsettled(state))));
            for (int e = 0; e < kEventCount; ++e) {
                const Event event = static_cast<Event>(e);
                if (isFinal(state) && transition(state, event)) {
                    QVERIFY(event == Event::refund || event == Event::dispute || event == Event::resume);
                }
            }
        }
    }

    void foldFollowsTheTableAndIllegalLeavesNothing()
    {
        QVERIFY(rc::check("fold is the table, event by event", [](const std::vector<quint8> &numbers) {
            PurchaseEvent first = eventOf(Event::present, 1);
            first.proposal = samples::fuel();
            std::optional<Purchase> purchase = fold(std::nullopt, first).value();
            std::int64_t version = 1;
            for (const quint8 number : numbers) {
                const PurchaseEvent event = eventOf(static_cast<Event>(number % kEventCount), 2 + version);
                const auto expected = transition(purchase->state, event.event);
                const auto next = fold(purchase, event);
                RC_ASSERT(next.has_value() == expected.has_value());
                if (next) {
                    RC_ASSERT(next->state == expected->next);
                    RC_ASSERT(next->version == ++version);
                    RC_ASSERT(next->changedAt == event.at);
                    RC_ASSERT(next->proposedAt == first.at);
                    purchase = *next;
                }
            }
        }));
    }

    void foldRefusesWhatDoesNotBelong()
    {
        PurchaseEvent first = eventOf(Event::present, 1);
        QVERIFY(!fold(std::nullopt, first)); // no proposal
        first.proposal = samples::fuel();
        const Purchase purchase = fold(std::nullopt, first).value();
        QVERIFY(!fold(purchase, first)); // a second proposal
        PurchaseEvent other = eventOf(Event::decline, 2);
        other.purchase = *PurchaseId::fromText("p2");
        QVERIFY(!fold(purchase, other));
    }

    void theNonceDiesWithItsCard()
    {
        PurchaseEvent first = eventOf(Event::present, 1);
        first.proposal = samples::fuel();
        first.nonce = "n1";
        const Purchase shown = fold(std::nullopt, first).value();
        QCOMPARE(shown.nonce, std::string("n1"));
        QCOMPARE(fold(shown, eventOf(Event::interrupt, 2))->nonce, std::string());
        QCOMPARE(fold(shown, eventOf(Event::decline, 2))->nonce, std::string());
        QCOMPARE(fold(shown, eventOf(Event::approve, 2))->nonce, std::string("n1"));
    }
};

GLOVEBOX_TEST_MAIN(LifecycleTest)
#include "lifecycle_test.moc"
